// Captions out and in again, read back by other programs: exiftool and exiv2.
#include "core/base/bytes.h"
#include "core/exchange/exchange.h"
#include "core/image/metadata.h"
#include "core/image/metadata_write.h"
#include "tests/support/pictures.h"
#include "tests/support/support.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <atomic>
#include <cstring>
#include <sys/stat.h>
#include <thread>

using namespace photolex;
using exchange::Differing;
using exchange::Sidecar;

namespace {

// As another program left it: fields in several namespaces, a structure, a list, two languages. (Plain literals: moc
// reads past the end of a raw one that holds a #.)
constexpr std::string_view foreignSidecar =
    "<?xpacket begin=\"\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
    " <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
    "  <rdf:Description rdf:about=\"\"\n"
    "    xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n"
    "    xmlns:darktable=\"http://darktable.sf.net/\" xmlns:own=\"http://example.org/own/1.0/\"\n"
    "    xmp:Rating=\"4\" darktable:auto_presets_applied=\"1\" own:Mood=\"calm &amp; cold\">\n"
    "   <dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">before</rdf:li><rdf:li "
    "xml:lang=\"de\">davor</rdf:li></rdf:Alt></dc:description>\n"
    "   <dc:subject><rdf:Bag><rdf:li>lake</rdf:li><rdf:li>boat</rdf:li></rdf:Bag></dc:subject>\n"
    "   <darktable:history><rdf:Seq>\n"
    "     <rdf:li darktable:num=\"0\" darktable:operation=\"exposure\" darktable:params=\"0000a040\"/>\n"
    "     <rdf:li darktable:num=\"1\" darktable:operation=\"crop\" darktable:params=\"gz03eJ\"/>\n"
    "   </rdf:Seq></darktable:history>\n"
    "  </rdf:Description>\n"
    " </rdf:RDF>\n"
    "</x:xmpmeta>\n"
    "<?xpacket end=\"w\"?>\n";

// What exiftool reads, by group and name.
QJsonObject exiftool(const std::filesystem::path &file)
{
    QProcess process;
    process.start("exiftool", {"-json", "-G1", "-struct", "-lang", "en", QString::fromStdString(file.native())});
    process.waitForFinished();
    return QJsonDocument::fromJson(process.readAllStandardOutput()).array().at(0).toObject();
}

QString exiv2(const QStringList &arguments)
{
    QProcess process;
    process.start("exiv2", arguments);
    process.waitForFinished();
    return QString::fromUtf8(process.readAllStandardOutput());
}

QString utf8(const char *text)
{
    return QString::fromUtf8(text);
}

} // namespace

class TestExchange : public QObject {
    Q_OBJECT

    std::unique_ptr<test::ScratchFolder> m_scratch;
    std::shared_ptr<catalogue::Catalogue> m_catalogue;
    std::filesystem::path m_photos;

    PhotoId add(const std::string &name) const
    {
        const auto file = m_scratch->write("photos/" + name, test::jpeg(test::card()));
        const auto root = m_catalogue->addRoot(m_photos);
        catalogue::Photo photo;
        photo.root = *root;
        photo.relativePath = name;
        photo.stamp.size = static_cast<std::int64_t>(std::filesystem::file_size(file));
        photo.state = catalogue::PhotoState::Ready;
        std::vector photos{photo};
        return m_catalogue->save(photos) ? photos[0].id : PhotoId{};
    }

    std::string userText(PhotoId photo) const
    {
        const auto captions = *m_catalogue->captions(photo);
        return captions.empty() || captions[0].origin != catalogue::CaptionOrigin::User ? "" : captions[0].text;
    }

    Result<exchange::Report> writeSidecars(const exchange::SidecarOptions &options) const
    {
        const auto photos = m_catalogue->photoIds({}, catalogue::SortKey::Path, false);
        return exchange::writeSidecars(*m_catalogue, *photos, options, {}, {});
    }

    Result<exchange::Report> writeTable(exchange::Table table, const std::filesystem::path &file) const
    {
        const auto photos = m_catalogue->photoIds({}, catalogue::SortKey::Path, false);
        return exchange::writeTable(*m_catalogue, *photos, table, file, {}, {});
    }

    static void addTexts()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("plain") << "a dog on the beach";
        QTest::newRow("line break") << "a\nb";
        QTest::newRow("ends in a line break") << "a\n";
        QTest::newRow("markup and quotes") << "<b>x</b> & \"y\" 'z'";
        QTest::newRow("emoji") << utf8("\xF0\x9F\x90\xB6 at \xF0\x9F\x8F\x96");
        QTest::newRow("right to left") << utf8("\xD7\x9B\xD7\x9C\xD7\x91");
        QTest::newRow("60 KB") << QString("word ").repeated(12'000) + "end";
        QTest::newRow("separators and spaces") << " a, b; c ";
        QTest::newRow("looks like a language mark") << "lang=de Hund";
    }

private Q_SLOTS:
    void initTestCase() { image::initialiseMetadata(); }
    void init()
    {
        m_scratch = std::make_unique<test::ScratchFolder>();
        m_photos = *m_scratch / "photos";
        std::filesystem::create_directories(m_photos);
        auto opened = catalogue::Catalogue::open(*m_scratch / "library.photolex", catalogue::Access::Write);
        VERIFY_OK(opened);
        m_catalogue = *opened;
    }
    void cleanup()
    {
        m_catalogue.reset();
        m_scratch.reset();
    }

    void textsComeBackAsTheyWere_data() { addTexts(); }
    void textsComeBackAsTheyWere()
    {
        QFETCH(QString, text);
        const auto photo = add("a.jpg");
        VERIFY_OK(m_catalogue->setUserCaption(photo, text.toStdString()));

        VERIFY_OK(writeSidecars({.kind = Sidecar::Xmp}));
        VERIFY_OK(writeSidecars({.kind = Sidecar::Text}));
        VERIFY_OK(writeTable(exchange::Table::Csv, *m_scratch / "captions.csv"));
        VERIFY_OK(writeTable(exchange::Table::Json, *m_scratch / "captions.json"));

        QCOMPARE(QString::fromStdString(image::readMetadata(m_photos / "a.jpg")->caption), text);
        const auto json =
            QJsonDocument::fromJson(QByteArray::fromStdString(*readTextFile(*m_scratch / "captions.json")));
        QCOMPARE(json["photos"][0]["caption"].toString(), text);
        const auto read = [&](auto import) {
            static_cast<void>(m_catalogue->setUserCaption(photo, ""));
            static_cast<void>(m_catalogue->setFileCaption(photo, "", ""));
            const Result<exchange::Report> report = import();
            return test::isOk(report) && report->written == 1 && userText(photo) == text.toStdString();
        };
        QVERIFY(read(
            [&] { return exchange::readCsv(*m_catalogue, *m_scratch / "captions.csv", Differing::Report, {}, {}); }));
        QVERIFY(read([&] {
            return exchange::readFolder(*m_catalogue, m_photos, exchange::FolderOf::Xmp, Differing::Report, {}, {});
        }));
        QVERIFY(read([&] {
            return exchange::readFolder(*m_catalogue, m_photos, exchange::FolderOf::Text, Differing::Report, {}, {});
        }));
    }

    void otherProgramsReadTheSidecar_data() { addTexts(); }
    void otherProgramsReadTheSidecar()
    {
        if (QStandardPaths::findExecutable("exiftool").isEmpty() || QStandardPaths::findExecutable("exiv2").isEmpty())
            QSKIP("exiftool or exiv2 is not installed");
        QFETCH(QString, text);
        const auto packet = image::withDescription({}, text.toStdString());
        VERIFY_OK(packet);
        const auto file = m_scratch->write("a.jpg.xmp", *packet);
        QCOMPARE(exiftool(file)["XMP-dc:Description"].toString().trimmed(), text.trimmed());
        QVERIFY(exiv2({"-px", "-Pv", QString::fromStdString(file.native())}).contains(text.trimmed()));
    }

    void foreignFieldsKeepTheirValues_data()
    {
        QTest::addColumn<QString>("sidecar");
        QTest::newRow("photo.jpg.xmp") << "a.jpg.xmp";
        QTest::newRow("photo.xmp") << "a.xmp";
    }
    void foreignFieldsKeepTheirValues()
    {
        if (QStandardPaths::findExecutable("exiftool").isEmpty())
            QSKIP("exiftool is not installed");
        QFETCH(QString, sidecar);
        const auto photo = add("a.jpg");
        const auto original = *readTextFile(m_photos / "a.jpg");
        const auto old = m_scratch->write("photos/" + sidecar.toStdString(), foreignSidecar);
        const auto before = exiftool(old);
        VERIFY_OK(m_catalogue->setFileCaption(photo, "before", "xmp-sidecar")); // as a scan read it
        VERIFY_OK(m_catalogue->setUserCaption(photo, "after"));

        const auto report = writeSidecars({.kind = Sidecar::Xmp});
        VERIFY_OK(report);
        QCOMPARE(report->written, 1);
        auto now = exiftool(m_photos / "a.jpg.xmp");
        QVERIFY(before.size() > 6);
        for (const auto &key : before.keys()) {
            if (!key.startsWith("XMP") || key.startsWith("XMP-x:"))
                continue;
            const auto expected = key == "XMP-dc:Description" ? QJsonValue("after") : before[key];
            QVERIFY2(now[key] == expected, qPrintable(key));
        }
        QCOMPARE(now.contains("XMP-darktable:History"), before.contains("XMP-darktable:History"));
        QVERIFY(readTextFile(m_photos / "a.jpg.xmp")->find("davor") != std::string::npos);
        QCOMPARE(*readTextFile(m_photos / "a.jpg"), original);
        if (sidecar == "a.xmp")
            QCOMPARE(*readTextFile(old), std::string(foreignSidecar)); // it may belong to another photo too
        // What stood there is not lost, and the user's text is what stands.
        QCOMPARE(userText(photo), std::string("after"));
        const auto history = m_catalogue->captionHistory(photo);
        QVERIFY(std::ranges::find(*history, "before", &catalogue::Caption::text) != history->end());
    }

    // The toolkit behind both keeps state of its own: one lock around all of it.
    void sidecarsAreWrittenWhileOthersAreRead()
    {
        constexpr int count = 40;
        std::vector<PhotoId> photos;
        for (int i = 0; i < count; ++i) {
            photos.push_back(add("p" + std::to_string(i) + ".jpg"));
            VERIFY_OK(m_catalogue->setUserCaption(photos.back(), "text " + std::to_string(i)));
            m_scratch->write("read/r" + std::to_string(i) + ".jpg", test::jpeg(test::card()));
            m_scratch->write("read/r" + std::to_string(i) + ".jpg.xmp", foreignSidecar);
        }
        std::atomic<int> wrong = 0;
        {
            std::vector<std::jthread> readers;
            for (int thread = 0; thread < 8; ++thread)
                readers.emplace_back([&] {
                    for (int i = 0; i < count; ++i) {
                        const auto read = image::readMetadata(*m_scratch / "read" / ("r" + std::to_string(i) + ".jpg"));
                        if (!read || read->caption != "before")
                            ++wrong;
                    }
                });
            const auto report = exchange::writeSidecars(*m_catalogue, photos, {.kind = Sidecar::Xmp}, {}, {});
            VERIFY_OK(report);
            QCOMPARE(report->written, count);
        }
        QCOMPARE(wrong, 0);
        for (int i = 0; i < count; ++i)
            QCOMPARE(*image::descriptionOf(*readTextFile(m_photos / ("p" + std::to_string(i) + ".jpg.xmp"))),
                     "text " + std::to_string(i));
    }

    // As darktable writes them: exiv2 throws std::out_of_range over such a date.
    void aShortDateInTheSidecarHarmsNothing()
    {
        const auto photo = add("a.jpg");
        std::string dated(foreignSidecar);
        const std::string rating = "xmp:Rating=";
        dated.insert(dated.find(rating),
                     "xmlns:exif=\"http://ns.adobe.com/exif/1.0/\" exif:DateTimeOriginal=\"2021\" ");
        m_scratch->write("photos/a.jpg.xmp", dated);
        const auto in =
            exchange::readFolder(*m_catalogue, m_photos, exchange::FolderOf::Xmp, Differing::Report, {}, {});
        VERIFY_OK(in);
        QCOMPARE(in->written, 1);
        QVERIFY(in->problems.empty());
        QCOMPARE(userText(photo), std::string("before"));
        VERIFY_OK(m_catalogue->setUserCaption(photo, "after"));
        const auto out = writeSidecars({.kind = Sidecar::Xmp});
        VERIFY_OK(out);
        QCOMPARE(out->written, 1);
        const auto text = *readTextFile(m_photos / "a.jpg.xmp");
        QCOMPARE(*image::descriptionOf(text), std::string("after"));
        QVERIFY(text.find("2021") != std::string::npos);
    }

    void aTextThatNobodySawIsAConflict()
    {
        const auto photo = add("a.jpg");
        VERIFY_OK(m_catalogue->setUserCaption(photo, "mine"));
        const auto sidecar = m_scratch->write("photos/a.jpg.xmp", foreignSidecar);
        const auto text = m_scratch->write("photos/a.txt", "theirs\n");

        auto report = writeSidecars({.kind = Sidecar::Xmp});
        VERIFY_OK(report);
        QCOMPARE(report->written, 0);
        QCOMPARE(report->conflicts.size(), 1U);
        QCOMPARE(report->conflicts[0].ours, std::string("mine"));
        QCOMPARE(report->conflicts[0].theirs, std::string("before"));
        QCOMPARE(*readTextFile(sidecar), std::string(foreignSidecar));
        report = writeSidecars({.kind = Sidecar::Text});
        QCOMPARE(report->conflicts.size(), 1U);
        QCOMPARE(*readTextFile(text), std::string("theirs\n"));

        report = exchange::readFolder(*m_catalogue, m_photos, exchange::FolderOf::Text, Differing::Report, {}, {});
        VERIFY_OK(report);
        QCOMPARE(report->conflicts.size(), 1U);
        QCOMPARE(userText(photo), std::string("mine"));

        report = writeSidecars({.kind = Sidecar::Xmp, .differing = Differing::Replace});
        QCOMPARE(report->written, 1);
        QCOMPARE(*image::descriptionOf(*readTextFile(sidecar)), std::string("mine"));
        QCOMPARE(writeSidecars({.kind = Sidecar::Xmp})->unchanged, 1);
        VERIFY_OK(m_catalogue->setUserCaption(photo, "mine, better"));
        QCOMPARE(writeSidecars({.kind = Sidecar::Xmp})->written, 1); // our own text is known
    }

    void whatCannotBeKeptIsNotTouched_data()
    {
        QTest::addColumn<QByteArray>("sidecar");
        QTest::newRow("not XMP") << QByteArray("<html>");
        QTest::newRow("cut") << QByteArray(foreignSidecar.data(), 400);
        auto qualified = QByteArray(foreignSidecar.data(), static_cast<qsizetype>(foreignSidecar.size()));
        qualified.replace("<rdf:li>lake</rdf:li>",
                          "<rdf:li rdf:parseType=\"Resource\"><rdf:value>lake</rdf:value><own:By>me</own:By></rdf:li>");
        QTest::newRow("qualified values") << qualified;
    }
    void whatCannotBeKeptIsNotTouched()
    {
        QFETCH(QByteArray, sidecar);
        const auto photo = add("a.jpg");
        VERIFY_OK(m_catalogue->setUserCaption(photo, "mine"));
        const auto file = m_scratch->write("photos/a.jpg.xmp", sidecar.toStdString());
        const auto report = writeSidecars({.kind = Sidecar::Xmp, .differing = Differing::Replace});
        VERIFY_OK(report);
        QCOMPARE(report->problems.size(), 1U);
        QVERIFY(report->problems[0].path.ends_with("a.jpg"));
        QCOMPARE(*readTextFile(file), sidecar.toStdString());
    }

    void aReadOnlyFolderIsSaidAtOnce()
    {
        const auto photo = add("a.jpg");
        VERIFY_OK(m_catalogue->setUserCaption(photo, "mine"));
        QCOMPARE(::chmod(m_photos.c_str(), 0555), 0);
        const auto refused = writeSidecars({.kind = Sidecar::Xmp});
        const auto elsewhere = writeSidecars({.kind = Sidecar::Xmp, .place = *m_scratch / "elsewhere"});
        QCOMPARE(::chmod(m_photos.c_str(), 0755), 0);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, Errc::Denied);
        QVERIFY(!std::filesystem::exists(m_photos / "a.jpg.xmp"));
        VERIFY_OK(elsewhere);
        QCOMPARE(*image::descriptionOf(*readTextFile(*m_scratch / "elsewhere/a.jpg.xmp")), std::string("mine"));
        QCOMPARE(userText(photo), std::string("mine"));
    }

    void aDriveThatIsAwayGetsNoFolders()
    {
        VERIFY_OK(m_catalogue->setUserCaption(add("a.jpg"), "mine"));
        std::filesystem::rename(m_photos, *m_scratch / "away");
        const auto refused = writeSidecars({.kind = Sidecar::Xmp});
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, Errc::NotFound);
        QVERIFY(!std::filesystem::exists(m_photos));
    }

    void copiesCarryTheCaptionAndOriginalsDoNot()
    {
        const auto photo = add("a.jpg");
        VERIFY_OK(m_catalogue->setUserCaption(photo, utf8("S\xC3\xBC\xC3\x9F").toStdString()));
        const auto original = *readTextFile(m_photos / "a.jpg");
        const std::vector photos{photo, photo};
        const auto folder = *m_scratch / "out";
        const auto report =
            exchange::writePhotos(*m_catalogue, photos, folder, exchange::Transfer::CopyWithCaptions, {}, {});
        VERIFY_OK(report);
        QCOMPARE(report->written, 2);
        QVERIFY(std::filesystem::exists(folder / "a (2).jpg"));
        QCOMPARE(*readTextFile(m_photos / "a.jpg"), original);
        QVERIFY(!std::filesystem::exists(m_photos / "a.jpg.xmp"));
        if (QStandardPaths::findExecutable("exiftool").isEmpty())
            QSKIP("exiftool is not installed");
        const auto fields = exiftool(folder / "a.jpg");
        for (const auto *key : {"XMP-dc:Description", "IPTC:Caption-Abstract", "IFD0:ImageDescription"})
            QVERIFY2(fields[key].toString() == utf8("S\xC3\xBC\xC3\x9F"), key);
    }

    void tablesOfOthersFindTheirPhotos()
    {
        const auto a = add("one/a.jpg"), b = add("two/a.jpg"), c = add("c,\"q\".jpg");
        const auto file = m_scratch->write("t.csv", "\xEF\xBB\xBF"
                                                    "Image;number;Caption\r\n"
                                                    "/elsewhere/two/a.jpg;1;\"b\nsays \"\"hi\"\"\"\r\n"
                                                    "one/a.jpg;2;first\r\n"
                                                    "\"c,\"\"q\"\".jpg\";3;third\r\n"
                                                    "a.jpg;4;which\r\n"
                                                    "none.jpg;5;x\r\n"
                                                    "short\r\n");
        const auto report = exchange::readCsv(*m_catalogue, file, Differing::Report, {}, {});
        VERIFY_OK(report);
        QCOMPARE(userText(a), std::string("first"));
        QCOMPARE(userText(b), std::string("b\nsays \"hi\""));
        QCOMPARE(userText(c), std::string("third"));
        QCOMPARE(report->written, 3);
        QCOMPARE(report->unmatched, (std::vector<std::string>{"a.jpg", "none.jpg"}));
        QCOMPARE(report->problems.size(), 1U);
        const auto open = m_scratch->write("open.csv", "path,caption\r\na,\"b\r\n");
        QCOMPARE(exchange::readCsv(*m_catalogue, open, Differing::Report, {}, {}).error().code, Errc::Corrupt);
    }

    void takeoutDescriptionsFindTheirPhotos()
    {
        const auto a = add("IMG_1.jpg"), second = add("IMG_1(1).jpg"), cut = add("a name that is much too long.jpg");
        m_scratch->write("photos/IMG_1.jpg.json", R"({"title": "IMG_1.jpg", "description": "one"})");
        m_scratch->write("photos/IMG_1.jpg(1).json", R"({"title": "IMG_1.jpg", "description": "two"})");
        m_scratch->write("photos/a name that is much too long.jpg.suppl.json",
                         R"({"title": "a name that is much too long.jpg", "description": "three"})");
        m_scratch->write("photos/metadata.json", R"({"title": "Album"})");
        m_scratch->write("photos/broken.json", "{");
        const auto report =
            exchange::readFolder(*m_catalogue, m_photos, exchange::FolderOf::Takeout, Differing::Report, {}, {});
        VERIFY_OK(report);
        QCOMPARE(userText(a), std::string("one"));
        QCOMPARE(userText(second), std::string("two"));
        QCOMPARE(userText(cut), std::string("three"));
        QCOMPARE(report->problems.size(), 1U);
        QVERIFY(report->unmatched.empty());
    }

    void theGalleryStandsAlone()
    {
        std::vector<PhotoId> photos;
        for (int i = 0; i < 201; ++i)
            photos.push_back(add("p" + std::to_string(i) + "<i>.jpg"));
        VERIFY_OK(m_catalogue->setUserCaption(photos[0], "<script>alert(1)</script>\n& more"));
        VERIFY_OK(m_catalogue->setProposedCaption(
            photos[1], {.text = "a dog & a ball", .bundle = "photolex-en", .structure = "DT NN CC DT NN"}));
        const auto folder = *m_scratch / "gallery";
        const auto report = exchange::writeGallery(*m_catalogue, photos, folder, {}, {});
        VERIFY_OK(report);
        QVERIFY(report->problems.empty());
        const auto html = *readTextFile(folder / "index.html");
        QVERIFY(html.find("&lt;script&gt;alert(1)&lt;/script&gt;\n&amp; more") != std::string::npos);
        QVERIFY(html.find("<script") == std::string::npos);
        QVERIFY(html.find("<i>a dog &amp; a ball</i><br><code>DT NN CC DT NN</code>") != std::string::npos);
        QVERIFY(html.find("loading=\"lazy\"") != std::string::npos);
        QVERIFY(html.find("p1&lt;i&gt;.jpg") != std::string::npos);
        QVERIFY(html.find(m_photos.native()) == std::string::npos);
        QVERIFY(std::filesystem::exists(folder / "page2.html"));
        QVERIFY(std::filesystem::exists(folder / "thumbnails/201.jpg"));
    }

    void rowsAreReadableByNumPy()
    {
        const auto a = add("a.jpg"), b = add("b.jpg");
        const std::vector<float> values{1, 0, 0, 0, 0.5F, 0.25F, 7, 7, 7};
        const auto rows = embedding::Rows::fromMemory({a, b, {999}}, values, 3);
        const auto folder = *m_scratch / "rows";
        const auto report = exchange::writeRows(*m_catalogue, *rows, folder, {});
        VERIFY_OK(report);
        QCOMPARE(report->written, 2);
        const auto npy = *readTextFile(folder / "rows.npy");
        QVERIFY(npy.starts_with(std::string("\x93NUMPY\x01\x00", 8)));
        QVERIFY(npy.find("'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)") != std::string::npos);
        QCOMPARE((npy.size() - 6 * sizeof(float)) % 64, 0U);
        float last = 0;
        std::memcpy(&last, npy.data() + npy.size() - sizeof last, sizeof last);
        QCOMPARE(last, 0.25F);
        QCOMPARE(*readTextFile(folder / "rows.csv"),
                 "path\r\n" + (m_photos / "a.jpg").native() + "\r\n" + (m_photos / "b.jpg").native() + "\r\n");
    }
};

QTEST_GUILESS_MAIN(TestExchange)
#include "tst_exchange.moc"
