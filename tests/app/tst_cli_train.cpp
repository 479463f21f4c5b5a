// train as scripts see it: what is held out goes, words without text are known, and a bundle comes out that answers.
#include "core/base/bytes.h"
#include "core/base/tensor_file.h"
#include "tests/app/cli_process.h"
#include "tests/support/support.h"

#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace photolex;
using test::Finished;
using test::run;
using test::text;

namespace {

constexpr const char *recipe = R"({"bundle": "small", "title": "Small", "licence": "none", "provenance": "a test",
    "trained_on": ["pictures made on the spot"], "seed": 1, "encoders": [
    {"id": "plain", "kind": "linear", "dimension": 12, "epochs": 2, "batch": 4, "paraphrase_weight": 0.5,
     "paraphrase_batch": 2, "fixed_word_vectors": "table.safetensors", "feature_power": 0.5},
    {"id": "around", "kind": "skip-gram", "dimension": 12, "word_dimension": 8, "epochs": 2, "batch": 4},
    {"id": "gated", "kind": "gru", "dimension": 12, "word_dimension": 8, "epochs": 2, "batch": 4}]})";

} // namespace

class TestCliTrain : public QObject {
    Q_OBJECT

    test::ScratchFolder m_scratch;

    QStringList command(const QStringList &more) const
    {
        return QStringList{"train",
                           "--config",
                           text(m_scratch / "recipe.json"),
                           "--data",
                           "tsv:" + text(m_scratch / "set"),
                           "--data",
                           "text:" + text(m_scratch / "sentences.tsv"),
                           "--tables",
                           text(m_scratch / "tables")} +
               more;
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("XDG_CACHE_HOME", QByteArray::fromStdString((m_scratch / "cache").native()));
        m_scratch.write("recipe.json", recipe);
        std::string table;
        const std::vector<std::string> things = {"dog", "cat", "car", "boat", "tree", "lake"};
        for (std::size_t i = 0; i < things.size(); ++i) {
            const auto name = things[i] + ".png";
            QImage image(64, 64, QImage::Format_RGB32);
            image.fill(QColor::fromHsv(static_cast<int>(i) * 50, 200, 200));
            std::filesystem::create_directories(m_scratch / "set/photos");
            QVERIFY(image.save(text(m_scratch / ("set/photos/" + name))));
            const auto *split = i < 4 ? "train" : i == 4 ? "dev" : "test";
            table += name + "\t" + split + "\tA red " + things[i] + " .\n" + name + "\t" + split + "\tthe old " +
                     things[i] + "\n";
        }
        m_scratch.write("set/captions.tsv", table);
        // Of one group a sentence is dev's in another spelling, another group is a test photo by its name.
        std::string groups;
        for (const auto *line :
             {"g1|a horse runs", "g1|the horse is fast", "g2|THE OLD TREE!", "g2|a green tree",
              "lake.png|water in the sun", "lake.png|a blue lake", "g3|a dog sleeps", "g3|the dog lies down"}) {
            std::string row = std::string(line) + "\n";
            row.replace(row.find('|'), 1, "\ttrain\t");
            groups += row;
        }
        m_scratch.write("sentences.tsv", groups);
        // The fixed table knows two words that no text has; the list names one of them, and one that nobody knows.
        m_scratch.write("tables/table.txt", "dog\nzebra\nunicorn\nhorse\n");
        std::vector<float> vectors(4 * 5);
        for (std::size_t i = 0; i < vectors.size(); ++i)
            vectors[i] = static_cast<float>(i * i % 7) - 3;
        const std::vector<TensorData> tensors = {{"vectors", {4, 5}, vectors, TensorType::Float32}};
        VERIFY_OK(writeTensorFile(m_scratch / "tables/table.safetensors", tensors));
        m_scratch.write("list.txt", "zebra\nbasilisk\n");
    }

    void checkTellsWhatGoesAndTrainsNothing()
    {
        const auto finished = run(command({"--check", "--out", text(m_scratch / "checked")}));
        QVERIFY2(finished.exitCode == 0, finished.err.constData());
        QVERIFY(!std::filesystem::exists(m_scratch / "checked"));
        const auto heldOut = finished.json["held_out"].toObject();
        QCOMPARE(heldOut["captions"].toInt(), 4);
        QCOMPARE(heldOut["left_in_common"].toInt(-1), 0);
        const auto sets = heldOut["sets"].toObject();
        QCOMPARE(sets.size(), 2);
        const auto photos = sets["set"].toObject();
        QCOMPARE(photos["captions"].toInt(), 8);
        QCOMPARE(photos["removed_by_name"].toInt() + photos["removed_by_caption"].toInt(), 0);
        for (const auto &set : sets)
            if (set.toObject()["captions"].toInt() != 8)
                QCOMPARE(set.toObject()["removed_by_caption"].toInt(), 1);
        QVERIFY2(finished.err.contains("no dev or test caption is in any training set"), finished.err.constData());

        // More can be held out by hand.
        const auto more = run(command({"--check", "--out", text(m_scratch / "checked"), "--held-out",
                                       "tsv:" + text(m_scratch / "set") + "@train:1/2"}));
        QVERIFY2(more.exitCode == 0, more.err.constData());
        QCOMPARE(more.json["held_out"].toObject()["captions"].toInt(), 8);
        QCOMPARE(more.json["held_out"].toObject()["sets"].toObject()["set"].toObject()["captions"].toInt(), 4);
    }

    void wordsOfTheTableAreKnownAndTheBundleAnswers()
    {
        const auto out = m_scratch / "bundle";
        const auto finished =
            run(command({"--out", text(out), "--words", text(m_scratch / "list.txt"), "--seed", "5", "--dev", "set"}));
        QVERIFY2(finished.exitCode == 0, finished.err.constData());
        const auto epochs = finished.json["epochs"].toArray();
        QCOMPARE(epochs.size(), 6);
        for (const auto &epoch : epochs)
            QVERIFY(epoch.toObject()["dev"].toObject()["text_to_image_r1"].isDouble());

        const auto words = readTextFile(out / "plain.words.txt");
        VERIFY_OK(words);
        QVERIFY(words->find("\nzebra\n") != std::string::npos);
        QVERIFY(words->find("basilisk") == std::string::npos); // no vector, no word
        QVERIFY(words->find("unicorn") == std::string::npos);  // not asked for
        QVERIFY(words->find("\ntree\n") == std::string::npos); // its sentences were held out

        const auto shown = run({"bundle", "show", text(out)});
        QVERIFY2(shown.exitCode == 0, shown.err.constData());
        QCOMPARE(shown.json["trained_on"].toArray().size(), 1);
        QVERIFY2(run({"bundle", "verify", text(out)}).exitCode == 0, "the bundle passes its own test");
        const auto kept = readTextFile(out / "plain.recipe.json");
        VERIFY_OK(kept);
        const auto json = QJsonDocument::fromJson(QByteArray::fromStdString(*kept)).object();
        QCOMPARE(json["seed"].toInt(), 5);
        QCOMPARE(json["encoders"].toArray().size(), 3);
        QCOMPARE(json["sets"].toArray()[0].toObject()["photos"].toInt(), 4);
        QCOMPARE(json["sets"].toArray()[0].toObject()["captions"].toInt(), 8);

        // Every kind searches and adds words up, in a library of those photos.
        const QStringList library = {"--library", text(m_scratch / "l.photolex"), "--bundle", text(out)};
        const auto indexed = run(QStringList{"index", text(m_scratch / "set/photos")} + library);
        QVERIFY2(indexed.exitCode == 0, indexed.err.constData());
        for (const auto *encoder : {"plain", "around", "gated"}) {
            const auto found = run(QStringList{"search", "red dog", "-k", "3", "--encoder", encoder} + library);
            QVERIFY2(found.exitCode == 0, found.err.constData());
            QCOMPARE(found.json["hits"].toArray().size(), 3);
            const auto sum = run(QStringList{"expr", "'dog' + 'red'", "-k", "3", "--encoder", encoder} + library);
            QVERIFY2(sum.exitCode == 0, sum.err.constData());
            QCOMPARE(sum.json["hits"].toArray().size(), 3);
            QVERIFY(!sum.json["words"].toArray().isEmpty());
        }
        const auto measured = run({"eval", "--bundle", text(out), "--encoder", "around", "--data",
                                   "tsv:" + text(m_scratch / "set"), "--split", "train", "--draws", "0"});
        QVERIFY2(measured.exitCode == 0, measured.err.constData());
        QCOMPARE(measured.json["images"].toInt(), 4);
    }

    // Without a recipe: one's own captions become an installed bundle, trained further from one that is there.
    void onesOwnCaptions()
    {
        const QStringList own = {"train",
                                 "--data",
                                 text(m_scratch / "own"),
                                 "--from",
                                 text(m_scratch / "bundle/plain"),
                                 "--name",
                                 "Our own",
                                 "--epochs",
                                 "3",
                                 "--keep",
                                 "0.3"};
        qputenv("XDG_DATA_HOME", QByteArray::fromStdString((m_scratch / "data").native()));
        std::string table = "image,caption\n";
        for (int i = 0; i < 16; ++i) {
            QImage image(40, 40, QImage::Format_RGB32);
            image.fill(QColor::fromHsv(i * 20, 200, 200));
            std::filesystem::create_directories(m_scratch / "own");
            const auto name = std::to_string(i) + ".png";
            QVERIFY(image.save(text(m_scratch / ("own/" + name))));
            table += name + ",a red dog\n" + name + ",the old schnorchel\n";
        }
        m_scratch.write("own/list.csv", table + "gone.png,a cat\n");
        const auto checked = run(own + QStringList{"--check"});
        QVERIFY2(checked.exitCode == 0, checked.err.constData());
        QVERIFY(checked.json["expected_seconds"].toDouble() > 0);
        const auto data = checked.json["data"].toObject();
        QCOMPARE(data["missing_photos"].toObject()["count"].toInt(), 1);
        QCOMPARE(data["unknown_words"].toObject()["examples"].toArray()[0].toString(), QString("schnorchel"));
        QCOMPARE(data["train_photos"].toInt(), 13);
        const auto finished = run(own);
        QVERIFY2(finished.exitCode == 0, finished.err.constData());
        QCOMPARE(finished.json["bundle"].toString(), QString("our-own"));
        QVERIFY(finished.json["before"].isObject() && finished.json["after"].isObject());
        QVERIFY(finished.json["kept_words"].isDouble());
        QCOMPARE(finished.json["epochs"].toArray().size(), 4); // before any, and three
        QVERIFY2(run({"bundle", "verify", "our-own"}).exitCode == 0, "the bundle passes its own test");
        const auto measured = run({"eval", "--bundle", "our-own", "--data", "tsv:" + text(m_scratch / "set"), "--split",
                                   "train", "--draws", "0"});
        QVERIFY2(measured.exitCode == 0, measured.err.constData());
        const auto nothing = run({"train", "--resume"});
        QVERIFY(nothing.exitCode == 1);
    }
};

QTEST_GUILESS_MAIN(TestCliTrain)
#include "tst_cli_train.moc"
