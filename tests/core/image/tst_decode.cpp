// Every format gives the same upright sRGB picture, whatever way it lies in the file.
#include "core/image/decode.h"
#include "core/image/heif_p.h"
#include "tests/support/pictures.h"
#include "tests/support/support.h"

#include <QObject>
#include <functional>
#include <thread>

using namespace photolex;
using image::Format;
using test::bytesOf;

namespace {

image::Decoded decoded(const std::string &bytes, const std::filesystem::path &name = "photo",
                       const image::DecodeOptions &options = {})
{
    auto result = image::decode(bytesOf(bytes), name, options);
    if (!test::isOk(result))
        return {};
    return std::move(*result);
}

} // namespace

class TestDecode : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void orientations_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<int>("orientation");
        for (const char *kind : {"jpeg", "png", "png, EXIF last", "webp", "tiff", "heic irot", "heic exif", "heic both",
                                 "avif irot", "dng"}) {
            for (int orientation = 1; orientation <= 8; ++orientation)
                QTest::addRow("%s %d", kind, orientation) << kind << orientation;
        }
    }
    void orientations()
    {
        QFETCH(QString, kind);
        QFETCH(int, orientation);
        const auto upright = test::card({96, 64});
        const auto stored = test::storedFor(upright, orientation);
        std::string bytes;
        double tolerance = 4; // of 255, on average: compression
        if (kind == "jpeg") {
            bytes = test::jpeg(stored, {.quality = 97, .orientation = orientation});
        } else if (kind == "png") {
            bytes = test::png(stored, {.orientation = orientation});
            tolerance = 0;
        } else if (kind == "png, EXIF last") {
            bytes = test::png(stored, {.orientation = orientation, .orientationLast = true});
            tolerance = 0;
        } else if (kind == "webp") {
            bytes = test::webp(stored, {.orientation = orientation});
        } else if (kind == "tiff") {
            bytes = test::tiff(stored, {.orientation = orientation});
            tolerance = 0;
        } else if (kind == "dng") {
            // A mirrored sensor does not exist: LibRaw knows turns only.
            if (orientation == 2 || orientation == 4 || orientation == 5 || orientation == 7)
                QSKIP("RAW files are turned, never mirrored");
            bytes = test::dng(test::storedFor(test::card({192, 128}), orientation),
                              {.orientation = orientation, .preview = &stored});
        } else {
            const bool avif = kind.startsWith("avif");
            if (!test::canMakeHeic(avif))
                QSKIP("this libheif has no encoder");
            bytes = test::heic(stored, {.irotOrientation = kind.endsWith("exif") ? 1 : orientation,
                                        .exifOrientation = kind.endsWith("irot") ? 0 : orientation,
                                        .avif = avif});
            tolerance = 6;
        }
        const auto result = decoded(bytes, kind == "dng" ? "a.dng" : "a.jpg");
        QCOMPARE(result.pixels.size.width, 96);
        QCOMPARE(result.pixels.size.height, 64);
        const auto difference = test::meanDifference(result.pixels, upright);
        QVERIFY2(difference <= tolerance, qPrintable(QString::number(difference)));
        QVERIFY(!result.damaged);
        QCOMPARE(QString::fromStdString(result.warning), QString());
        if (kind != "dng")
            QVERIFY((result.fullSize == image::Size{96, 64}));

        test::ScratchFolder scratch;
        const auto header = image::readHeader(scratch.write(kind == "dng" ? "a.dng" : "photo", bytes));
        VERIFY_OK(header);
        QCOMPARE(header->format, result.format);
        QVERIFY(header->size == result.fullSize);
    }

    // A pale profile must not make a photo pale, and what it means is the same in every format.
    void profiles_data()
    {
        QTest::addColumn<int>("space");
        QTest::addColumn<QString>("kind");
        for (const char *kind : {"jpeg", "png", "webp", "tiff"}) {
            QTest::addRow("%s sRGB", kind) << int(test::Space::Srgb) << kind;
            QTest::addRow("%s Display P3", kind) << int(test::Space::DisplayP3) << kind;
            QTest::addRow("%s Adobe RGB", kind) << int(test::Space::AdobeRgb) << kind;
            QTest::addRow("%s ProPhoto", kind) << int(test::Space::ProPhoto) << kind;
        }
    }
    void profiles()
    {
        QFETCH(int, space);
        QFETCH(QString, kind);
        const auto original = test::scene(3, {160, 120});
        const auto as = static_cast<test::Space>(space);
        const auto pixels = test::inSpace(original, as);
        const auto profile = test::profile(as);
        const std::string bytes = kind == "jpeg"   ? test::jpeg(pixels, {.quality = 98, .profile = profile})
                                  : kind == "png"  ? test::png(pixels, {.profile = profile})
                                  : kind == "webp" ? test::webp(pixels, {.profile = profile, .lossless = true})
                                                   : test::tiff(pixels, {.profile = profile});
        const auto result = decoded(bytes);
        const auto difference = test::meanDifference(result.pixels, original);
        QVERIFY2(difference < 3, qPrintable(QString::number(difference)));
        if (as != test::Space::Srgb) // the test can fail: without the profile it looks otherwise
            QVERIFY(test::meanDifference(pixels, original) > 3);
    }
    void brokenProfileIsSrgbWithAWarning()
    {
        const auto original = test::scene(4, {160, 120});
        auto profile = test::profile(test::Space::DisplayP3);
        std::fill(profile.begin() + 100, profile.end(), 'x');
        const auto result = decoded(test::jpeg(original, {.quality = 98, .profile = profile}));
        QVERIFY(result.warning.find("profile") != std::string::npos);
        QVERIFY(test::meanDifference(result.pixels, original) < 3);
        // A profile for inks on a picture of light.
        const auto misfit = decoded(test::jpeg(original, {.quality = 98, .profile = std::string(200, '\0')}));
        QVERIFY(misfit.warning.find("profile") != std::string::npos);
    }

    void inksLookLikeTheirTwin_data()
    {
        QTest::addColumn<int>("inks");
        QTest::newRow("straight") << int(test::Inks::Cmyk);
        QTest::newRow("inverted by Adobe") << int(test::Inks::CmykAdobe);
        QTest::newRow("YCCK") << int(test::Inks::YcckAdobe);
    }
    void inksLookLikeTheirTwin()
    {
        QFETCH(int, inks);
        const auto original = test::scene(5, {160, 120});
        const auto result = decoded(test::jpeg(original, {.quality = 98, .inks = static_cast<test::Inks>(inks)}));
        const auto difference = test::meanDifference(result.pixels, original);
        QVERIFY2(difference < 5, qPrintable(QString::number(difference)));
    }

    void depthsLookLikeTheirTwin_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const auto grey = test::gradient();
        const auto add = [](const char *name, const std::string &bytes) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes);
        };
        add("PNG 16-bit grey", test::png(grey, {.bits = 16, .grey = true}));
        add("PNG 16-bit RGB", test::png(grey, {.bits = 16}));
        add("PNG 16-bit RGBA", test::png(grey, {.bits = 16, .alpha = 255}));
        add("PNG 8-bit grey", test::png(grey, {.grey = true}));
        add("PNG palette", test::png(grey, {.palette = true}));
        add("PNG grey with alpha", test::png(grey, {.grey = true, .alpha = 255}));
        add("TIFF 16-bit grey", test::tiff(grey, {.bits = 16, .grey = true}));
        add("TIFF 16-bit RGB", test::tiff(grey, {.bits = 16}));
        add("TIFF grey", test::tiff(grey, {.grey = true}));
        add("JPEG grey", test::jpeg(grey, {.quality = 98, .grey = true}));
        add("JPEG progressive", test::jpeg(grey, {.quality = 98, .progressive = true}));
        add("BMP", test::bmp(grey));
        add("WebP lossless", test::webp(grey, {.lossless = true}));
    }
    void depthsLookLikeTheirTwin()
    {
        QFETCH(QByteArray, bytes);
        const auto difference = test::meanDifference(decoded(bytes.toStdString()).pixels, test::gradient());
        QVERIFY2(difference < 1.6, qPrintable(QString::number(difference)));
    }
    void oldestBmpHasColours()
    {
        const auto scene = test::scene(6, {61, 40});
        QVERIFY(test::meanDifference(decoded(test::bmp(scene, true)).pixels, scene) == 0);
        QVERIFY(test::meanDifference(decoded(test::bmp(scene)).pixels, scene) == 0);
    }
    void oneBitIsBlackAndWhite()
    {
        const auto result = decoded(test::png(test::gradient(), {.bits = 1}));
        QCOMPARE(int(result.pixels.rgb[0]), 0);
        QCOMPARE(int(result.pixels.rgb[255 * 3]), 255);
    }

    void transparencyLiesOverTheBackground_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const auto red = test::plain({32, 32}, 255, 0, 0);
        const auto add = [](const char *name, const std::string &bytes) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes);
        };
        add("PNG", test::png(red, {.alpha = 128}));
        add("PNG palette", test::png(red, {.palette = true, .alpha = 128}));
        add("PNG 16-bit", test::png(red, {.bits = 16, .alpha = 128}));
        add("WebP", test::webp(red, {.lossless = true, .alpha = 128}));
    }
    void transparencyLiesOverTheBackground()
    {
        QFETCH(QByteArray, bytes);
        const auto onWhite = decoded(bytes.toStdString(), "a.png", {.background = 255});
        const auto onBlack = decoded(bytes.toStdString(), "a.png", {.background = 0});
        QVERIFY(std::abs(onWhite.pixels.rgb[0] - 255) <= 1 && std::abs(onWhite.pixels.rgb[1] - 127) <= 1);
        QVERIFY(std::abs(onBlack.pixels.rgb[0] - 128) <= 1 && onBlack.pixels.rgb[1] <= 1);
    }

    void firstFrameThatShowsSomething_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("count");
        const std::vector frames = {test::plain({40, 30}, 255, 0, 0), test::plain({40, 30}, 0, 0, 255)};
        QTest::newRow("GIF") << QByteArray::fromStdString(test::gif(frames)) << 2;
        QTest::newRow("GIF, first frame empty") << QByteArray::fromStdString(test::gif(frames, 1)) << 3;
        QTest::newRow("WebP") << QByteArray::fromStdString(test::animatedWebp(frames, false)) << 2;
        QTest::newRow("WebP, first frame empty") << QByteArray::fromStdString(test::animatedWebp(frames, true)) << 3;
    }
    void firstFrameThatShowsSomething()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, count);
        const auto result = decoded(bytes.toStdString());
        QVERIFY(result.animated);
        QCOMPARE(result.pictureCount, count);
        QVERIFY(test::meanDifference(result.pixels, test::plain({40, 30}, 255, 0, 0)) < 1);
    }
    void framesAreBounded()
    {
        // 20,000 frames: the first is shown, the others are counted without being unpacked.
        const std::vector frames(20'000, test::plain({8, 8}, 0, 255, 0));
        const auto result = decoded(test::gif(frames));
        QCOMPARE(result.pictureCount, 20'000);
        QVERIFY(test::meanDifference(result.pixels, test::plain({8, 8}, 0, 255, 0)) < 1);
        // Empty frames without end: the background, after a bounded search.
        const auto empty = decoded(test::gif({test::plain({8, 8}, 0, 255, 0)}, 5'000));
        QVERIFY(test::meanDifference(empty.pixels, test::plain({8, 8}, 128, 128, 128)) < 1);
    }
    void oneFrameIsNotAnimated()
    {
        const auto result = decoded(test::gif({test::card()}));
        QVERIFY(!result.animated);
        QCOMPARE(result.pictureCount, 1);
    }

    // The name decides nothing, except between a RAW file and the TIFF that it resembles.
    void contentDecides_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("format");
        const auto card = test::card();
        const auto jpeg = QByteArray::fromStdString(test::jpeg(card));
        const auto big = test::scene(1, {640, 480});
        const auto raw = QByteArray::fromStdString(test::dng(big, {.preview = &card}));
        const auto makersRaw = QByteArray::fromStdString(test::dng(big, {.preview = &card, .withVersionTag = false}));
        const auto tiff = QByteArray::fromStdString(test::tiff(card));
        QTest::newRow("a.jfif") << jpeg << "a.jfif" << int(Format::Jpeg);
        QTest::newRow("A.JPG") << jpeg << "A.JPG" << int(Format::Jpeg);
        QTest::newRow("without extension") << jpeg << "photo" << int(Format::Jpeg);
        QTest::newRow("JPEG called PNG") << jpeg << "a.png" << int(Format::Jpeg);
        QTest::newRow("JPEG called NEF") << jpeg << "a.nef" << int(Format::Jpeg);
        QTest::newRow("DNG") << raw << "a.dng" << int(Format::Raw);
        QTest::newRow("DNG called TIFF") << raw << "a.tif" << int(Format::Raw);
        QTest::newRow("a maker's RAW") << makersRaw << "a.NEF" << int(Format::Raw);
        QTest::newRow("TIFF") << tiff << "a.tif" << int(Format::Tiff);
        QTest::newRow("TIFF called NEF") << tiff << "a.nef" << int(Format::Tiff);
        QTest::newRow("PNG called HEIC") << QByteArray::fromStdString(test::png(card)) << "a.heic" << int(Format::Png);
        QTest::newRow("GIF called JPG") << QByteArray::fromStdString(test::gif({card})) << "a.jpg" << int(Format::Gif);
    }
    void contentDecides()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, name);
        QFETCH(int, format);
        const auto result = decoded(bytes.toStdString(), name.toStdString());
        QCOMPARE(int(result.format), format);
        QVERIFY(!result.pixels.isEmpty());
    }
    void namesThatMayBePictures()
    {
        for (const char *name : {"a.jpg", "A.JPG", "a.JPEG", "a.jfif", "a.jpe", "photo", "a.Heic", "x.y.png", "a.CR3"})
            QVERIFY2(image::mayBePicture(name), name);
        for (const char *name : {"a.txt", "a.mp4", "a.xmp", "a.jpg.xmp", "a.pdf"})
            QVERIFY2(!image::mayBePicture(name), name);
    }

    void rawUsesItsPreviewWhereThatIsEnough()
    {
        const auto sensor = test::scene(2, {800, 600}), preview = test::scene(2, {400, 300});
        const auto withPreview = test::dng(sensor, {.preview = &preview});
        const auto small = decoded(withPreview, "a.dng", {.wantedShortSide = 260});
        QVERIFY(small.fromPreview);
        QVERIFY((small.fullSize == image::Size{800, 600}));
        QVERIFY(test::meanDifference(small.pixels, preview) < 4);

        const auto tiny = test::scene(9, {80, 60}); // another picture, so that one sees which was used
        const auto developed = decoded(test::dng(sensor, {.preview = &tiny}), "a.dng", {.wantedShortSide = 260});
        QVERIFY(!developed.fromPreview);
        QVERIFY((developed.pixels.size == image::Size{400, 300}));
        // LibRaw brightens, so the same picture is nearer, not equal.
        const auto difference = test::meanDifference(developed.pixels, preview);
        const auto toOther = test::meanDifference(developed.pixels, image::resized(tiny, {400, 300}));
        QVERIFY2(difference < 35 && difference * 1.5 < toOther,
                 qPrintable(QString("%1 %2").arg(difference).arg(toOther)));
        const auto without = decoded(test::dng(sensor), "a.dng", {.wantedShortSide = 260});
        QVERIFY(!without.fromPreview);
        QVERIFY((without.pixels.size == image::Size{400, 300}));
    }

    void heicParts()
    {
        if (!test::canMakeHeic())
            QSKIP("this libheif has no encoder");
        const auto large = test::scene(7, {640, 480}), other = test::plain({64, 64}, 255, 255, 0);
        // The primary picture is the one that is meant, and the others are counted.
        const auto two = decoded(test::heic(large, {.second = &other}));
        QCOMPARE(two.pictureCount, 2);
        QVERIFY(test::meanDifference(two.pixels, large) < 6);
        // Its thumbnail stands in where it is large enough.
        const auto bytes = test::heic(large, {.thumbnailSide = 320});
        const auto small = decoded(bytes, "a.heic", {.wantedShortSide = 200});
        QVERIFY(small.fromPreview);
        QVERIFY((small.pixels.size == image::Size{320, 240}));
        QVERIFY((small.fullSize == image::Size{640, 480}));
        const auto full = decoded(bytes, "a.heic", {.wantedShortSide = 260});
        QVERIFY(!full.fromPreview);
        QVERIFY((full.pixels.size == image::Size{640, 480}));
        // Turned like the picture itself.
        const auto turned = decoded(test::heic(test::storedFor(large, 6), {.irotOrientation = 6, .thumbnailSide = 320}),
                                    "a.heic", {.wantedShortSide = 200});
        QVERIFY((turned.fullSize == image::Size{640, 480}));
        QVERIFY(test::meanDifference(image::fitted(turned.pixels, {320, 240}), image::fitted(large, {320, 240})) < 6);
    }
    void heicGrid_data()
    {
        QTest::addColumn<int>("orientation");
        for (const int orientation : {1, 3, 6, 8})
            QTest::addRow("%d", orientation) << orientation;
    }
    void heicGrid()
    {
        if (!test::canMakeHeic())
            QSKIP("this libheif has no encoder");
        QFETCH(int, orientation);
        const auto upright = test::card({256, 192});
        const auto stored = test::storedFor(upright, orientation);
        const bool lies = stored.size.width < stored.size.height;
        const auto result = decoded(test::heicGrid(stored, lies ? 1 : 2, lies ? 2 : 1, orientation));
        QVERIFY((result.fullSize == image::Size{256, 192}));
        const auto difference = test::meanDifference(result.pixels, upright);
        QVERIFY2(difference < 6, qPrintable(QString::number(difference)));
    }
    void exifThumbnailIsNotUsed()
    {
        // Unturned, and of another picture: nothing of it may show.
        const auto upright = test::card({640, 480});
        const auto bytes = test::jpeg(test::storedFor(upright, 6),
                                      {.orientation = 6, .exifThumbnail = test::jpeg(test::scene(1, {160, 120}))});
        for (const int wanted : {0, 100, 260}) {
            const auto result = decoded(bytes, "a.jpg", {.wantedShortSide = wanted});
            QVERIFY((result.fullSize == upright.size));
            QVERIFY(test::meanDifference(image::resized(result.pixels, {80, 60}), image::resized(upright, {80, 60})) <
                    4);
        }
    }
    void whatThisLibheifIsTooOldForNamesTheRemedy_data()
    {
        QTest::addColumn<bool>("avif");
        QTest::newRow("HEIC of newer phones") << false;
        QTest::newRow("AVIF") << true;
    }
    void whatThisLibheifIsTooOldForNamesTheRemedy()
    {
        QFETCH(bool, avif);
        const auto known = image::heifError(false, "Too many auxiliary image references");
        QCOMPARE(known.code, Errc::Unsupported);
        QVERIFY(known.detail.find("1.19") != std::string::npos);
        if (!test::canMakeHeic(avif))
            QSKIP("this libheif has no encoder");
        test::ScratchFolder scratch;
        const auto path = scratch.write("IMG_1", test::heicWithManyAuxiliaries(test::card(), avif));
        const auto result = image::decode(path);
        if (result)
            QSKIP("this libheif reads it");
        QCOMPARE(result.error().code, Errc::Unsupported);
        QVERIFY2(result.error().detail.find("1.19") != std::string::npos, result.error().detail.c_str());
        QVERIFY2(result.error().detail.find("backports") != std::string::npos, result.error().detail.c_str());
        QCOMPARE(QString::fromStdString(result.error().subject), QString::fromStdString(path.string()));
        QCOMPARE(image::readHeader(path).error().detail, result.error().detail);
    }

    // Decoding at a reduced scale shows the same picture.
    void reducedScale_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("exactSide");
        const auto photo = test::scene(8, {1200, 900});
        const auto add = [](const char *name, const std::string &bytes, int side) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << side;
        };
        add("JPEG", test::jpeg(photo), 450);
        add("JPEG progressive", test::jpeg(photo, {.progressive = true}), 450);
        add("JPEG turned", test::jpeg(test::storedFor(photo, 8), {.orientation = 8}), 450);
        add("PNG", test::png(photo), 300);
        add("TIFF", test::tiff(photo), 300);
        add("WebP", test::webp(photo), 260);
    }
    void reducedScale()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, exactSide);
        const auto result = decoded(bytes.toStdString(), "photo", {.wantedShortSide = 260});
        QVERIFY((result.fullSize == image::Size{1200, 900}));
        QCOMPARE(result.pixels.size.height, exactSide);
        const auto expected = image::resized(test::scene(8, {1200, 900}), {260, 260});
        const auto difference = test::meanDifference(image::resized(result.pixels, {260, 260}), expected);
        QVERIFY2(difference < 2.5, qPrintable(QString::number(difference)));
    }

    void pathsAreBytes()
    {
        test::ScratchFolder scratch;
        for (const char *name :
             {"Öffentlich/ü.jpg", "한국/사진.jpg", "🏖️.jpg", "a\nb.jpg", "-rf.jpg", "100%.jpg", "not \xff utf-8.jpg"}) {
            const auto result = image::decode(scratch.write(name, test::jpeg(test::card())));
            QVERIFY2(result.has_value(), name);
        }
        const auto missing = image::decode(scratch / "not \xff there.jpg");
        QCOMPARE(missing.error().code, Errc::NotFound);
        QVERIFY(missing.error().subject.find("not \\xff there.jpg") != std::string::npos);
    }

    void threadsDecodeSideBySide()
    {
        const std::vector<std::string> files = {
            test::jpeg(test::inSpace(test::scene(1), test::Space::DisplayP3),
                       {.profile = test::profile(test::Space::DisplayP3)}),
            test::png(test::scene(1), {.profile = test::profile(test::Space::Srgb)}),
            test::webp(test::scene(1)),
            test::tiff(test::inSpace(test::scene(1), test::Space::AdobeRgb),
                       {.profile = test::profile(test::Space::AdobeRgb)}),
        };
        std::vector<int> good(4);
        std::vector<std::thread> threads;
        for (std::size_t t = 0; t < good.size(); ++t) {
            threads.emplace_back([&, t] {
                for (std::size_t i = 0; i < 12; ++i) {
                    const auto result = image::decode(bytesOf(files[(i + t) % files.size()]), "photo");
                    good[t] += result && test::meanDifference(result->pixels, test::scene(1)) < 4;
                }
            });
        }
        for (auto &thread : threads)
            thread.join();
        QCOMPARE(good, std::vector<int>(4, 12));
    }
};

QTEST_GUILESS_MAIN(TestDecode)
#include "tst_decode.moc"
