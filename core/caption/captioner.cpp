#include "core/caption/captioner.h"

#include "core/base/bytes.h"
#include "core/base/tensor_file.h"
#include "core/caption/vectors_p.h"
#include "core/text/stemmer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <limits>
#include <numeric>
#include <ranges>
#include <set>

namespace photolex::caption {

namespace {

constexpr float leastShare = 0.1F;        // of a word's uses that must have the tag, unless the word is asked for
constexpr std::size_t mostPlacements = 4; // of required words in one structure
constexpr std::size_t sentencesOfContent = 20;

struct Beam {
    std::vector<std::int32_t> words;
    double logarithm = 0;
};

struct Next {
    double key = 0, logarithm = 0;
    std::size_t beam = 0;
    std::int32_t word = 0;
};

// The words so far, each asked for among those that take the tag of its place. Beginnings that the model cannot tell
// apart (their last words and next tags are the same) are one row of it.
class Asked {
public:
    void add(const std::vector<std::int32_t> &words, std::size_t place, const Tags &structure, std::uint8_t beyond)
    {
        Rows row;
        row.add(words, place, structure, beyond);
        Key key;
        std::ranges::copy(row.contexts, key.begin());
        std::ranges::copy(row.windows, key.begin() + contextLength);
        const auto [found, isNew] = m_known.emplace(key, m_tags.size());
        m_rowOf.push_back(found->second);
        if (isNew) {
            m_rows.add(words, place, structure, beyond);
            m_tags.push_back(structure[place]);
        }
    }

    Result<> ask(const LanguageModel &model, std::span<const float> content)
    {
        auto answer = model.logProbabilitiesAmong(m_tags, m_rows, content);
        if (!answer)
            return fail(answer.error());
        m_answer = std::move(*answer);
        return {};
    }

    // The logarithms of what was added next, in the order in which it was added.
    const float *next() { return m_answer.logs.data() + m_answer.first[m_rowOf[m_read++]]; }

private:
    using Key = std::array<std::int32_t, contextLength + tagWindow>;
    std::map<Key, std::size_t> m_known;
    Rows m_rows;
    std::vector<std::uint8_t> m_tags; // of each row
    std::vector<std::size_t> m_rowOf; // of each that was added
    LanguageModel::Among m_answer;
    std::size_t m_read = 0;
};

} // namespace

// One structure with some of its words given, and what it was filled with.
struct Captioner::Item {
    std::size_t structure = 0; // which one of those asked for
    Tags tags;
    std::map<std::size_t, std::int32_t> given;
    std::vector<Beam> beams;
    std::size_t place = 0; // of the next word

    // None is: no word takes a tag of it, and it stays empty.
    bool isUnfinished() const { return place < tags.size() && !beams.empty(); }
};

Result<std::shared_ptr<const Captioner>> Captioner::open(const std::shared_ptr<const model::Bundle> &bundle)
{
    const auto parts = readParts(*bundle);
    if (!parts)
        return fail(parts.error());
    auto captioner = std::make_shared<Captioner>();
    auto encoder = joint::Encoder::open(bundle, parts->encoder);
    if (!encoder)
        return fail(encoder.error());
    if ((*encoder)->hash() != parts->encoderHash)
        return fail(Errc::Unsupported, bundle->manifest().id,
                    fmt::format("its caption models were trained on other points than those of the encoder \"{}\": "
                                "train them again",
                                parts->encoder));
    captioner->m_bundle = bundle->manifest().id;
    captioner->m_encoder = std::move(*encoder);
    auto tagger = text::Tagger::load(bundle->file(taggerFile));
    if (!tagger)
        return fail(tagger.error());
    captioner->m_tagger = std::move(*tagger);
    auto lexicon = Lexicon::load(bundle->file(lexiconFile));
    if (!lexicon)
        return fail(lexicon.error());
    captioner->m_lexicon = std::move(*lexicon);
    std::map<std::string, std::int32_t> stems;
    const text::Stemmer stemmer;
    for (const auto &word : captioner->m_lexicon.vocabulary().words()) {
        captioner->m_stems.push_back(
            stems.emplace(stemmer.stem(word), static_cast<std::int32_t>(stems.size())).first->second);
        captioner->m_isCommon.push_back(text::isStopWord(word));
    }
    auto store = StructureStore::load(bundle->file(structuresFile), captioner->m_lexicon);
    if (!store)
        return fail(store.error());
    captioner->m_structures = std::move(*store);
    const std::int64_t dimension = captioner->m_encoder->dimension();
    auto model = LanguageModel::open(bundle->file(modelFile(parts->models.front())), parts->models.front(),
                                     {.words = std::ssize(captioner->m_lexicon.vocabulary().words()),
                                      .tags = std::ssize(captioner->m_lexicon.tags()),
                                      .contents = dimension,
                                      .parts = captioner->m_lexicon.parts()});
    if (!model)
        return fail(model.error());
    captioner->m_model = std::move(*model);
    const auto file = TensorFile::open(bundle->file(mapFile));
    if (!file)
        return fail(file.error());
    const auto *map = file->find("map");
    const auto *shift = file->find("shift");
    if (!map || !shift || map->shape != std::vector<std::int64_t>{dimension, dimension} ||
        shift->shape != std::vector<std::int64_t>{dimension})
        return fail(Errc::Corrupt, displayText(bundle->file(mapFile)), "it does not fit the encoder");
    captioner->m_map = map->toFloats();
    captioner->m_shift = shift->toFloats();
    if (parts->hasSentences) {
        auto lines = readSentences(*bundle);
        if (!lines)
            return fail(lines.error());
        auto sentences = Sentences::create(captioner->m_encoder, std::move(*lines));
        if (!sentences)
            return fail(sentences.error());
        captioner->m_sentences = std::move(*sentences);
    }
    return captioner;
}

bool Captioner::isIn(const model::Bundle &bundle)
{
    return bundle.manifest().files.contains(std::string(partsFile));
}

std::vector<float> Captioner::content(std::span<const float> point, ContentMap map) const
{
    if (map == ContentMap::Nearest && m_sentences)
        return m_sentences->meanOfNearest(point, sentencesOfContent);
    std::vector<float> content(point.begin(), point.end());
    if (map == ContentMap::Centred)
        std::ranges::transform(content, m_shift, content.begin(), std::plus());
    if (map == ContentMap::Fitted || map == ContentMap::Nearest)
        for (std::size_t i = 0; i < point.size(); ++i)
            content[i] = dot(point, std::span(m_map).subspan(i * point.size(), point.size()));
    return scaled(std::move(content));
}

// Those of the caller; else of the nearest sentences, then drawn ones. More than are asked for, in order.
Result<std::vector<Tags>> Captioner::structuresFor(std::span<const float> point, const Options &options) const
{
    std::vector<Tags> structures;
    for (const auto &text : options.structures) {
        auto tags = m_lexicon.read(text);
        if (!tags)
            return fail(tags.error());
        structures.push_back(std::move(*tags));
    }
    if (!structures.empty())
        return structures;
    const auto shortest = static_cast<std::size_t>(std::max(options.shortest, 1));
    const auto longest = static_cast<std::size_t>(std::max(options.longest, 1));
    std::set<Tags> taken;
    if (options.nearest > 0 && m_sentences)
        for (const auto &one : m_sentences->nearest(point, 4 * static_cast<std::size_t>(options.nearest))) {
            auto tags = m_tagger->numbers(text::tokenize(one.text));
            if (std::ssize(taken) < options.nearest && tags.size() >= shortest && tags.size() <= longest &&
                taken.insert(tags).second)
                structures.push_back(std::move(tags));
        }
    // Some of those drawn have no place for the words that are required.
    const bool isFree = options.required.empty() && options.fixed.empty();
    const auto wanted = static_cast<std::size_t>(std::max(options.samples, 1));
    auto random = generator(options.seed, "structures");
    for (auto &one : m_structures.sample(isFree ? wanted : m_structures.all().size(), shortest, longest, random))
        if (taken.insert(one.tags).second)
            structures.push_back(std::move(one.tags));
    return structures;
}

// The structures, each with every way (some of them) to place the words that are required.
Result<std::vector<Captioner::Item>> Captioner::items(std::span<const float> point, const Options &options) const
{
    auto found = structuresFor(point, options);
    if (!found)
        return fail(found.error());
    const auto structures = std::move(*found);
    const auto wordOf = [&](const std::string &word) -> Result<std::int32_t> {
        const auto id = m_lexicon.vocabulary().id(word);
        if (id <= Lexicon::unknown)
            return fail(Errc::Invalid, displayText(word), "captions have no such word");
        return id;
    };
    std::vector<std::int32_t> required;
    for (const auto &word : options.required) {
        const auto id = wordOf(word);
        if (!id)
            return fail(id.error());
        required.push_back(*id);
    }
    std::map<std::size_t, std::int32_t> fixed;
    for (const auto &[place, word] : options.fixed) {
        const auto id = wordOf(word);
        if (!id)
            return fail(id.error());
        fixed[static_cast<std::size_t>(std::max(place, 0))] = *id;
    }
    const auto wanted = static_cast<std::size_t>(std::max(options.samples, 1));
    std::vector<Item> all;
    std::size_t kept = 0;
    for (const auto &tags : structures) {
        if (!fixed.empty() && fixed.rbegin()->first >= tags.size())
            continue;
        std::vector<Item> own = {{.structure = kept, .tags = tags, .given = fixed, .beams = {}}};
        for (const auto word : required) {
            std::vector<Item> placed;
            for (const auto &item : own)
                for (std::size_t place = 0; place < tags.size() && placed.size() < mostPlacements; ++place)
                    if (!item.given.contains(place) && m_lexicon.share(word, tags[place]) > leastShare) {
                        placed.push_back(item);
                        placed.back().given[place] = word;
                    }
            own = std::move(placed);
        }
        if (own.empty())
            continue;
        std::ranges::move(own, std::back_inserter(all));
        if (++kept == wanted && options.structures.empty())
            break;
    }
    if (all.empty())
        return fail(Errc::Invalid, "structure", "the words that are asked for fit no place of it");
    return all;
}

Result<> Captioner::fill(std::vector<Item> &items, std::span<const float> content, const Options &options,
                         const std::stop_token &stop) const
{
    const auto vocabulary = m_lexicon.vocabulary().size();
    std::vector<bool> banned(vocabulary, false);
    banned[0] = banned[1] = banned[Lexicon::unknown] = true;
    for (const auto &word : options.banned)
        banned[static_cast<std::size_t>(m_lexicon.id(word))] = true;
    const std::vector<bool> isCommon = options.allowsRepeats ? std::vector<bool>(vocabulary, true) : m_isCommon;
    const auto stemOf = [this](std::int32_t word) { return m_stems[static_cast<std::size_t>(word)]; };
    for (auto &item : items)
        item.beams = {{}};
    auto random = generator(options.seed, "words");
    std::uniform_real_distribution<double> uniform(1e-12, 1);
    const auto width = static_cast<std::size_t>(std::max(options.beam, 1));
    const bool hasChance = options.temperature > 0;
    const auto choiceOf = [this](const Item *item) { return m_lexicon.wordsOf(item->tags[item->place]).size(); };
    for (std::vector<Item *> turn;; turn.clear()) {
        if (stop.stop_requested())
            return fail(Errc::Cancelled, "captions");
        for (auto &item : items)
            if (item.isUnfinished())
                turn.push_back(&item);
        if (turn.empty())
            return {};
        // Structures do not wait for each other, but those whose next word has most to choose from wait until all do:
        // scoring every noun is what takes time, and takes little more for many rows at once.
        const auto most = std::ranges::max(turn | std::views::transform(choiceOf));
        if (std::ranges::any_of(turn, [&](const Item *item) { return choiceOf(item) < most; }))
            std::erase_if(turn, [&](const Item *item) { return choiceOf(item) == most; });
        Asked asked;
        for (const auto *item : turn)
            for (const auto &beam : item->beams)
                asked.add(beam.words, item->place, item->tags, m_lexicon.beyond());
        if (auto answered = asked.ask(*m_model, content); !answered)
            return answered;
        for (auto *own : turn) {
            auto &item = *own;
            const auto &uses = m_lexicon.wordsOf(item.tags[item.place]);
            const auto given = item.given.find(item.place++);
            std::vector<Beam> next;
            std::vector<Next> found;
            for (std::size_t b = 0; b < item.beams.size(); ++b) {
                const auto *logs = asked.next();
                const auto &words = item.beams[b].words;
                const double before = item.beams[b].logarithm;
                // Without chance only the `width` best are kept, the worst of them in front: most words are left at
                // the first glance, by what falls short of the worst even when rounding is allowed for.
                const auto barOf = [&] {
                    return !hasChance && found.size() == width ? static_cast<float>(found.front().key - before) - 1e-3F
                                                               : std::numeric_limits<float>::lowest();
                };
                float bar = barOf();
                const auto keep = [&](std::int32_t word, double logarithm) {
                    found.push_back({logarithm, logarithm, b, word});
                    if (hasChance)
                        return;
                    std::ranges::push_heap(found, std::greater(), &Next::key);
                    if (found.size() > width) {
                        std::ranges::pop_heap(found, std::greater(), &Next::key);
                        found.pop_back();
                    }
                    bar = barOf();
                };
                if (given != item.given.end()) {
                    // A fixed word that never takes the tag: as unlikely as the least likely one that does.
                    const auto use = std::ranges::lower_bound(uses, given->second, {}, &Lexicon::Use::word);
                    const bool isUse = use != uses.end() && use->word == given->second;
                    if (!uses.empty())
                        keep(given->second, before + (isUse ? logs[use - uses.begin()] + use->logarithm
                                                            : *std::ranges::min_element(logs, logs + uses.size())));
                    continue;
                }
                for (std::size_t i = 0; i < uses.size(); ++i) {
                    const auto &[word, share, logShare] = uses[i];
                    if (logs[i] + logShare < bar || share < leastShare)
                        continue;
                    const double logarithm = before + logs[i] + logShare;
                    const auto isAlike = [&, stem = stemOf(word)](std::int32_t other) { return stemOf(other) == stem; };
                    const auto at = static_cast<std::size_t>(word);
                    if (!banned[at] &&
                        (isCommon[at] ? words.empty() || words.back() != word
                                      : std::ranges::none_of(words, isAlike) &&
                                            std::ranges::none_of(item.given | std::views::values, isAlike)))
                        keep(word, logarithm);
                }
            }
            const auto kept = std::min(width, found.size());
            // The largest of log p + T · (Gumbel noise) are drawn by p^{1/T} without replacement.
            if (hasChance)
                for (auto &one : found)
                    one.key += options.temperature * -std::log(-std::log(uniform(random)));
            std::ranges::partial_sort(found, found.begin() + static_cast<std::ptrdiff_t>(kept), std::greater(),
                                      &Next::key);
            for (std::size_t i = 0; i < kept; ++i) {
                next.push_back(item.beams[found[i].beam]);
                next.back().words.push_back(found[i].word);
                next.back().logarithm = found[i].logarithm;
            }
            item.beams = std::move(next);
        }
    }
}

Result<std::vector<Caption>> Captioner::captions(std::span<const float> point, const Options &options,
                                                 const std::stop_token &stop) const
{
    if (std::ssize(point) != m_encoder->dimension())
        return fail(Errc::Invalid, "point", "it is not of the encoder that the captions were trained on");
    const auto u = content(point, options.contentMap);
    auto filled = items(point, options);
    if (!filled)
        return fail(filled.error());
    if (auto done = fill(*filled, u, options, stop); !done)
        return fail(done.error());
    std::vector<Caption> candidates;
    std::vector<std::size_t> structureOf;
    std::vector<std::string> texts;
    for (const auto &item : *filled)
        for (const auto &beam : item.beams) {
            if (beam.words.size() != item.tags.size())
                continue;
            auto &one = candidates.emplace_back();
            for (const auto word : beam.words)
                one.words.push_back(m_lexicon.vocabulary().word(word));
            one.text = fmt::format("{}", fmt::join(one.words, " "));
            one.tags = m_lexicon.names(item.tags);
            one.readTags = m_tagger->tag(one.words);
            one.language = beam.logarithm / static_cast<double>(beam.words.size());
            one.structure = m_structures.logShare(item.tags);
            structureOf.push_back(item.structure);
            texts.push_back(one.text);
        }
    if (candidates.empty())
        return fail(Errc::Invalid, "structure", "no words fit it");
    if (auto scored = addScores(candidates, point, options); !scored)
        return fail(scored.error());
    std::vector<std::size_t> order(candidates.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
        return std::pair(candidates[a].isAdherent(), candidates[a].score) >
               std::pair(candidates[b].isAdherent(), candidates[b].score);
    });
    std::vector<Caption> captions;
    std::map<std::size_t, int> taken; // of each structure
    std::set<std::string> said;
    for (const auto i : order)
        if (taken[structureOf[i]] < std::max(options.perStructure, 1) && said.insert(texts[i]).second) {
            ++taken[structureOf[i]];
            captions.push_back(std::move(candidates[i]));
        }
    if (options.alternatives > 0)
        if (auto added = addAlternatives(captions, u, options.alternatives); !added)
            return fail(added.error());
    return captions;
}

Result<> Captioner::addScores(std::vector<Caption> &captions, std::span<const float> point,
                              const Options &options) const
{
    std::vector<std::string> texts;
    texts.reserve(captions.size());
    for (const auto &one : captions)
        texts.push_back(one.text);
    const auto points = m_encoder->sentencePoints(texts);
    if (!points)
        return fail(points.error());
    for (std::size_t i = 0; i < captions.size(); ++i) {
        auto &one = captions[i];
        one.cosine = dot(point, std::span(*points).subspan(i * point.size(), point.size()));
        one.score = options.cosineWeight * one.cosine + options.languageWeight * one.language +
                    options.structureWeight * one.structure;
    }
    return {};
}

Result<> Captioner::addAlternatives(std::vector<Caption> &captions, std::span<const float> content, int count) const
{
    Asked asked;
    std::vector<Tags> structures;
    for (const auto &caption : captions) {
        std::vector<std::int32_t> words;
        words.reserve(caption.words.size());
        for (const auto &word : caption.words)
            words.push_back(m_lexicon.id(word));
        auto tags = m_lexicon.read(fmt::format("{}", fmt::join(caption.tags, " ")));
        if (!tags)
            return fail(tags.error());
        for (std::size_t place = 0; place < words.size(); ++place)
            asked.add(words, place, *tags, m_lexicon.beyond());
        structures.push_back(std::move(*tags));
    }
    if (auto answered = asked.ask(*m_model, content); !answered)
        return answered;
    for (std::size_t c = 0; c < captions.size(); ++c)
        for (const auto tag : structures[c]) {
            const auto &uses = m_lexicon.wordsOf(tag);
            const auto *logs = asked.next();
            std::vector<std::pair<float, std::int32_t>> likely; // negative, so that equal ones keep the words' order
            double sum = 0;
            for (std::size_t i = 0; i < uses.size(); ++i)
                if (uses[i].share >= leastShare && uses[i].word > Lexicon::unknown) {
                    likely.emplace_back(-std::exp(logs[i]) * uses[i].share, uses[i].word);
                    sum -= likely.back().first;
                }
            const auto kept = std::min(likely.size(), static_cast<std::size_t>(count));
            std::ranges::partial_sort(likely, likely.begin() + static_cast<std::ptrdiff_t>(kept));
            auto &own = captions[c].alternatives.emplace_back();
            for (std::size_t i = 0; i < kept; ++i)
                own.push_back({m_lexicon.vocabulary().word(likely[i].second),
                               static_cast<float>(-likely[i].first / std::max(sum, 1e-30))});
        }
    return {};
}

Result<std::vector<Caption>> Captioner::retrieved(std::span<const float> point, std::size_t count,
                                                  std::shared_ptr<const Sentences> sentences) const
{
    if (std::ssize(point) != m_encoder->dimension())
        return fail(Errc::Invalid, "point", "it is not of the encoder that the captions were trained on");
    if (!sentences)
        sentences = m_sentences;
    std::vector<Caption> captions;
    if (!sentences)
        return captions;
    for (auto &found : sentences->nearest(point, count)) {
        auto &one = captions.emplace_back();
        one.text = std::move(found.text);
        one.words = text::tokenize(one.text);
        one.tags = one.readTags = m_tagger->tag(one.words);
        one.score = one.cosine = found.cosine;
        one.isRetrieved = true;
    }
    return captions;
}

Result<std::vector<Caption>> Captioner::ranked(std::span<const float> point, std::span<const std::string> texts,
                                               const Options &options) const
{
    if (std::ssize(point) != m_encoder->dimension())
        return fail(Errc::Invalid, "point", "it is not of the encoder that the captions were trained on");
    const auto u = content(point, options.contentMap);
    std::vector<Caption> captions;
    for (const auto &text : texts) {
        Caption one;
        one.text = text;
        one.words = text::tokenize(text);
        if (!isReadable(text, *m_encoder))
            continue;
        one.tags = one.readTags = m_tagger->tag(one.words);
        const auto tags = m_lexicon.read(fmt::format("{}", fmt::join(one.tags, " ")));
        if (!tags)
            return fail(tags.error());
        std::vector<std::int32_t> words;
        words.reserve(one.words.size());
        for (const auto &word : one.words)
            words.push_back(m_lexicon.id(word));
        Rows rows;
        for (std::size_t place = 0; place < words.size(); ++place)
            rows.add(words, place, *tags, m_lexicon.beyond());
        const auto logs = m_model->logProbabilities(rows, u);
        if (!logs)
            return fail(logs.error());
        const auto vocabulary = m_lexicon.vocabulary().size();
        // As in fill(): among the words that take the place's tag. A word that is none of them: among all.
        for (std::size_t place = 0; place < words.size(); ++place) {
            const auto *own = logs->data() + place * vocabulary;
            double sum = 0;
            for (const auto &use : m_lexicon.wordsOf((*tags)[place]))
                sum += std::exp(own[use.word]);
            const auto share = m_lexicon.share(words[place], (*tags)[place]);
            one.language += own[words[place]] + (share > 0 ? std::log(share) - std::log(std::max(sum, 1e-30)) : 0.0);
        }
        one.language /= static_cast<double>(words.size());
        one.structure = m_structures.logShare(*tags);
        captions.push_back(std::move(one));
    }
    if (auto scored = addScores(captions, point, options); !scored)
        return fail(scored.error());
    std::ranges::stable_sort(captions, std::greater(), &Caption::score);
    return captions;
}

} // namespace photolex::caption
