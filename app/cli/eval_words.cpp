// Tasks on words and sentences alone: people's judgements of likeness, analogies, and which words are known at all.
#include "app/cli/eval_tasks.h"
#include "core/base/bytes.h"
#include "core/caption/sentences.h"
#include "core/eval/words.h"

#include <algorithm>
#include <numeric>
#include <set>

namespace photolex::cli {

namespace {

constexpr std::size_t mostMissing = 20; // words named in the answer

// Shared words of all words, the floor that any space has to leave behind.
double overlap(std::string_view a, std::string_view b)
{
    const auto wordsOf = [](std::string_view text) {
        const auto words = text::tokenize(text);
        return std::set<std::string>(words.begin(), words.end());
    };
    const auto x = wordsOf(a);
    const auto y = wordsOf(b);
    const auto shared = std::ranges::count_if(x, [&](const auto &word) { return y.contains(word); });
    const auto all = x.size() + y.size() - static_cast<std::size_t>(shared);
    return all > 0 ? static_cast<double>(shared) / static_cast<double>(all) : 0;
}

} // namespace

Result<Json> measureSimilarity(const EvalArguments &arguments, const Measured &measured, const Context &)
{
    const auto table = onlyTable(arguments, "pairs");
    if (!table)
        return fail(table.error());
    const auto first = table->column("sentence1");
    const auto second = table->column("sentence2");
    auto judged = table->column("score");
    if (!judged)
        judged = table->column("relatedness");
    if (!first || !second || !judged)
        return fail(Errc::Invalid, displayText(table->file),
                    "its columns must be sentence1, sentence2 and score or relatedness");
    const auto split = table->column("split");
    const auto &encoder = *measured.encoder;
    std::vector<std::string> sentences; // of a pair, one behind the other
    std::vector<double> judgements;
    std::vector<double> overlaps;
    std::int64_t unreadable = 0;
    for (const auto &row : table->rows) {
        if (arguments.split != "all" && split && row[*split] != arguments.split)
            continue;
        if (!caption::isReadable(row[*first], encoder) || !caption::isReadable(row[*second], encoder)) {
            ++unreadable;
            continue;
        }
        const auto judgement = dataset::number(row[*judged]);
        if (!judgement)
            return fail(Errc::Corrupt, displayText(table->file), "a score is no number: " + displayText(row[*judged]));
        sentences.push_back(row[*first]);
        sentences.push_back(row[*second]);
        judgements.push_back(*judgement);
        overlaps.push_back(overlap(row[*first], row[*second]));
    }
    if (judgements.empty())
        return fail(Errc::Invalid, displayText(table->file), "no pair of the split " + displayText(arguments.split));
    const auto points = encoder.sentencePoints(sentences);
    if (!points)
        return fail(points.error());
    const auto d = static_cast<std::ptrdiff_t>(encoder.dimension());
    std::vector<double> scores;
    for (std::size_t i = 0; i < judgements.size(); ++i) {
        const auto *v = points->data() + static_cast<std::ptrdiff_t>(2 * i) * d;
        scores.push_back(std::inner_product(v, v + d, v + d, 0.0));
    }
    Json json = {{"data", displayText(table->file.stem())},
                 {"split", arguments.split},
                 {"pairs", judgements.size()},
                 {"without_known_word", unreadable},
                 {"spearman", eval::spearman(scores, judgements)},
                 {"word_overlap", eval::spearman(overlaps, judgements)}};
    if (const auto interval = eval::bootstrapSpearman(scores, judgements, arguments.bootstrap()))
        json["interval"] = {{"spearman", intervalJson(*interval)}};
    return json;
}

Result<Json> measureAnalogies(const EvalArguments &arguments, const Measured &measured, const Context &)
{
    const auto table = onlyTable(arguments, "analogies");
    if (!table)
        return fail(table.error());
    if (table->columns.size() != 5)
        return fail(Errc::Invalid, displayText(table->file), "its columns must be a section and four words");
    const auto &encoder = *measured.encoder;
    std::vector<std::string> sections;
    std::vector<eval::Analogy> questions;
    for (const auto &row : table->rows) {
        auto section = std::ranges::find(sections, row[0]);
        if (section == sections.end()) {
            sections.push_back(row[0]);
            section = sections.end() - 1;
        }
        eval::Analogy question{.section = static_cast<std::int32_t>(section - sections.begin())};
        for (std::size_t i = 0; i < question.words.size(); ++i)
            question.words[i] = encoder.vocabulary().id(row[i + 1]);
        questions.push_back(question);
    }
    const auto points = encoder.wordPoints();
    if (!points)
        return fail(points.error());
    const auto figures = eval::analogies({*points, encoder.dimension()}, questions, sections.size());
    if (!figures)
        return fail(figures.error());
    const auto json = [](const eval::AnalogyFigures &one) {
        const auto percent = [](std::int64_t part, std::int64_t whole) {
            return whole > 0 ? 100.0 * static_cast<double>(part) / static_cast<double>(whole) : 0;
        };
        return Json{{"asked", one.asked},
                    {"covered", one.covered},
                    {"right", one.right},
                    {"coverage", percent(one.covered, one.asked)},
                    {"accuracy", percent(one.right, one.covered)}};
    };
    eval::AnalogyFigures all;
    Json bySection;
    for (std::size_t i = 0; i < sections.size(); ++i) {
        const auto &one = (*figures)[i];
        all.asked += one.asked;
        all.covered += one.covered;
        all.right += one.right;
        bySection[sections[i]] = json(one);
    }
    Json result = {{"data", displayText(table->file.stem())}};
    result.update(json(all));
    result["sections"] = std::move(bySection);
    return result;
}

Result<Json> measureVocabulary(const EvalArguments &arguments, const Measured &measured, const Context &)
{
    const auto &vocabulary = measured.encoder->vocabulary();
    Json lists;
    for (const auto &specification : arguments.data.specifications) {
        const auto file = fileOfKind(specification, "words");
        if (!file)
            return fail(file.error());
        const auto names = dataset::loadNames(*file);
        if (!names)
            return fail(names.error());
        std::int64_t whole = 0; // names of which every word is read
        std::set<std::string> words;
        std::set<std::string> missing;
        for (const auto &name : *names) {
            const auto read = text::read(name, vocabulary);
            if (!read)
                return fail(read.error());
            whole += read->unknown.empty() ? 1 : 0;
            for (auto &word : text::tokenize(name))
                words.insert(std::move(word));
            missing.insert(read->unknown.begin(), read->unknown.end());
        }
        const auto known = std::ranges::count_if(words, [&](const auto &word) { return vocabulary.id(word) >= 0; });
        Json one = {{"names", names->size()},
                    {"read", whole},
                    {"words", words.size()},
                    {"known", known},
                    {"missing", missing.size()}};
        for (const auto &word : missing)
            if (one["first_missing"].size() < mostMissing)
                one["first_missing"].push_back(word);
        lists[displayText(file->stem())] = std::move(one);
    }
    return Json{{"words", vocabulary.size()}, {"lists", std::move(lists)}};
}

} // namespace photolex::cli
