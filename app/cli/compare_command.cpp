// compare: the same queries put to several encoders over the same photos, and how each does on captioned ones.
#include "app/cli/compare_captions.h"
#include "app/cli/data_arguments.h"
#include "app/cli/opened_library.h"
#include "core/base/bytes.h"
#include "core/eval/agreement.h"
#include "core/eval/curves.h"
#include "core/joint/ready_rows.h"
#include "core/search/placing.h"
#include "core/train/measure.h"

#include <algorithm>
#include <fmt/format.h>
#include <numeric>
#include <set>

namespace photolex::cli {

namespace {

constexpr std::size_t mostCaptionQueries = 100;
constexpr std::size_t mostDisagreement = 10;

struct CompareArguments {
    DataArguments data;
    std::string encoders, queries, split = "test";
    std::vector<std::string> captions; // photos
    std::size_t count = 20;
    int draws = 1000;
};

// One encoder's answer to one query: every photo that it can place.
struct Placed {
    std::vector<std::int64_t> order; // best first; empty: no word of the query is known
    std::vector<float> scores;       // of the first photos, as many as are shown
    std::vector<std::string> unknown;
    bool hasNoText = false; // the encoder reads no sentences
};

bool readsNoText(const joint::Encoder &encoder)
{
    return encoder.readyRows() && encoder.readyRows()->sentences().empty();
}

// The photos that are asked: those of a library, or of a captioned set when there is no library.
class Asked {
public:
    Asked() = default;
    Asked(const Asked &) = delete;
    Asked &operator=(const Asked &) = delete;
    virtual ~Asked() = default;
    virtual Result<Placed> place(std::size_t encoder, const std::string &query, std::size_t shown) const = 0;
    virtual std::string path(std::int64_t photo) const = 0; // empty: removed meanwhile
};

class AskedLibrary : public Asked {
public:
    AskedLibrary(std::vector<OpenedLibrary> opened, std::vector<PhotoId> photos)
        : m_opened(std::move(opened))
        , m_photos(std::move(photos))
    {
    }

    Result<Placed> place(std::size_t encoder, const std::string &query, std::size_t shown) const override
    {
        search::PlacingQuery asked{.text = query};
        if (const auto file = search::photoOfQuery(query)) {
            const auto path = absolutePath(*file);
            const auto photo = m_opened.front().catalogue->photoAt(path);
            if (!photo)
                return fail(photo.error());
            if (!*photo)
                return fail(Errc::NotFound, displayText(path), "it is not in the library: index its folder first");
            asked = {.text = {}, .similarTo = (*photo)->id};
        } else if (readsNoText(*m_opened[encoder].encoder)) {
            return Placed{.order = {}, .scores = {}, .unknown = {}, .hasNoText = true};
        }
        const auto found = search::place(*m_opened[encoder].engine, m_photos, asked);
        if (!found && asked.similarTo && found.error().code == Errc::NotFound)
            return Placed(); // no point of it here
        if (!found)
            return fail(found.error());
        Placed placed{.order = {}, .scores = {}, .unknown = found->unknown};
        for (const auto &hit : found->photos) {
            placed.order.push_back(hit.photo.value);
            if (placed.scores.size() < shown)
                placed.scores.push_back(hit.score);
        }
        return placed;
    }

    std::string path(std::int64_t photo) const override
    {
        const auto path = m_opened.front().catalogue->absolutePath({photo});
        return path ? displayText(*path) : std::string();
    }

private:
    std::vector<OpenedLibrary> m_opened; // one an encoder
    std::vector<PhotoId> m_photos;
};

struct OfSet {
    std::shared_ptr<const joint::Encoder> encoder;
    std::vector<float> points; // one row a photo of the set
};

class AskedSet : public Asked {
public:
    AskedSet(const dataset::Dataset &set, const std::vector<OfSet> &encoders)
        : m_set(set)
        , m_encoders(encoders)
    {
    }

    Result<Placed> place(std::size_t encoder, const std::string &query, std::size_t shown) const override
    {
        const auto &own = m_encoders[encoder];
        Placed placed;
        std::vector<float> point;
        std::ptrdiff_t itself = -1; // the photo that is asked with is no answer
        if (const auto file = search::photoOfQuery(query)) {
            const auto path = absolutePath(*file);
            const auto found =
                std::ranges::find_if(m_set.images, [&](const auto &image) { return absolutePath(image) == path; });
            if (found == m_set.images.end())
                return fail(Errc::NotFound, displayText(path), "it is no photo of the set");
            itself = found - m_set.images.begin();
            const auto row = own.points.begin() + itself * own.encoder->dimension();
            point.assign(row, row + own.encoder->dimension());
        } else if (readsNoText(*own.encoder)) {
            placed.hasNoText = true;
            return placed;
        } else {
            const auto read = own.encoder->read(query);
            if (!read)
                return fail(read.error());
            placed.unknown = read->unknown;
            if (read->ids.empty())
                return placed;
            auto sentence = own.encoder->sentencePoint(query);
            if (!sentence)
                return fail(sentence.error());
            point = std::move(sentence->point);
        }
        std::vector<float> scores;
        for (auto row = own.points.begin(); row != own.points.end(); row += own.encoder->dimension())
            scores.push_back(std::inner_product(point.begin(), point.end(), row, 0.0F));
        placed.order.resize(scores.size());
        std::iota(placed.order.begin(), placed.order.end(), std::int64_t{0});
        std::erase(placed.order, itself);
        std::ranges::stable_sort(placed.order, std::greater<>(),
                                 [&](std::int64_t i) { return scores[static_cast<std::size_t>(i)]; });
        for (std::size_t i = 0; i < std::min(shown, placed.order.size()); ++i)
            placed.scores.push_back(scores[static_cast<std::size_t>(placed.order[i])]);
        return placed;
    }

    std::string path(std::int64_t photo) const override
    {
        return displayText(absolutePath(m_set.images[static_cast<std::size_t>(photo)]).native());
    }

private:
    const dataset::Dataset &m_set;
    const std::vector<OfSet> &m_encoders;
};

Result<std::vector<std::string>> encoderIds(const std::string &list)
{
    std::vector<std::string> ids;
    for (std::size_t from = 0; from <= list.size();) {
        const auto to = std::min(list.find(',', from), list.size());
        auto id = list.substr(from, to - from);
        id.erase(0, std::min(id.find_first_not_of(' '), id.size()));
        id.erase(id.find_last_not_of(' ') + 1);
        if (id.empty() || std::ranges::find(ids, id) != ids.end())
            return fail(Errc::Invalid, "--encoders", "a list of different ids is needed: A,B");
        ids.push_back(std::move(id));
        from = to + 1;
    }
    if (ids.size() < 2)
        return fail(Errc::Invalid, "--encoders", "two encoders or more are needed: A,B");
    return ids;
}

// One a line; empty lines are none.
Result<std::vector<std::string>> readQueries(const std::string &file)
{
    const auto text = readTextFile(file);
    if (!text)
        return fail(text.error());
    if (!isValidUtf8(*text))
        return fail(Errc::Invalid, displayText(file), "it is not UTF-8");
    std::vector<std::string> queries;
    for (std::size_t from = 0; from < text->size();) {
        const auto to = std::min(text->find('\n', from), text->size());
        auto line = text->substr(from, to - from);
        if (line.ends_with('\r'))
            line.pop_back();
        if (line.find_first_not_of(" \t") != std::string::npos)
            queries.push_back(std::move(line));
        from = to + 1;
    }
    if (queries.empty())
        return fail(Errc::Invalid, displayText(file), "it holds no query");
    return queries;
}

std::vector<std::string> captionQueries(const dataset::Dataset &set)
{
    std::vector<std::string> queries;
    const auto step = std::max<std::size_t>(1, set.captions.size() / mostCaptionQueries);
    for (std::size_t i = 0; i < set.captions.size() && queries.size() < mostCaptionQueries; i += step)
        queries.push_back(set.captions[i].text);
    return queries;
}

Json agreementJson(const eval::Agreement &agreement)
{
    return {{"overlap", agreement.overlap},
            {"rank_correlation", agreement.spearman},
            {"kendall", agreement.kendall},
            {"rank_biased_overlap", agreement.rankBiasedOverlap}};
}

Json wayJson(const std::vector<std::vector<std::int64_t>> &groups, const eval::Ranking &ranking, std::int64_t most,
             const eval::BootstrapOptions &options)
{
    Json json = {{"r1", ranking.recall1},        {"r5", ranking.recall5},    {"r10", ranking.recall10},
                 {"median", ranking.medianRank}, {"mean", ranking.meanRank}, {"curve", Json::array()},
                 {"histogram", Json::array()}};
    for (const auto &point : eval::recallCurve(groups, eval::curveSteps(most), options))
        json["curve"].push_back({{"k", point.k},
                                 {"recall", point.recall},
                                 {"interval", Json::array({point.interval.low, point.interval.high})}});
    for (const auto &bin : eval::rankHistogram(groups, most, options))
        json["histogram"].push_back({{"first", bin.first},
                                     {"last", bin.last},
                                     {"share", bin.share},
                                     {"interval", Json::array({bin.interval.low, bin.interval.high})}});
    return json;
}

Result<Json> recallJson(const dataset::Dataset &set, const OfSet &own, int draws)
{
    const auto found = train::captionRanks(set, own.points, *own.encoder);
    if (!found && found.error().code == Errc::Unsupported) { // it reads no captions; the others do
        Json silent = {{"error", errorJson(found.error())}};
        return silent;
    }
    if (!found)
        return fail(found.error());
    const auto result = eval::retrieval(found->ranks, found->imageOfText);
    const auto groups = eval::groups(found->ranks, found->imageOfText);
    const eval::BootstrapOptions options{.draws = draws};
    return Json{{"images", result.images},
                {"texts", result.texts},
                {"image_to_text", wayJson(groups.imageToText, result.imageToText, result.texts, options)},
                {"text_to_image", wayJson(groups.textToImage, result.textToImage, result.images, options)}};
}

// What was gathered from all queries.
struct Gathered {
    struct Apart { // a query, or a photo under a query
        double far = 0;
        Json json;
    };
    std::vector<std::vector<eval::Agreement>> pairs; // per pair of encoders, one a query that both could read
    std::vector<Apart> queries, photos;
};

void keepFarthest(std::vector<Gathered::Apart> &all)
{
    std::ranges::stable_sort(all, std::greater<>(), &Gathered::Apart::far);
    if (all.size() > mostDisagreement)
        all.resize(mostDisagreement);
}

Result<Json> answerQuery(const Asked &asked, const std::string &query, const std::vector<std::string> &ids,
                         std::size_t count, Gathered &gathered)
{
    Json json = {{"query", query}, {"hits", Json::object()}, {"unknown", Json::object()}};
    std::vector<Placed> placed;
    for (std::size_t e = 0; e < ids.size(); ++e) {
        auto own = asked.place(e, query, count);
        if (!own)
            return fail(own.error());
        json["unknown"][ids[e]] = own->unknown;
        if (own->hasNoText)
            json["no_text"].push_back(ids[e]);
        json["hits"][ids[e]] = Json::array();
        for (std::size_t i = 0; i < own->scores.size(); ++i)
            if (const auto path = asked.path(own->order[i]); !path.empty())
                json["hits"][ids[e]].push_back({{"path", path}, {"score", own->scores[i]}, {"rank", i + 1}});
        placed.push_back(std::move(*own));
    }
    std::vector<eval::Agreement> agreements;
    std::vector<Gathered::Apart> photos;
    std::size_t pair = 0;
    for (std::size_t a = 0; a < ids.size(); ++a)
        for (std::size_t b = a + 1; b < ids.size(); ++b, ++pair) {
            if (placed[a].order.empty() || placed[b].order.empty())
                continue;
            agreements.push_back(eval::agreement(placed[a].order, placed[b].order, count));
            gathered.pairs[pair].push_back(agreements.back());
            auto moved = eval::moved(placed[a].order, placed[b].order, count);
            moved.resize(std::min(moved.size(), mostDisagreement));
            for (const auto &photo : moved)
                photos.push_back({photo.distance,
                                  {{"path", asked.path(photo.item)},
                                   {"query", query},
                                   {"ranks", {{ids[a], photo.rankA}, {ids[b], photo.rankB}}},
                                   {"distance", photo.distance}}});
        }
    const auto mean = eval::mean(agreements);
    json.update(agreementJson(mean));
    if (!agreements.empty())
        gathered.queries.push_back({1 - mean.rankBiasedOverlap, {{"query", query}}});
    if (!agreements.empty())
        gathered.queries.back().json.update(agreementJson(mean));
    keepFarthest(photos);
    std::ranges::move(photos, std::back_inserter(gathered.photos));
    keepFarthest(gathered.photos);
    return json;
}

Output compared(const std::vector<std::string> &ids, Json queries, Gathered gathered, Json recall, std::size_t count)
{
    std::vector<eval::Agreement> means;
    Json pairs = Json::array();
    Output output;
    output.text = fmt::format("{} queries, the first {} photos of each\n", queries.size(), count);
    std::size_t pair = 0;
    for (std::size_t a = 0; a < ids.size(); ++a)
        for (std::size_t b = a + 1; b < ids.size(); ++b, ++pair) {
            const auto mean = eval::mean(gathered.pairs[pair]);
            if (!gathered.pairs[pair].empty())
                means.push_back(mean);
            Json json = {{"a", ids[a]}, {"b", ids[b]}, {"queries", gathered.pairs[pair].size()}};
            json.update(agreementJson(mean));
            pairs.push_back(std::move(json));
            output.text +=
                fmt::format("{} and {}: overlap {:.3f}, rank correlation {:.3f}, rank-biased overlap {:.3f}\n", ids[a],
                            ids[b], mean.overlap, mean.spearman, mean.rankBiasedOverlap);
        }
    keepFarthest(gathered.queries);
    Json disagreement = {{"queries", Json::array()}, {"photos", Json::array()}};
    for (auto &query : gathered.queries) {
        output.text += fmt::format("least alike ({:.3f}): {}\n", 1 - query.far, query.json["query"].get<std::string>());
        disagreement["queries"].push_back(std::move(query.json));
    }
    for (auto &photo : gathered.photos)
        disagreement["photos"].push_back(std::move(photo.json));
    for (const auto &[id, figures] : recall.items()) {
        if (figures.contains("error")) {
            output.text += fmt::format("{}: {}\n", id, figures["error"]["detail"].get<std::string>());
            continue;
        }
        for (const auto *way : {"image_to_text", "text_to_image"})
            output.text += fmt::format("{} {}: r1 {:.1f}, r5 {:.1f}, r10 {:.1f}, median {:.0f}\n", id, way,
                                       figures[way]["r1"].get<double>(), figures[way]["r5"].get<double>(),
                                       figures[way]["r10"].get<double>(), figures[way]["median"].get<double>());
    }
    output.json = {{"encoders", ids}, {"depth", count}, {"queries", std::move(queries)}};
    output.json.update(agreementJson(eval::mean(means)));
    output.json["pairs"] = std::move(pairs);
    output.json["recall"] = std::move(recall);
    output.json["disagreement"] = std::move(disagreement);
    return output;
}

// Sets of several specifications, one after the other.
Result<dataset::Dataset> captionedPhotos(const CompareArguments &arguments)
{
    dataset::Dataset all;
    for (const auto &specification : arguments.data.specifications) {
        const auto whole = loadData(specification, arguments.data);
        if (!whole)
            return fail(whole.error());
        auto part = dataset::split(*whole, arguments.split);
        if (!part)
            return fail(part.error());
        if (!part->hasImages())
            return fail(Errc::Invalid, part->name, "it has no photos");
        const auto before = static_cast<std::int32_t>(all.images.size());
        std::ranges::move(part->images, std::back_inserter(all.images));
        for (auto &caption : part->captions)
            all.captions.push_back({caption.image + before, std::move(caption.text)});
    }
    return all;
}

Result<std::vector<ChosenEncoder>> chooseAll(const std::vector<std::string> &ids, const Context &context)
{
    std::vector<ChosenEncoder> all;
    for (const auto &id : ids) {
        auto chosen = chooseEncoder(id, context);
        if (!chosen)
            return fail(chosen.error());
        all.push_back(std::move(*chosen));
    }
    return all;
}

// The photos of the set with each encoder, and how well it finds them.
Result<std::vector<OfSet>> measureSet(const dataset::Dataset &set, const std::vector<std::string> &ids,
                                      const std::vector<ChosenEncoder> &chosen, int draws, const Context &context,
                                      Json &recall)
{
    std::vector<OfSet> all;
    for (std::size_t e = 0; e < ids.size(); ++e) {
        auto encoder = joint::Encoder::open(chosen[e].bundle, chosen[e].id);
        if (!encoder)
            return fail(encoder.error());
        auto points =
            train::photoPoints(set.images, *chosen[e].bundle, **encoder,
                               {.featureCache = featureCache(), .progress = progressLine(context)}, context.stop);
        if (!points)
            return fail(points.error());
        all.push_back({std::move(*encoder), std::move(*points)});
        auto own = recallJson(set, all.back(), draws);
        if (!own)
            return fail(own.error());
        recall[ids[e]] = std::move(*own);
    }
    return all;
}

Result<std::unique_ptr<const Asked>> askedLibrary(const std::vector<ChosenEncoder> &chosen)
{
    std::vector<OpenedLibrary> opened;
    for (const auto &one : chosen) {
        auto own = openLibrary(one.id, one.context);
        if (!own)
            return fail(own.error());
        opened.push_back(std::move(*own));
    }
    auto photos = search::placeablePhotos(*opened.front().catalogue);
    if (!photos)
        return fail(photos.error());
    return std::unique_ptr<const Asked>(std::make_unique<AskedLibrary>(std::move(opened), std::move(*photos)));
}

Result<Output> run(const CompareArguments &arguments, const Context &context)
{
    const auto ids = encoderIds(arguments.encoders);
    if (!ids)
        return fail(ids.error());
    const auto chosen = chooseAll(*ids, context);
    if (!chosen)
        return fail(chosen.error());
    const auto set = captionedPhotos(arguments);
    if (!set)
        return fail(set.error());
    auto queries = arguments.queries.empty() ? Result<std::vector<std::string>>(captionQueries(*set))
                                             : readQueries(arguments.queries);
    if (!queries)
        return fail(queries.error());

    std::error_code ignored;
    const bool hasLibrary = std::filesystem::exists(context.library, ignored);
    // Captions of photos alone need no library, and ask nothing besides.
    const bool onlyCaptions =
        !arguments.captions.empty() && arguments.queries.empty() && !set->hasImages() && !hasLibrary;
    if (queries->empty() && !onlyCaptions)
        queries->assign(search::sampleQueries().begin(), search::sampleQueries().end());
    Json recall = Json::object();
    std::vector<OfSet> ofSet;
    if (set->hasImages()) {
        auto measured = measureSet(*set, *ids, *chosen, arguments.draws, context, recall);
        if (!measured)
            return fail(measured.error());
        ofSet = std::move(*measured);
    }
    std::unique_ptr<const Asked> asked;
    if (set->hasImages() && !hasLibrary) {
        asked = std::make_unique<AskedSet>(*set, ofSet);
    } else if (!onlyCaptions) {
        auto library = askedLibrary(*chosen);
        if (!library)
            return fail(library.error());
        asked = std::move(*library);
    }

    Gathered gathered{.pairs = std::vector<std::vector<eval::Agreement>>(ids->size() * (ids->size() - 1) / 2),
                      .queries = {},
                      .photos = {}};
    Json answers = Json::array();
    for (const auto &query : *queries) {
        if (context.stop.stop_requested())
            return fail(Errc::Cancelled, "compare", "nothing was changed");
        auto answer = answerQuery(*asked, query, *ids, arguments.count, gathered);
        if (!answer)
            return fail(answer.error());
        answers.push_back(std::move(*answer));
    }
    auto output = compared(*ids, std::move(answers), std::move(gathered), std::move(recall), arguments.count);
    if (!arguments.captions.empty())
        if (auto added = addCaptions(*ids, *chosen, arguments.captions, context, output); !added)
            return fail(added.error());
    return output;
}

} // namespace

Command compareCommand(CLI::App &parent)
{
    auto *app = parent.add_subcommand("compare", "The same queries put to several encoders, side by side");
    auto arguments = std::make_shared<CompareArguments>();
    app->add_option("--encoders", arguments->encoders,
                    "Two encoders or more: A,B; of another bundle BUNDLE/ENCODER, or its id for its default one")
        ->required();
    app->add_option("--queries", arguments->queries,
                    "A text file, one query a line (photo:FILE asks for photos like that one); by default captions of "
                    "the data, or everyday ones");
    app->add_option("--captions", arguments->captions, "Photos: what each encoder says of them")
        ->allow_extra_args(true);
    addDataOptions(*app, arguments->data);
    app->get_option("--data")->required(false);
    app->add_option("--split", arguments->split, "Which part of the data; by default test");
    app->add_option("-k", arguments->count, "How many photos of each answer are compared")
        ->check(CLI::Range(1, 10'000));
    app->add_option("--draws", arguments->draws, "Draws of the bootstrap behind the intervals; 0: no intervals")
        ->check(CLI::NonNegativeNumber);
    return {app, [arguments](const Context &context) { return run(*arguments, context); }};
}

} // namespace photolex::cli
