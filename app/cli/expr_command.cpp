// expr: arithmetic over photos and words.
#include "app/cli/opened_library.h"
#include "core/base/bytes.h"
#include "core/search/expression.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace photolex::cli {

namespace {

constexpr std::size_t mostWords = 100; // beyond that they say nothing about the point

struct ExpressionArguments {
    std::string expression, encoder;
    std::size_t count = 20;
};

Json wordsJson(const std::vector<search::Engine::Word> &words)
{
    Json json = Json::array();
    for (const auto &[word, score] : words)
        json.push_back({{"word", word}, {"score", score}});
    return json;
}

Json hitsJson(const OpenedLibrary &opened, const std::vector<search::Hit> &hits)
{
    Json json = Json::array();
    for (const auto &hit : hits)
        if (const auto path = opened.catalogue->absolutePath(hit.photo)) // else it was removed meanwhile
            json.push_back({{"path", displayText(*path)}, {"score", hit.score}});
    return json;
}

Output answerOutput(const OpenedLibrary &opened, const search::Expression &expression,
                    const search::ExpressionAnswer &answer)
{
    Json steps = Json::array();
    for (std::size_t i = 0; i < answer.steps.size(); ++i) {
        const auto &step = answer.steps[i];
        steps.push_back({{"term", search::printTerm(expression.terms[i], i == 0)},
                         {"hits", hitsJson(opened, step.hits)},
                         {"words", wordsJson(step.words)},
                         {"cancels_out", step.state == search::SumState::CancelsOut}});
    }
    Output output;
    output.json = {{"expression", search::printExpression(expression)},
                   {"hits", hitsJson(opened, answer.result.hits)},
                   {"words", wordsJson(answer.result.words)},
                   {"steps", std::move(steps)},
                   {"unknown", answer.unknown},
                   {"cancels_out", answer.result.state == search::SumState::CancelsOut}};
    for (const auto &hit : output.json["hits"])
        output.text += fmt::format("{:.3f}  {}\n", hit["score"].get<double>(), hit["path"].get<std::string>());
    std::vector<std::string> words;
    for (const auto &[word, score] : answer.result.words)
        words.push_back(word);
    if (!words.empty())
        output.text += fmt::format("words: {}\n", fmt::join(words, ", "));
    if (!answer.unknown.empty())
        output.text += fmt::format("not known: {}\n", fmt::join(answer.unknown, ", "));
    if (answer.result.state != search::SumState::Point) {
        // Not an answer, and not to be mistaken for one by a script that reads no further than the exit code.
        const bool cancels = answer.result.state == search::SumState::CancelsOut;
        output.exitCode = 1;
        output.text += cancels ? "this cancels out: nothing is left to look for\n" : "none of these words is known\n";
        output.json["error"] = {{"code", cancels ? "cancels-out" : "nothing-known"},
                                {"subject", output.json["expression"]},
                                {"detail", cancels ? "the terms add up to nothing" : "no term has a known word"}};
    }
    return output;
}

Result<Output> run(const ExpressionArguments &arguments, const Context &context)
{
    const auto expression = search::parseExpression(arguments.expression);
    if (!expression)
        return fail(expression.error());
    const auto opened = openLinearLibrary(arguments.encoder, context);
    if (!opened)
        return fail(opened.error());
    const search::TermReader reader(opened->catalogue, opened->engine,
                                    [&opened] { return image::Network::open(*opened->bundle); });
    const auto points = reader.read(*expression, context.stop);
    if (!points)
        return fail(points.error());
    const auto answer = search::answerExpression(
        *opened->engine, *expression, *points,
        {.photos = arguments.count, .words = std::min(arguments.count, mostWords), .steps = true, .filter = {}},
        context.stop);
    if (!answer)
        return fail(answer.error());
    return answerOutput(*opened, *expression, *answer);
}

} // namespace

Command exprCommand(CLI::App &parent)
{
    auto *app = parent.add_subcommand("expr", "Arithmetic over photos and words: photo:'FILE' - 'blue' + 2*'red'");
    auto arguments = std::make_shared<ExpressionArguments>();
    app->add_option("EXPRESSION", arguments->expression,
                    "Terms 'WORDS', photo:'FILE', saved:'NAME' with + and -, each with a weight in front if wanted "
                    "(after a -- when a minus comes first)")
        ->required();
    app->add_option("-k", arguments->count, "How many photos, at most")->check(CLI::Range(1, 1'000'000));
    app->add_option("--encoder", arguments->encoder, "Encoder of the bundle; by default its linear one");
    return {app, [arguments](const Context &context) { return run(*arguments, context); }};
}

} // namespace photolex::cli
