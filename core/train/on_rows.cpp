#include "core/train/on_rows.h"

#include "core/base/bytes.h"
#include "core/base/neural_module.h"
#include "core/base/random.h"
#include "core/train/prepared_p.h"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <map>
#include <mutex>
#include <set>

namespace photolex::train {

namespace {

using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

// A matrix of an encoder's file as float32, whether it is stored as numbers or as bytes.
Result<TensorData> tensorOf(const TensorFile &file, const std::string &subject, const std::string &name)
{
    const auto *view = file.find(name);
    if (!view)
        return fail(Errc::Corrupt, subject, fmt::format("\"{}\" is missing", name));
    TensorData data{name, view->shape, view->toFloats()};
    if (const auto *scale = file.find(name + ".scale")) {
        const auto scales = scale->toFloats();
        const auto width = data.values.size() / std::max<std::size_t>(1, scales.size());
        for (std::size_t i = 0; i < data.values.size(); ++i)
            data.values[i] = (data.values[i] - 128) * scales[i / width];
    }
    return data;
}

std::vector<std::string> recurrentTensors(const std::string &kind)
{
    if (kind == "lstm")
        return {"lstm.weight_ih", "lstm.weight_hh", "lstm.bias"};
    if (kind == "gru")
        return {"gru.weight_ih", "gru.weight_hh", "gru.bias_ih", "gru.bias_hh"};
    return {};
}

double lengthOf(std::span<const float> row)
{
    double squares = 0;
    for (const float value : row)
        squares += static_cast<double>(value) * value;
    return std::sqrt(squares);
}

class Preparing {
public:
    explicit Preparing(const OnRows &work)
        : m_work(work)
    {
    }

    Result<Prepared> prepared()
    {
        auto vocabulary = text::Vocabulary::create(vocabularyOn(m_work));
        if (!vocabulary)
            return fail(vocabulary.error());
        m_vocabulary = std::move(*vocabulary);
        Prepared made;
        made.featureDimension = m_work.width;
        made.vocabularySize = m_vocabulary.size();
        made.train = pairs(m_work.train, /*all=*/false);
        made.dev = pairs(m_work.heldOut, /*all=*/true);
        if (made.train.sentences.empty())
            return fail(Errc::Invalid, "captions", "none of them holds a word");
        if (m_work.first)
            if (auto begun = begin(made); !begun)
                return fail(begun.error());
        return made;
    }
    const text::Vocabulary &vocabulary() const { return m_vocabulary; }

private:
    Ids idsOf(std::string_view sentence) const
    {
        Ids ids = {text::Vocabulary::begin};
        for (const auto &word : text::tokenize(sentence))
            if (const auto id = m_vocabulary.id(word); id > text::Vocabulary::end)
                ids.push_back(id);
        ids.push_back(text::Vocabulary::end);
        return ids;
    }

    // all: a caption without a known word counts too, so that figures before and after are of the same captions.
    Pairs pairs(const RowSet &set, bool all) const
    {
        Pairs made{.features = set.rows, .mirrored = set.mirrored, .sentences = {}, .imageOf = {}};
        for (const auto &caption : set.captions) {
            auto ids = idsOf(caption.text);
            if (!all && ids.size() <= 2)
                continue;
            made.sentences.push_back(std::move(ids));
            made.imageOf.push_back(caption.image);
        }
        return made;
    }

    Result<> begin(Prepared &made) const
    {
        const auto &first = *m_work.first;
        const auto &entry = first.encoder->entry();
        const auto path = first.bundle->file(entry.file);
        const auto file = TensorFile::open(path);
        if (!file)
            return fail(file.error());
        const auto d = static_cast<std::size_t>(entry.dimension);
        TensorData identity{"image_map", {entry.dimension, entry.dimension}, std::vector<float>(d * d)};
        for (std::size_t i = 0; i < d; ++i)
            identity.values[i * d + i] = 1;
        made.start.push_back(std::move(identity));
        auto words = tensorOf(*file, displayText(path), "words");
        if (!words)
            return fail(words.error());
        addNewWords(*words);
        made.start.push_back(std::move(*words));
        for (const auto &name : recurrentTensors(entry.kind)) {
            auto tensor = tensorOf(*file, displayText(path), name);
            if (!tensor)
                return fail(tensor.error());
            made.start.push_back(std::move(*tensor));
        }
        made.rehearsal.rows = first.keptRows;
        for (const auto &sentence : first.keptSentences)
            if (auto ids = idsOf(sentence); ids.size() > 2)
                made.rehearsal.sentences.push_back(std::move(ids));
        // From "changes freely" to "moves hardly at all": the pairs' own loss is some units each.
        constexpr double strongest = 0.95;
        const double keep = std::clamp(first.keep, 0.0, strongest);
        made.rehearsal.weight = keepScale * keep / (1 - keep);
        return {};
    }

    // A word that the encoder reads as others (another spelling, two words in one) starts as they do. Any other starts
    // where its photos lie, as long as words mostly are: names are learnt from few photos.
    void addNewWords(TensorData &words) const
    {
        const auto width = static_cast<std::size_t>(words.shape[1]);
        const auto known = static_cast<std::size_t>(words.shape[0]);
        double length = 0;
        for (std::size_t i = 2; i < known; ++i)
            length += lengthOf(std::span(words.values).subspan(i * width, width)) / static_cast<double>(known - 2);
        words.values.resize(m_vocabulary.size() * width);
        words.shape[0] = static_cast<std::int64_t>(m_vocabulary.size());
        const auto row = [&](std::size_t word) { return std::span(words.values).subspan(word * width, width); };
        const bool addsUp = m_work.first->encoder->entry().kind == "linear";
        const auto where = addsUp ? photosOfNewWords(known) : std::map<std::int64_t, std::vector<float>>();
        for (std::size_t word = known; word < m_vocabulary.size(); ++word) {
            const auto read =
                text::read(m_vocabulary.word(static_cast<std::int32_t>(word)), m_work.first->encoder->vocabulary());
            const auto target = row(word);
            if (read && !read->ids.empty() && read->unknown.empty()) {
                for (const auto id : read->ids)
                    for (std::size_t k = 0; k < width; ++k)
                        target[k] += words.values[static_cast<std::size_t>(id) * width + k];
            } else if (const auto found = where.find(static_cast<std::int64_t>(word)); found != where.end()) {
                const double own = lengthOf(found->second);
                for (std::size_t k = 0; own > 0 && k < width; ++k)
                    target[k] = static_cast<float>(found->second[k] * length / own);
            }
        }
    }

    // For each word from `known` on: the sum over its photos of how they differ from the mean photo.
    std::map<std::int64_t, std::vector<float>> photosOfNewWords(std::size_t known) const
    {
        const auto width = static_cast<std::size_t>(m_work.width);
        const auto &rows = m_work.train.rows;
        const auto count = rows.size() / width;
        std::vector<float> mean(width);
        for (std::size_t i = 0; i < rows.size(); ++i)
            mean[i % width] += rows[i] / static_cast<float>(count);
        std::map<std::int64_t, std::vector<float>> sums;
        for (const auto &caption : m_work.train.captions)
            for (const auto id : idsOf(caption.text)) {
                if (id < static_cast<std::int64_t>(known))
                    continue;
                auto &sum = sums[id];
                sum.resize(width);
                for (std::size_t k = 0; k < width; ++k)
                    sum[k] += rows[static_cast<std::size_t>(caption.image) * width + k] - mean[k];
            }
        return sums;
    }

    static constexpr double keepScale = 30;

    const OnRows &m_work;
    text::Vocabulary m_vocabulary;
};

// The maps of the first encoder with A before them: A W, and A itself beside it.
Result<> foldMap(const FirstEncoder &first, std::vector<TensorData> &tensors)
{
    const auto &entry = first.encoder->entry();
    const auto path = first.bundle->file(entry.file);
    const auto file = TensorFile::open(path);
    if (!file)
        return fail(file.error());
    const auto found = std::ranges::find(tensors, "image_map", &TensorData::name);
    auto map = std::move(*found);
    tensors.erase(found);
    const Eigen::Map<const Matrix> a(map.values.data(), entry.dimension, entry.dimension);
    for (const char *name : {"image_map", "power_map"}) {
        if (!file->find(name))
            continue;
        auto own = tensorOf(*file, displayText(path), name);
        if (!own)
            return fail(own.error());
        const Eigen::Map<const Matrix> w(own->values.data(), own->shape[0], own->shape[1]);
        const Matrix product = a * w;
        tensors.push_back({name, own->shape, {product.data(), product.data() + product.size()}, TensorType::Float16});
    }
    if (const auto *power = file->find("feature_power"))
        tensors.push_back({"feature_power", {1}, power->toFloats()});
    narrowMatrices(tensors);
    map.name = "map_of_points";
    map.type = TensorType::Float16;
    tensors.push_back(std::move(map));
    return {};
}

EncoderRecipe recipeOf(const OnRows &work)
{
    auto recipe = work.recipe;
    if (work.first) {
        const auto &entry = work.first->encoder->entry();
        recipe.kind = entry.kind;
        recipe.dimension = entry.dimension;
        recipe.wordDimension = entry.wordDimension;
        recipe.featurePower = 0; // it is in the points already
    }
    if (recipe.kind == "linear")
        recipe.wordDimension = recipe.dimension;
    return recipe;
}

Result<EncoderBackend> openedBackend()
{
    if (auto opened = openNeuralModule(); !opened)
        return fail(opened.error());
    const auto backend = encoderBackend();
    if (!backend)
        return fail(Errc::Internal, "neural module", "it brings no training loop");
    return backend;
}

} // namespace

bool isTrainedFurther(const model::EncoderEntry &encoder)
{
    return encoder.kind == "linear" || encoder.kind == "lstm" || encoder.kind == "gru";
}

std::vector<std::string> vocabularyOn(const OnRows &work)
{
    std::vector<std::string> words = {"<s>", "</s>"};
    if (work.first)
        words = work.first->encoder->vocabulary().words();
    const std::set<std::string, std::less<>> known(words.begin(), words.end());
    std::map<std::string, std::int64_t> counts;
    for (const auto &caption : work.train.captions)
        for (auto &word : text::tokenize(caption.text))
            if (!known.contains(word))
                ++counts[std::move(word)];
    std::vector<std::pair<std::string, std::int64_t>> sorted(counts.begin(), counts.end());
    std::ranges::stable_sort(sorted, std::greater<>(), [](const auto &entry) { return entry.second; });
    for (auto &[word, count] : sorted)
        if (count >= work.recipe.minimumCount)
            words.push_back(std::move(word));
    return words;
}

Result<TrainedEncoder> trainOnRows(const OnRows &work, const OnRowsOptions &options, const std::stop_token &stop)
{
    const auto backend = openedBackend();
    if (!backend)
        return fail(backend.error());
    Preparing preparing(work);
    const auto prepared = preparing.prepared();
    if (!prepared)
        return fail(prepared.error());
    const auto recipe = recipeOf(work);
    auto tensors = (*backend)(recipe, *prepared,
                              {.checkpoint = options.checkpoint,
                               .resume = options.resume,
                               .seed = work.seed,
                               .progress = options.progress,
                               .report = options.report,
                               .step = options.step,
                               .control = options.control,
                               .threads = options.threads},
                              stop);
    if (!tensors)
        return fail(tensors.error());
    if (work.first) {
        if (auto folded = foldMap(*work.first, *tensors); !folded)
            return fail(folded.error());
    } else {
        narrowMatrices(*tensors);
    }
    TrainedEncoder made{.tensors = std::move(*tensors), .words = preparing.vocabulary().words(), .entry = {}};
    made.entry.id = recipe.id;
    made.entry.kind = recipe.kind;
    made.entry.name = recipe.name;
    made.entry.dimension = recipe.dimension;
    made.entry.wordDimension = recipe.wordDimension;
    if (work.first)
        made.entry.tail = work.first->encoder->entry().tail;
    return made;
}

Result<double> secondsPerEpoch(const OnRows &work, std::size_t captions, std::size_t vocabulary, int threads,
                               const std::stop_token &stop)
{
    const auto backend = openedBackend();
    if (!backend)
        return fail(backend.error());
    auto recipe = recipeOf(work);
    constexpr std::size_t steps = 6;
    constexpr std::size_t words = 12; // of a caption: as long as they mostly are
    recipe.epochs = 2;
    recipe.patience = 0;
    const auto pairs = steps * static_cast<std::size_t>(recipe.batch);
    Prepared prepared;
    prepared.featureDimension = work.width;
    prepared.vocabularySize = std::max(vocabulary, words + 2);
    auto random = generator(work.seed, "time");
    std::normal_distribution<float> value;
    prepared.train.features.resize(pairs * static_cast<std::size_t>(work.width));
    std::ranges::generate(prepared.train.features, [&] { return value(random); });
    for (std::size_t i = 0; i < pairs; ++i) {
        Ids ids = {text::Vocabulary::begin};
        for (std::size_t k = 0; k < words; ++k)
            ids.push_back(static_cast<std::int64_t>(2 + random() % (prepared.vocabularySize - 2)));
        ids.push_back(text::Vocabulary::end);
        prepared.train.sentences.push_back(std::move(ids));
        prepared.train.imageOf.push_back(static_cast<std::int32_t>(i));
    }
    double seconds = 0; // of the second epoch: the first allocates
    const auto checkpoint = std::filesystem::temp_directory_path() / fmt::format("photolex-time-{:x}", random());
    const auto trained = (*backend)(recipe, prepared,
                                    {.checkpoint = checkpoint,
                                     .seed = work.seed,
                                     .progress = {},
                                     .report = [&](const EpochReport &report) { seconds = report.seconds; },
                                     .threads = threads},
                                    stop);
    std::error_code ignored;
    std::filesystem::remove(checkpoint, ignored);
    if (!trained)
        return fail(trained.error());
    return seconds / static_cast<double>(pairs) * static_cast<double>(captions);
}

Result<eval::Retrieval> figuresBefore(const OnRows &work)
{
    if (!work.first)
        return fail(Errc::Invalid, "encoder", "there is none to begin with");
    const auto &encoder = *work.first->encoder;
    const auto width = static_cast<std::size_t>(encoder.dimension());
    std::vector<float> texts(work.heldOut.captions.size() * width);
    std::vector<std::string> sentences;
    std::vector<std::size_t> places;
    std::vector<std::int32_t> owners;
    for (std::size_t i = 0; i < work.heldOut.captions.size(); ++i) {
        const auto &caption = work.heldOut.captions[i];
        owners.push_back(caption.image);
        const auto read = text::read(caption.text, encoder.vocabulary());
        if (!read || read->ids.empty())
            continue; // zeros are near to no photo
        sentences.push_back(caption.text);
        places.push_back(i);
    }
    if (!sentences.empty()) {
        const auto points = encoder.sentencePoints(sentences);
        if (!points)
            return fail(points.error());
        for (std::size_t i = 0; i < places.size(); ++i)
            std::copy_n(points->begin() + static_cast<std::ptrdiff_t>(i * width), width,
                        texts.begin() + static_cast<std::ptrdiff_t>(places[i] * width));
    }
    return eval::retrieval({work.heldOut.rows, work.width}, {texts, encoder.dimension()}, owners);
}

Result<PhotoRows> photoRows(std::span<const std::filesystem::path> photos, const model::Bundle &bundle,
                            const joint::Encoder *encoder, Options options, const std::stop_token &stop)
{
    options.networkFile = bundle.file(bundle.manifest().network.file);
    options.tailFile = encoder ? bundle.tailFile(encoder->entry()) : std::filesystem::path();
    auto features = cachedFeatures(photos, options, stop);
    if (!features)
        return fail(features.error());
    const auto dimension = bundle.manifest().network.featureDimension;
    if (!encoder)
        return PhotoRows{std::move(features->plain), std::move(features->mirrored), dimension};
    PhotoRows rows{.plain = {}, .mirrored = {}, .width = encoder->dimension()};
    const auto from = static_cast<std::size_t>(dimension);
    const auto to = static_cast<std::size_t>(rows.width);
    for (const auto &[read, made] :
         {std::pair(&features->plain, &rows.plain), std::pair(&features->mirrored, &rows.mirrored)}) {
        // Photos that could not be read have no direction that could be mapped.
        std::vector<float> present;
        std::vector<std::size_t> places;
        for (std::size_t i = 0; i < photos.size(); ++i) {
            const auto row = std::span(*read).subspan(i * from, from);
            if (std::ranges::all_of(row, [](float value) { return value == 0; }))
                continue;
            present.insert(present.end(), row.begin(), row.end());
            places.push_back(i);
        }
        made->resize(photos.size() * to);
        if (places.empty())
            continue;
        const auto points = encoder->imagePoints(present);
        if (!points)
            return fail(points.error());
        for (std::size_t i = 0; i < places.size(); ++i)
            std::copy_n(points->begin() + static_cast<std::ptrdiff_t>(i * to), to,
                        made->begin() + static_cast<std::ptrdiff_t>(places[i] * to));
    }
    return rows;
}

} // namespace photolex::train
