// A personal photo folder as it really looks: every file has a verdict, and the verdict is the right one.
#include "core/base/bytes.h"
#include "core/image/decode.h"
#include "core/image/metadata.h"
#include "tests/support/pictures.h"
#include "tests/support/support.h"

#include <QObject>
#include <algorithm>
#include <cstdlib>
#include <map>

using namespace photolex;

class TestSharedFolder : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyFileHasAVerdict()
    {
        NEEDS_SHARED_DATA(shared);
        std::vector<std::filesystem::path> files;
        for (const auto &entry : std::filesystem::recursive_directory_iterator(shared / "folder")) {
            if (entry.is_regular_file() && image::mayBePicture(entry.path().filename()))
                files.push_back(entry.path());
        }
        std::sort(files.begin(), files.end());
        // A contact sheet for a person to look at, when asked for.
        const char *sheetFolder = std::getenv("PHOTOLEX_CONTACT_SHEETS");
        constexpr int columns = 12, rows = 10, side = 100;
        image::Pixels sheet;
        int onSheet = 0, sheets = 0;
        const auto finishSheet = [&] {
            if (sheetFolder && onSheet > 0)
                test::savePng(sheet,
                              std::filesystem::path(sheetFolder) / ("sheet" + std::to_string(sheets++) + ".png"));
            onSheet = 0;
        };
        int good = 0, damaged = 0;
        std::map<std::string, std::string> failures;
        for (const auto &file : files) {
            const auto decoded = image::decode(file, {.wantedShortSide = 260});
            const auto header = image::readHeader(file);
            if (!decoded) {
                failures[file.filename().string()] =
                    std::string(errcName(decoded.error().code)) + ": " + decoded.error().detail;
                QVERIFY(!decoded.error().detail.empty());
                continue;
            }
            QVERIFY2(header && header->size == decoded->fullSize, file.c_str());
            ++good;
            damaged += decoded->damaged;
            if (decoded->damaged || !decoded->warning.empty())
                qInfo("%s: %s%s", file.filename().c_str(), decoded->damaged ? "damaged " : "",
                      decoded->warning.c_str());
            if (onSheet == 0)
                sheet = test::plain({columns * side, rows * side}, 30, 30, 30);
            const auto tile = image::fitted(decoded->pixels, {side - 4, side - 4});
            const int left = onSheet % columns * side, top = onSheet / columns * side;
            for (int y = 0; y < tile.size.height; ++y)
                std::copy_n(tile.rgb.begin() + std::ptrdiff_t{3} * y * tile.size.width,
                            std::ptrdiff_t{3} * tile.size.width,
                            sheet.rgb.begin() + (std::ptrdiff_t{top + y} * sheet.size.width + left) * 3);
            if (++onSheet == columns * rows)
                finishSheet();
        }
        finishSheet();
        qInfo("%zu files: %d shown (%d of them damaged), %zu refused", files.size(), good, damaged, failures.size());
        for (const auto &[name, reason] : failures)
            qInfo("refused: %s: %s", name.c_str(), reason.c_str());
        QVERIFY(good > 300);
    }

    void everyFileHasMetadata()
    {
        NEEDS_SHARED_DATA(shared);
        std::map<image::DateSource, int> sources;
        int files = 0, captions = 0, places = 0, cameras = 0, warned = 0;
        for (const auto &entry : std::filesystem::recursive_directory_iterator(shared / "folder")) {
            if (!entry.is_regular_file())
                continue;
            const auto metadata = image::readMetadata(entry.path());
            VERIFY_OK(metadata);
            ++files;
            ++sources[metadata->takenAtSource];
            captions += !metadata->caption.empty();
            places += metadata->latitude.has_value();
            cameras += !metadata->camera.empty();
            warned += !metadata->warnings.empty();
            for (const auto *text : {&metadata->caption, &metadata->title, &metadata->camera, &metadata->lens})
                QVERIFY2(isValidUtf8(*text), entry.path().c_str());
            for (const auto &[name, value] : metadata->fields)
                QVERIFY2(isValidUtf8(name) && isValidUtf8(value), entry.path().c_str());
            if (std::getenv("PHOTOLEX_CONTACT_SHEETS") && !metadata->caption.empty())
                qInfo("%s: %s: %s", entry.path().filename().c_str(), metadata->captionField.c_str(),
                      metadata->caption.c_str());
        }
        qInfo("%d files: dates from EXIF %d, XMP %d, names %d, file times %d; %d captions, %d places, %d cameras, "
              "%d with warnings",
              files, sources[image::DateSource::Exif], sources[image::DateSource::Xmp],
              sources[image::DateSource::Name], sources[image::DateSource::FileTime], captions, places, cameras,
              warned);
        QVERIFY(cameras > 50 && places > 5 && sources[image::DateSource::Exif] > 50);
    }

    // The same photo stored in all eight ways, by other people's programs.
    void orientationSetsAreUpright_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("landscape") << "Landscape";
        QTest::newRow("portrait") << "Portrait";
    }
    void orientationSetsAreUpright()
    {
        NEEDS_SHARED_DATA(shared);
        QFETCH(QString, name);
        const auto folder = shared / "folder" / "exif_orientation";
        image::Pixels first;
        for (int orientation = 1; orientation <= 8; ++orientation) {
            const auto decoded = image::decode(
                folder / (name.toStdString() + "_" + std::to_string(orientation) + ".jpg"), {.wantedShortSide = 260});
            VERIFY_OK(decoded);
            const auto small = image::resized(decoded->pixels, {64, 64});
            if (orientation == 1)
                first = small;
            const auto difference = test::meanDifference(small, first);
            QVERIFY2(difference < 6, qPrintable(QString("%1: %2").arg(orientation).arg(difference)));
        }
    }
};

QTEST_GUILESS_MAIN(TestSharedFolder)
#include "tst_shared_folder.moc"
