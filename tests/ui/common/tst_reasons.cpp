#include "core/base/bytes.h"
#include "tests/support/support.h"
#include "ui/common/photo_text.h"
#include "ui/common/reasons.h"

#include <QRegularExpression>
#include <QTranslator>

using namespace photolex;
using namespace photolex::ui;

namespace {

// As if the window spoke another language: what it is asked for, in brackets.
class Marked : public QTranslator {
public:
    using QTranslator::QTranslator;
    bool isEmpty() const override { return false; }
    QString translate(const char *, const char *source, const char *, int) const override
    {
        return QStringLiteral("[%1]").arg(QString::fromUtf8(source));
    }
};

Error corrupt(std::string detail)
{
    return {Errc::Corrupt, "a.jpg", std::move(detail)};
}

} // namespace

class TestReasons : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void detailsStayAsTheyAreInEnglish()
    {
        QCOMPARE(reasonText(corrupt("damaged JPEG: Bogus marker length")), "damaged JPEG: Bogus marker length");
        QCOMPARE(reasonText(corrupt("nobody knows this")), "nobody knows this");
        QCOMPARE(reasonText(corrupt("")), shortReason(corrupt("")));
    }

    void elsewhereTheyAreTranslatedWithTheirNumbers()
    {
        Marked marked;
        QVERIFY(QCoreApplication::installTranslator(&marked));
        QCOMPARE(reasonText(corrupt("the file ends early")), "[the file ends early]");
        QCOMPARE(reasonText({Errc::TooLarge, "a.png", "70000 × 70000 pixels, allowed are 268 million"}),
                 "[70000 × 70000 pixels, allowed are 268 million]");
        // What a library said is English, and left out.
        QCOMPARE(reasonText(corrupt("damaged JPEG: Bogus marker length")), "[damaged JPEG]");
        QCOMPARE(reasonText(corrupt("damaged TIFF: no picture size")), "[damaged TIFF: no picture size]");
        QCOMPARE(reasonText({Errc::Unsupported, "a.heic", "libheif 1.15.1 cannot read this: Unsupported codec"}),
                 "[libheif 1.15.1 cannot read this]");
        QCOMPARE(reasonText(corrupt("nobody knows this")), "[The file is damaged]");
        QCoreApplication::removeTranslator(&marked);
    }

    // Read from the sources, so that a reason that is written tomorrow is not forgotten here.
    void everyReasonWhyAPictureFailsIsKnown()
    {
        static const QRegularExpression reason(
            "Errc::(\\w+),\\s*(?:\\{\\}|displayText\\(path\\)),\\s*(?:[\\w.>\\-() ]+\\? )?(?:fmt::format\\(\\s*)?"
            "\"([^\"]+)\"");
        const auto root = test::sourceFolder();
        int seen = 0;
        for (const auto *folder : {"core/image", "core/indexing"})
            for (const auto &entry : std::filesystem::directory_iterator(root / folder)) {
                if (entry.path().extension() != ".cpp")
                    continue;
                const auto text = QString::fromStdString(readTextFile(entry.path()).value());
                for (auto found = reason.globalMatch(text); found.hasNext();) {
                    auto detail = found.next().captured(2);
                    detail.replace("{}", "7");
                    QVERIFY2(isKnownReason(corrupt(detail.toStdString())),
                             qPrintable(QString::fromStdString(entry.path().filename().string()) + ": " + detail));
                    ++seen;
                }
            }
        QVERIFY(seen > 30);
    }
};

QTEST_GUILESS_MAIN(TestReasons)
#include "tst_reasons.moc"
