// Points that were computed elsewhere: they come in when everything fits, are put to their photos by path, and are an
// encoder that knows what came with it and nothing else.
#include "core/base/bytes.h"
#include "core/base/paths.h"
#include "core/image/network.h"
#include "core/joint/encoder.h"
#include "core/joint/installing.h"
#include "core/joint/ready_rows.h"
#include "tests/support/npy_files.h"
#include "tests/support/support.h"

#include <cmath>
#include <limits>

using namespace photolex;

namespace {

constexpr std::size_t columns = 5;

double dot(const std::vector<float> &a, const std::vector<float> &b)
{
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        sum += static_cast<double>(a[i]) * b[i];
    return sum;
}

} // namespace

class TestReadyRows : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        qputenv("XDG_DATA_HOME", QByteArray::fromStdString((m_folder / "data").native()));
        m_folder.write("rows.npy", test::npyBytes(3, columns, test::randomValues(3 * columns, 1)));
        m_folder.write("paths.csv", "number,path\r\n1,/photos/a.jpg\r\n2,\"summer/b, c.jpg\"\r\n3,d.jpg\r\n");
        m_folder.write("texts.npy", test::npyBytes(2, columns, test::randomValues(2 * columns, 2)));
        m_folder.write("sentences.txt", "A dog, running.\nzwei Hunde im Schnee\n");
    }
    void cleanup()
    {
        (void)model::removeBundle("ready");
        std::error_code ignored;
        const auto models = paths::dataHome() / "models";
        QVERIFY(!std::filesystem::exists(models, ignored) || std::filesystem::is_empty(models));
    }

    void rowsAndSentencesComeIn()
    {
        const auto imported = joint::importRows(good(), {});
        VERIFY_OK(imported);
        QCOMPARE(imported->dimension, int{columns});
        QCOMPARE(imported->rows, std::size_t{3});
        QCOMPARE(imported->sentences, std::size_t{2});
        for (const auto &check : imported->checks)
            QVERIFY2(check.ok, check.detail.c_str());
        const auto bundle = model::openBundle("ready");
        VERIFY_OK(bundle);
        QCOMPARE((*bundle)->manifest().formatVersion, 5);
        VERIFY_OK(joint::selfTest(*bundle));
        const auto encoder = joint::Encoder::open(*bundle);
        VERIFY_OK(encoder);
        QVERIFY((*encoder)->readyRows());
        const auto &rows = *(*encoder)->readyRows();
        QCOMPARE(rows.paths()[1], std::string("summer/b, c.jpg"));
        const auto given = test::randomValues(3 * columns, 1);
        for (std::size_t i = 0; i < 3; ++i) {
            const auto row = rows.row(i);
            const std::vector<float> own(given.begin() + static_cast<std::ptrdiff_t>(i * columns),
                                         given.begin() + static_cast<std::ptrdiff_t>((i + 1) * columns));
            QVERIFY(std::abs(dot(row, row) - 1) < 1e-6);
            QVERIFY(std::abs(dot(row, own) - std::sqrt(dot(own, own))) < 1e-5); // its direction stays
        }
        // What it knows, it knows as a whole; case and signs do not matter.
        const auto point = (*encoder)->sentencePoint("a DOG running");
        VERIFY_OK(point);
        QCOMPARE(point->point, rows.sentenceRow(0));
        QCOMPARE((*encoder)->sentencePoint("a dog").error().code, Errc::Invalid);
        const auto read = (*encoder)->read("a dog");
        VERIFY_OK(read);
        QVERIFY(read->ids.empty());
        QCOMPARE(read->unknown, std::vector<std::string>{"a dog"});
        QVERIFY(!(*encoder)->read("zwei Hunde im Schnee")->ids.empty());
        // Nothing is computed.
        QCOMPARE((*encoder)->imagePoints(test::randomValues(columns, 3)).error().code, Errc::Unsupported);
        QCOMPARE(image::Network::open(**bundle).error().code, Errc::Unsupported);
        QCOMPARE(joint::measureSpeed(*bundle, {}).error().code, Errc::Unsupported);

        // It is a bundle like others: a second one of that id is refused, and it moves from place to place.
        QCOMPARE(joint::importRows(good(), {}).error().code, Errc::Invalid);
        std::filesystem::copy((*bundle)->folder(), m_folder / "elsewhere");
        VERIFY_OK(model::removeBundle("ready"));
        VERIFY_OK(joint::installBundle(m_folder / "elsewhere"));
    }

    void withoutSentencesThereIsNoTextSide()
    {
        auto files = good();
        files.texts = files.sentences = std::filesystem::path();
        VERIFY_OK(joint::importRows(files, {}));
        const auto encoder = joint::Encoder::open(*model::openBundle("ready"));
        VERIFY_OK(encoder);
        QCOMPARE((*encoder)->read("a dog").error().code, Errc::Unsupported);
        QCOMPARE((*encoder)->sentencePoint("a dog").error().code, Errc::Unsupported);
        QVERIFY((*encoder)->sentencePoint("a dog").error().detail.find("photo") != std::string::npos); // what to do
    }

    void pathsFindTheirPhotos()
    {
        const std::vector<std::string> rows = {
            "/home/me/a.jpg",   // there
            "trip/b.jpg",       // below some folder
            "/elsewhere/c.jpg", // only the name fits
            "d.jpg",            // a name that two photos have
            "x/e.jpg",
            "y/e.jpg",     // one photo of that name, two rows
            "gone.jpg",    // none
            "2/f.jpg",     // two folders end so
            "other/g.jpg", // the photo is taken by its path already
            "/home/me/1/g.jpg",
        };
        const std::vector<std::string> photos = {"/home/me/a.jpg",   "/home/me/trip/b.jpg", "/home/me/c.jpg",
                                                 "/home/me/1/d.jpg", "/home/me/2/d.jpg",    "/home/me/e.jpg",
                                                 "/p/2/f.jpg",       "/q/2/f.jpg",          "/home/me/1/g.jpg"};
        const auto match = joint::matchPaths(rows, photos);
        QCOMPARE(match.rowOf, (std::vector<std::ptrdiff_t>{0, 1, 2, -1, -1, -1, -1, -1, 9}));
        QCOMPARE(match.byPath, std::size_t{2});
        QCOMPARE(match.byEnding, std::size_t{1});
        QCOMPARE(match.byName, std::size_t{1});
        QCOMPARE(match.unmatched, std::vector<std::size_t>{6});
        QCOMPARE(match.ambiguous, (std::vector<std::size_t>{3, 4, 5, 7, 8}));
    }

    void pointsOfPhotosAreThoseOfTheirRows()
    {
        VERIFY_OK(joint::importRows(good(), {}));
        const auto rows = joint::ReadyRows::open(**model::openBundle("ready"));
        VERIFY_OK(rows);
        const std::vector<std::filesystem::path> photos = {"/set/d.jpg", "/photos/a.jpg"};
        const auto points = (*rows)->pointsOf(photos);
        VERIFY_OK(points);
        auto expected = (*rows)->row(2);
        const auto second = (*rows)->row(0);
        expected.insert(expected.end(), second.begin(), second.end());
        QCOMPARE(*points, expected);
        const std::vector<std::filesystem::path> more = {"/set/d.jpg", "/set/z.jpg"};
        const auto missing = (*rows)->pointsOf(more);
        QCOMPARE(missing.error().code, Errc::NotFound);
        QCOMPARE(missing.error().subject, std::string("/set/z.jpg"));
    }

    void relativePathsMayBeMeantFromAFolder()
    {
        auto files = good();
        files.root = "/library";
        VERIFY_OK(joint::importRows(files, {}));
        const auto rows = joint::ReadyRows::open(**model::openBundle("ready"));
        QCOMPARE((*rows)->paths(),
                 (std::vector<std::string>{"/photos/a.jpg", "/library/summer/b, c.jpg", "/library/d.jpg"}));
    }

    void aPlainListOfPathsWillDo()
    {
        auto files = good();
        files.paths = m_folder.write("list.txt", "a, b.jpg\n\"c \"\"d\"\".jpg\"\r\n/e.jpg\n");
        VERIFY_OK(joint::importRows(files, {}));
        const auto rows = joint::ReadyRows::open(**model::openBundle("ready"));
        QCOMPARE((*rows)->paths(), (std::vector<std::string>{"a, b.jpg", "c \"d\".jpg", "/e.jpg"}));
    }

    void whatDoesNotFitStaysOut_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, const char *what, const std::string &bytes, const char *says) {
            QTest::newRow(name) << QString(what) << QByteArray::fromStdString(bytes) << QString(says);
        };
        auto values = test::randomValues(3 * columns, 1);
        values[7] = std::numeric_limits<float>::quiet_NaN();
        row("a value that is none", "rows.npy", test::npyBytes(3, columns, values), "row 2 (summer/b, c.jpg)");
        values = test::randomValues(3 * columns, 1);
        std::fill_n(values.begin() + columns, columns, 0.0F);
        row("a row of zeros", "rows.npy", test::npyBytes(3, columns, values), "all zero");
        row("one point for all", "rows.npy", test::npyBytes(3, columns, std::vector<float>(3 * columns, 1)),
            "the same");
        row("fewer paths than rows", "paths.csv", "path\na.jpg\nb.jpg\n", "2 paths");
        row("one number a row", "rows.npy", test::npyBytes(3, 1, test::randomValues(3, 1)), "2 to 4096");
        row("no matrix", "rows.npy", "rows", "numpy.save");
        row("a path twice", "paths.csv", "path\na.jpg\nb.jpg\n./a.jpg\n", "twice");
        row("an empty path", "paths.csv", "path\na.jpg\n\"\"\nb.jpg\n", "path 2 is empty");
        row("a quote that stays open", "paths.csv", "path,x\na.jpg,1\n\"b.jpg,2\nc.jpg,3\n", "quote");
        row("sentences of another space", "texts.npy", test::npyBytes(2, 4, test::randomValues(8, 2)), "one space");
        row("more sentences than rows", "sentences.txt", "a\nb\nc\n", "3 lines");
        row("no text", "sentences.txt", "a\n\xff\n", "UTF-8");
    }
    void whatDoesNotFitStaysOut()
    {
        QFETCH(QString, what);
        QFETCH(QByteArray, bytes);
        QFETCH(QString, says);
        auto files = good();
        const auto file = m_folder.write("wrong/" + what.toStdString(), bytes.toStdString());
        (what == "rows.npy"    ? files.rows
         : what == "paths.csv" ? files.paths
         : what == "texts.npy" ? files.texts
                               : files.sentences) = file;
        const auto refused = joint::importRows(files, {});
        QVERIFY(!refused);
        QVERIFY2(QString::fromStdString(refused.error().detail).contains(says), refused.error().detail.c_str());
        QVERIFY(refused.error().subject.find("wrong") != std::string::npos); // the file that must be mended
    }

    void optionsThatAreMissingAreNamed()
    {
        auto files = good();
        files.sentences.clear();
        QCOMPARE(joint::importRows(files, {}).error().code, Errc::Invalid);
        files = good();
        files.id = "../up";
        QCOMPARE(joint::importRows(files, {}).error().code, Errc::Invalid);
        files = good();
        files.paths = m_folder / "none.csv";
        QCOMPARE(joint::importRows(files, {}).error().code, Errc::NotFound);
    }

    void damageIsNoticed()
    {
        VERIFY_OK(joint::importRows(good(), {}));
        const auto folder = paths::dataHome() / "models" / "ready";
        VERIFY_OK(writeFileAtomically(folder / "paths.zero", std::string_view("/a.jpg\0", 7)));
        QCOMPARE(model::Bundle::open(folder).error().code, Errc::Corrupt); // its checksum
        auto manifest = model::readManifest(folder / "manifest.json");
        VERIFY_OK(model::writeManifest(folder, *manifest)); // checksums that fit: now the counts do not
        const auto bundle = model::Bundle::open(folder);
        VERIFY_OK(bundle);
        QCOMPARE(joint::Encoder::open(*bundle).error().code, Errc::Corrupt);
    }

private:
    joint::RowFiles good() const
    {
        return {.rows = m_folder / "rows.npy",
                .paths = m_folder / "paths.csv",
                .texts = m_folder / "texts.npy",
                .sentences = m_folder / "sentences.txt",
                .root = {},
                .id = "ready",
                .licence = "CC0"};
    }

    test::ScratchFolder m_folder;
};

QTEST_GUILESS_MAIN(TestReadyRows)
#include "tst_ready_rows.moc"
