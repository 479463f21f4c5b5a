#include "core/train/train.h"

#include "core/base/bytes.h"
#include "core/base/lines.h"
#include "core/base/neural_module.h"
#include "core/image/network.h"
#include "core/joint/encoder.h"
#include "core/train/fine_tune_p.h"
#include "core/train/prepared_p.h"
#include "core/train/skip_gram_p.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <fmt/format.h>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <unordered_map>

namespace photolex::train {

namespace {

std::atomic<EncoderBackend> trainingLoop = nullptr;

using Counts = std::unordered_map<std::string, std::int64_t>;

void count(Counts &counts, std::string_view text)
{
    for (auto &word : text::tokenize(text))
        ++counts[std::move(word)];
}

// The words of a fixed table, in its order: one a line in the file beside it.
Result<std::vector<std::string>> fixedWords(std::filesystem::path table)
{
    return readLines(table.replace_extension(".txt"));
}

// All words of the photos' captions and of the class names, and those of the other texts that are not too rare; last,
// of the extra words, those that the fixed table has.
Result<text::Vocabulary> vocabularyOf(const EncoderRecipe &recipe, const Data &data)
{
    Counts counts;
    for (const auto &set : data.photos)
        for (const auto &caption : set.captions)
            count(counts, caption.text);
    if (recipe.paraphraseWeight > 0 || recipe.readsSkipGrams())
        for (const auto &set : data.texts)
            for (const auto &caption : set.captions)
                count(counts, caption.text);
    std::erase_if(counts, [&](const auto &entry) { return entry.second < recipe.minimumCount; });
    // Names that no sentence has would stay without a vector where the vectors come from sentences.
    if (recipe.classWeight > 0 && data.classes && !recipe.readsSkipGrams()) {
        Counts named;
        for (const auto &names : data.classes->names)
            for (const auto &name : names)
                count(named, name);
        for (const auto &pattern : data.classes->templates)
            count(named, pattern);
        for (const auto &[word, number] : named)
            counts.emplace(word, number);
    }
    // Frequent first: what spelling suggestions prefer, and what a reader of the file sees.
    std::vector<std::pair<std::string, std::int64_t>> sorted(counts.begin(), counts.end());
    std::ranges::sort(sorted, [](const auto &a, const auto &b) {
        return a.second != b.second ? a.second > b.second : a.first < b.first;
    });
    std::vector<std::string> words = {"<s>", "</s>"};
    for (auto &[word, number] : sorted)
        words.push_back(std::move(word));
    if (!recipe.fixedWordVectors.empty() && !data.extraWords.empty()) {
        const auto fixed = fixedWords(recipe.fixedWordVectors);
        if (!fixed)
            return fail(fixed.error());
        const std::set<std::string_view> known(words.begin(), words.end());
        const std::set<std::string_view> mapped(fixed->begin(), fixed->end());
        const std::set<std::string> extra(data.extraWords.begin(), data.extraWords.end());
        std::vector<std::string> added;
        std::ranges::copy_if(extra, std::back_inserter(added),
                             [&](const auto &word) { return mapped.contains(word) && !known.contains(word); });
        std::ranges::move(added, std::back_inserter(words));
    }
    return text::Vocabulary::create(std::move(words));
}

Ids idsOf(std::string_view sentence, const text::Vocabulary &vocabulary)
{
    Ids ids = {text::Vocabulary::begin};
    for (const auto &word : text::tokenize(sentence))
        if (const auto id = vocabulary.id(word); id > text::Vocabulary::end)
            ids.push_back(id);
    ids.push_back(text::Vocabulary::end);
    return ids;
}

Result<Pairs> pairsOf(const std::vector<dataset::Dataset> &sets, const text::Vocabulary &vocabulary,
                      const Options &options, const std::stop_token &stop)
{
    Pairs pairs;
    std::int32_t first = 0;
    for (const auto &set : sets) {
        auto features = cachedFeatures(set.images, options, stop);
        if (!features)
            return fail(features.error());
        pairs.features.insert(pairs.features.end(), features->plain.begin(), features->plain.end());
        pairs.mirrored.insert(pairs.mirrored.end(), features->mirrored.begin(), features->mirrored.end());
        for (const auto &caption : set.captions) {
            auto ids = idsOf(caption.text, vocabulary);
            if (ids.size() <= 2)
                continue; // no known word: nothing to learn from
            pairs.sentences.push_back(std::move(ids));
            pairs.imageOf.push_back(first + caption.image);
        }
        first += static_cast<std::int32_t>(set.images.size());
    }
    return pairs;
}

std::vector<std::vector<Ids>> groupsOf(const std::vector<dataset::Dataset> &texts, const text::Vocabulary &vocabulary)
{
    std::vector<std::vector<Ids>> all;
    for (const auto &set : texts) {
        std::vector<std::vector<Ids>> groups(set.keys.size());
        for (const auto &caption : set.captions)
            if (auto ids = idsOf(caption.text, vocabulary); ids.size() > 2)
                groups[static_cast<std::size_t>(caption.image)].push_back(std::move(ids));
        for (auto &group : groups)
            if (group.size() >= 2)
                all.push_back(std::move(group));
    }
    return all;
}

ClassSentences classSentences(const dataset::ClassNames &classes, std::span<const float> rows, std::size_t dimension,
                              const text::Vocabulary &vocabulary)
{
    ClassSentences result;
    result.rows.assign(rows.begin(), rows.end());
    for (std::size_t c = 0; c * dimension < rows.size(); ++c) {
        const std::span row(result.rows.data() + c * dimension, dimension);
        double squares = 0;
        for (const float value : row)
            squares += static_cast<double>(value) * value;
        for (auto &value : row)
            value = static_cast<float>(value / std::sqrt(squares));
    }
    for (const auto &names : classes.names) {
        auto &own = result.names.emplace_back();
        for (const auto &name : names) {
            auto ids = idsOf(name, vocabulary);
            own.emplace_back(ids.begin() + 1, ids.end() - 1);
        }
        std::erase_if(own, [](const auto &ids) { return ids.empty(); });
    }
    for (const auto &pattern : classes.templates) {
        const auto at = pattern.find("{}");
        auto before = idsOf(std::string_view(pattern).substr(0, at), vocabulary);
        auto after = idsOf(std::string_view(pattern).substr(at + 2), vocabulary);
        before.pop_back();
        after.erase(after.begin());
        result.templates.emplace_back(std::move(before), std::move(after));
    }
    return result;
}

// The fixed table, its mean over its own words subtracted, in the order of our vocabulary.
Result<> readFixed(const std::filesystem::path &file, const text::Vocabulary &vocabulary, Prepared &prepared)
{
    const auto table = TensorFile::open(file);
    if (!table)
        return fail(table.error());
    const auto words = fixedWords(file);
    if (!words)
        return fail(words.error());
    const auto *view = table->find("vectors");
    if (!view || view->shape.size() != 2 || view->shape[0] != static_cast<std::int64_t>(words->size()))
        return fail(Errc::Corrupt, displayText(file), "\"vectors\" is missing, or does not fit the words beside it");
    const auto values = view->toFloats();
    const auto dimension = static_cast<std::size_t>(view->shape[1]);
    std::vector<double> mean(dimension);
    for (std::size_t i = 0; i < values.size(); ++i)
        mean[i % dimension] += values[i] / static_cast<double>(words->size());
    prepared.fixedDimension = static_cast<int>(dimension);
    prepared.fixed.assign(vocabulary.size() * dimension, 0);
    for (std::size_t w = 0; w < words->size(); ++w) {
        const auto id = vocabulary.id((*words)[w]);
        for (std::size_t k = 0; id > text::Vocabulary::end && k < dimension; ++k)
            prepared.fixed[static_cast<std::size_t>(id) * dimension + k] =
                static_cast<float>(values[w * dimension + k] - mean[k]);
    }
    return {};
}

// The fixed table made from all sentences.
Result<> makeSkipGrams(const EncoderRecipe &recipe, const Data &data, const text::Vocabulary &vocabulary,
                       std::uint64_t seed, const Options &options, const std::stop_token &stop, Prepared &prepared)
{
    std::vector<Ids> sentences;
    for (const auto *sets : {&data.photos, &data.texts})
        for (const auto &set : *sets)
            for (const auto &caption : set.captions)
                sentences.push_back(idsOf(caption.text, vocabulary));
    auto vectors = skipGramVectors(sentences, vocabulary.size(), recipe.wordDimension, recipe.skipGram, seed,
                                   options.progress, stop);
    if (!vectors)
        return fail(vectors.error());
    prepared.fixed = std::move(*vectors);
    prepared.fixedDimension = recipe.wordDimension;
    return {};
}

Result<Prepared> prepare(const EncoderRecipe &recipe, std::uint64_t seed, const Data &data,
                         const text::Vocabulary &vocabulary, const Options &options, const std::stop_token &stop)
{
    Prepared prepared;
    prepared.vocabularySize = vocabulary.size();
    auto train = pairsOf(data.photos, vocabulary, options, stop);
    if (!train)
        return fail(train.error());
    prepared.train = std::move(*train);
    if (data.dev) {
        auto dev = pairsOf({*data.dev}, vocabulary, options, stop);
        if (!dev)
            return fail(dev.error());
        prepared.dev = std::move(*dev);
    }
    if (recipe.paraphraseWeight > 0)
        prepared.groups = groupsOf(data.texts, vocabulary);
    const auto network = image::Network::openFile(options.networkFile);
    if (!network)
        return fail(network.error());
    prepared.featureDimension = (*network)->featureDimension();
    if (recipe.classWeight > 0 && data.classes)
        prepared.classes = classSentences(*data.classes, (*network)->classifierRows(),
                                          static_cast<std::size_t>(prepared.featureDimension), vocabulary);
    if (!recipe.fixedWordVectors.empty())
        if (auto read = readFixed(recipe.fixedWordVectors, vocabulary, prepared); !read)
            return fail(read.error());
    if (recipe.readsSkipGrams())
        if (auto made = makeSkipGrams(recipe, data, vocabulary, seed, options, stop, prepared); !made)
            return fail(made.error());
    return prepared;
}

// Trains further what `tensors` holds, and writes the tail. What was trained first is kept in a file until the end, so
// that a broken run goes on with the tail.
Result<std::vector<TensorData>> withTail(const EncoderRecipe &encoder, const Data &data, const Prepared &prepared,
                                         const std::vector<TensorData> &tensors, const Options &options,
                                         LoopOptions loop, const std::stop_token &stop)
{
    loop.checkpoint = options.out / (encoder.id + ".tail.checkpoint");
    auto tuned = fineTune(encoder, data, prepared, tensors, options, loop, stop);
    if (!tuned)
        return fail(tuned.error());
    if (auto written = writeTensorFile(options.out / (encoder.id + ".tail.safetensors"), tuned->tail); !written)
        return fail(written.error());
    std::error_code ignored;
    std::filesystem::remove(loop.checkpoint, ignored);
    return std::move(tuned->space);
}

Result<std::vector<TensorData>> trained(const EncoderRecipe &encoder, const Data &data, const Prepared &prepared,
                                        const Options &options, const LoopOptions &loop, const std::stop_token &stop)
{
    const auto before = options.out / (encoder.id + ".before-tail.safetensors");
    if (encoder.fineTune && options.resume)
        if (const auto file = TensorFile::open(before))
            return withTail(encoder, data, prepared, asHalves(*file), options, loop, stop);
    auto tensors = encoderBackend()(encoder, prepared, loop, stop);
    if (!tensors || !encoder.fineTune)
        return tensors;
    if (auto written = writeTensorFile(before, *tensors); !written)
        return fail(written.error());
    return withTail(encoder, data, prepared, *tensors, options, loop, stop);
}

// How the encoders of this bundle are made again: the recipe as it was read, with the seed that was taken and the sets
// as they came in. Its name is the first encoder's, so that joined bundles keep all of theirs.
Result<std::string> writeRecipe(const Recipe &recipe, const Data &data, const std::filesystem::path &folder)
{
    if (recipe.text.empty())
        return std::string();
    auto name = recipe.encoders.front().id + ".recipe.json";
    try {
        auto json = nlohmann::ordered_json::parse(recipe.text);
        json["seed"] = recipe.seed;
        auto &sets = json["sets"] = nlohmann::ordered_json::array();
        for (const auto &set : data.photos)
            sets.push_back({{"name", set.name}, {"photos", set.images.size()}, {"captions", set.captions.size()}});
        for (const auto &set : data.texts)
            sets.push_back({{"name", set.name}, {"groups", set.keys.size()}, {"captions", set.captions.size()}});
        if (data.classes)
            sets.push_back({{"name", "class names"}, {"classes", data.classes->names.size()}});
        if (!data.extraWords.empty())
            sets.push_back({{"name", "words without text"}, {"words", data.extraWords.size()}});
        if (auto written = writeFileAtomically(folder / name, json.dump(2) + "\n"); !written)
            return fail(written.error());
    } catch (const nlohmann::json::exception &error) {
        return fail(Errc::Invalid, name, displayText(error.what()));
    }
    return name;
}

Result<> checkData(const Data &data)
{
    if (data.photos.empty())
        return fail(Errc::Invalid, "data", "there are no photos with captions to train on");
    for (const auto &set : data.photos) {
        if (!set.hasImages())
            return fail(Errc::Invalid, set.name, "it has sentences only: give it as text");
        if (auto checked = dataset::check(set); !checked)
            return fail(checked.error());
    }
    // Figures of an encoder that has seen the answers are worth nothing, and nobody would notice.
    for (const auto *sets : {&data.photos, &data.texts})
        for (const auto &set : *sets)
            if (const auto leaks = data.heldOut.leaks(set); leaks.photos + leaks.captions > 0)
                return fail(Errc::Invalid, set.name,
                            fmt::format("{} photos and {} captions of it are held out, the first: {}", leaks.photos,
                                        leaks.captions, leaks.first));
    return {};
}

} // namespace

void setEncoderBackend(EncoderBackend backend)
{
    trainingLoop = backend;
}

EncoderBackend encoderBackend()
{
    return trainingLoop;
}

Result<> train(const Recipe &recipe, const Data &data, const Options &options, const std::stop_token &stop)
{
    if (auto checked = checkData(data); !checked)
        return checked;
    if (auto opened = openNeuralModule(); !opened)
        return opened;
    if (!encoderBackend())
        return fail(Errc::Internal, "neural module", "it brings no training loop");
    std::error_code error;
    std::filesystem::create_directories(options.out, error);
    if (!error && !std::filesystem::exists(options.out / "network.safetensors"))
        std::filesystem::copy_file(options.networkFile, options.out / "network.safetensors", error);
    if (error)
        return fail(systemError(error.value(), displayText(options.out)));

    model::Manifest manifest;
    manifest.id = recipe.bundleId;
    manifest.version = "1";
    manifest.title = recipe.title;
    manifest.licence = recipe.licence;
    manifest.provenance = recipe.provenance;
    manifest.language = "en";
    manifest.trainedOn = recipe.trainedOn;
    manifest.seed = recipe.seed;
    auto recipeFile = writeRecipe(recipe, data, options.out);
    if (!recipeFile)
        return fail(recipeFile.error());
    manifest.recipe = std::move(*recipeFile);
    manifest.network = {.kind = "photolex", .file = "network.safetensors"};
    for (const auto &encoder : recipe.encoders) {
        const auto weights = encoder.id + ".safetensors";
        const auto words = encoder.id + ".words.txt";
        model::EncoderEntry entry{.id = encoder.id,
                                  .kind = encoder.kind,
                                  .name = encoder.name,
                                  .dimension = encoder.dimension,
                                  .wordDimension = encoder.wordDimension,
                                  .file = weights,
                                  .sha256 = {},
                                  .vocabulary = words,
                                  .metrics = {},
                                  .tail = {}};
        // With `resume`, an encoder that was finished stays as it is.
        if (!options.resume || !std::filesystem::exists(options.out / weights)) {
            const auto vocabulary = vocabularyOf(encoder, data);
            if (!vocabulary)
                return fail(vocabulary.error());
            for (const auto &set : data.photos)
                if (auto checked = dataset::check(set, &*vocabulary); !checked)
                    return fail(checked.error());
            const auto prepared = prepare(encoder, recipe.seed, data, *vocabulary, options, stop);
            if (!prepared)
                return fail(prepared.error());
            const LoopOptions loop{.checkpoint = options.out / (encoder.id + ".checkpoint"),
                                   .resume = options.resume,
                                   .seed = recipe.seed,
                                   .progress = options.progress,
                                   .report = options.report};
            auto tensors = trained(encoder, data, *prepared, options, loop, stop);
            if (!tensors)
                return fail(tensors.error());
            narrowMatrices(*tensors);
            std::string list;
            for (const auto &word : vocabulary->words())
                list += word + "\n";
            if (auto written = writeFileAtomically(options.out / words, list); !written)
                return written;
            if (auto written = writeTensorFile(options.out / weights, *tensors); !written)
                return written;
            std::filesystem::remove(loop.checkpoint, error);
            std::filesystem::remove(options.out / (encoder.id + ".before-tail.safetensors"), error);
        }
        if (encoder.fineTune) {
            entry.tail = encoder.id;
            manifest.network.tails.push_back(
                {encoder.id, encoder.id + ".tail.safetensors", {}, image::Network::tailFromBlock});
        }
        manifest.encoders.push_back(std::move(entry));
    }
    return joint::writeSelfTests(options.out, manifest);
}

} // namespace photolex::train
