// What files say about themselves, in all the places where programs write it, and with all the ways of being wrong.
#include "core/image/metadata.h"

#include "core/base/bytes.h"
#include "core/image/dates_p.h"
#include "tests/support/pictures.h"
#include "tests/support/support.h"

#include <QObject>
#include <atomic>
#include <ctime>
#include <exiv2/exiv2.hpp>
#include <fcntl.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace photolex;
using image::DateSource;

namespace {

// A JPEG whose metadata are set by `edit(image)`.
template <class Edit>
std::filesystem::path photoWith(const test::ScratchFolder &scratch, const char *name, Edit edit)
{
    image::initialiseMetadata();
    const auto path = scratch.write(name, test::jpeg(test::card()));
    auto file = Exiv2::ImageFactory::open(path.native());
    file->readMetadata();
    edit(*file);
    file->writeMetadata();
    return path;
}

std::string sidecar(const std::string &properties)
{
    return "<?xpacket begin=\"\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
           "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
           "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
           "xmlns:exif=\"http://ns.adobe.com/exif/1.0/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" "
           "xmlns:acdsee=\"http://ns.acdsee.com/iptc/1.0/\">" +
           properties + "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>";
}

std::string description(const std::string &text)
{
    return "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">" + text + "</rdf:li></rdf:Alt></dc:description>";
}

image::Metadata read(const std::filesystem::path &path)
{
    auto result = image::readMetadata(path);
    return test::isOk(result) ? std::move(*result) : image::Metadata{};
}

void setTime(const std::filesystem::path &path, std::time_t time)
{
    const timespec times[2] = {{time, 0}, {time, 0}};
    QCOMPARE(::utimensat(AT_FDCWD, path.c_str(), times, 0), 0);
}

std::string dateText(std::optional<std::int64_t> seconds)
{
    if (!seconds)
        return "none";
    const std::time_t time = *seconds;
    std::tm parts{};
    ::gmtime_r(&time, &parts);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &parts);
    return text;
}

} // namespace

class TestMetadata : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        ::setenv("TZ", "Asia/Kathmandu", 1); // a zone with odd minutes: nothing may depend on it
        ::tzset();
        image::initialiseMetadata();
    }

    void captionFromEveryField_data()
    {
        QTest::addColumn<QString>("field");
        for (const char *field : {"xmp-sidecar", "xmp", "iptc", "exif", "exif-comment", "acdsee"})
            QTest::newRow(field) << field;
    }
    void captionFromEveryField()
    {
        QFETCH(QString, field);
        test::ScratchFolder scratch;
        std::string caption = "Two dogs, \"Ä\" & <b>B</b> 🐶\nsecond line";
        if (field == "exif-comment") // sixteen bits a letter: there is no dog
            caption = "Two dogs, \"Ä\" & <b>B</b> 犬\nsecond line";
        const auto path = photoWith(scratch, "a.jpg", [&](Exiv2::Image &file) {
            if (field == "xmp")
                file.xmpData()["Xmp.dc.description"] = "lang=x-default " + caption;
            else if (field == "iptc")
                file.iptcData()["Iptc.Application2.Caption"] = caption;
            else if (field == "exif")
                file.exifData()["Exif.Image.ImageDescription"] = caption;
            else if (field == "exif-comment")
                file.exifData()["Exif.Photo.UserComment"] = "charset=Unicode " + caption;
            else if (field == "acdsee")
                file.xmpData()["Xmp.acdsee.caption"] = caption;
        });
        if (field == "xmp-sidecar")
            scratch.write("a.jpg.xmp",
                          sidecar(description("Two dogs, &quot;Ä&quot; &amp; &lt;b&gt;B&lt;/b&gt; 🐶\nsecond line")));
        const auto metadata = read(path);
        QCOMPARE(QString::fromStdString(metadata.caption), QString::fromStdString(caption));
        QCOMPARE(QString::fromStdString(metadata.captionField), field);
    }
    void captionOrder()
    {
        test::ScratchFolder scratch;
        const auto path = photoWith(scratch, "a.jpg", [](Exiv2::Image &file) {
            file.xmpData()["Xmp.dc.description"] = "lang=x-default from xmp";
            file.iptcData()["Iptc.Application2.Caption"] = std::string("from iptc");
            file.exifData()["Exif.Image.ImageDescription"] = std::string("from exif");
        });
        QCOMPARE(read(path).caption, std::string("from xmp"));
        scratch.write("a.xmp", sidecar(description("from the short sidecar")));
        QCOMPARE(read(path).caption, std::string("from the short sidecar"));
        scratch.write("a.jpg.xmp", sidecar(description("from the long sidecar")));
        QCOMPARE(read(path).caption, std::string("from the long sidecar"));
        QCOMPARE(image::sidecarOf(path), scratch / "a.jpg.xmp");
        // An empty field does not hide the next one.
        scratch.write("a.jpg.xmp", sidecar(description("  ")));
        QCOMPARE(read(path).caption, std::string("from xmp"));
    }
    void captionTexts_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("line breaks") << "a\nb\n\nc";
        QTest::newRow("long") << QString("word ").repeated(12'000).trimmed();
        QTest::newRow("right to left") << QString::fromUtf8("כלב על החוף");
        QTest::newRow("looks like HTML") << "<b>x</b> & \"y\"";
    }
    void captionTexts()
    {
        QFETCH(QString, text);
        test::ScratchFolder scratch;
        scratch.write("a.jpg", test::jpeg(test::card()));
        scratch.write("a.jpg.xmp", sidecar(description(text.toHtmlEscaped().toStdString())));
        QCOMPARE(QString::fromStdString(read(scratch / "a.jpg").caption), text);
    }
    void languagesFallBack()
    {
        test::ScratchFolder scratch;
        scratch.write("a.jpg", test::jpeg(test::card()));
        scratch.write("a.jpg.xmp", sidecar("<dc:description><rdf:Alt><rdf:li xml:lang=\"de-DE\">Ein Hund</rdf:li>"
                                           "</rdf:Alt></dc:description>"));
        QCOMPARE(read(scratch / "a.jpg").caption, std::string("Ein Hund"));
    }
    void whatCamerasWriteIsNoCaption_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isCaption");
        QTest::newRow("phrase") << "OLYMPUS DIGITAL CAMERA         " << false;
        QTest::newRow("another phrase") << "SONY DSC" << false;
        QTest::newRow("file number") << "DSC00006" << false;
        QTest::newRow("number") << "000015" << false;
        QTest::newRow("spaces") << "        " << false;
        QTest::newRow("about a camera") << "My first digital camera" << true;
        QTest::newRow("a year") << "2019" << true;
    }
    void whatCamerasWriteIsNoCaption()
    {
        QFETCH(QString, text);
        QFETCH(bool, isCaption);
        test::ScratchFolder scratch;
        const auto path = photoWith(scratch, "a.jpg", [&](Exiv2::Image &file) {
            file.exifData()["Exif.Image.ImageDescription"] = text.toStdString();
        });
        QCOMPARE(!read(path).caption.empty(), isCaption);
    }
    void latinTextBecomesUtf8()
    {
        test::ScratchFolder scratch;
        const auto path = photoWith(scratch, "a.jpg", [](Exiv2::Image &file) {
            file.iptcData()["Iptc.Application2.Caption"] = std::string("Caf\xe9");
        });
        QCOMPARE(read(path).caption, std::string("Café"));
    }
    void titleKeywordsRating()
    {
        test::ScratchFolder scratch;
        const auto path = photoWith(scratch, "a.jpg", [](Exiv2::Image &file) {
            Exiv2::XmpArrayValue subject(Exiv2::xmpBag);
            subject.read("dog");
            subject.read("beach");
            file.xmpData().add(Exiv2::XmpKey("Xmp.dc.subject"), &subject);
            file.xmpData()["Xmp.dc.title"] = "lang=x-default Summer";
            file.xmpData()["Xmp.xmp.Rating"] = std::string("4");
            Exiv2::StringValue keyword("dog");
            file.iptcData().add(Exiv2::IptcKey("Iptc.Application2.Keywords"), &keyword);
            keyword.read("sea");
            file.iptcData().add(Exiv2::IptcKey("Iptc.Application2.Keywords"), &keyword);
        });
        const auto metadata = read(path);
        QCOMPARE(metadata.title, std::string("Summer"));
        QCOMPARE(metadata.keywords, (std::vector<std::string>{"dog", "beach", "sea"}));
        QCOMPARE(metadata.rating, std::optional(4));
    }

    void exposureAndPlace()
    {
        test::ScratchFolder scratch;
        const auto path = photoWith(scratch, "a.jpg", [](Exiv2::Image &file) {
            auto &exif = file.exifData();
            exif["Exif.Image.Make"] = std::string("NIKON CORPORATION");
            exif["Exif.Image.Model"] = std::string("NIKON D70");
            exif["Exif.Image.Orientation"] = std::uint16_t{6};
            exif["Exif.Photo.ExposureTime"] = Exiv2::URational(1, 250);
            exif["Exif.Photo.FNumber"] = Exiv2::URational(28, 10);
            exif["Exif.Photo.FocalLength"] = Exiv2::URational(0, 0); // unknown, as some write it
            exif["Exif.Photo.ISOSpeedRatings"] = std::uint16_t{400};
            exif["Exif.GPSInfo.GPSLatitude"] = std::string("33/1 52/1 3000/100");
            exif["Exif.GPSInfo.GPSLatitudeRef"] = std::string("S");
            exif["Exif.GPSInfo.GPSLongitude"] = std::string("151/1 12/1 0/1");
            exif["Exif.GPSInfo.GPSLongitudeRef"] = std::string("E");
            exif["Exif.Photo.WhiteBalance"] = std::uint16_t{0};
        });
        const auto metadata = read(path);
        QCOMPARE(metadata.camera, std::string("NIKON D70"));
        QCOMPARE(metadata.orientation, 6);
        QCOMPARE(metadata.exposureSeconds.value_or(0), 0.004);
        QCOMPARE(metadata.aperture.value_or(0), 2.8);
        QVERIFY(!metadata.focalLengthMm);
        QCOMPARE(metadata.iso, std::optional(400));
        QCOMPARE(metadata.latitude.value_or(0), -(33 + 52 / 60.0 + 30 / 3600.0));
        QCOMPARE(metadata.longitude.value_or(0), 151.2);
        QVERIFY(!metadata.fields.empty());
    }
    void impossiblePlaces()
    {
        test::ScratchFolder scratch;
        for (const char *latitude : {"200/1 0/1 0/1", "0/1 0/1 0/1", "1/0 0/0 0/0"}) {
            const auto path = photoWith(scratch, "a.jpg", [&](Exiv2::Image &file) {
                file.exifData()["Exif.GPSInfo.GPSLatitude"] = std::string(latitude);
                file.exifData()["Exif.GPSInfo.GPSLongitude"] = std::string("0/1 0/1 0/1");
            });
            QVERIFY(!read(path).latitude);
            QVERIFY(!read(path).longitude);
        }
    }

    void datesFallBack()
    {
        test::ScratchFolder scratch;
        const auto withExif = [&](const char *name, const char *date) {
            return photoWith(scratch, name, [&](Exiv2::Image &file) {
                file.exifData()["Exif.Photo.DateTimeOriginal"] = std::string(date);
            });
        };
        auto metadata = read(withExif("IMG_20200101_000000.jpg", "2019:05:03 10:11:12"));
        QCOMPARE(dateText(metadata.takenAt), std::string("2019-05-03 10:11:12"));
        QCOMPARE(metadata.takenAtSource, DateSource::Exif);
        // EXIF is all zeros: the sidecar, then the name, then the file's own time.
        const auto path = withExif("IMG_20200102_030405.jpg", "0000:00:00 00:00:00");
        scratch.write("IMG_20200102_030405.jpg.xmp",
                      sidecar("<exif:DateTimeOriginal>2018-07-06T05:04:03+09:00</exif:DateTimeOriginal>"));
        metadata = read(path);
        QCOMPARE(dateText(metadata.takenAt), std::string("2018-07-06 05:04:03")); // as written, whatever the zone
        QCOMPARE(metadata.takenAtSource, DateSource::Xmp);
        std::filesystem::remove(scratch / "IMG_20200102_030405.jpg.xmp");
        metadata = read(path);
        QCOMPARE(dateText(metadata.takenAt), std::string("2020-01-02 03:04:05"));
        QCOMPARE(metadata.takenAtSource, DateSource::Name);
        const auto nameless = withExif("holiday.jpg", "1970:01:01 00:00:00"); // a clock that was never set
        setTime(nameless, 1'600'000'000);
        metadata = read(nameless);
        // 2020-09-13 12:26:40 UTC on a wall in Kathmandu.
        QCOMPARE(dateText(metadata.takenAt), std::string("2020-09-13 18:11:40"));
        QCOMPARE(metadata.takenAtSource, DateSource::FileTime);
        // Newer than the photo: the file's time says nothing then.
        QCOMPARE(read(withExif("old.jpg", "1999:12:31 23:59:59")).takenAtSource, DateSource::Exif);
    }
    void futureIsFlaggedNotDropped()
    {
        test::ScratchFolder scratch;
        const auto metadata = read(photoWith(scratch, "a.jpg", [](Exiv2::Image &file) {
            file.exifData()["Exif.Photo.DateTimeOriginal"] = std::string("2090:01:01 00:00:00");
        }));
        QVERIFY(metadata.takenInFuture);
        QCOMPARE(dateText(metadata.takenAt), std::string("2090-01-01 00:00:00"));
    }
    void dates_data()
    {
        QTest::addColumn<QString>("written");
        QTest::addColumn<QString>("expected");
        const auto add = [](const char *written, const char *expected) {
            QTest::newRow(written) << written << expected;
        };
        add("2021:05:03 10:11:12", "2021-05-03 10:11:12");
        add("2021", "2021-01-01 00:00:00");
        add("2021-05", "2021-05-01 00:00:00");
        add("2021-05-03T10:11", "2021-05-03 10:11:00");
        add("2021-05-03T10:11:12.345Z", "2021-05-03 10:11:12");
        add("2021/05/03 10:11:12", "2021-05-03 10:11:12");
        add("2021:05:03 99:99:99", "2021-05-03 00:00:00");
        add("0000:00:00 00:00:00", "none");
        add("2021:13:03 10:11:12", "none");
        add("2021:02:30 10:11:12", "none");
        add("1970:01:01 00:00:00", "none");
        add("1904:01:01 00:00:00", "none");
        add("    :  :     :  :  ", "none");
        add("", "none");
        add("20", "none");
        add("2021-", "none");
    }
    void dates()
    {
        QFETCH(QString, written);
        QFETCH(QString, expected);
        QCOMPARE(QString::fromStdString(dateText(image::parseDate(written.toStdString()))), expected);
    }
    void names_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("expected");
        const auto add = [](const char *name, const char *expected) { QTest::newRow(name) << name << expected; };
        add("IMG_20181211_121333_542.jpg", "2018-12-11 12:13:33");
        add("PXL_20210503_101112345.jpg", "2021-05-03 10:11:12");
        add("20210503101112.jpg", "2021-05-03 10:11:12");
        add("2019-03-21 15.16.46.png", "2019-03-21 15:16:46");
        add("Capture_decran_2017-03-23_a_15.16.46.png", "2017-03-23 15:16:46");
        add("Screenshot from 2022-01-02 03-04-05.png", "2022-01-02 03:04:05");
        add("Screen Shot 2020-10-11 at 12.13.14.png", "2020-10-11 12:13:14");
        add("IMG-20200101-WA0001.jpg", "2020-01-01 00:00:00");
        add("signal-2021-05-03-101112.jpg", "2021-05-03 10:11:12");
        add("1461749280684-dccba630e2f6.jpg", "none");
        add("DSC_2051.jpg", "none");
        add("20219999.jpg", "none");
        add("123456789012.jpg", "none");
        add("holiday 2019.jpg", "none");
    }
    void names()
    {
        QFETCH(QString, name);
        QFETCH(QString, expected);
        QCOMPARE(QString::fromStdString(dateText(image::dateInName(name.toStdString()))), expected);
    }

    void shortXmpDateIsNoError()
    {
        test::ScratchFolder scratch;
        scratch.write("a.jpg", test::jpeg(test::card()));
        scratch.write("a.jpg.xmp",
                      sidecar("<exif:DateTimeOriginal>2021</exif:DateTimeOriginal>" + description("text")));
        const auto metadata = read(scratch / "a.jpg");
        QCOMPARE(dateText(metadata.takenAt), std::string("2021-01-01 00:00:00"));
        QCOMPARE(metadata.caption, std::string("text"));
    }
    void brokenPartsAreWarnings_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text") << QByteArray("no picture at all, only words");
        QTest::newRow("cut JPEG") << QByteArray::fromStdString(test::jpeg(test::card()).substr(0, 100));
        QTest::newRow("GIF") << QByteArray::fromStdString(test::gif({test::card()}));
    }
    void brokenPartsAreWarnings()
    {
        QFETCH(QByteArray, bytes);
        test::ScratchFolder scratch;
        const auto path = scratch.write("IMG_20200102_030405.jpg", bytes.toStdString());
        scratch.write("IMG_20200102_030405.jpg.xmp", "<x:xmpmeta this is not XML");
        const auto metadata = image::readMetadata(path);
        VERIFY_OK(metadata);
        QVERIFY(!metadata->warnings.empty()); // the sidecar, at least
        QCOMPARE(metadata->takenAtSource, DateSource::Name);
    }
    void missingAndForbidden()
    {
        test::ScratchFolder scratch;
        QCOMPARE(image::readMetadata(scratch / "none.jpg").error().code, Errc::NotFound);
        QVERIFY(!image::readMetadata(scratch.path()));
    }
    void originalsStayAsTheyAre()
    {
        test::ScratchFolder scratch;
        const auto path = photoWith(
            scratch, "a.jpg", [](Exiv2::Image &file) { file.xmpData()["Xmp.dc.description"] = "lang=x-default text"; });
        setTime(path, 1'500'000'000);
        const auto before = readFile(path);
        (void)read(path);
        struct stat status {};
        QCOMPARE(::stat(path.c_str(), &status), 0);
        QCOMPARE(status.st_mtime, std::time_t{1'500'000'000});
        QVERIFY(before && readFile(path) && *before == *readFile(path));
    }
    void otherFormats()
    {
        test::ScratchFolder scratch;
        QCOMPARE(read(scratch.write("a.png", test::png(test::card(), {.orientation = 6}))).orientation, 6);
        QCOMPARE(read(scratch.write("a.webp", test::webp(test::card(), {.orientation = 3}))).orientation, 3);
        QCOMPARE(read(scratch.write("a.tif", test::tiff(test::card(), {.orientation = 8}))).orientation, 8);
        const auto preview = test::card();
        const auto raw =
            read(scratch.write("a.dng", test::dng(test::scene(1), {.orientation = 6, .preview = &preview})));
        QCOMPARE(raw.orientation, 6); // of the RAW itself, not of its preview
        QCOMPARE(raw.camera, std::string("Photolex Test Camera"));
        if (test::canMakeHeic())
            QCOMPARE(read(scratch.write("a.heic", test::heic(test::card(), {.exifOrientation = 6}))).orientation, 6);
    }
    void fromMemoryEqualsFromDisk()
    {
        test::ScratchFolder scratch;
        const auto path = photoWith(scratch, "a.jpg", [](Exiv2::Image &file) {
            file.xmpData()["Xmp.dc.description"] = "lang=x-default text";
            file.exifData()["Exif.Photo.DateTimeOriginal"] = std::string("2019:05:03 10:11:12");
        });
        const auto bytes = readFile(path);
        VERIFY_OK(bytes);
        const auto memory = image::readMetadata(*bytes, path);
        VERIFY_OK(memory);
        QCOMPARE(memory->caption, read(path).caption);
        QCOMPARE(memory->takenAt, read(path).takenAt);
    }
    void threadsReadSideBySide()
    {
        test::ScratchFolder scratch;
        std::vector<std::filesystem::path> paths;
        for (int i = 0; i < 8; ++i) {
            const auto name = "a" + std::to_string(i) + ".jpg";
            paths.push_back(photoWith(scratch, name.c_str(), [&](Exiv2::Image &file) {
                file.xmpData()["Xmp.dc.description"] = "lang=x-default text " + std::to_string(i);
            }));
            scratch.write(name + ".xmp", sidecar(description("sidecar " + std::to_string(i))));
        }
        std::atomic<int> good = 0;
        std::vector<std::thread> threads;
        for (int t = 0; t < 8; ++t) {
            threads.emplace_back([&, t] {
                for (int i = 0; i < 60; ++i) {
                    const auto n = static_cast<std::size_t>((i + t) % 8);
                    const auto metadata = image::readMetadata(paths[n]);
                    good += metadata && metadata->caption == "sidecar " + std::to_string(n);
                }
            });
        }
        for (auto &thread : threads)
            thread.join();
        QCOMPARE(good.load(), 8 * 60);
    }
};

QTEST_GUILESS_MAIN(TestMetadata)
#include "tst_metadata.moc"
