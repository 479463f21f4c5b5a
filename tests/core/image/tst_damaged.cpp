// Files that are cut, scratched, empty, or lie about their size: what can be shown is shown, the rest is refused with a
// reason, and nothing is allocated for a promise.
#include "core/image/decode.h"
#include "tests/support/pictures.h"
#include "tests/support/support.h"

#include <QObject>
#include <random>
#include <sys/resource.h>
#include <sys/stat.h>

using namespace photolex;
using test::bytesOf;

namespace {

std::string cut(const std::string &bytes, double share)
{
    return bytes.substr(0, static_cast<std::size_t>(static_cast<double>(bytes.size()) * share));
}

long peakMemoryMb()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

} // namespace

class TestDamaged : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cutFilesShowWhatTheyHave_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const auto photo = test::scene(11, {480, 360});
        const auto add = [](const char *name, const std::string &bytes) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes);
        };
        add("JPEG", test::jpeg(photo));
        add("JPEG progressive", test::jpeg(photo, {.progressive = true}));
        add("JPEG inks", test::jpeg(photo, {.inks = test::Inks::CmykAdobe}));
        add("PNG", test::png(photo));
        add("WebP", test::webp(photo));
        add("BMP", test::bmp(photo));
        add("GIF", test::gif({photo}));
        add("TIFF", [&] { // directory first would be usual; ours lies last, so a cut one has none
            return std::string();
        }());
    }
    void cutFilesShowWhatTheyHave()
    {
        QFETCH(QByteArray, bytes);
        if (bytes.isEmpty()) {
            const auto tiff = cut(test::tiff(test::scene(11)), 0.6);
            QCOMPARE(image::decode(bytesOf(tiff), "a.tif").error().code, Errc::Corrupt);
            return;
        }
        const auto whole = image::decode(bytesOf(bytes.toStdString()), "photo");
        VERIFY_OK(whole);
        QVERIFY(!whole->damaged);
        const auto result = image::decode(bytesOf(cut(bytes.toStdString(), 0.6)), "photo");
        VERIFY_OK(result);
        QVERIFY(result->damaged);
        QVERIFY(result->pixels.size == whole->pixels.size);
        // The part that came is right: the upper third (a bottom-up BMP has the lower one).
        image::Pixels part = result->pixels, wholePart = whole->pixels;
        const std::size_t third = part.rgb.size() / 3;
        const bool bottomUp = bytes.startsWith("BM");
        for (auto *pixels : {&part, &wholePart}) {
            pixels->size.height /= 3;
            if (bottomUp)
                pixels->rgb.erase(pixels->rgb.begin(), pixels->rgb.end() - static_cast<std::ptrdiff_t>(third));
            pixels->rgb.resize(third);
        }
        const auto difference = test::meanDifference(part, wholePart);
        QVERIFY2(difference < 12, qPrintable(QString::number(difference))); // progressive: coarse but whole
    }

    void nothingToShowIsARecordedReason_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("reason");
        const auto photo = test::scene(12, {480, 360});
        const auto add = [](const char *name, const std::string &bytes, const char *reason) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << reason;
        };
        add("empty", "", "empty file");
        add("four bytes", "\xff\xd8\xff\xe0", "ends early");
        add("zeros", std::string(50'000, '\0'), "zeros");
        add("JPEG header", cut(test::jpeg(photo), 0.02), "ends early");
        add("JPEG without pixels", test::jpegHeaderOnly(640, 480), "ends early");
        add("PNG header", test::png(photo).substr(0, 60), "ends early");
        add("WebP header", test::webp(photo).substr(0, 40), "ends early");
        add("GIF header", test::gif({photo}).substr(0, 30), "ends early");
        add("TIFF header", test::tiff(photo).substr(0, 40), "TIFF");
        add("BMP header", test::bmp(photo).substr(0, 60), "ends early");
        if (test::canMakeHeic())
            for (const double share : {0.05, 0.6})
                add(share < 0.5 ? "HEIC header" : "HEIC", cut(test::heic(photo), share), "ends early");
        if (test::canMakeHeic(true)) {
            const std::string avif = test::heic(photo, {.avif = true});
            // Within the list of what is in the file, behind it, and just before the end.
            add("AVIF header", avif.substr(0, avif.find("iloc")), "ends early");
            add("AVIF without pixels", avif.substr(0, avif.find("mdat") + 4), "ends early");
            add("AVIF", avif.substr(0, avif.size() - 16), "ends early");
        }
    }
    void nothingToShowIsARecordedReason()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, reason);
        test::ScratchFolder scratch;
        const auto path = scratch.write("deep/nested/photo.jpg", bytes.toStdString());
        const auto result = image::decode(path, {.wantedShortSide = 260});
        QVERIFY(!result);
        QCOMPARE(result.error().code, Errc::Corrupt);
        QVERIFY2(QString::fromStdString(result.error().detail).contains(reason), result.error().detail.c_str());
        QCOMPARE(QString::fromStdString(result.error().subject), QString::fromStdString(path.string()));
        const auto header = image::readHeader(path);
        if (!header)
            QVERIFY(!header.error().detail.empty());
    }

    // A HEIC whose picture is scratched still has its thumbnail item, of whatever size.
    void aScratchedHeicShowsItsThumbnail()
    {
        if (!test::canMakeHeic())
            QSKIP("this libheif has no encoder");
        const auto photo = test::scene(12, {480, 360});
        const std::string without = test::heic(photo), with = test::heic(photo, {.thumbnailSide = 160});
        // The picture's own data are the same in both files, and longer than anything else. They begin with how long
        // they are: a scratch there is one that the decoder notices.
        const auto data = without.find("mdat") + 4;
        const auto length = without.size() - data;
        const auto at = with.find(without.substr(data, 256));
        QVERIFY(at != std::string::npos && length > 1000 && at + length <= with.size());
        std::string scratched = with;
        std::fill_n(scratched.begin() + static_cast<std::ptrdiff_t>(at), length, '\xff');
        const auto whole = image::decode(bytesOf(with), "a.heic");
        VERIFY_OK(whole);
        const auto result = image::decode(bytesOf(scratched), "a.heic");
        VERIFY_OK(result);
        QVERIFY(result->damaged && result->fromPreview);
        QCOMPARE(result->fullSize.width, 480);
        const auto small = image::fitted(whole->pixels, result->pixels.size);
        const auto difference = test::meanDifference(result->pixels, small);
        QVERIFY2(difference < 12, qPrintable(QString::number(difference)));
    }

    void otherFilesAreUnsupported_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("text") << QByteArray(
            "BM is how this perfectly ordinary text begins, and it goes on for a while.");
        QTest::newRow("HTML") << QByteArray("<html><body>404 Not Found</body></html>");
        QTest::newRow("film") << QByteArray("\0\0\0\x18"
                                            "ftypmp42\0\0\0\0mp42isom",
                                            24);
        QTest::newRow("PDF") << QByteArray("%PDF-1.7 and so on and so on");
    }
    void otherFilesAreUnsupported()
    {
        QFETCH(QByteArray, bytes);
        const auto result = image::decode(bytesOf(bytes.toStdString()), "a.jpg");
        QVERIFY(!result);
        QCOMPARE(result.error().code, Errc::Unsupported);
    }

    void bombsAreRefusedByTheirHeader_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("PNG 60,000 × 60,000") << QByteArray::fromStdString(test::pngBomb(60'000, 60'000));
        QTest::newRow("JPEG 65,500 × 65,500") << QByteArray::fromStdString(test::jpegHeaderOnly(65'500, 65'500));
    }
    void bombsAreRefusedByTheirHeader()
    {
        QFETCH(QByteArray, bytes);
        const long before = peakMemoryMb();
        for (const int wanted : {0, 260}) {
            const auto result = image::decode(bytesOf(bytes.toStdString()), "a.png", {.wantedShortSide = wanted});
            QVERIFY(!result);
            QCOMPARE(result.error().code, Errc::TooLarge);
            QVERIFY2(result.error().detail.find("60000") != std::string::npos ||
                         result.error().detail.find("65500") != std::string::npos,
                     result.error().detail.c_str());
        }
        QVERIFY(peakMemoryMb() - before < 64);
    }
    void bombsBelowTheLimitStaySmall()
    {
        // 225 million pixels are allowed; averaged while they arrive they need next to no memory.
        const auto bytes = test::pngBomb(15'000, 15'000);
        const long before = peakMemoryMb();
        const auto result = image::decode(bytesOf(bytes), "a.png", {.wantedShortSide = 260});
        VERIFY_OK(result);
        QVERIFY(std::min(result->pixels.size.width, result->pixels.size.height) >= 260);
        QVERIFY(result->pixels.size.width < 600);
        QVERIFY2(peakMemoryMb() - before < 64, qPrintable(QString::number(peakMemoryMb() - before)));
    }
    void limitIsAnOption()
    {
        const auto bytes = test::png(test::card({200, 100}));
        QVERIFY(image::decode(bytesOf(bytes), "a.png", {.pixelLimit = 20'000}));
        QCOMPARE(image::decode(bytesOf(bytes), "a.png", {.pixelLimit = 19'999}).error().code, Errc::TooLarge);
    }
    void hugeButLegalJpeg_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::newRow("77 million pixels") << 10'538 << 7'310;
        QTest::newRow("424 million pixels") << 22'803 << 18'584;
        QTest::newRow("800 million pixels") << 40'000 << 20'000;
    }
    void hugeButLegalJpeg()
    {
        QFETCH(int, width);
        QFETCH(int, height);
        const auto bytes = test::hugeJpeg(width, height);
        const auto result = image::decode(bytesOf(bytes), "a.jpg", {.wantedShortSide = 260});
        VERIFY_OK(result);
        QVERIFY(!result->damaged);
        QVERIFY((result->fullSize == image::Size{width, height}));
        QVERIFY(std::abs(result->pixels.size.width - width / 8) <= 1);
        for (const std::size_t at : {std::size_t{0}, result->pixels.rgb.size() - 3})
            QVERIFY(std::abs(result->pixels.rgb[at] - 200) < 4 && std::abs(result->pixels.rgb[at + 1] - 60) < 4);
    }
    void viewOfAHugeJpegIsDownscaledNotEmpty()
    {
        const auto bytes = test::hugeJpeg(6'000, 5'000);
        const auto result = image::decode(bytesOf(bytes), "a.jpg", {.pixelLimit = 8'000'000});
        VERIFY_OK(result);
        QVERIFY((result->fullSize == image::Size{6'000, 5'000}));
        QVERIFY((result->pixels.size == image::Size{3'000, 2'500})); // the largest scale within the limit
    }

    void foldersAndForbiddenFiles()
    {
        test::ScratchFolder scratch;
        QVERIFY(!image::decode(scratch.path()));
        QVERIFY(!image::readHeader(scratch.path()));
        QCOMPARE(image::readHeader(scratch / "none.jpg").error().code, Errc::NotFound);
        const auto path = scratch.write("a.jpg", test::jpeg(test::card()));
        QCOMPARE(::chmod(path.c_str(), 0), 0);
        if (::access(path.c_str(), R_OK) == 0)
            QSKIP("root reads everything");
        QCOMPARE(image::decode(path).error().code, Errc::Denied);
    }

    // Scratched files of every format: any answer, but an answer. Run under the sanitizers too.
    void scratchesNeverCrash()
    {
        const auto photo = test::scene(13, {120, 90});
        std::vector<std::string> files = {
            test::jpeg(photo, {.orientation = 6, .profile = test::profile(test::Space::DisplayP3)}),
            test::jpeg(photo, {.progressive = true}),
            test::png(photo, {.orientation = 3, .profile = test::profile(test::Space::AdobeRgb)}),
            test::webp(photo, {.orientation = 5, .profile = test::profile(test::Space::DisplayP3)}),
            test::animatedWebp({photo, photo}, true),
            test::tiff(photo, {.orientation = 7}),
            test::gif({photo, photo}, 1),
            test::bmp(photo),
            test::dng(photo, {.orientation = 6, .preview = &photo}),
        };
        if (test::canMakeHeic())
            files.push_back(test::heic(photo, {.exifOrientation = 6, .thumbnailSide = 64}));
        std::mt19937 random(20141110);
        int answers = 0;
        for (const auto &file : files) {
            for (int round = 0; round < 60; ++round) {
                std::string bytes = file;
                // Near the start, where the sizes are, and anywhere.
                for (int i = 0; i < 4; ++i)
                    bytes[random() % std::min<std::size_t>(bytes.size(), round % 2 ? bytes.size() : 400)] =
                        static_cast<char>(random());
                if (round % 5 == 0)
                    bytes.resize(random() % bytes.size());
                const auto result = image::decode(bytesOf(bytes), "a.dng",
                                                  {.wantedShortSide = round % 3 ? 60 : 0, .pixelLimit = 1'000'000});
                ++answers;
                if (result)
                    QVERIFY(result->pixels.rgb.size() == std::size_t{3} *
                                                             static_cast<std::size_t>(result->pixels.size.width) *
                                                             static_cast<std::size_t>(result->pixels.size.height));
                else
                    QVERIFY(!result.error().detail.empty());
            }
        }
        QCOMPARE(answers, static_cast<int>(files.size()) * 60);
    }
};

QTEST_GUILESS_MAIN(TestDamaged)
#include "tst_damaged.moc"
