// From captioned photos to a bundle that opens and finds them: the whole way, with the real network, in small.
#include "core/base/bytes.h"
#include "core/base/paths.h"
#include "core/base/threads.h"
#include "core/joint/encoder.h"
#include "core/train/train.h"
#include "tests/support/pictures.h"
#include "tests/support/support.h"

#include <algorithm>

using namespace photolex;

namespace {

constexpr int photoCount = 16;

const std::vector<std::string> things = {"dog",   "cat",  "horse", "car",   "train", "boat",   "house", "tree",
                                         "beach", "lake", "child", "woman", "bread", "flower", "chair", "clock"};

// Photos of nothing, each with two sentences.
void writeSet(const std::filesystem::path &folder, const test::ScratchFolder &scratch)
{
    std::string table;
    const auto name = folder.lexically_relative(scratch.path()).native();
    for (int i = 0; i < photoCount; ++i) {
        const auto photo = "photo" + std::to_string(i) + ".jpg";
        scratch.write(name + "/photos/" + photo, test::jpeg(test::scene(i, {80, 60})));
        const auto &thing = things[static_cast<std::size_t>(i)];
        table += photo + "\ttrain\tA " + thing + " in the sun .\n" + photo + "\ttrain\tthe old " + thing + "\n";
    }
    scratch.write(name + "/captions.tsv", table);
}

train::Recipe smallRecipe()
{
    train::Recipe recipe;
    recipe.bundleId = "small";
    recipe.title = "Small";
    recipe.licence = "none";
    recipe.provenance = "a test";
    recipe.trainedOn = {"pictures made on the spot"};
    for (const auto *kind : {"linear", "lstm", "gru", "skip-gram", "devise"}) {
        train::EncoderRecipe encoder{.id = kind, .name = kind, .kind = kind, .fixedWordVectors = {}};
        encoder.dimension = 24;
        encoder.wordDimension = 24;
        encoder.epochs = 8;
        encoder.batch = 16;
        encoder.learningRate = 0.01;
        encoder.warmUpSteps = 2;
        encoder.skipGram.epochs = 100; // thirty-two sentences
        if (encoder.kind == "devise")
            encoder.objective = train::Objective::PhotoHinges;
        recipe.encoders.push_back(encoder);
    }
    recipe.encoders[1].featurePower = 0.5;
    return recipe;
}

} // namespace

class TestTrain : public QObject {
    Q_OBJECT

    test::ScratchFolder m_scratch;
    train::Data m_data;
    train::Options m_options;

    // The dev set through the opened bundle; float16 may swap near neighbours, no more.
    void ranksAsTheLoopMeasured(const std::shared_ptr<const model::Bundle> &bundle, const char *id,
                                const std::vector<float> &features, const train::EpochReport &report)
    {
        const auto encoder = joint::Encoder::open(bundle, id);
        VERIFY_OK(encoder);
        const auto images = (*encoder)->imagePoints(features);
        VERIFY_OK(images);
        std::vector<std::string> sentences;
        std::vector<std::int32_t> owners;
        for (const auto &caption : m_data.dev->captions) {
            sentences.push_back(caption.text);
            owners.push_back(caption.image);
        }
        const auto texts = (*encoder)->sentencePoints(sentences);
        VERIFY_OK(texts);
        const auto measured = eval::retrieval({*images, 24}, {*texts, 24}, owners);
        VERIFY_OK(measured);
        QVERIFY(std::abs(measured->textToImage.meanRank - report.dev->textToImage.meanRank) < 0.2);
        QVERIFY(std::abs(measured->imageToText.meanRank - report.dev->imageToText.meanRank) < 0.2);
    }

private Q_SLOTS:
    void initTestCase()
    {
        threads::prepareProcess(1);
        writeSet(m_scratch / "set", m_scratch);
        auto set = dataset::load("tsv:" + (m_scratch / "set").native());
        VERIFY_OK(set);
        m_data.photos.push_back(*set);
        m_data.dev = *set;
        m_options.networkFile = test::sourceFolder() / "resources/models/photolex-en/network.safetensors";
        m_options.featureCache = m_scratch / "features";
        m_options.out = m_scratch / "bundle";
    }

    void aBundleThatOpensAndPassesItsOwnTest()
    {
        std::vector<train::EpochReport> reports;
        m_options.report = [&](const train::EpochReport &report) { reports.push_back(report); };
        auto recipe = smallRecipe();
        recipe.seed = 7;
        recipe.text = R"({"bundle": "small", "seed": 1, "encoders": [{"id": "linear"}]})";
        VERIFY_OK(train::train(recipe, m_data, m_options, {}));
        m_options.report = {};
        QCOMPARE(reports.size(), std::size_t(5 * 8));
        QVERIFY(reports.back().dev.has_value());

        const auto bundle = model::Bundle::open(m_options.out);
        VERIFY_OK(bundle);
        VERIFY_OK(joint::selfTest(*bundle));
        QCOMPARE((*bundle)->manifest().id, std::string("small"));
        QCOMPARE((*bundle)->manifest().encoders.size(), std::size_t(5));
        QCOMPARE((*bundle)->manifest().trainedOn.size(), std::size_t(1));
        QCOMPARE((*bundle)->manifest().seed, std::uint64_t(7));
        // What it was made from, with which it can be made again.
        const auto kept = readTextFile((*bundle)->file((*bundle)->manifest().recipe));
        VERIFY_OK(kept);
        QVERIFY2(kept->find("\"captions\": 32") != std::string::npos, kept->c_str());
        const auto again = train::readRecipe((*bundle)->file((*bundle)->manifest().recipe));
        VERIFY_OK(again);
        QCOMPARE(again->seed, std::uint64_t(7));
        QCOMPARE(again->bundleId, std::string("small"));
        for (const auto &entry : std::filesystem::directory_iterator(m_options.out))
            QVERIFY2(entry.path().extension() != ".checkpoint", entry.path().c_str());

        // What the loop measured is what the opened bundle gives: text, words and weights took the same way.
        const auto features = train::photoFeatures(m_data.dev->images, m_options, {});
        VERIFY_OK(features);
        for (const auto *id : {"linear", "lstm", "gru", "skip-gram", "devise"}) {
            const auto last = std::ranges::find_if(
                reports, [&](const auto &report) { return report.encoder == id && report.epoch == 8; });
            QVERIFY(last != reports.end());
            ranksAsTheLoopMeasured(*bundle, id, *features, *last);
            const auto file = TensorFile::open(m_options.out / (std::string(id) + ".safetensors"));
            VERIFY_OK(file);
            QVERIFY(file->find("words")->type == TensorType::UInt8); // half the size of float16
            const auto encoder = joint::Encoder::open(*bundle, id);
            VERIFY_OK(encoder);
            VERIFY_OK((*encoder)->wordPoints());
        }
    }

    void aFineTunedTailBecomesPartOfTheBundle()
    {
        auto recipe = smallRecipe();
        recipe.encoders.resize(2);
        recipe.encoders[0].mirrored = 0.5;
        recipe.encoders[0].featurePower = 0.5;
        recipe.encoders[0].fineTune = train::FineTune{.epochs = 2, .batch = 8, .sentences = 2, .warmUpSteps = 1};
        auto options = m_options;
        options.out = m_scratch / "tailed";
        std::vector<train::EpochReport> reports;
        // Broken off in the middle of the tail, and gone on with.
        std::stop_source stop;
        options.report = [&](const train::EpochReport &report) {
            reports.push_back(report);
            if (reports.size() == 9)
                stop.request_stop();
        };
        const auto broken = train::train(recipe, m_data, options, stop.get_token());
        QVERIFY(!broken && broken.error().code == Errc::Cancelled);
        QCOMPARE(reports.size(), std::size_t(9));
        options.resume = true;
        options.report = [&](const train::EpochReport &report) { reports.push_back(report); };
        VERIFY_OK(train::train(recipe, m_data, options, {}));
        QCOMPARE(reports.size(), std::size_t(8 + 2 + 8));
        for (const auto &entry : std::filesystem::directory_iterator(options.out)) {
            const auto name = entry.path().filename().native();
            QVERIFY2(!name.ends_with(".checkpoint") && name.find("before-tail") == std::string::npos, name.c_str());
        }

        const auto bundle = model::Bundle::open(options.out);
        VERIFY_OK(bundle);
        VERIFY_OK(joint::selfTest(*bundle));
        const auto &manifest = (*bundle)->manifest();
        QCOMPARE(manifest.network.tails.size(), std::size_t(1));
        QCOMPARE(manifest.encoders[0].tail, std::string("linear"));
        QCOMPARE(manifest.encoders[1].tail, std::string());

        // What the loop measured on the tail's feature is what the opened bundle gives.
        options.tailFile = (*bundle)->tailFile(manifest.encoders[0]);
        const auto features = train::photoFeatures(m_data.dev->images, options, {});
        VERIFY_OK(features);
        ranksAsTheLoopMeasured(*bundle, "linear", *features, reports[9]);
    }

    void featuresAreComputedOnce()
    {
        const auto filesOf = [&] {
            std::vector<std::pair<std::filesystem::path, std::filesystem::file_time_type>> files;
            for (const auto &entry : std::filesystem::directory_iterator(m_options.featureCache))
                files.emplace_back(entry.path(), entry.last_write_time());
            std::ranges::sort(files);
            return files;
        };
        const auto first = train::photoFeatures(m_data.dev->images, m_options, {});
        VERIFY_OK(first);
        const auto before = filesOf();
        const auto second = train::photoFeatures(m_data.dev->images, m_options, {});
        VERIFY_OK(second);
        QVERIFY(before == filesOf());
        QVERIFY(*first == *second);
        QCOMPARE(first->size(), std::size_t(photoCount * 1280));
        for (std::size_t row = 0; row < photoCount; ++row) {
            double squares = 0;
            for (std::size_t k = 0; k < 1280; ++k)
                squares += static_cast<double>((*first)[row * 1280 + k]) * (*first)[row * 1280 + k];
            QVERIFY(std::abs(squares - 1) < 1e-4);
        }
    }

    void aPhotoThatCannotBeReadIsNamed()
    {
        m_scratch.write("broken/photos/a.jpg", test::jpeg(test::scene(1, {80, 60})));
        const auto broken = m_scratch.write("broken/photos/b.jpg", "no picture");
        const std::vector<std::filesystem::path> photos = {m_scratch / "broken/photos/a.jpg", broken};
        const auto features = train::photoFeatures(photos, m_options, {});
        QVERIFY(!features);
        QVERIFY(features.error().subject.find("b.jpg") != std::string::npos);
    }

    void cancelledBeforeItBegins()
    {
        std::stop_source stop;
        stop.request_stop();
        auto options = m_options;
        options.out = m_scratch / "cancelled";
        const auto result = train::train(smallRecipe(), m_data, options, stop.get_token());
        QVERIFY(!result && result.error().code == Errc::Cancelled);
        QVERIFY(!std::filesystem::exists(options.out / "manifest.json"));
    }

    void senselessDataIsRefused()
    {
        auto options = m_options;
        options.out = m_scratch / "refused";
        const auto refused = [&](const train::Recipe &recipe, const train::Data &data) {
            const auto result = train::train(recipe, data, options, {});
            return !result && result.error().code == Errc::Invalid;
        };
        QVERIFY(refused(smallRecipe(), {}));
        auto empty = m_data;
        for (auto &caption : empty.photos.front().captions)
            caption.text = "...";
        QVERIFY(refused(smallRecipe(), empty));
        auto seen = m_data; // one of its captions is held out, in another spelling
        seen.heldOut.add({.name = "test",
                          .images = {},
                          .keys = {"other.jpg"},
                          .splits = {"test"},
                          .captions = {{0, "THE OLD DOG!"}}});
        QVERIFY(refused(smallRecipe(), seen));
        auto rare = smallRecipe();
        rare.encoders.front().minimumCount = 1000; // nothing is that frequent: every word would be unknown
        QVERIFY(refused(rare, m_data));
    }
};

QTEST_GUILESS_MAIN(TestTrain)
#include "tst_train.moc"
