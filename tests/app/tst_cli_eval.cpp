// eval as scripts see it: the keys that a table is made from, means over seeds, and what is refused.
#include "tests/app/cli_process.h"
#include "tests/support/bundles.h"
#include "tests/support/support.h"

#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <cmath>

using namespace photolex;
using test::Finished;
using test::run;
using test::text;

class TestCliEval : public QObject {
    Q_OBJECT

    test::ScratchFolder m_scratch;
    QString m_bundle;

    Finished eval(const QStringList &arguments) const
    {
        return run(QStringList{"eval", "--bundle", m_bundle} + arguments);
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("XDG_CACHE_HOME", QByteArray::fromStdString((m_scratch / "cache").native()));
        for (const auto seed : {1, 2, 3}) {
            test::BundleShape shape{.words = {"a", "dog", "cat", "runs", "grass", "red", "blue", "car", "photo", "of"},
                                    .seed = static_cast<std::uint64_t>(seed),
                                    .realNetwork = true};
            VERIFY_OK(test::writeBundle(m_scratch / ("seeds/" + std::to_string(seed)), shape));
        }
        m_bundle = text(m_scratch / "seeds/1");
        const std::vector<std::string> captions = {
            "A dog runs grass .", "A cat runs grass .", "A red car .", "A blue car .", "Dogs", "Cars"};
        std::string table;
        for (std::size_t i = 0; i < captions.size(); ++i) {
            const auto name = std::to_string(i) + ".png";
            QImage image(64, 64, QImage::Format_RGB32);
            image.fill(QColor::fromHsv(static_cast<int>(i) * 50, 200, 200));
            std::filesystem::create_directories(m_scratch / "set/photos");
            QVERIFY(image.save(text(m_scratch / ("set/photos/" + name))));
            table += name + "\ttest\t" + captions[i] + "\n";
        }
        m_scratch.write("set/captions.tsv", table);
        m_scratch.write("classes.tsv", "index\tname\n0\tdog\n1\tcar\n2\tzebra\n");
        m_scratch.write("pairs.tsv", "split\tsentence1\tsentence2\tscore\ntest\ta dog\ta cat\t3\ntest\ta red car\ta "
                                     "blue car\t4\ntest\ta dog\ta car\t1\ntrain\ta\ta\t5\ntest\tzebra\tzebra\t5\n");
        m_scratch.write("ratings.tsv",
                        "image_id\tcaption\texpert1\texpert2\n0.jpg\tA dog .\t4\t3\n0.jpg\tA car .\t1\t1\n"
                        "2.jpg\tA red car .\t4\t4\n");
        m_scratch.write("analogies.tsv", "category\ta\tb\tc\td\nx\tdog\tcat\tred\tblue\nx\tdog\tcat\tking\tqueen\n");
        m_scratch.write("words.txt", "dog\nred car\nking\nDogs\n");
    }

    void retrievalKeepsItsKeys()
    {
        const auto finished = eval({"--data", "tsv:" + text(m_scratch / "set"), "--draws", "50"});
        QVERIFY2(finished.exitCode == 0, finished.err.constData());
        for (const auto *way : {"image_to_text", "text_to_image"}) {
            const auto figures = finished.json[way].toObject();
            for (const auto *key : {"r1", "r5", "r10", "median", "mean"}) {
                QVERIFY2(figures[key].isDouble(), key);
                const auto interval = figures["interval"].toObject()[key].toArray();
                QCOMPARE(interval.size(), 2);
                QVERIFY(interval[0].toDouble() <= interval[1].toDouble());
            }
        }
        QCOMPARE(finished.json["images"].toInt(), 6);
        const auto plain = eval({"--data", "tsv:" + text(m_scratch / "set"), "--draws", "0", "--folds", "2"});
        QVERIFY(!plain.json["image_to_text"].toObject().contains("interval"));
        QCOMPARE(plain.json["folds"].toInt(), 2);
    }

    void typicalSentencesLowerScores()
    {
        const auto bundle = m_scratch / "typical";
        std::filesystem::copy(m_scratch / "seeds/1", bundle);
        const QStringList measure = {"eval",    "--bundle", text(bundle), "--data", "tsv:" + text(m_scratch / "set"),
                                     "--draws", "0"};
        const auto before = run(measure);
        QVERIFY2(before.exitCode == 0, before.err.constData());
        QVERIFY(!before.json.contains("lowered"));

        m_scratch.write("typical.txt", "a dog runs\n\n a red car \r\nzebras\n"); // the last is not understood
        const auto put = run({"bundle", "typical", text(bundle), text(m_scratch / "typical.txt")});
        QVERIFY2(put.exitCode == 0, put.err.constData());
        QCOMPARE(put.json["sentences"].toInt(), 3);
        const auto after = run(measure);
        QVERIFY2(after.exitCode == 0, after.err.constData());
        QCOMPARE(after.json["text_to_image"], before.json["text_to_image"]);
        for (const auto *way : {"image_to_text", "text_to_image"}) {
            const auto figures = after.json["lowered"][way];
            QCOMPARE(figures["r10"].toDouble(), 100.0); // there are six
            QVERIFY(figures["mean"].toDouble() >= 1);
        }
        QCOMPARE(run({"bundle", "verify", text(bundle)}).exitCode, 1); // it has no stored pictures, but is whole

        QCOMPARE(run({"bundle", "typical", text(bundle), text(m_scratch / "nowhere.txt")}).exitCode, 1);
        m_scratch.write("blank.txt", "\n  \n");
        const auto blank = run({"bundle", "typical", text(bundle), text(m_scratch / "blank.txt")});
        QCOMPARE(blank.exitCode, 2);
    }

    void encodersAreComparedOnASetWithoutALibrary()
    {
        m_scratch.write("queries.txt", "a dog\n\nzebra\na red car\r\n");
        const QStringList arguments = {"compare",
                                       "--bundle",
                                       m_bundle,
                                       "--library",
                                       text(m_scratch / "none"),
                                       "--encoders",
                                       "linear,lstm",
                                       "-k",
                                       "3",
                                       "--draws",
                                       "20",
                                       "--data",
                                       "tsv:" + text(m_scratch / "set")};
        const auto finished = run(arguments + QStringList{"--queries", text(m_scratch / "queries.txt")});
        QVERIFY2(finished.exitCode == 0, finished.err.constData());
        const auto &json = finished.json;
        QCOMPARE(json["encoders"].toArray(), (QJsonArray{"linear", "lstm"}));
        const auto queries = json["queries"].toArray();
        QCOMPARE(queries.size(), 3);
        QCOMPARE(queries[0]["query"].toString(), QString("a dog"));
        QCOMPARE(queries[2]["query"].toString(), QString("a red car"));
        double overlap = 0;
        for (const int i : {0, 2}) {
            const auto one = queries[i]["hits"]["linear"].toArray();
            const auto other = queries[i]["hits"]["lstm"].toArray();
            QCOMPARE(one.size(), 3);
            QCOMPARE(other.size(), 3);
            QVERIFY(one[0]["score"].toDouble() >= one[2]["score"].toDouble());
            QVERIFY(one[0]["path"].toString().startsWith(text(m_scratch / "set/photos")));
            int shared = 0;
            for (const auto &a : one)
                for (const auto &b : other)
                    shared += a.toObject()["path"] == b.toObject()["path"] ? 1 : 0;
            QVERIFY(std::abs(queries[i]["overlap"].toDouble() - shared / 3.0) < 1e-9);
            overlap += shared / 6.0;
        }
        // A query that neither can read says nothing of how they agree.
        QVERIFY(queries[1]["hits"]["linear"].toArray().isEmpty());
        QCOMPARE(queries[1]["unknown"]["lstm"].toArray(), QJsonArray{"zebra"});
        QVERIFY(std::abs(json["overlap"].toDouble() - overlap) < 1e-9);
        QVERIFY(json["rank_correlation"].isDouble() && json["rank_biased_overlap"].isDouble());
        QCOMPARE(json["disagreement"]["queries"].toArray().size(), 2);
        QVERIFY(!json["disagreement"]["photos"].toArray().isEmpty());
        // The recall is that of eval.
        for (const auto &encoder : {QString("linear"), QString("lstm")}) {
            const auto alone = eval({"--encoder", encoder, "--data", "tsv:" + text(m_scratch / "set"), "--draws", "0"});
            const auto own = json["recall"][encoder]["text_to_image"].toObject();
            QCOMPARE(own["r5"].toDouble(), alone.json["text_to_image"]["r5"].toDouble());
            QCOMPARE(own["curve"].toArray().last().toObject()["recall"].toDouble(), 100.0);
        }
        // Without queries the captions are asked.
        QCOMPARE(run(arguments).json["queries"].toArray().size(), 6);
        QCOMPARE(run({"compare", "--bundle", m_bundle, "--encoders", "linear"}).exitCode, 2);
        QCOMPARE(run({"compare", "--bundle", m_bundle, "--encoders", "linear,linear"}).exitCode, 2);
        QCOMPARE(
            run({"compare", "--bundle", m_bundle, "--library", text(m_scratch / "none"), "--encoders", "linear,lstm"})
                .exitCode,
            1); // neither a library nor a set
    }

    void seedsGiveMeanAndSpread()
    {
        const auto finished =
            run({"eval", "--seeds", text(m_scratch / "seeds"), "--data", "tsv:" + text(m_scratch / "set")});
        QVERIFY2(finished.exitCode == 0, finished.err.constData());
        const auto seeds = finished.json["seeds"].toArray();
        QCOMPARE(seeds.size(), 3);
        double sum = 0;
        double squares = 0;
        for (const auto &seed : seeds) {
            const auto mean = seed.toObject()["text_to_image"].toObject()["mean"].toDouble();
            sum += mean;
            squares += mean * mean;
        }
        const auto mean = finished.json["text_to_image"].toObject()["mean"].toDouble();
        const auto deviation = finished.json["spread"].toObject()["text_to_image"].toObject()["mean"].toDouble();
        QVERIFY(std::abs(mean - sum / 3) < 1e-6);
        QVERIFY(std::abs(deviation - std::sqrt((squares - sum * sum / 3) / 2)) < 1e-6);
        QCOMPARE(finished.json["images"].toInt(), 6);
        QVERIFY(!finished.json["text_to_image"].toObject().contains("interval"));
    }

    void everyTaskTellsItsFigures_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("key");
        QTest::addColumn<double>("value");
        const auto set = "tsv:" + text(m_scratch / "set");
        const auto file = [&](const char *kind, const char *name) { return kind + (":" + text(m_scratch / name)); };
        QTest::newRow("arithmetic") << QStringList{"--task", "arithmetic", "--data", set} << "queries" << 4.0;
        QTest::newRow("classes") << QStringList{"--task", "classes",   "--data",
                                                set,      "--classes", text(m_scratch / "classes.tsv")}
                                 << "images" << 5.0;
        QTest::newRow("a class that is not known")
            << QStringList{"--task", "classes", "--data", set, "--classes", text(m_scratch / "classes.tsv")}
            << "without_known_word" << 1.0;
        QTest::newRow("similarity") << QStringList{"--task", "similarity", "--data", file("pairs", "pairs.tsv")}
                                    << "pairs" << 3.0;
        QTest::newRow("similarity of all splits")
            << QStringList{"--task", "similarity", "--split", "all", "--data", file("pairs", "pairs.tsv")} << "pairs"
            << 4.0;
        QTest::newRow("ratings") << QStringList{"--task",   "ratings",
                                                "--data",   file("ratings", "ratings.tsv"),
                                                "--photos", text(m_scratch / "set/photos")}
                                 << "images" << 2.0;
        QTest::newRow("analogies") << QStringList{"--task", "analogies", "--data", file("analogies", "analogies.tsv")}
                                   << "coverage" << 50.0;
        QTest::newRow("vocabulary") << QStringList{"--task", "vocabulary", "--data", file("words", "words.txt")}
                                    << "words" << 12.0;
    }
    void everyTaskTellsItsFigures()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, key);
        QFETCH(double, value);
        const auto finished = eval(arguments);
        QVERIFY2(finished.exitCode == 0, finished.err.constData());
        QCOMPARE(finished.json[key].toDouble(-1), value);
        QCOMPARE(finished.json["encoder"].toString(), QString("linear"));
    }

    void wordsThatAreNotKnownAreNamed()
    {
        const auto finished = eval({"--task", "vocabulary", "--data", "words:" + text(m_scratch / "words.txt")});
        const auto list = finished.json["lists"].toObject()["words"].toObject();
        QCOMPARE(list["names"].toInt(), 4);
        QCOMPARE(list["read"].toInt(), 3); // dogs is read as dog
        QCOMPARE(list["first_missing"].toArray(), QJsonArray{"king"});
    }

    void whatDoesNotFitTheTaskIsRefused_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("exitCode");
        QTest::newRow("no such task") << QStringList{"--task", "beauty", "--data", "x:y"} << 2;
        QTest::newRow("no data") << QStringList{"--task", "similarity"} << 2;
        QTest::newRow("photos for a task on words")
            << QStringList{"--task", "similarity", "--data", "tsv:" + text(m_scratch / "set")} << 2;
        QTest::newRow("no such split") << QStringList{"--data", "tsv:" + text(m_scratch / "set"), "--split", "dev"}
                                       << 2;
        QTest::newRow("classes without names")
            << QStringList{"--task", "classes", "--data", "tsv:" + text(m_scratch / "set")} << 2;
        QTest::newRow("seeds that are none")
            << QStringList{"--seeds", text(m_scratch / "set"), "--data", "tsv:" + text(m_scratch / "set")} << 1;
        QTest::newRow("other columns") << QStringList{"--task", "ratings", "--data",
                                                      "ratings:" + text(m_scratch / "pairs.tsv")}
                                       << 2;
    }
    void whatDoesNotFitTheTaskIsRefused()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, exitCode);
        const auto finished = eval(arguments);
        QCOMPARE(finished.exitCode, exitCode);
        QVERIFY(!finished.err.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestCliEval)
#include "tst_cli_eval.moc"
