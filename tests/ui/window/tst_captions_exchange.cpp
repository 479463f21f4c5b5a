// Captions out of the window and in again, through its dialogs: read back by the tools that photographers use, and
// nobody's text is lost where two meet.
#include "core/base/bytes.h"
#include "tests/ui/window/captions_support.h"
#include "ui/captions/caption_edits.h"
#include "ui/captions/export_dialog.h"
#include "ui/captions/import_dialog.h"
#include "ui/window/language.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QProcess>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTableWidget>
#include <QUndoStack>
#include <sys/stat.h>

using namespace photolex;
using namespace photolex::ui;
using catalogue::CaptionEntry;

namespace {

QByteArray output(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    return process.waitForFinished(60'000) ? process.readAllStandardOutput() : QByteArray();
}

} // namespace

class TestCaptionsExchange : public test::CaptionsTest {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        applyLanguage("en");
    }
    void init() { QVERIFY(enter(3)); }
    void cleanup()
    {
        ::chmod((*m_folder / "photos").c_str(), 0755);
        close();
    }

    void sidecarsAreReadBackByOtherTools()
    {
        const auto exiftool = QStandardPaths::findExecutable("exiftool"),
                   exiv2 = QStandardPaths::findExecutable("exiv2");
        if (exiftool.isEmpty() || exiv2.isEmpty())
            QSKIP("exiftool and exiv2 are not installed");
        type("two <b>boats</b> & \"a quay\"\nin the rain");
        press(Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier); // what is typed goes out, too
        go();
        QTRY_VERIFY(message().startsWith("1 caption done."));
        const QString file = test::pathText(*m_folder / "photos/p0.jpg.xmp");
        QVERIFY(QFile::exists(file));
        QCOMPARE(output(exiftool, {"-b", "-XMP-dc:Description", file}),
                 QByteArray("two <b>boats</b> & \"a quay\"\nin the rain"));
        const auto printed = output(exiv2, {"-PXt", "-K", "Xmp.dc.description", file});
        QVERIFY2(printed.contains("two <b>boats</b> & \"a quay\"") && printed.contains("x-default"),
                 printed.constData());
        QCOMPARE(readFile(*m_folder / "photos/p0.jpg").value(),
                 readFile(m_folder->write("twin.jpg", test::jpeg(test::scene(0, {64, 48})))).value());
    }

    void aTextThatDiffersIsShownBesideOurs()
    {
        type("ours");
        QVERIFY(place()->save());
        m_folder->write("photos/p0.txt", "theirs\n");
        press(Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
        dialog()->findChild<QComboBox *>("exportFormat")->setCurrentIndex(1);
        go();
        auto *differences = dialog()->findChild<QPushButton *>("differences");
        QTRY_VERIFY(differences->isVisible());
        QCOMPARE(QByteArray::fromStdString(readTextFile(*m_folder / "photos/p0.txt").value()), QByteArray("theirs\n"));
        differences->click();
        auto *asked = dialog()->findChild<QDialog *>("conflictDialog");
        QVERIFY(asked);
        auto *table = asked->findChild<QTableWidget *>("conflicts");
        QCOMPARE(table->rowCount(), 1);
        QCOMPARE(table->item(0, 0)->text(), QString("p0.jpg"));
        QCOMPARE(table->item(0, 1)->text(), QString("ours"));
        QCOMPARE(table->item(0, 2)->text(), QString("theirs"));
        asked->findChild<QPushButton *>("allTheirs")->click();
        asked->findChild<QPushButton *>("takeTexts")->click();
        QTRY_COMPARE(own(0), QString("theirs"));
        QTRY_COMPARE(field()->toPlainText(), QString("theirs"));
        dialog()->close();
        QTRY_VERIFY(!field()->isWaiting());
        press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(own(0), QString("ours"));
    }

    void oursTakesThePlaceOfTheirsOnlyWhenAsked()
    {
        type("ours");
        QVERIFY(place()->save());
        m_folder->write("photos/p0.txt", "theirs\n");
        press(Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
        dialog()->findChild<QComboBox *>("exportFormat")->setCurrentIndex(1);
        go();
        auto *differences = dialog()->findChild<QPushButton *>("differences");
        QTRY_VERIFY(differences->isVisible());
        differences->click();
        auto *asked = dialog()->findChild<QDialog *>("conflictDialog");
        asked->findChild<QPushButton *>("allMine")->click();
        asked->findChild<QPushButton *>("takeTexts")->click();
        QTRY_COMPARE(QByteArray::fromStdString(readTextFile(*m_folder / "photos/p0.txt").value()),
                     QByteArray("ours\n"));
        QTRY_VERIFY(message().startsWith("1 caption done."));
        QCOMPARE(own(0), QString("ours"));
        const auto history = m_session->catalogue()->captionHistory(m_photos[0]).value();
        QVERIFY(std::ranges::any_of(history, [](const auto &caption) { return caption.text == "theirs"; }));
    }

    void aReadOnlyFolderIsSaidAtOnceAndAnotherPlaceTaken()
    {
        type("kept");
        QVERIFY(place()->save());
        QCOMPARE(::chmod((*m_folder / "photos").c_str(), 0555), 0);
        press(Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(message().contains("read-only")); // before anything was asked for
        const auto *elsewhere = dialog()->findChild<QRadioButton *>("exportElsewhere");
        QVERIFY(elsewhere->isChecked());
        auto *where = dialog()->findChild<QLineEdit *>("exportPlace");
        where->clear();
        QTest::keyClicks(where, test::pathText(*m_folder / "out"));
        go();
        QTRY_VERIFY(message().startsWith("1 caption done."));
        QVERIFY(std::filesystem::exists(*m_folder / "out/p0.jpg.xmp"));
        QCOMPARE(own(0), QString("kept"));
        // Reading the folder again finds no caption in the file, and takes none away.
        dialog()->close();
        QSignalSpy finished(m_session.get(), &Session::jobFinished);
        m_session->addFolder(*m_folder / "photos");
        QVERIFY(finished.wait(60'000));
        QCOMPARE(own(0), QString("kept"));
    }

    void aTableComesInAndIsTakenBackTogether()
    {
        type("mine");
        QVERIFY(place()->save());
        const auto file =
            m_folder->write("in.csv", "path,caption\np0.jpg,another\np1.jpg,\"one, two\"\np2.jpg,three\nq.jpg,x\n");
        press(Qt::Key_I, Qt::ControlModifier | Qt::ShiftModifier);
        dialog()->findChild<QComboBox *>("importFormat")->setCurrentIndex(2);
        dialog()->findChild<QLineEdit *>("importPlace")->setText(test::pathText(file));
        go();
        QTRY_VERIFY(message().startsWith("2 captions done."));
        QVERIFY(message().contains("q.jpg"));
        QCOMPARE(own(0), QString("mine"));
        QCOMPARE(own(1), QString("one, two"));
        QCOMPARE(captions(2).front().entry, CaptionEntry::Imported);
        QVERIFY(dialog()->findChild<QPushButton *>("differences")->isVisible());
        dialog()->close();
        QTRY_VERIFY(!field()->isWaiting());
        press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(own(2), QString());
        QCOMPARE(own(1), QString());
        QCOMPARE(own(0), QString("mine"));
    }

    // What came in before it was stopped is there, and goes again as one step.
    void anImportThatIsStoppedIsTakenBackTogether()
    {
        constexpr int count = 8'000;
        const auto root = m_session->catalogue()->roots()->front().id;
        std::vector<catalogue::Photo> rows;
        std::string table = "path,caption\n";
        for (int i = 0; i < count; ++i) {
            catalogue::Photo row;
            row.root = root;
            row.relativePath = "m" + std::to_string(i) + ".jpg";
            rows.push_back(row);
            table += row.relativePath + ",text " + std::to_string(i) + "\n";
        }
        VERIFY_OK(m_session->catalogue()->save(rows));
        const auto texts = [&] {
            return std::ranges::count_if(
                rows, [&](const auto &row) { return !m_session->catalogue()->captions(row.id)->empty(); });
        };
        press(Qt::Key_I, Qt::ControlModifier | Qt::ShiftModifier);
        dialog()->findChild<QComboBox *>("importFormat")->setCurrentIndex(2);
        dialog()->findChild<QLineEdit *>("importPlace")->setText(test::pathText(m_folder->write("in.csv", table)));
        go();
        QTRY_VERIFY(!m_session->catalogue()->captions(rows[10].id)->empty());
        QTest::keyClick(dialog(), Qt::Key_Escape);
        QTRY_VERIFY_WITH_TIMEOUT(!dialog(), 60'000); // once it has stopped
        const auto before = texts();
        QVERIFY2(before > 10 && before < count, qPrintable(QString::number(before)));
        const auto *undo = place()->edits()->undoStack();
        QCOMPARE(undo->count(), 1);
        QCOMPARE(undo->undoText(), QString("importing"));
        QTRY_VERIFY(!field()->isWaiting());
        press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(texts(), 0, 60'000);
        press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE_WITH_TIMEOUT(texts(), before, 60'000);
    }

    void sidecarsOfAnotherProgramComeIn()
    {
        m_folder->write("photos/p1.txt", "from a text file\r\n");
        press(Qt::Key_I, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(dialog()->findChild<QLineEdit *>("importPlace")->text(), test::pathText(*m_folder / "photos"));
        dialog()->findChild<QComboBox *>("importFormat")->setCurrentIndex(1);
        go();
        QTRY_VERIFY(message().startsWith("1 caption done."));
        QCOMPARE(own(1), QString("from a text file"));
    }

    void everyDialogFitsASmallScreen()
    {
        const QFont font = QApplication::font();
        QFont large = font;
        large.setPointSizeF(font.pointSizeF() * 1.25);
        QApplication::setFont(large);
        for (const QString language : {"en", "de"}) {
            applyLanguage(language);
            m_window->rebuild();
            m_window->showPlace(MainWindow::Place::Captions);
            QTRY_VERIFY(place()->photo() && !field()->isWaiting());
            for (const auto *name : {"captionBulk", "captionExport", "captionImport", "captionAll"}) {
                place()->findChild<QAction *>(name)->trigger();
                QDialog *shown = nullptr;
                QTRY_VERIFY((shown = visibleDialog()));
                QCoreApplication::processEvents();
                QVERIFY2(shown->focusWidget() && shown->isAncestorOf(shown->focusWidget()), name); // keys are its own
                const QSize least = shown->minimumSizeHint().expandedTo(shown->minimumSize());
                QVERIFY2(
                    std::max(least.width(), shown->width()) <= 1024 && std::max(least.height(), shown->height()) <= 600,
                    qPrintable(
                        QString("%1 in %2: %3 × %4").arg(name, language).arg(shown->width()).arg(shown->height())));
                shown->close();
                QTRY_VERIFY(!visibleDialog());
            }
        }
        applyLanguage("en");
        QApplication::setFont(font);
    }

private:
    QDialog *visibleDialog() const
    {
        for (auto *each : m_window->findChildren<QDialog *>())
            if (each->isVisible())
                return each;
        return nullptr;
    }
    ExchangeDialog *dialog() const { return m_window->findChild<ExchangeDialog *>(); }
    QString message() const { return dialog()->findChild<QLabel *>("exchangeMessage")->text(); }
    void go() const { QTest::mouseClick(dialog()->findChild<QPushButton *>("exchangeGo"), Qt::LeftButton); }
};

QTEST_MAIN(TestCaptionsExchange)
#include "tst_captions_exchange.moc"
