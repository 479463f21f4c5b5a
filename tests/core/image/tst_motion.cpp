#include "core/image/motion.h"

#include "tests/support/support.h"

using namespace photolex;

namespace {

std::string bigEndian(std::uint64_t value, int bytes)
{
    std::string text;
    for (int i = bytes - 1; i >= 0; --i)
        text += static_cast<char>(value >> (8 * i) & 0xff);
    return text;
}

std::string box(std::string_view type, std::string_view body)
{
    return bigEndian(body.size() + 8, 4) + std::string(type) + std::string(body);
}

constexpr std::int64_t moment = 1'700'000'000; // local time of the photo
constexpr std::int64_t from1904 = 2'082'844'800;

// A film whose head says when it was made and how long it is; version 1 has wider numbers.
std::string film(std::int64_t greenwich, int seconds, int version = 0)
{
    const int bytes = version == 1 ? 8 : 4;
    const auto made = static_cast<std::uint64_t>(greenwich + from1904);
    const auto head = bigEndian(static_cast<std::uint64_t>(version), 1) + bigEndian(0, 3) + bigEndian(made, bytes) +
                      bigEndian(made, bytes) + bigEndian(600, 4) +
                      bigEndian(static_cast<std::uint64_t>(seconds) * 600, bytes);
    return box("ftyp", "qt      ") + box("mdat", std::string(5000, 'x')) + box("moov", box("mvhd", head));
}

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
