// Steps of training a second, on cached features: the loop itself on the captions of Flickr8k, with random numbers for
// features, since their values cost no time.
//
//     bench_train RECIPE ENCODER DATA SCRATCH THREADS [equal | whole]
//
// One epoch of the recipe's encoder; "equal": in batches of equal length; "whole": all its epochs. The sentences are
// left in SCRATCH/sentences.txt (photo, then the ids of the words), so that a peer reads the very same.
#include "core/base/random.h"
#include "core/base/threads.h"
#include "core/dataset/dataset.h"
#include "core/train/nn/loop.h"
#include "tests/bench/measure.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <set>

using namespace photolex;

namespace {

constexpr int featureDimension = 1280;

std::vector<float> randomUnitRows(std::size_t count, const char *name)
{
    auto random = generator(1, name);
    std::uniform_real_distribution<float> uniform;
    std::vector<float> rows(count * featureDimension);
    std::ranges::generate(rows, [&] { return uniform(random); });
    for (std::size_t i = 0; i < count; ++i) {
        const std::span row(rows.data() + i * featureDimension, featureDimension);
        double squares = 0;
        for (const float value : row)
            squares += static_cast<double>(value) * value;
        for (float &value : row)
            value = static_cast<float>(value / std::sqrt(squares));
    }
    return rows;
}

Result<train::Prepared> prepared(const std::string &specification)
{
    auto whole = dataset::load(specification);
    if (!whole)
        return fail(whole.error());
    const auto set = dataset::split(*whole, "train");
    if (!set)
        return fail(set.error());
    std::set<std::string> words;
    for (const auto &caption : set->captions)
        for (auto &word : text::tokenize(caption.text))
            words.insert(std::move(word));
    std::vector<std::string> list = {"<s>", "</s>"};
    list.insert(list.end(), words.begin(), words.end());
    const auto vocabulary = text::Vocabulary::create(std::move(list));
    if (!vocabulary)
        return fail(vocabulary.error());
    train::Prepared made;
    made.featureDimension = featureDimension;
    made.vocabularySize = vocabulary->size();
    made.train.features = randomUnitRows(set->images.size(), "features");
    made.train.mirrored = randomUnitRows(set->images.size(), "mirrored");
    for (const auto &caption : set->captions) {
        train::Ids ids = {text::Vocabulary::begin};
        for (const auto &word : text::tokenize(caption.text))
            ids.push_back(vocabulary->id(word));
        ids.push_back(text::Vocabulary::end);
        made.train.sentences.push_back(std::move(ids));
        made.train.imageOf.push_back(caption.image);
    }
    return made;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 6)
        return 2;
    const std::filesystem::path scratch = argv[4];
    const std::string mode = argc > 6 ? argv[6] : "";
    threads::prepareProcess(std::atoi(argv[5]));
    const auto recipe = train::readRecipe(argv[1]);
    if (!recipe)
        return bench::failed(recipe.error());
    auto encoder = std::ranges::find(recipe->encoders, argv[2], &train::EncoderRecipe::id);
    if (encoder == recipe->encoders.end())
        return 2;
    auto settings = *encoder;
    settings.equalLengths = mode == "equal";
    if (mode != "whole")
        settings.epochs = 1;
    const auto data = prepared(argv[3]);
    if (!data)
        return bench::failed(data.error());
    std::filesystem::create_directories(scratch);
    std::ofstream sentences(scratch / "sentences.txt");
    for (std::size_t i = 0; i < data->train.sentences.size(); ++i)
        sentences << fmt::format("{} {}\n", data->train.imageOf[i], fmt::join(data->train.sentences[i], " "));
    sentences.close();

    const double wall = bench::wallSeconds();
    const double cpu = bench::cpuSeconds();
    double looped = 0; // without checkpoints
    const auto trained =
        train::nn::trainEncoder(settings, *data,
                                {.checkpoint = scratch / "checkpoint",
                                 .progress = {},
                                 .report = [&](const train::EpochReport &report) { looped += report.seconds; }},
                                {});
    if (!trained)
        return bench::failed(trained.error());
    const auto steps = static_cast<double>(data->train.sentences.size() / static_cast<std::size_t>(settings.batch) *
                                           static_cast<std::size_t>(settings.epochs));
    const double seconds = bench::wallSeconds() - wall;
    fmt::print("{{\"steps\": {}, \"seconds\": {:.2f}, \"steps_per_s\": {:.2f}, \"cpu_ms_per_step\": {:.2f}, "
               "\"photos\": {}, \"words\": {}}}\n",
               steps, seconds, steps / looped, 1000 * (bench::cpuSeconds() - cpu) / steps,
               data->train.features.size() / featureDimension, data->vocabularySize);
    return 0;
}
