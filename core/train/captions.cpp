#include "core/train/captions.h"

#include "core/base/bytes.h"
#include "core/base/neural_module.h"
#include "core/base/random.h"
#include "core/caption/parts.h"
#include "core/caption/sentences.h"
#include "core/caption/words.h"
#include "core/joint/encoder.h"
#include "core/text/tagger.h"
#include "core/train/measure.h"

#include <Eigen/Dense>
#include <algorithm>
#include <atomic>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>
#include <set>

namespace photolex::train {

namespace {

std::atomic<LanguageBackend> languageBackend = nullptr;

constexpr std::size_t shortestSentence = 3; // words; below, it is no caption
constexpr std::size_t longestSentence = 24;
constexpr std::size_t rowsAtOnce = 256; // of a perplexity

struct Sentence {
    std::vector<std::string> words;
    std::vector<std::uint8_t> tags;
    std::int32_t group = -1;
};

// Each different sentence once: captions of a video are said over and over.
std::vector<Sentence> readSentences(const std::vector<dataset::Dataset> &sets, const text::Tagger &tagger,
                                    const CaptionRecipe &recipe)
{
    std::map<std::vector<std::string>, std::int32_t> different; // and the photo, or whatever it belongs to
    std::int32_t groups = 0;
    for (const auto &set : sets) {
        for (const auto &caption : set.captions)
            if (auto words = text::tokenize(caption.text);
                words.size() >= shortestSentence && words.size() <= longestSentence)
                different.emplace(std::move(words), groups + caption.image);
        groups += static_cast<std::int32_t>(set.keys.size());
    }
    std::vector<std::pair<std::vector<std::string>, std::int32_t>> order(different.begin(), different.end());
    auto random = generator(recipe.seed, "sentences");
    std::ranges::shuffle(order, random);
    if (recipe.sentences > 0 && std::ssize(order) > recipe.sentences)
        order.resize(static_cast<std::size_t>(recipe.sentences));
    std::vector<Sentence> sentences;
    for (auto &[words, group] : order) {
        auto tags = tagger.numbers(words);
        sentences.push_back({std::move(words), std::move(tags), group});
    }
    return sentences;
}

std::string lexiconOf(const std::vector<Sentence> &sentences, const text::Tagger &tagger, const CaptionRecipe &recipe)
{
    std::map<std::string, std::map<std::uint8_t, std::int64_t>> uses;
    for (const auto &sentence : sentences)
        for (std::size_t i = 0; i < sentence.words.size(); ++i)
            ++uses[sentence.words[i]][sentence.tags[i]];
    std::vector<std::pair<std::int64_t, std::string>> order;
    for (const auto &[word, tags] : uses) {
        std::int64_t sum = 0;
        for (const auto &[tag, count] : tags)
            sum += count;
        if (sum >= recipe.minimumCount)
            order.emplace_back(-sum, word);
    }
    std::ranges::sort(order);
    if (std::ssize(order) > recipe.vocabulary)
        order.resize(static_cast<std::size_t>(recipe.vocabulary));
    auto text = fmt::format("{}\n<s>\n</s>\n<unknown>\n", fmt::join(tagger.tags(), " "));
    for (const auto &[sum, word] : order) {
        text += word;
        for (const auto &[tag, count] : uses[word])
            if (const auto share = std::llround(-1000.0 * static_cast<double>(count) / static_cast<double>(sum));
                share > 0)
                text += fmt::format("\t{}\t{}", tag, share);
        text += "\n";
    }
    return text;
}

std::string structuresOf(const std::vector<Sentence> &sentences, const text::Tagger &tagger, std::size_t most)
{
    std::map<std::vector<std::uint8_t>, std::int64_t> counts;
    for (const auto &sentence : sentences)
        ++counts[sentence.tags];
    std::vector<std::pair<std::int64_t, std::vector<std::uint8_t>>> order;
    order.reserve(counts.size());
    for (const auto &[tags, count] : counts)
        order.emplace_back(-count, tags);
    const auto kept = std::min(most, order.size());
    std::ranges::partial_sort(order, order.begin() + static_cast<std::ptrdiff_t>(kept));
    std::string text;
    for (std::size_t i = 0; i < kept; ++i) {
        text += std::to_string(-order[i].first);
        for (const auto tag : order[i].second)
            text += " " + tagger.tags()[tag];
        text += "\n";
    }
    return text;
}

LanguageData languageData(const std::vector<Sentence> &sentences, const caption::Lexicon &lexicon,
                          const joint::Encoder &encoder)
{
    LanguageData data;
    data.shape = {.words = std::ssize(lexicon.vocabulary().words()),
                  .tags = std::ssize(lexicon.tags()),
                  .contents = encoder.dimension()};
    for (const auto &sentence : sentences) {
        auto text = fmt::format("{}", fmt::join(sentence.words, " "));
        if (!caption::isReadable(text, encoder))
            continue; // it has no point
        auto &words = data.words.emplace_back();
        for (const auto &word : sentence.words)
            words.push_back(lexicon.id(word));
        words.push_back(text::Vocabulary::end);
        data.tags.push_back(sentence.tags);
        data.tags.back().push_back(lexicon.beyond());
        data.sentences.push_back(std::move(text));
        data.groups.push_back(sentence.group);
    }
    data.points = [&encoder](std::span<const std::string> texts) { return encoder.sentencePoints(texts); };
    return data;
}

// The ridge regression from photos' points to the means of their captions' points, and the difference of the means.
Result<> writeMap(const CaptionRecipe &recipe, const CaptionData &data, const CaptionOptions &options,
                  const model::Bundle &bundle, const joint::Encoder &encoder, const std::stop_token &stop)
{
    using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    const auto d = static_cast<Eigen::Index>(encoder.dimension());
    Matrix map = Matrix::Identity(d, d);
    Eigen::VectorXd shift = Eigen::VectorXd::Zero(d);
    if (data.photos) {
        const auto photos = photoPoints(data.photos->images, bundle, encoder,
                                        {.featureCache = options.featureCache, .progress = options.progress}, stop);
        if (!photos)
            return fail(photos.error());
        std::vector<std::string> sentences;
        std::vector<std::int32_t> owners;
        for (const auto &caption : data.photos->captions)
            if (caption::isReadable(caption.text, encoder)) {
                sentences.push_back(caption.text);
                owners.push_back(caption.image);
            }
        const auto points = encoder.sentencePoints(sentences);
        if (!points)
            return fail(points.error());
        using Rows = Eigen::Map<const Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>;
        const auto count = std::ssize(data.photos->images);
        const Matrix x = Rows(photos->data(), count, d).cast<double>();
        const Rows v(points->data(), std::ssize(owners), d);
        Matrix y = Matrix::Zero(count, d);
        for (Eigen::Index i = 0; i < std::ssize(owners); ++i)
            y.row(owners[static_cast<std::size_t>(i)]) += v.row(i).cast<double>();
        for (Eigen::Index i = 0; i < count; ++i)
            if (const double length = y.row(i).norm(); length > 0)
                y.row(i) /= length;
        Matrix squares = x.transpose() * x;
        squares.diagonal().array() += recipe.ridge * squares.diagonal().mean();
        map = squares.ldlt().solve(x.transpose() * y).transpose();
        shift = (y.colwise().mean() - x.colwise().mean()).transpose();
    }
    const auto floats = [](const auto &matrix) {
        return std::vector<float>(matrix.data(), matrix.data() + matrix.size());
    };
    const std::vector<TensorData> tensors = {{"map", {d, d}, floats(map), TensorType::Float16},
                                             {"shift", {d}, floats(shift), TensorType::Float16}};
    return writeTensorFile(options.bundle / caption::mapFile, tensors);
}

Result<> checkHeldOut(const CaptionData &data)
{
    std::vector<const dataset::Dataset *> sets;
    sets.reserve(data.texts.size() + 1);
    for (const auto &set : data.texts)
        sets.push_back(&set);
    if (data.photos)
        sets.push_back(&*data.photos);
    for (const auto *set : sets)
        if (const auto leaks = data.heldOut.leaks(*set); leaks.photos + leaks.captions > 0)
            return fail(Errc::Invalid, set->name,
                        fmt::format("{} photos and {} captions of it are held out, the first: {}", leaks.photos,
                                    leaks.captions, leaks.first));
    return {};
}

} // namespace

void setLanguageBackend(LanguageBackend backend)
{
    languageBackend = backend;
}

Result<double> perplexity(const caption::LanguageModel &model, const LanguageData &data, const std::stop_token &stop)
{
    double logarithms = 0;
    std::int64_t count = 0;
    for (std::size_t s = 0; s < data.words.size();) {
        if (stop.stop_requested())
            return fail(Errc::Cancelled, "perplexity");
        caption::Rows rows;
        std::vector<std::int32_t> targets;
        std::vector<float> contents;
        for (; s < data.words.size() && targets.size() < rowsAtOnce; ++s) {
            const auto point = data.points(std::span(&data.sentences[s], 1));
            if (!point)
                return fail(point.error());
            const auto &words = data.words[s];
            for (std::size_t n = 0; n < words.size(); ++n) {
                rows.add(words, n, data.tags[s], static_cast<std::uint8_t>(data.shape.tags));
                contents.insert(contents.end(), point->begin(), point->end());
                targets.push_back(words[n]);
            }
        }
        const auto logs = model.logProbabilities(rows, contents);
        if (!logs)
            return fail(logs.error());
        for (std::size_t i = 0; i < targets.size(); ++i)
            logarithms +=
                (*logs)[i * static_cast<std::size_t>(data.shape.words) + static_cast<std::size_t>(targets[i])];
        count += std::ssize(targets);
    }
    return std::exp(-logarithms / static_cast<double>(std::max<std::int64_t>(count, 1)));
}

Result<std::map<std::string, double>> perplexities(const std::shared_ptr<const model::Bundle> &bundle,
                                                   const dataset::Dataset &set, const std::stop_token &stop)
{
    const auto parts = caption::readParts(*bundle);
    if (!parts)
        return fail(parts.error());
    const auto tagger = text::Tagger::load(bundle->file(caption::taggerFile));
    if (!tagger)
        return fail(tagger.error());
    const auto lexicon = caption::Lexicon::load(bundle->file(caption::lexiconFile));
    if (!lexicon)
        return fail(lexicon.error());
    const auto encoder = joint::Encoder::open(bundle, parts->encoder);
    if (!encoder)
        return fail(encoder.error());
    const auto data = languageData(readSentences({set}, *tagger, {}), *lexicon, **encoder);
    std::map<std::string, double> all;
    for (const auto kind : parts->models) {
        const auto model = caption::LanguageModel::open(bundle->file(caption::modelFile(kind)), kind, data.shape);
        if (!model)
            return fail(model.error());
        const auto value = perplexity(**model, data, stop);
        if (!value)
            return fail(value.error());
        all[std::string(caption::kindName(kind))] = *value;
    }
    return all;
}

Result<> trainCaptions(const CaptionRecipe &recipe, const CaptionData &data, const CaptionOptions &options,
                       const std::stop_token &stop)
{
    if (auto checked = checkHeldOut(data); !checked)
        return checked;
    const auto bundle = model::Bundle::open(options.bundle);
    if (!bundle)
        return fail(bundle.error());
    if (!(*bundle)->manifest().files.contains(std::string(caption::taggerFile)))
        return fail(Errc::NotFound, displayText(options.bundle), "it has no tagger: train one first");
    const auto tagger = text::Tagger::load((*bundle)->file(caption::taggerFile));
    if (!tagger)
        return fail(tagger.error());
    const auto encoder = joint::Encoder::open(*bundle, recipe.encoder);
    if (!encoder)
        return fail(encoder.error());
    if (!languageBackend.load())
        return fail(Errc::Internal, "neural module", "it brings no language models");
    const auto sentences = readSentences(data.texts, *tagger, recipe);
    if (auto written =
            writeFileAtomically(options.bundle / caption::lexiconFile, lexiconOf(sentences, *tagger, recipe));
        !written)
        return written;
    if (auto written = writeFileAtomically(
            options.bundle / caption::structuresFile,
            structuresOf(sentences, *tagger, static_cast<std::size_t>(std::max(recipe.structures, 1))));
        !written)
        return written;
    const auto lexicon = caption::Lexicon::load(options.bundle / caption::lexiconFile);
    if (!lexicon)
        return fail(lexicon.error());
    if (auto written = writeMap(recipe, data, options, **bundle, **encoder, stop); !written)
        return written;
    caption::Parts parts{.encoder = (*encoder)->entry().id,
                         .encoderHash = (*encoder)->hash(),
                         .models = {},
                         .hasSentences = !data.shipped.empty(),
                         .metrics = {}};
    if (parts.hasSentences)
        if (auto written = writeFileAtomically(options.bundle / caption::sentencesFile,
                                               fmt::format("{}\n", fmt::join(data.shipped, "\n")));
            !written)
            return written;
    const auto prepared = languageData(sentences, *lexicon, **encoder);
    std::optional<LanguageData> dev;
    if (data.dev) {
        auto whole = recipe;
        whole.sentences = 0;
        dev = languageData(readSentences({*data.dev}, *tagger, whole), *lexicon, **encoder);
    }
    for (const auto &one : recipe.models) {
        auto tensors = languageBackend.load()(one, prepared, recipe.seed, options.progress, stop);
        if (!tensors)
            return fail(tensors.error());
        narrowMatrices(*tensors);
        const auto file = options.bundle / caption::modelFile(one.kind);
        if (auto written = writeTensorFile(file, *tensors); !written)
            return written;
        parts.models.push_back(one.kind);
        if (!dev)
            continue;
        const auto model = caption::LanguageModel::open(file, one.kind, prepared.shape);
        if (!model)
            return fail(model.error());
        const auto value = perplexity(**model, *dev, stop);
        if (!value)
            return fail(value.error());
        parts.metrics[fmt::format("{}_dev_perplexity", caption::kindName(one.kind))] = *value;
        if (options.report)
            options.report(fmt::format("{}: perplexity {:.2f} on {} sentences", caption::kindName(one.kind), *value,
                                       dev->words.size()));
    }
    return caption::writeParts(options.bundle, parts);
}

} // namespace photolex::train
