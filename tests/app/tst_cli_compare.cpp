// compare and ready-made rows as scripts see them: encoders of several bundles, queries that are photos, captions.
#include "core/joint/encoder.h"
#include "tests/app/cli_process.h"
#include "tests/support/bundles.h"
#include "tests/support/captions.h"
#include "tests/support/npy_files.h"
#include "tests/support/pictures.h"
#include "tests/support/support.h"

#include <QJsonArray>
#include <algorithm>
#include <cmath>

using namespace photolex;
using test::Finished;
using test::run;

namespace {

constexpr int photoCount = 6;
constexpr std::size_t width = 7;

QString named(const std::filesystem::path &path)
{
    return test::text(path);
}

} // namespace

class TestCliCompare : public QObject {
    Q_OBJECT

    test::ScratchFolder m_scratch;
    QString m_set;

    Finished cli(const QStringList &arguments) const
    {
        return run(arguments +
                   QStringList{"--bundle", named(m_scratch / "bundle"), "--library", named(m_scratch / "library")});
    }
    std::filesystem::path photo(int i) const { return m_scratch / ("set/photos/p" + std::to_string(i) + ".jpg"); }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("XDG_CACHE_HOME", QByteArray::fromStdString((m_scratch / "cache").native()));
        qputenv("XDG_DATA_HOME", QByteArray::fromStdString((m_scratch / "data").native()));
        VERIFY_OK(test::writeCaptionBundle(m_scratch / "bundle", /*realNetwork=*/true));
        auto manifest = test::writeBundle(m_scratch / "small", {.realNetwork = true});
        VERIFY_OK(manifest);
        VERIFY_OK(joint::writeSelfTests(m_scratch / "small", *manifest));
        QCOMPARE(run({"bundle", "import", named(m_scratch / "small")}).exitCode, 0);
        std::string table;
        const auto nouns = test::smallWorldNouns();
        for (int i = 0; i < photoCount; ++i) {
            m_scratch.write("set/photos/p" + std::to_string(i) + ".jpg", test::jpeg(test::scene(i)));
            table += "p" + std::to_string(i) + ".jpg\ttest\tthe " + nouns[static_cast<std::size_t>(i) % nouns.size()] +
                     (i % 2 == 0 ? " runs" : " jumps") + "\n";
        }
        m_scratch.write("set/captions.tsv", table);
        m_set = "tsv:" + named(m_scratch / "set");
        QCOMPARE(cli({"index", named(m_scratch / "set/photos")}).exitCode, 0);
    }

    void encodersOfOtherBundlesAreNamedWithThem()
    {
        const auto finished = cli({"compare", "--encoders", "linear,small/lstm,small", "-k", "3", "--data", m_set});
        QVERIFY2(finished.exitCode == 0, finished.err.constData());
        QCOMPARE(finished.json["encoders"].toArray(), (QJsonArray{"linear", "small/lstm", "small"}));
        QCOMPARE(finished.json["pairs"].toArray().size(), 3);
        for (const auto *id : {"linear", "small/lstm", "small"})
            QCOMPARE(finished.json["recall"][id]["images"].toInt(), photoCount);
        // The default encoder of "small" is its linear one.
        const auto alone = run({"eval", "--bundle", "small", "--encoder", "linear", "--data", m_set, "--draws", "0"});
        QCOMPARE(finished.json["recall"]["small"]["text_to_image"]["mean"].toDouble(),
                 alone.json["text_to_image"]["mean"].toDouble());
        const auto unknown = cli({"compare", "--encoders", "linear,nobody"});
        QCOMPARE(unknown.exitCode, 1);
        QVERIFY2(unknown.err.contains("nobody") && unknown.err.contains("small"), unknown.err.constData());
        QCOMPARE(cli({"compare", "--encoders", "linear,small/nobody"}).exitCode, 1);
    }

    void rowsThatWereExportedAnswerAsTheirEncoderDoes()
    {
        const auto folder = named(m_scratch / "rows");
        QCOMPARE(cli({"export", "--format", "npy", folder}).exitCode, 0);
        const auto imported = cli({"bundle", "import", "--rows", folder + "/rows.npy", "--paths", folder + "/rows.csv",
                                   "--name", "ready", "--licence", "CC0"});
        QVERIFY2(imported.exitCode == 0, imported.err.constData());
        QCOMPARE(imported.json["rows"].toInt(), photoCount);
        QCOMPARE(imported.json["matched"]["by_path"].toInt(), photoCount);
        QVERIFY(imported.json["unmatched"].toArray().isEmpty());
        QVERIFY(imported.json["checks"].toArray().size() >= 4);

        m_scratch.write("queries.txt",
                        "photo:" + photo(2).native() + "\nthe dog runs\nphoto:'" + photo(4).native() + "'\n");
        const auto finished =
            cli({"compare", "--encoders", "linear,ready", "-k", "3", "--queries", named(m_scratch / "queries.txt")});
        QVERIFY2(finished.exitCode == 0, finished.err.constData());
        const auto queries = finished.json["queries"].toArray();
        for (const int i : {0, 2}) {
            QCOMPARE(queries[i]["overlap"].toDouble(), 1.0);
            const auto hits = queries[i]["hits"]["ready"].toArray();
            QCOMPARE(hits.size(), 3);
            for (const auto &hit : hits) // the photo itself is no answer
                QVERIFY(hit.toObject()["path"].toString() != named(photo(i == 0 ? 2 : 4)));
        }
        QCOMPARE(queries[1]["no_text"].toArray(), QJsonArray{"ready"});
        QVERIFY(queries[1]["hits"]["ready"].toArray().isEmpty());
        QVERIFY(!queries[1]["hits"]["linear"].toArray().isEmpty());
        const auto similar = run(
            {"similar", named(photo(1)), "--bundle", "ready", "--library", named(m_scratch / "library"), "-k", "3"});
        QVERIFY2(similar.exitCode == 0, similar.err.constData());
        QCOMPARE(similar.json["hits"].toArray().size(), 3);
        const auto searched = run({"search", "a dog", "--bundle", "ready", "--library", named(m_scratch / "library")});
        QCOMPARE(searched.exitCode, 1);
        QVERIFY2(searched.err.contains("no text side"), searched.err.constData());
        // A set without captions that it could read is said, and the others are measured.
        const auto measured = cli({"compare", "--encoders", "linear,ready", "--data", m_set});
        QVERIFY2(measured.exitCode == 0, measured.err.constData());
        QCOMPARE(measured.json["recall"]["ready"]["error"]["code"].toString(), QString("unsupported"));
        QCOMPARE(measured.json["recall"]["linear"]["images"].toInt(), photoCount);
    }

    void rowsOfSentencesGiveRecall()
    {
        const auto photos = test::randomValues(photoCount * width, 11),
                   texts = test::randomValues(photoCount * width, 12);
        m_scratch.write("p.npy", test::npyBytes(photoCount, width, photos));
        m_scratch.write("t.npy", test::npyBytes(photoCount, width, texts));
        std::string paths = "path\n", sentences;
        const auto nouns = test::smallWorldNouns();
        for (int i = 0; i < photoCount; ++i) {
            paths += "p" + std::to_string(i) + ".jpg\n";
            sentences +=
                "The " + nouns[static_cast<std::size_t>(i) % nouns.size()] + (i % 2 == 0 ? " runs.\n" : " jumps.\n");
        }
        m_scratch.write("p.csv", paths);
        m_scratch.write("t.txt", sentences);
        const auto imported = cli({"bundle", "import", "--rows", named(m_scratch / "p.npy"), "--paths",
                                   named(m_scratch / "p.csv"), "--text-rows", named(m_scratch / "t.npy"), "--sentences",
                                   named(m_scratch / "t.txt"), "--name", "both"});
        QVERIFY2(imported.exitCode == 0, imported.err.constData());
        QCOMPARE(imported.json["matched"]["by_name"].toInt(), photoCount);
        const auto finished = cli({"compare", "--encoders", "linear,both", "--data", m_set, "--draws", "0"});
        QVERIFY2(finished.exitCode == 0, finished.err.constData());
        // The mean rank, counted here.
        double sum = 0;
        for (std::size_t t = 0; t < photoCount; ++t) {
            std::vector<double> scores;
            for (std::size_t p = 0; p < photoCount; ++p) {
                const auto a = test::unitRow(photos, p, width), b = test::unitRow(texts, t, width);
                double score = 0;
                for (std::size_t k = 0; k < width; ++k)
                    score += a[k] * b[k];
                scores.push_back(score);
            }
            sum +=
                1 + static_cast<double>(std::ranges::count_if(scores, [&](double score) { return score > scores[t]; }));
        }
        QVERIFY(std::abs(finished.json["recall"]["both"]["text_to_image"]["mean"].toDouble() - sum / photoCount) <
                1e-9);
    }

    void captionsOfEachStandSideBySide()
    {
        const auto finished =
            cli({"compare", "--encoders", "linear,small,ready", "--captions", named(photo(0)), named(photo(3))});
        QVERIFY2(finished.exitCode == 0, finished.err.constData());
        const auto captions = finished.json["captions"].toArray();
        QCOMPARE(captions.size(), 2);
        QCOMPARE(captions[1]["path"].toString(), named(photo(3)));
        const auto encoders = captions[0]["encoders"];
        const auto own = encoders["linear"];
        QCOMPARE(own["retrieved"].toArray().size(), 2); // all sentences that its bundle holds
        QVERIFY(own["retrieved"][0]["cosine"].toDouble() >= own["retrieved"][1]["cosine"].toDouble());
        QVERIFY(!own["generated"].toArray().isEmpty());
        QVERIFY(!own["generated"][0]["text"].toString().isEmpty());
        // One without sentences of its own reads those that ship; one without models says so.
        QCOMPARE(encoders["small"]["sentences_of"].toString(), QString("photolex-en"));
        QCOMPARE(encoders["small"]["retrieved"].toArray().size(), 3);
        QCOMPARE(encoders["small"]["not_generated"].toString(), QString("no-caption-models"));
        QCOMPARE(encoders["ready"]["not_retrieved"].toString(), QString("no-text"));
        // It needs no library, and asks nothing besides.
        const auto alone = run({"compare", "--encoders", "linear,small", "--bundle", named(m_scratch / "bundle"),
                                "--library", named(m_scratch / "none"), "--captions", named(photo(0))});
        QVERIFY2(alone.exitCode == 0, alone.err.constData());
        QVERIFY(alone.json["queries"].toArray().isEmpty());
        QCOMPARE(alone.json["captions"][0]["encoders"]["linear"], own);
    }

    void whatIsWrongWithRowsIsNamed()
    {
        m_scratch.write("bad.npy", test::npyBytes(2, width, test::randomValues(2 * width, 3)).substr(0, 150));
        m_scratch.write("two.txt", "a.jpg\nb.jpg\n");
        const auto cut = cli({"bundle", "import", "--rows", named(m_scratch / "bad.npy"), "--paths",
                              named(m_scratch / "two.txt"), "--name", "bad"});
        QCOMPARE(cut.exitCode, 1);
        QVERIFY2(cut.err.contains("bad.npy") && cut.err.contains("ends early"), cut.err.constData());
        QCOMPARE(cli({"bundle", "import", "--rows", named(m_scratch / "bad.npy"), "--name", "bad"}).exitCode, 2);
        QCOMPARE(cli({"bundle", "import", named(m_scratch / "small"), "--rows", named(m_scratch / "bad.npy")}).exitCode,
                 2);
        QCOMPARE(cli({"bundle", "import"}).exitCode, 2);
        QCOMPARE(cli({"bundle", "remove", "ready"}).exitCode, 0);
    }
};

QTEST_GUILESS_MAIN(TestCliCompare)
#include "tst_cli_compare.moc"
