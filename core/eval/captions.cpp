#include "core/eval/captions.h"

#include "core/text/stemmer.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <set>
#include <tuple>
#include <unordered_map>

namespace photolex::eval {

namespace {

constexpr std::size_t longest = 4; // n-grams
constexpr double rougeBeta = 1.2;
constexpr double ciderSigma = 6;

using Counts = std::unordered_map<std::string, double>;

// Words joined by a sign that no word holds.
Counts gramsOf(const Words &words, std::size_t n)
{
    Counts counts;
    for (std::size_t at = 0; at + n <= words.size(); ++at) {
        std::string gram;
        for (std::size_t k = 0; k < n; ++k)
            gram += words[at + k] + '\n';
        counts[gram] += 1;
    }
    return counts;
}

using Grams = std::array<Counts, longest>;

Grams allGrams(const Words &words)
{
    Grams grams;
    for (std::size_t n = 0; n < longest; ++n)
        grams[n] = gramsOf(words, n + 1);
    return grams;
}

struct Counted {
    Grams candidate;
    std::vector<Grams> references;
};

std::array<double, longest> bleu(std::span<const CaptionItem> items, std::span<const Counted> counted)
{
    std::array<double, longest> right = {};
    std::array<double, longest> said = {};
    double length = 0;
    double reference = 0;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto own = std::ssize(items[i].candidate);
        length += static_cast<double>(own);
        std::pair<std::ptrdiff_t, std::ptrdiff_t> nearest = {std::ssize(items[i].references[0]) - own, 0};
        nearest = {std::abs(nearest.first), std::ssize(items[i].references[0])};
        for (const auto &one : items[i].references)
            nearest = std::min(nearest, {std::abs(std::ssize(one) - own), std::ssize(one)});
        reference += static_cast<double>(nearest.second);
        for (std::size_t n = 0; n < longest; ++n)
            for (const auto &[gram, count] : counted[i].candidate[n]) {
                double most = 0;
                for (const auto &one : counted[i].references)
                    if (const auto found = one[n].find(gram); found != one[n].end())
                        most = std::max(most, found->second);
                right[n] += std::min(count, most);
                said[n] += count;
            }
    }
    std::array<double, longest> result = {};
    const double brevity = length >= reference ? 1 : length > 0 ? std::exp(1 - reference / length) : 0;
    double logs = 0;
    for (std::size_t n = 0; n < longest; ++n) {
        if (right[n] == 0)
            break; // it and all longer ones are 0
        logs += std::log(right[n] / said[n]);
        result[n] = brevity * std::exp(logs / static_cast<double>(n + 1));
    }
    return result;
}

double commonSubsequence(const Words &a, const Words &b)
{
    std::vector<int> row(b.size() + 1);
    for (const auto &word : a) {
        int diagonal = 0;
        for (std::size_t k = 0; k < b.size(); ++k) {
            const int above = row[k + 1];
            row[k + 1] = word == b[k] ? diagonal + 1 : std::max(above, row[k]);
            diagonal = above;
        }
    }
    return row.back();
}

double rougeL(const CaptionItem &item)
{
    double precision = 0;
    double recall = 0;
    for (const auto &reference : item.references) {
        if (reference.empty() || item.candidate.empty())
            continue;
        const double common = commonSubsequence(item.candidate, reference);
        precision = std::max(precision, common / static_cast<double>(item.candidate.size()));
        recall = std::max(recall, common / static_cast<double>(reference.size()));
    }
    if (precision == 0 || recall == 0)
        return 0;
    return (1 + rougeBeta * rougeBeta) * precision * recall / (recall + rougeBeta * rougeBeta * precision);
}

// Both, since they share everything but the product.
std::pair<double, double> cider(std::span<const CaptionItem> items, std::span<const Counted> counted)
{
    Counts images; // with the n-gram in a reference
    for (const auto &item : counted) {
        std::set<std::string> seen;
        for (const auto &reference : item.references)
            for (const auto &grams : reference)
                for (const auto &[gram, count] : grams)
                    seen.insert(gram);
        for (const auto &gram : seen)
            images[gram] += 1;
    }
    const double all = std::log(static_cast<double>(items.size()));
    const auto weigh = [&](const Counts &counts) {
        std::pair<Counts, double> weighed; // and its length
        for (const auto &[gram, count] : counts) {
            const auto found = images.find(gram);
            const double value = count * (all - (found == images.end() ? 0 : std::log(found->second)));
            weighed.first[gram] = value;
            weighed.second += value * value;
        }
        weighed.second = std::sqrt(weighed.second);
        return weighed;
    };
    double plain = 0;
    double clipped = 0;
    for (std::size_t i = 0; i < items.size(); ++i) {
        double own = 0;
        double ownClipped = 0;
        for (std::size_t n = 0; n < longest; ++n) {
            const auto [candidate, length] = weigh(counted[i].candidate[n]);
            for (std::size_t r = 0; r < counted[i].references.size(); ++r) {
                const auto [reference, referenceLength] = weigh(counted[i].references[r][n]);
                if (length == 0 || referenceLength == 0)
                    continue;
                double product = 0;
                double least = 0;
                for (const auto &[gram, value] : candidate)
                    if (const auto found = reference.find(gram); found != reference.end()) {
                        product += value * found->second;
                        least += std::min(value, found->second) * found->second;
                    }
                const auto pairs = [](const Words &words) {
                    return static_cast<double>(std::max<std::ptrdiff_t>(std::ssize(words) - 1, 0));
                };
                const double apart = pairs(items[i].candidate) - pairs(items[i].references[r]);
                own += product / (length * referenceLength);
                ownClipped +=
                    least / (length * referenceLength) * std::exp(-apart * apart / (2 * ciderSigma * ciderSigma));
            }
        }
        const auto shares = static_cast<double>(longest * items[i].references.size());
        plain += 10 * own / shares;
        clipped += 10 * ownClipped / shares;
    }
    const auto count = static_cast<double>(items.size());
    return {plain / count, clipped / count};
}

double meteor(const Words &candidate, const Words &reference, const text::Stemmer &stemmer)
{
    std::vector<std::ptrdiff_t> place(candidate.size(), -1); // in the reference
    std::vector<bool> taken(reference.size(), false);
    const auto match = [&](const Words &own, const Words &other) {
        for (std::size_t i = 0; i < own.size(); ++i)
            for (std::size_t k = 0; place[i] < 0 && k < other.size(); ++k)
                if (!taken[k] && own[i] == other[k]) {
                    place[i] = static_cast<std::ptrdiff_t>(k);
                    taken[k] = true;
                }
    };
    match(candidate, reference);
    const auto stems = [&](const Words &words) {
        Words all;
        for (const auto &word : words)
            all.push_back(stemmer.stem(word));
        return all;
    };
    match(stems(candidate), stems(reference));
    double matches = 0;
    double chunks = 0;
    std::ptrdiff_t last = -2;
    for (const auto at : place) {
        if (at >= 0) {
            matches += 1;
            chunks += at != last + 1;
        }
        last = at >= 0 ? at : -2;
    }
    if (matches == 0)
        return 0;
    const double precision = matches / static_cast<double>(candidate.size());
    const double recall = matches / static_cast<double>(reference.size());
    return precision * recall / (0.9 * precision + 0.1 * recall) * (1 - 0.5 * std::pow(chunks / matches, 3));
}

} // namespace

Result<CaptionFigures> captionFigures(std::span<const CaptionItem> items)
{
    if (items.empty())
        return fail(Errc::Invalid, "captions", "there are none");
    std::vector<Counted> counted;
    for (const auto &item : items) {
        if (item.references.empty())
            return fail(Errc::Invalid, "captions", "one has no reference");
        auto &one = counted.emplace_back();
        one.candidate = allGrams(item.candidate);
        for (const auto &reference : item.references)
            one.references.push_back(allGrams(reference));
    }
    CaptionFigures figures;
    figures.bleu = bleu(items, counted);
    std::tie(figures.cider, figures.ciderD) = cider(items, counted);
    const text::Stemmer stemmer;
    for (const auto &item : items) {
        figures.rougeL += rougeL(item);
        double most = 0;
        for (const auto &reference : item.references)
            most = std::max(most, meteor(item.candidate, reference, stemmer));
        figures.meteor += most;
    }
    figures.rougeL /= static_cast<double>(items.size());
    figures.meteor /= static_cast<double>(items.size());
    return figures;
}

double distinctShare(std::span<const Words> captions)
{
    if (captions.empty())
        return 0;
    const std::set<Words> different(captions.begin(), captions.end());
    return static_cast<double>(different.size()) / static_cast<double>(captions.size());
}

double novelShare(std::span<const Words> captions, std::span<const Words> known)
{
    if (captions.empty())
        return 0;
    const std::set<Words> all(known.begin(), known.end());
    const auto novel = std::ranges::count_if(captions, [&](const auto &caption) { return !all.contains(caption); });
    return static_cast<double>(novel) / static_cast<double>(captions.size());
}

double repeatedShare(std::span<const Words> captions, std::span<const std::string> allowed)
{
    if (captions.empty())
        return 0;
    const auto repeats = [&](const Words &caption) {
        std::set<std::string> words;
        std::set<std::pair<std::string, std::string>> pairs;
        for (std::size_t i = 0; i < caption.size(); ++i) {
            if (!words.insert(caption[i]).second && std::ranges::find(allowed, caption[i]) == allowed.end())
                return true;
            if (i > 0 && !pairs.emplace(caption[i - 1], caption[i]).second)
                return true;
        }
        return false;
    };
    return static_cast<double>(std::ranges::count_if(captions, repeats)) / static_cast<double>(captions.size());
}

Result<Adherence> adherence(std::span<const Words> wantedTags, std::span<const Words> tags)
{
    if (wantedTags.size() != tags.size())
        return fail(Errc::Invalid, "tags", "each caption needs its own");
    double right = 0;
    double places = 0;
    double whole = 0;
    for (std::size_t i = 0; i < tags.size(); ++i) {
        places += static_cast<double>(wantedTags[i].size());
        whole += wantedTags[i] == tags[i];
        if (wantedTags[i].size() == tags[i].size())
            for (std::size_t k = 0; k < tags[i].size(); ++k)
                right += wantedTags[i][k] == tags[i][k];
    }
    return Adherence{.words = places > 0 ? right / places : 0,
                     .captions = tags.empty() ? 0 : whole / static_cast<double>(tags.size())};
}

} // namespace photolex::eval
