// What is wrong with captioned photos, found and put right where that can be done without asking.
#include "core/base/bytes.h"
#include "core/base/hash.h"
#include "core/text/text.h"
#include "core/training/first_p.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <unordered_map>

namespace photolex::training {

namespace {

constexpr std::size_t mostExamples = 5;

void note(Finding &finding, std::string example)
{
    ++finding.count;
    if (finding.examples.size() < mostExamples)
        finding.examples.push_back(std::move(example));
}

} // namespace

void keepPhotos(dataset::Dataset &set, std::vector<PhotoId> &ids, const std::vector<bool> &keep)
{
    dataset::Dataset part;
    part.name = set.name;
    std::vector<PhotoId> partIds;
    std::vector<std::int32_t> places(set.images.size(), -1);
    for (std::size_t i = 0; i < set.images.size(); ++i) {
        if (!keep[i])
            continue;
        places[i] = static_cast<std::int32_t>(part.images.size());
        part.images.push_back(std::move(set.images[i]));
        part.keys.push_back(std::move(set.keys[i]));
        part.splits.push_back(std::move(set.splits[i]));
        if (!ids.empty())
            partIds.push_back(ids[i]);
    }
    for (auto &caption : set.captions)
        if (const auto place = places[static_cast<std::size_t>(caption.image)]; place >= 0)
            part.captions.push_back({place, std::move(caption.text)});
    set = std::move(part);
    ids = std::move(partIds);
}

void dropEmptyCaptions(dataset::Dataset &set, Findings &findings)
{
    std::vector<bool> has(set.images.size());
    std::vector<dataset::Caption> kept;
    for (auto &caption : set.captions) {
        if (text::tokenize(caption.text).empty()) {
            note(findings.emptyCaptions, displayText(set.keys[static_cast<std::size_t>(caption.image)]));
            continue;
        }
        has[static_cast<std::size_t>(caption.image)] = true;
        kept.push_back(std::move(caption));
    }
    set.captions = std::move(kept);
    std::vector<PhotoId> none;
    keepPhotos(set, none, has);
}

std::vector<std::uint64_t> contentKeys(std::span<const std::filesystem::path> photos, const std::stop_token &stop)
{
    // Only files of one size can be the same, and few others have that of another.
    std::error_code ignored;
    std::unordered_map<std::uintmax_t, std::vector<std::size_t>> bySize;
    for (std::size_t i = 0; i < photos.size(); ++i)
        bySize[std::filesystem::file_size(photos[i], ignored)].push_back(i);
    std::vector<std::uint64_t> keys(photos.size());
    for (const auto &[size, places] : bySize) {
        if (places.size() < 2)
            continue;
        for (const auto place : places) {
            if (stop.stop_requested())
                return keys;
            if (const auto hash = xxh3OfFile(photos[place]))
                keys[place] = *hash;
        }
    }
    return keys;
}

void mergeRepeated(dataset::Dataset &set, std::vector<PhotoId> &ids, std::span<const std::uint64_t> keys,
                   Findings &findings)
{
    std::unordered_map<std::uint64_t, std::size_t> firsts;
    std::vector<bool> keep(set.images.size(), true);
    std::vector<std::int32_t> first(set.images.size());
    for (std::size_t i = 0; i < set.images.size(); ++i) {
        first[i] = static_cast<std::int32_t>(i);
        if (keys[i] == 0)
            continue;
        const auto [found, isNew] = firsts.emplace(keys[i], i);
        if (isNew)
            continue;
        keep[i] = false;
        first[i] = static_cast<std::int32_t>(found->second);
        //: two names of one photo
        note(findings.repeatedPhotos,
             fmt::format("{} = {}", displayText(set.keys[i]), displayText(set.keys[found->second])));
    }
    if (findings.repeatedPhotos.count == 0)
        return;
    for (auto &caption : set.captions)
        caption.image = first[static_cast<std::size_t>(caption.image)];
    keepPhotos(set, ids, keep);
}

void findUnknownWords(const dataset::Dataset &set, const text::Vocabulary &vocabulary, Findings &findings)
{
    std::map<std::string, std::int64_t> counts;
    for (const auto &caption : set.captions) {
        const auto words = text::tokenize(caption.text);
        findings.words += static_cast<std::int64_t>(words.size());
        const auto read = text::read(caption.text, vocabulary, words.size() + 1);
        if (!read)
            continue;
        for (const auto &word : read->unknown) {
            const auto uses = std::ranges::count(words, word);
            counts[word] += uses;
            findings.unknownUses += uses;
        }
    }
    std::vector<std::pair<std::string, std::int64_t>> sorted(counts.begin(), counts.end());
    std::ranges::stable_sort(sorted, std::greater<>(), [](const auto &entry) { return entry.second; });
    for (auto &[word, count] : sorted)
        note(findings.unknownWords, std::move(word));
}

} // namespace photolex::training
