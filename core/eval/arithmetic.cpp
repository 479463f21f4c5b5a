#include "core/eval/arithmetic.h"

#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <map>
#include <set>

namespace photolex::eval {

namespace {

using Vector = Eigen::VectorXf;
using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Words = std::set<std::string, std::less<>>;

struct Described {
    Words said, mentions;
    std::map<std::string, Words, std::less<>> behind; // word → what stands right behind it
};

Described described(const CaptionWords &captions)
{
    Described result;
    std::map<std::string, int> counts;
    for (const auto &caption : captions) {
        for (const auto &word : Words(caption.begin(), caption.end()))
            ++counts[word];
        for (std::size_t i = 0; i + 1 < caption.size(); ++i)
            if (!caption[i].empty() && !caption[i + 1].empty())
                result.behind[caption[i]].insert(caption[i + 1]);
    }
    counts.erase("");
    const int enough = captions.size() > 1 ? 2 : 1;
    for (const auto &[word, count] : counts) {
        result.mentions.insert(word);
        if (count >= enough)
            result.said.insert(word);
    }
    return result;
}

bool shareOne(const Words &a, const Words &b)
{
    return std::ranges::any_of(a, [&](const auto &word) { return b.contains(word); });
}

bool keepsTheRest(const Described &source, const Described &other, std::string_view from, std::string_view to,
                  bool isAttribute)
{
    if (isAttribute) {
        const auto mine = source.behind.find(from);
        const auto theirs = other.behind.find(to);
        return mine != source.behind.end() && theirs != other.behind.end() && shareOne(mine->second, theirs->second);
    }
    const auto rest = static_cast<std::ptrdiff_t>(source.said.size()) - 1; // `from` is one of them
    const auto kept = std::ranges::count_if(
        source.said, [&](const auto &word) { return word != from && other.mentions.contains(word); });
    return rest > 0 && 2 * kept >= rest;
}

// 1 + how many stand before the best relevant photo, `photo` itself left out. Ties are against us.
std::int64_t rankOfFirst(const Vector &scores, const Exchange &exchange)
{
    float best = -std::numeric_limits<float>::infinity();
    for (const auto i : exchange.relevant)
        best = std::max(best, scores[i]);
    std::int64_t atLeast = (scores.array() >= best).count() - (scores[exchange.photo] >= best ? 1 : 0);
    // Relevant photos with the very score of the first are no wrong ones.
    for (const auto i : exchange.relevant)
        atLeast -= scores[i] >= best ? 1 : 0;
    return atLeast + 1;
}

ExchangeFigures figures(const std::vector<std::size_t> &chosen, std::span<const Exchange *const> asked,
                        const std::array<std::vector<std::int64_t>, 4> &ranks)
{
    ExchangeFigures result;
    result.queries = static_cast<std::int64_t>(chosen.size());
    std::array<Ranking, 4> rankings;
    for (std::size_t way = 0; way < ranks.size(); ++way) {
        std::vector<std::int64_t> own;
        for (const auto i : chosen)
            own.push_back(ranks[way][i]);
        rankings[way] = ranking(own);
    }
    for (const auto i : chosen)
        result.relevant += static_cast<double>(asked[i]->relevant.size()) / static_cast<double>(chosen.size());
    result.exchange = rankings[0];
    result.photoAndWord = rankings[1];
    result.wordOnly = rankings[2];
    result.photoOnly = rankings[3];
    return result;
}

} // namespace

std::span<const WordGroup> wordGroups()
{
    static const std::vector<WordGroup> groups = {
        {"colours", true, {"red", "blue", "green", "yellow", "black", "white", "brown", "pink", "orange", "purple"}},
        {"sizes", true, {"small", "large", "big", "little"}},
        {"ages", true, {"young", "old"}},
        {"people", false, {"man", "woman", "boy", "girl"}},
        {"animals", false, {"dog", "cat", "horse", "cow", "sheep", "bird", "elephant", "giraffe", "zebra", "bear"}},
        {"clothes", false, {"shirt", "jacket", "dress", "coat", "sweater"}},
        {"headwear", false, {"hat", "helmet", "cap"}},
        {"vehicles", false, {"car", "bus", "truck", "train", "motorcycle", "bike", "boat", "plane"}},
        {"grounds", false, {"grass", "snow", "sand", "water", "dirt"}},
        {"places", false, {"beach", "street", "field", "forest", "park", "city", "kitchen", "bathroom"}},
        {"inside and outside", false, {"inside", "outside"}},
        {"indoors and outdoors", false, {"indoors", "outdoors"}},
        {"time of day", false, {"day", "night"}},
        {"sports", false, {"skateboard", "surfboard", "snowboard", "ski", "bicycle"}},
    };
    return groups;
}

std::vector<Exchange> exchanges(std::span<const CaptionWords> photos)
{
    std::vector<Described> all;
    all.reserve(photos.size());
    for (const auto &captions : photos)
        all.push_back(described(captions));
    std::vector<Exchange> found;
    for (std::size_t group = 0; group < wordGroups().size(); ++group) {
        const auto &[name, isAttribute, words] = wordGroups()[group];
        for (const auto from : words)
            for (const auto to : words) {
                if (from == to)
                    continue;
                std::vector<std::int32_t> sources;
                std::vector<std::int32_t> targets;
                for (std::size_t i = 0; i < all.size(); ++i) {
                    if (all[i].said.contains(from) && !all[i].mentions.contains(to))
                        sources.push_back(static_cast<std::int32_t>(i));
                    if (all[i].said.contains(to) && !all[i].mentions.contains(from))
                        targets.push_back(static_cast<std::int32_t>(i));
                }
                for (const auto source : sources) {
                    Exchange exchange{.photo = source,
                                      .from = from,
                                      .to = to,
                                      .group = static_cast<std::int32_t>(group),
                                      .relevant = {}};
                    const auto &photo = all[static_cast<std::size_t>(source)];
                    std::ranges::copy_if(targets, std::back_inserter(exchange.relevant), [&](std::int32_t target) {
                        return keepsTheRest(photo, all[static_cast<std::size_t>(target)], from, to, isAttribute);
                    });
                    if (!exchange.relevant.empty())
                        found.push_back(std::move(exchange));
                }
            }
    }
    return found;
}

Result<ArithmeticReport> arithmetic(Points images, std::span<const Exchange> exchanges,
                                    const std::function<std::vector<float>(std::string_view)> &wordPoint,
                                    const BootstrapOptions &options)
{
    const auto count = images.rows();
    if (images.dimension < 1 || images.values.size() != count * static_cast<std::size_t>(images.dimension))
        return fail(Errc::Invalid, "points", "they are no whole rows");
    if (!std::ranges::all_of(images.values, [](float value) { return std::isfinite(value); }))
        return fail(Errc::Invalid, "points", "a value is not finite");
    const auto isInside = [&](std::int32_t i) { return i >= 0 && static_cast<std::size_t>(i) < count; };
    const auto isWhole = [&](const Exchange &one) {
        return isInside(one.photo) && one.group >= 0 && static_cast<std::size_t>(one.group) < wordGroups().size() &&
               !one.relevant.empty() && std::ranges::all_of(one.relevant, isInside);
    };
    if (!std::ranges::all_of(exchanges, isWhole))
        return fail(Errc::Invalid, "exchanges", "one names a photo or a group that is not there");
    const Eigen::Map<const Matrix> photos(images.values.data(), static_cast<Eigen::Index>(count), images.dimension);

    // A word's scores with every photo are asked for by many queries.
    std::map<std::string_view, Vector> ofWord; // empty: the word is not known
    const auto scoresOfWord = [&](std::string_view word) -> const Vector & {
        const auto found = ofWord.find(word);
        if (found != ofWord.end())
            return found->second;
        const auto point = wordPoint(word);
        Vector scores;
        if (point.size() == static_cast<std::size_t>(images.dimension))
            scores = photos * Eigen::Map<const Vector>(point.data(), images.dimension);
        return ofWord.emplace(word, std::move(scores)).first->second;
    };
    std::vector<const Exchange *> asked;
    std::array<std::vector<std::int64_t>, 4> ranks; // exchange, photo and word, word only, photo only
    std::vector<std::vector<std::size_t>> ofGroup(wordGroups().size());
    std::map<std::int32_t, std::vector<std::int64_t>> ofPhoto; // ranks of the exchange
    // Scores are linear in the point: (x − a + b) · y = x · y − a · y + b · y, and its length changes no rank.
    std::map<std::int32_t, Vector> ofSource;
    for (const auto &one : exchanges) {
        const auto &from = scoresOfWord(one.from);
        const auto &to = scoresOfWord(one.to);
        if (from.size() == 0 || to.size() == 0)
            continue;
        auto &own = ofSource[one.photo];
        if (own.size() == 0)
            own = photos * photos.row(one.photo).transpose();
        ofGroup[static_cast<std::size_t>(one.group)].push_back(asked.size());
        asked.push_back(&one);
        ranks[0].push_back(rankOfFirst(own - from + to, one));
        ofPhoto[one.photo].push_back(ranks[0].back());
        ranks[1].push_back(rankOfFirst(own + to, one));
        ranks[2].push_back(rankOfFirst(to, one));
        ranks[3].push_back(rankOfFirst(own, one));
    }
    if (asked.empty())
        return fail(Errc::Invalid, "exchanges", "no photo's captions differ from another's in one known word");

    ArithmeticReport report;
    std::vector<std::size_t> everything;
    for (const auto &own : ofGroup) {
        report.groups.push_back(figures(own, asked, ranks));
        everything.insert(everything.end(), own.begin(), own.end());
    }
    report.all = figures(everything, asked, ranks);
    std::vector<std::vector<std::int64_t>> ofPhotos;
    for (auto &[photo, own] : ofPhoto)
        ofPhotos.push_back(std::move(own));
    report.interval = interval(ofPhotos, options);
    return report;
}

} // namespace photolex::eval
