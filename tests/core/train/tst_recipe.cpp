// Recipes: those that ship are readable, and a mistyped one is refused by the name of what is wrong.
#include "core/train/captions.h"
#include "core/train/tagger.h"
#include "core/train/train.h"
#include "tests/support/support.h"

using namespace photolex;

class TestRecipe : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatShipsIsReadable()
    {
        int count = 0;
        for (const auto &entry :
             std::filesystem::directory_iterator(test::sourceFolder() / "resources/models/recipes")) {
            if (entry.path().extension() != ".json")
                continue;
            ++count;
            if (train::isTaggerRecipe(entry.path())) {
                VERIFY_OK(train::readTaggerRecipe(entry.path()));
                continue;
            }
            if (train::isCaptionRecipe(entry.path())) {
                VERIFY_OK(train::readCaptionRecipe(entry.path()));
                continue;
            }
            const auto recipe = train::readRecipe(entry.path());
            VERIFY_OK(recipe);
            QVERIFY2(!recipe->trainedOn.empty() && !recipe->licence.empty() && !recipe->provenance.empty(),
                     entry.path().c_str());
        }
        QVERIFY(count >= 4);
    }

    void valuesArriveWhereTheyBelong()
    {
        const test::ScratchFolder scratch;
        const auto recipe = train::readRecipe(scratch.write("r.json", R"({
            "bundle": "b", "title": "t", "seed": 9, "trained_on": ["one", "two"], "encoders": [
                {"id": "x", "kind": "lstm", "dimension": 30, "word_dimension": 20, "objective": "contrastive",
                 "margin": 0.3, "epochs": 4, "batch": 16, "learning_rate": 0.01, "warm_up_steps": 7,
                 "gradient_norm": 3, "word_init": 0.5, "mirrored": 0.25, "class_weight": 0.75, "class_batch": 11,
                 "paraphrase_weight": 1.5, "paraphrase_batch": 12, "temperature": 0.07, "minimum_count": 5,
                 "class_objective": "hinge-hardest", "paraphrase_objective": "hinge-photo", "equal_lengths": true,
                 "feature_dropout": 0.1, "word_dropout": 0.2, "weight_decay": 0.01, "averaging": 0.999,
                 "class_temperature": 0.06, "paraphrase_temperature": 0.04, "feature_power": 0.5},
                {"id": "z", "kind": "devise", "dimension": 40, "word_dimension": 20,
                 "skip_gram": {"window": 4, "negatives": 7, "epochs": 3, "subsampling": 0.002}},
                {"id": "y", "kind": "linear", "dimension": 64, "word_dimension": 20,
                 "fine_tune": {"from_block": 18, "epochs": 3, "batch": 32, "sentences": 2, "learning_rate": 0.001,
                               "space_learning_rate": 0.002, "warm_up_steps": 4}}]})"));
        VERIFY_OK(recipe);
        QCOMPARE(recipe->seed, std::uint64_t(9));
        QCOMPARE(recipe->trainedOn.size(), std::size_t(2));
        const auto &x = recipe->encoders.at(0);
        QVERIFY(x.objective == train::Objective::Contrastive);
        QVERIFY(x.classObjective == train::Objective::HardestHinges);
        QVERIFY(x.paraphraseObjective == train::Objective::PhotoHinges);
        QVERIFY(x.equalLengths);
        QCOMPARE(x.featureDropout, 0.1);
        QCOMPARE(x.wordDropout, 0.2);
        QCOMPARE(x.weightDecay, 0.01);
        QCOMPARE(x.averaging, 0.999);
        QCOMPARE(x.dimension, 30);
        QCOMPARE(x.wordDimension, 20);
        QCOMPARE(x.epochs, 4);
        QCOMPARE(x.batch, 16);
        QCOMPARE(x.warmUpSteps, 7);
        QCOMPARE(x.mirrored, 0.25);
        QCOMPARE(x.classBatch, 11);
        QCOMPARE(x.paraphraseWeight, 1.5);
        QCOMPARE(x.temperature, 0.07);
        QCOMPARE(x.classTemperature, 0.06);
        QCOMPARE(x.paraphraseTemperature, 0.04);
        QCOMPARE(x.featurePower, 0.5);
        QCOMPARE(x.minimumCount, std::int64_t(5));
        const auto &y = recipe->encoders.at(2);
        QCOMPARE(y.wordDimension, 64); // a linear encoder's words lie in its space
        QVERIFY(y.objective == train::Objective::SumOfHinges);
        QCOMPARE(y.margin, 0.2);
        QCOMPARE(y.featurePower, 0.0);
        QCOMPARE(y.classTemperature, 0.05);
        const auto &z = recipe->encoders.at(1);
        QCOMPARE(z.wordDimension, 40); // as are DeViSE's
        QCOMPARE(z.skipGram.window, 4);
        QCOMPARE(z.skipGram.negatives, 7);
        QCOMPARE(z.skipGram.epochs, 3);
        QCOMPARE(z.skipGram.subsampling, 0.002);
        QVERIFY(!x.fineTune);
        QVERIFY(y.fineTune);
        QCOMPARE(y.fineTune->fromBlock, 18);
        QCOMPARE(y.fineTune->epochs, 3);
        QCOMPARE(y.fineTune->batch, 32);
        QCOMPARE(y.fineTune->sentences, 2);
        QCOMPARE(y.fineTune->learningRate, 0.001);
        QCOMPARE(y.fineTune->spaceLearningRate, 0.002);
        QCOMPARE(y.fineTune->warmUpSteps, 4);
    }

    void whatIsWrongIsNamed_data()
    {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("named");
        const auto encoder = [](const char *keys) {
            return QString(R"({"bundle": "b", "encoders": [{"id": "x", %1}]})").arg(keys);
        };
        QTest::newRow("mistyped key") << encoder(R"("epoch": 3)") << "epoch";
        QTest::newRow("mistyped key at the top") << R"({"bundel": "b"})"
                                                 << "bundel";
        QTest::newRow("another type") << encoder(R"("margin": "much")") << "margin";
        QTest::newRow("no epochs") << encoder(R"("epochs": 0)") << "epochs";
        QTest::newRow("dimension too large") << encoder(R"("dimension": 100000)") << "dimension";
        QTest::newRow("negative margin") << encoder(R"("margin": -1)") << "margin";
        QTest::newRow("unknown kind") << encoder(R"("kind": "transformer")") << "kind";
        QTest::newRow("unknown objective") << encoder(R"("objective": "mse")") << "objective";
        QTest::newRow("unknown objective of a set") << encoder(R"("class_objective": "mse")") << "class_objective";
        QTest::newRow("everything dropped") << encoder(R"("word_dropout": 1)") << "word_dropout";
        QTest::newRow("block of the front") << encoder(R"("fine_tune": {"from_block": 12})") << "from_block";
        QTest::newRow("mistyped key of a tail") << encoder(R"("fine_tune": {"epoch": 12})") << "epoch";
        QTest::newRow("tail is no object") << encoder(R"("fine_tune": true)") << "fine_tune";
        QTest::newRow("tail of a recurrent encoder") << encoder(R"("kind": "lstm", "fine_tune": {})") << "fine_tune";
        QTest::newRow("no encoder") << R"({"bundle": "b"})"
                                    << "encoders";
        QTest::newRow("no id") << R"({"bundle": "b", "encoders": [{"epochs": 3}]})"
                               << "id";
        QTest::newRow("probability above one") << encoder(R"("mirrored": 1.5)") << "mirrored";
        QTest::newRow("negative power") << encoder(R"("feature_power": -0.5)") << "feature_power";
        QTest::newRow("temperature of nothing") << encoder(R"("class_temperature": 0)") << "class_temperature";
        QTest::newRow("mistyped key of skip-gram") << encoder(R"("skip_gram": {"windows": 5})") << "windows";
        QTest::newRow("skip-gram is no object") << encoder(R"("skip_gram": 5)") << "skip_gram";
        QTest::newRow("two tables") << encoder(R"("kind": "skip-gram", "fixed_word_vectors": "f")") << "skip-gram";
        QTest::newRow("negative weight") << encoder(R"("class_weight": -0.5)") << "class_weight";
        QTest::newRow("twice the same id") << R"({"bundle": "b", "encoders": [{"id": "x"}, {"id": "x"}]})"
                                           << "x";
        QTest::newRow("id that leaves the folder") << R"({"bundle": "b", "encoders": [{"id": "../x"}]})"
                                                   << "id";
        QTest::newRow("encoders are no list") << R"({"bundle": "b", "encoders": 5})"
                                              << "encoder";
        QTest::newRow("encoder is no object") << R"({"bundle": "b", "encoders": [5]})"
                                              << "encoder";
        QTest::newRow("no JSON") << "bundle: b"
                                 << "";
        QTest::newRow("no object") << "[1]"
                                   << "";
    }
    void whatIsWrongIsNamed()
    {
        QFETCH(QString, json);
        QFETCH(QString, named);
        const test::ScratchFolder scratch;
        const auto recipe = train::readRecipe(scratch.write("r.json", json.toStdString()));
        QVERIFY(!recipe);
        QCOMPARE(recipe.error().code, Errc::Invalid);
        QVERIFY2(QString::fromStdString(recipe.error().detail).contains(named), recipe.error().detail.c_str());
    }

    void aMissingFileIsNotFound()
    {
        const auto recipe = train::readRecipe("/nowhere/recipe.json");
        QVERIFY(!recipe && recipe.error().code == Errc::NotFound);
    }
};

QTEST_GUILESS_MAIN(TestRecipe)
#include "tst_recipe.moc"
