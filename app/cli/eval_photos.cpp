// Tasks on photos: captions tell which photo is right, or people rated how well a caption fits.
#include "app/cli/eval_tasks.h"
#include "core/base/bytes.h"
#include "core/caption/sentences.h"
#include "core/eval/arithmetic.h"
#include "core/eval/words.h"
#include "core/train/measure.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <numeric>
#include <set>
#include <unordered_map>

namespace photolex::cli {

namespace {

constexpr std::string_view classSentence = "a photo of a {}.";

Json rankingJson(const eval::Ranking &ranking)
{
    return {{"r1", ranking.recall1},
            {"r5", ranking.recall5},
            {"r10", ranking.recall10},
            {"median", ranking.medianRank},
            {"mean", ranking.meanRank}};
}

Json rankingJson(const eval::Ranking &ranking, const eval::RankingInterval &interval, const EvalArguments &arguments)
{
    auto json = rankingJson(ranking);
    if (arguments.draws > 0)
        json["interval"] = {{"r1", intervalJson(interval.recall1)},
                            {"r5", intervalJson(interval.recall5)},
                            {"r10", intervalJson(interval.recall10)},
                            {"median", intervalJson(interval.medianRank)},
                            {"mean", intervalJson(interval.meanRank)}};
    return json;
}

// The split that was asked for of the only set.
Result<dataset::Dataset> photoSet(const EvalArguments &arguments)
{
    const auto specification = onlySet(arguments);
    if (!specification)
        return fail(specification.error());
    const auto whole = loadData(*specification, arguments.data);
    if (!whole)
        return fail(whole.error());
    auto set = dataset::split(*whole, arguments.split);
    if (set && !set->hasImages())
        return fail(Errc::Invalid, set->name, "it has no photos");
    return set;
}

// n × dimension, one row a photo.
Result<std::vector<float>> pointsOf(std::span<const std::filesystem::path> photos, const Measured &measured,
                                    const Context &context)
{
    return train::photoPoints(photos, *measured.bundle, *measured.encoder,
                              {.featureCache = featureCache(), .progress = progressLine(context)}, context.stop);
}

// A word in one form for both numbers and spellings: the group word among them, else the one that the set uses most.
class OneForm {
public:
    explicit OneForm(const dataset::Dataset &set)
    {
        for (const auto &caption : set.captions)
            for (const auto &word : text::tokenize(caption.text))
                ++m_counts[word];
        for (const auto &group : eval::wordGroups())
            m_groupWords.insert(group.words.begin(), group.words.end());
    }

    const std::string &of(const std::string &word)
    {
        const auto [found, isNew] = m_forms.emplace(word, word);
        if (!isNew || m_groupWords.contains(word))
            return found->second;
        auto best = m_counts[word];
        for (const auto &other : text::variants(word)) {
            if (m_groupWords.contains(other))
                return found->second = other;
            const auto counted = m_counts.find(other);
            if (counted != m_counts.end() && (counted->second > best || (counted->second == best && other < word))) {
                best = counted->second;
                found->second = other;
            }
        }
        return found->second;
    }

private:
    std::unordered_map<std::string, std::int64_t> m_counts;
    std::unordered_map<std::string, std::string> m_forms;
    std::set<std::string, std::less<>> m_groupWords;
};

Json exchangeJson(const eval::ExchangeFigures &figures)
{
    return {{"queries", figures.queries},
            {"relevant", figures.relevant},
            {"exchange", rankingJson(figures.exchange)},
            {"photo_and_word", rankingJson(figures.photoAndWord)},
            {"word_only", rankingJson(figures.wordOnly)},
            {"photo_only", rankingJson(figures.photoOnly)}};
}

// Both names in any number, with nothing between their words.
bool mentions(const std::vector<std::string> &caption, const std::vector<std::string> &name)
{
    return std::ranges::search(caption, name).begin() != caption.end();
}

// By name, or by the name with another extension.
class PhotoFinder {
public:
    explicit PhotoFinder(const std::filesystem::path &folder)
        : m_folder(folder)
    {
        std::error_code error;
        for (const auto &entry : std::filesystem::directory_iterator(folder, error))
            m_byStem.emplace(entry.path().stem().native(), entry.path());
    }
    Result<std::filesystem::path> find(const std::string &name) const
    {
        std::error_code error;
        if (auto exact = m_folder / name; std::filesystem::exists(exact, error))
            return exact;
        const auto found = m_byStem.find(std::filesystem::path(name).stem().native());
        if (found == m_byStem.end())
            return fail(Errc::NotFound, displayText(name), "there is no such photo in " + displayText(m_folder));
        return found->second;
    }

private:
    std::filesystem::path m_folder;
    std::unordered_map<std::string, std::filesystem::path> m_byStem;
};

} // namespace

Result<Json> measureRetrieval(const EvalArguments &arguments, const Measured &measured, const Context &context)
{
    const auto set = photoSet(arguments);
    if (!set)
        return fail(set.error());
    const auto images = pointsOf(set->images, measured, context);
    if (!images)
        return fail(images.error());
    Json json = {{"data", set->name}, {"split", arguments.split}, {"folds", arguments.folds}};
    const auto found =
        train::captionRanks(*set, *images, *measured.encoder, {.folds = arguments.folds, .lowered = true});
    if (!found)
        return fail(found.error());
    const auto add = [&](const eval::Ranks &ranks, Json &into) {
        const auto result = eval::retrieval(ranks, found->imageOfText, arguments.folds);
        const auto intervals = eval::intervals(ranks, found->imageOfText, arguments.bootstrap());
        into["image_to_text"] = rankingJson(result.imageToText, intervals.imageToText, arguments);
        into["text_to_image"] = rankingJson(result.textToImage, intervals.textToImage, arguments);
    };
    json["images"] = set->images.size();
    json["texts"] = found->imageOfText.size();
    json["cut"] = found->cut;
    json["without_known_word"] = found->unreadable;
    add(found->ranks, json);
    if (found->lowered)
        add(*found->lowered, json["lowered"]);
    return json;
}

Result<Json> measureArithmetic(const EvalArguments &arguments, const Measured &measured, const Context &context)
{
    const auto set = photoSet(arguments);
    if (!set)
        return fail(set.error());
    OneForm form(*set);
    std::vector<eval::CaptionWords> captions(set->images.size());
    for (const auto &caption : set->captions) {
        auto &words = captions[static_cast<std::size_t>(caption.image)].emplace_back();
        for (const auto &word : text::tokenize(caption.text))
            words.push_back(text::isStopWord(word) ? std::string() : form.of(word));
    }
    const auto exchanges = eval::exchanges(captions);
    const auto images = pointsOf(set->images, measured, context);
    if (!images)
        return fail(images.error());
    const auto &encoder = *measured.encoder;
    const auto point = [&](std::string_view word) {
        auto found = encoder.sentencePoint(word);
        return found ? std::move(found->point) : std::vector<float>();
    };
    const auto report = eval::arithmetic({*images, encoder.dimension()}, exchanges, point, arguments.bootstrap());
    if (!report)
        return fail(report.error());
    Json json = {{"data", set->name}, {"split", arguments.split}, {"images", set->images.size()}};
    json.update(exchangeJson(report->all));
    json["exchange"] = rankingJson(report->all.exchange, report->interval, arguments);
    for (std::size_t i = 0; i < report->groups.size(); ++i)
        if (report->groups[i].queries > 0)
            json["groups"][std::string(eval::wordGroups()[i].name)] = exchangeJson(report->groups[i]);
    return json;
}

Result<Json> measureClasses(const EvalArguments &arguments, const Measured &measured, const Context &context)
{
    const auto set = photoSet(arguments);
    if (!set)
        return fail(set.error());
    if (arguments.classes.empty())
        return fail(Errc::Invalid, "--classes", "a table with the column \"name\" is needed");
    const auto table = dataset::loadTable(arguments.classes);
    if (!table)
        return fail(table.error());
    const auto column = table->column("name");
    if (!column)
        return fail(Errc::Invalid, displayText(arguments.classes), "it has no column \"name\"");
    OneForm form(*set);
    const auto wordsOf = [&](std::string_view text) {
        auto words = text::tokenize(text);
        for (auto &word : words)
            word = form.of(word);
        return words;
    };
    std::vector<std::string> sentences;
    std::vector<std::vector<std::string>> names;
    const auto &encoder = *measured.encoder;
    std::int64_t unreadable = 0;
    for (const auto &row : table->rows) {
        if (!caption::isReadable(row[*column], encoder)) {
            ++unreadable;
            continue;
        }
        sentences.push_back(fmt::format(fmt::runtime(classSentence), row[*column]));
        names.push_back(wordsOf(row[*column]));
    }
    std::vector<std::set<std::int32_t>> shown(set->images.size());
    for (const auto &caption : set->captions) {
        const auto words = wordsOf(caption.text);
        for (std::size_t c = 0; c < names.size(); ++c)
            if (mentions(words, names[c]))
                shown[static_cast<std::size_t>(caption.image)].insert(static_cast<std::int32_t>(c));
    }
    std::vector<std::vector<std::int32_t>> labels;
    labels.reserve(shown.size());
    for (const auto &own : shown)
        labels.emplace_back(own.begin(), own.end());
    const auto images = pointsOf(set->images, measured, context);
    if (!images)
        return fail(images.error());
    const auto classes = encoder.sentencePoints(sentences);
    if (!classes)
        return fail(classes.error());
    const int dimension = encoder.dimension();
    const auto result = eval::classify({*images, dimension}, {*classes, dimension}, labels, arguments.bootstrap());
    if (!result)
        return fail(result.error());
    Json json = {{"data", set->name},
                 {"split", arguments.split},
                 {"images", result->images},
                 {"names", table->rows.size()},
                 {"without_known_word", unreadable},
                 {"classes", result->classes},
                 {"hit1", result->hit1},
                 {"hit5", result->hit5},
                 {"mean_average_precision", result->meanAveragePrecision}};
    if (arguments.draws > 0)
        json["interval"] = {{"hit1", intervalJson(result->hit1Interval)}};
    return json;
}

Result<Json> measureRatings(const EvalArguments &arguments, const Measured &measured, const Context &context)
{
    const auto table = onlyTable(arguments, "ratings");
    if (!table)
        return fail(table.error());
    const auto image = table->column("image_id");
    const auto caption = table->column("caption");
    std::vector<std::size_t> experts;
    for (std::size_t i = 0; i < table->columns.size(); ++i)
        if (table->columns[i].starts_with("expert"))
            experts.push_back(i);
    if (!image || !caption || experts.empty())
        return fail(Errc::Invalid, displayText(table->file), "its columns must be image_id, caption and expert1, ...");
    const PhotoFinder finder(arguments.data.photos.empty() ? table->file.parent_path()
                                                           : std::filesystem::path(arguments.data.photos));
    std::map<std::string, std::size_t> places;
    std::vector<std::filesystem::path> photos;
    std::vector<std::string> sentences;
    std::vector<std::size_t> photoOf;
    std::vector<double> ratings;     // mean of a pair's
    std::vector<std::size_t> pairOf; // of each single judgement
    std::vector<double> judgements;
    std::int64_t unreadable = 0;
    const auto &encoder = *measured.encoder;
    for (const auto &row : table->rows) {
        if (!caption::isReadable(row[*caption], encoder)) {
            ++unreadable;
            continue;
        }
        const auto [place, isNew] = places.emplace(row[*image], photos.size());
        if (isNew) {
            auto found = finder.find(row[*image]);
            if (!found)
                return fail(found.error());
            photos.push_back(std::move(*found));
        }
        double sum = 0;
        for (const auto expert : experts) {
            const auto one = dataset::number(row[expert]);
            if (!one)
                return fail(Errc::Corrupt, displayText(table->file),
                            "a rating is no number: " + displayText(row[expert]));
            sum += *one;
            judgements.push_back(*one);
            pairOf.push_back(ratings.size());
        }
        photoOf.push_back(place->second);
        sentences.push_back(row[*caption]);
        ratings.push_back(sum / static_cast<double>(experts.size()));
    }
    const auto images = pointsOf(photos, measured, context);
    if (!images)
        return fail(images.error());
    const auto texts = encoder.sentencePoints(sentences);
    if (!texts)
        return fail(texts.error());
    const auto d = static_cast<std::ptrdiff_t>(encoder.dimension());
    std::vector<double> scores;
    for (std::size_t i = 0; i < sentences.size(); ++i) {
        const auto *x = images->data() + static_cast<std::ptrdiff_t>(photoOf[i]) * d;
        scores.push_back(std::inner_product(x, x + d, texts->data() + static_cast<std::ptrdiff_t>(i) * d, 0.0));
    }
    std::vector<double> repeated;
    repeated.reserve(pairOf.size());
    for (const auto pair : pairOf)
        repeated.push_back(scores[pair]);
    Json json = {{"data", displayText(table->file.stem())},
                 {"pairs", scores.size()},
                 {"images", photos.size()},
                 {"without_known_word", unreadable},
                 {"spearman", eval::spearman(scores, ratings)},
                 {"kendall_b", eval::kendall(scores, ratings).tauB},
                 {"kendall_c", eval::kendall(repeated, judgements).tauC}};
    if (const auto interval = eval::bootstrapSpearman(scores, ratings, arguments.bootstrap()))
        json["interval"] = {{"spearman", intervalJson(*interval)}};
    return json;
}

} // namespace photolex::cli
