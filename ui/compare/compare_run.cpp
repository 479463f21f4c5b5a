#include "ui/compare/compare_run.h"

#include "core/base/bytes.h"
#include "core/base/paths.h"
#include "core/caption/parts.h"
#include "core/indexing/indexer.h"
#include "core/joint/ready_rows.h"
#include "core/search/placing.h"

#include <algorithm>
#include <unordered_set>

namespace photolex::ui {

namespace {

constexpr std::size_t mostMoved = 20;

struct Placed {
    std::vector<PhotoId> placeable; // in order of id
    search::Placing placing;
    std::vector<std::int64_t> order;
    std::unordered_map<std::int64_t, std::int64_t> ranks;
};

CompareOutcome::Reads readsOf(const joint::Encoder &encoder)
{
    const auto *rows = encoder.readyRows();
    return !rows                       ? CompareOutcome::Reads::Everything
           : rows->sentences().empty() ? CompareOutcome::Reads::Nothing
                                       : CompareOutcome::Reads::ItsSentences;
}

} // namespace

EncoderShelf::EncoderShelf(std::shared_ptr<catalogue::Catalogue> catalogue, std::shared_ptr<const model::Bundle> first)
    : m_catalogue(std::move(catalogue))
    , m_bundles{std::move(first)}
{
}

void EncoderShelf::add(std::shared_ptr<const model::Bundle> bundle)
{
    const std::lock_guard lock(m_bundlesMutex);
    m_bundles.push_back(std::move(bundle));
}

bool EncoderShelf::holds(const std::string &bundle) const
{
    const std::lock_guard lock(m_bundlesMutex);
    return std::ranges::any_of(m_bundles, [&](const auto &each) { return each->manifest().id == bundle; });
}

std::shared_ptr<const model::Bundle> EncoderShelf::bundleOf(const std::string &id) const
{
    const std::lock_guard lock(m_bundlesMutex);
    const auto slash = id.find('/');
    for (const auto &bundle : m_bundles)
        if (slash == std::string::npos ? bundle == m_bundles.front() : bundle->manifest().id == id.substr(0, slash))
            return bundle;
    return nullptr;
}

Result<std::shared_ptr<const joint::Encoder>> EncoderShelf::encoder(const std::string &id)
{
    const std::lock_guard lock(m_mutex);
    auto &known = m_encoders[id];
    if (!known) {
        const auto bundle = bundleOf(id);
        if (!bundle)
            return fail(Errc::NotFound, id, "no installed bundle has such an encoder");
        const auto slash = id.find('/');
        auto opened = joint::Encoder::open(bundle, slash == std::string::npos ? id : id.substr(slash + 1));
        if (!opened)
            return fail(opened.error());
        known = std::move(*opened);
    }
    return known;
}

Result<std::shared_ptr<search::Engine>> EncoderShelf::engine(const std::string &id, const std::stop_token &stop)
{
    const auto own = encoder(id);
    if (!own)
        return fail(own.error());
    const std::lock_guard lock(m_mutex);
    auto &opened = m_opened[id];
    const int change = m_change;
    if (opened.filledAt != change) {
        // An encoder with a tail is filled by indexing alone, and a library without features has nothing to fill from.
        const auto filled = indexing::fillPoints(*m_catalogue, **own, bundleOf(id)->manifest().network.sha256, stop);
        // While photos are indexed for it, the job holds its rows; those that are there answer.
        const bool isBusy = !filled && filled.error().code == Errc::Busy;
        if (!filled && !isBusy && filled.error().code != Errc::NotFound)
            return fail(filled.error());
        if (!isBusy)
            opened.filledAt = change;
    }
    if (!opened.engine) {
        auto engine = search::Engine::create(m_catalogue, *own);
        if (!engine)
            return fail(engine.error());
        opened.engine = std::move(*engine);
    }
    return opened.engine;
}

std::shared_ptr<const model::Bundle> EncoderShelf::lender() const
{
    const std::lock_guard lock(m_bundlesMutex);
    const auto found =
        std::ranges::find_if(m_bundles, [](const auto &bundle) { return caption::readSentences(*bundle).has_value(); });
    return found == m_bundles.end() ? nullptr : *found;
}

Result<std::shared_ptr<const captioning::Speaker>>
EncoderShelf::speaker(const std::string &id, const ProgressSink &progress, const std::stop_token &stop)
{
    const auto own = encoder(id);
    if (!own)
        return fail(own.error());
    const std::lock_guard lock(m_speakersMutex);
    auto &known = m_speakers[id];
    if (!known) {
        const captioning::SpeakerOptions options{
            .lender = lender(), .cache = paths::cacheHome() / "sentences", .progress = progress};
        auto opened = captioning::Speaker::open(bundleOf(id), *own, options, stop);
        if (!opened)
            return fail(opened.error());
        known = std::move(*opened);
    }
    return known;
}

Result<CompareOutcome> compareQuery(EncoderShelf &shelf, const std::vector<std::string> &encoders,
                                    const CompareQuery &query, const std::stop_token &stop)
{
    CompareOutcome outcome;
    outcome.query = query;
    search::PlacingQuery asked{.text = query.text.toStdString()};
    if (query.similarTo)
        asked.similarTo = query.similarTo;
    else if (const auto file = search::photoOfQuery(asked.text)) {
        const auto photo = shelf.catalogue()->photoAt(*file);
        if (!photo)
            return fail(photo.error());
        if (!*photo)
            return fail(Errc::NotFound, *file, "it is not in the library");
        asked.similarTo = (*photo)->id;
    }
    outcome.isInWords = !query.isEmpty() && !asked.similarTo;
    const auto allowed = search::placeablePhotos(*shelf.catalogue());
    if (!allowed)
        return fail(allowed.error());
    std::vector<Placed> placed;
    std::vector<PhotoId> placeable; // by any of the encoders, in order of id
    for (const auto &id : encoders) {
        const auto engine = shelf.engine(id, stop);
        if (!engine)
            return fail(engine.error());
        const auto rows = (*engine)->rows();
        if (!rows)
            return fail(rows.error());
        auto &own = placed.emplace_back();
        std::ranges::set_intersection((*rows)->ids(), *allowed, std::back_inserter(own.placeable));
        std::vector<PhotoId> both;
        std::ranges::set_union(placeable, own.placeable, std::back_inserter(both));
        placeable = std::move(both);
        const auto reads = readsOf((*engine)->encoder());
        outcome.reads.push_back(reads);
        if (query.isEmpty() || (!asked.similarTo && reads == CompareOutcome::Reads::Nothing))
            continue;
        auto placing = search::place(**engine, *allowed, asked);
        // A photo that this encoder has no point of is told by the count; the others answer.
        if (!placing && !(asked.similarTo && placing.error().code == Errc::NotFound))
            return fail(placing.error());
        if (placing)
            own.placing = std::move(*placing);
        for (const auto &hit : own.placing.photos) {
            own.order.push_back(hit.photo.value);
            own.ranks.emplace(hit.photo.value, static_cast<std::int64_t>(own.order.size()));
        }
        if (stop.stop_requested())
            return fail(Errc::Cancelled, "compare", "a newer query came");
    }
    const auto wanted = placeable.empty() ? allowed->size() : placeable.size();
    for (const auto &own : placed)
        outcome.withoutPoint.push_back(static_cast<std::int64_t>(wanted - own.placeable.size()));

    std::unordered_set<std::int64_t> named;
    for (const auto &own : placed) {
        auto &column = outcome.columns.emplace_back();
        for (std::size_t i = 0; i < std::min(comparedPhotos, own.order.size()); ++i) {
            const auto &match = own.placing.photos[i];
            ComparedHit hit{.photo = match.photo, .score = match.score, .ranks = {}};
            for (const auto &other : placed) {
                const auto rank = other.ranks.find(match.photo.value);
                hit.ranks.push_back(rank == other.ranks.end() ? 0 : rank->second);
            }
            named.insert(match.photo.value);
            column.push_back(std::move(hit));
        }
        auto &unknown = outcome.unknown.emplace_back();
        for (const auto &word : own.placing.unknown)
            unknown << QString::fromStdString(word);
    }
    std::vector<eval::Agreement> agreements;
    for (std::size_t a = 0; a < placed.size(); ++a)
        for (std::size_t b = a + 1; b < placed.size(); ++b) {
            if (placed[a].order.empty() || placed[b].order.empty())
                continue;
            agreements.push_back(eval::agreement(placed[a].order, placed[b].order, comparedPhotos));
            outcome.pairs.push_back({a, b, agreements.back()});
            for (const auto &moved : eval::moved(placed[a].order, placed[b].order, comparedPhotos))
                outcome.moved.push_back({a, b, moved});
        }
    outcome.mean = eval::mean(agreements);
    std::ranges::stable_sort(outcome.moved, std::greater<>(),
                             [](const CompareOutcome::Move &move) { return move.moved.distance; });
    if (outcome.moved.size() > mostMoved)
        outcome.moved.resize(mostMoved);

    std::vector<PhotoId> photos;
    photos.reserve(named.size());
    for (const auto id : named)
        photos.push_back({id});
    const auto infos = readInfos(*shelf.catalogue(), photos);
    if (!infos)
        return fail(infos.error());
    for (const auto &info : *infos)
        outcome.photos.emplace(info.photo, info);
    return outcome;
}

} // namespace photolex::ui
