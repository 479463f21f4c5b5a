#include "core/image/motion.h"

#include "tests/support/pictures.h"
#include "tests/support/support.h"

using namespace photolex;
using test::film;

namespace {

constexpr std::int64_t moment = 1'700'000'000; // local time of the photo

} // namespace

class TestMotion : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sameMomentInAnyZone_data()
    {
        QTest::addColumn<QByteArray>("film");
        QTest::addColumn<bool>("belongs");
        const auto row = [](const char *name, const std::string &bytes, bool belongs) {
            QTest::newRow(name) << QByteArray(bytes.data(), static_cast<int>(bytes.size())) << belongs;
        };
        row("Greenwich", film(moment + 2, 3), true);
        row("two hours east", film(moment - 7200 + 1, 3), true);
        row("Nepal", film(moment - 20'700, 3), true);
        row("wide numbers", film(moment + 36'000, 3, 1), true);
        row("another minute", film(moment + 61, 3), false);
        row("another day", film(moment + 86'400, 3), false);
        row("too long", film(moment, 30), false);
        row("cut", film(moment, 3).substr(0, 5040), false);
        row("no film", "hello, I am a text and no film", false);
        row("empty", "", false);
    }
    void sameMomentInAnyZone()
    {
        QFETCH(QByteArray, film);
        QFETCH(bool, belongs);
        const test::ScratchFolder scratch;
        const auto photo = scratch.write("IMG_1.HEIC", "x");
        const auto beside =
            scratch.write("IMG_1.MOV", std::string(film.constData(), static_cast<std::size_t>(film.size())));
        QCOMPARE(image::motionBeside(photo, moment) == beside, belongs);
        QVERIFY(image::motionBeside(photo, std::nullopt).empty());
        QVERIFY(image::motionBeside(scratch / "IMG_2.HEIC", moment).empty());
    }
};

QTEST_GUILESS_MAIN(TestMotion)
#include "tst_motion.moc"
