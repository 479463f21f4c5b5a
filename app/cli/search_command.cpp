// search, words, similar, duplicates: what the library answers.
#include "app/cli/opened_library.h"
#include "core/base/bytes.h"
#include "core/embedding/rows.h"
#include "core/search/search.h"

#include <cstdio>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <optional>

namespace photolex::cli {

namespace {

struct SearchArguments {
    std::string query, file, encoder, since, until, folder;
    std::size_t count = 20;
    bool nulSeparated = false;
    float threshold = 0.9F;
    std::size_t groups = 1000;
};

// The point of a file: from its row when it is in the library, else through the network.
Result<std::vector<float>> pointOf(const OpenedLibrary &opened, const std::filesystem::path &file,
                                   std::optional<PhotoId> &known)
{
    const auto photo = opened.catalogue->photoAt(file);
    if (photo && *photo) {
        known = (*photo)->id;
        if (auto point = opened.engine->pointOf((*photo)->id))
            return point;
    }
    const auto network = image::Network::open(*opened.bundle);
    if (!network)
        return fail(network.error());
    return search::pointOfFile(file, **network, *opened.encoder);
}

Result<catalogue::PhotoFilter> filterOf(const SearchArguments &arguments)
{
    catalogue::PhotoFilter filter;
    if (!arguments.folder.empty())
        filter.folder = absolutePath(arguments.folder).native();
    for (const auto &[text, end, target] :
         {std::tuple(&arguments.since, false, &filter.since), std::tuple(&arguments.until, true, &filter.until)}) {
        if (text->empty())
            continue;
        const auto day = parseDay(*text, end);
        if (!day)
            return fail(day.error());
        *target = *day;
    }
    return filter;
}

Json hitJson(const std::string &path, const search::Match &match)
{
    static constexpr const char *kinds[] = {"meaning", "caption", "keyword", "name", "folder", "title"};
    Json why = Json::array();
    for (const auto &share : match.why)
        why.push_back({{"word", share.word}, {"share", share.share}});
    return {{"path", displayText(path)},
            {"score", match.score},
            {"relevant", match.relevant},
            {"similarity", match.similarity},
            {"kind", kinds[static_cast<int>(match.kind)]},
            {"why", why}};
}

Output answerOutput(const OpenedLibrary &opened, const search::Answer &answer, const SearchArguments &arguments)
{
    Output output;
    Json hits = Json::array();
    bool toldLine = false;
    for (const auto &match : answer.matches) {
        const auto path = opened.catalogue->absolutePath(match.photo);
        if (!path)
            continue; // removed meanwhile
        if (arguments.nulSeparated) {
            std::fwrite(path->c_str(), 1, path->size() + 1, stdout); // the bytes themselves, and the zero after them
            output.printed = true;
            continue;
        }
        hits.push_back(hitJson(*path, match));
        if (!match.relevant && !toldLine)
            output.text += "-- less likely --\n";
        toldLine = toldLine || !match.relevant;
        output.text += fmt::format("{:.3f}  {}\n", match.score, displayText(*path));
    }
    Json suggestions = Json::object();
    for (const auto &[word, known] : answer.suggestions) {
        suggestions[word] = known;
        output.text += fmt::format("not known: {} (known: {})\n", word, fmt::join(known, ", "));
    }
    output.json = {{"query", arguments.query},
                   {"unknown", answer.unknown},
                   {"cut", answer.cut},
                   {"suggestions", suggestions},
                   {"mostly_unknown", answer.mostlyUnknown},
                   {"query_cut", answer.queryCut},
                   {"not_embedded", answer.withoutRow},
                   {"hits", hits}};
    return output;
}

Result<Output> runSearch(const SearchArguments &arguments, const Context &context)
{
    if (!isValidUtf8(arguments.query))
        return fail(Errc::Invalid, displayText(arguments.query), "the query is not UTF-8");
    auto filter = filterOf(arguments);
    if (!filter)
        return fail(filter.error());
    const auto opened = openLibrary(arguments.encoder, context);
    if (!opened)
        return fail(opened.error());
    const auto answer =
        opened->engine->search({.text = arguments.query, .count = arguments.count, .filter = *filter}, context.stop);
    if (!answer)
        return fail(answer.error());
    return answerOutput(*opened, *answer, arguments);
}

Result<Output> runSimilar(const SearchArguments &arguments, const Context &context)
{
    auto filter = filterOf(arguments);
    if (!filter)
        return fail(filter.error());
    const auto opened = openLibrary(arguments.encoder, context);
    if (!opened)
        return fail(opened.error());
    std::optional<PhotoId> known;
    auto point = pointOf(*opened, absolutePath(arguments.file), known);
    if (!point)
        return fail(point.error());
    const auto answer = opened->engine->search(
        {.text = {}, .point = std::move(*point), .similarTo = known, .count = arguments.count, .filter = *filter},
        context.stop);
    if (!answer)
        return fail(answer.error());
    return answerOutput(*opened, *answer, arguments);
}

Result<Output> runWords(const SearchArguments &arguments, const Context &context)
{
    const auto opened = openLibrary(arguments.encoder, context);
    if (!opened)
        return fail(opened.error());
    std::optional<PhotoId> known;
    const auto point = pointOf(*opened, absolutePath(arguments.file), known);
    if (!point)
        return fail(point.error());
    const auto words = opened->engine->nearestWords(*point, arguments.count);
    if (!words)
        return fail(words.error());
    Output output{.json = {{"words", Json::array()}}};
    for (const auto &[word, score] : *words) {
        output.json["words"].push_back({{"word", word}, {"score", score}});
        output.text += fmt::format("{:.3f}  {}\n", score, word);
    }
    return output;
}

Result<Output> runDuplicates(const SearchArguments &arguments, const Context &context)
{
    const auto catalogue = openForReading(context);
    if (!catalogue)
        return fail(catalogue.error());
    const auto bundle = model::openBundle(context.bundle);
    if (!bundle)
        return fail(bundle.error());
    const auto &hash = (*bundle)->manifest().network.sha256;
    const auto features = embedding::Rows::open((*catalogue)->rowFile(embedding::featureRowsName(hash)), hash);
    if (!features)
        return fail(features.error());
    auto found = search::duplicates(**features, arguments.threshold, arguments.groups, context.stop);
    if (!found)
        return fail(found.error());
    if (auto sorted = search::bestFirst(*found, **catalogue); !sorted)
        return fail(sorted.error());
    Output output{.json = {{"groups", Json::array()}, {"more", found->more}}};
    for (const auto &group : found->groups) {
        Json paths = Json::array();
        for (const auto photo : group) {
            if (const auto path = (*catalogue)->absolutePath(photo)) {
                paths.push_back(displayText(*path));
                output.text += displayText(*path) + "\n";
            }
        }
        output.text += "\n";
        output.json["groups"].push_back(std::move(paths));
    }
    return output;
}

void addCommonOptions(CLI::App &app, SearchArguments &arguments)
{
    app.add_option("-k", arguments.count, "How many, at most")->check(CLI::Range(1, 1'000'000));
    app.add_option("--encoder", arguments.encoder, "Encoder of the bundle; by default its first");
}

void addFilterOptions(CLI::App &app, SearchArguments &arguments)
{
    app.add_option("--since", arguments.since, "YYYY, YYYY-MM or YYYY-MM-DD");
    app.add_option("--until", arguments.until, "YYYY, YYYY-MM or YYYY-MM-DD, included");
    app.add_option("--folder", arguments.folder, "Only photos below this folder");
    app.add_flag("-0", arguments.nulSeparated, "Paths alone, byte-exact, each ended by a zero byte");
}

} // namespace

std::vector<Command> searchCommands(CLI::App &parent)
{
    std::vector<Command> commands;
    const auto add = [&](const char *name, const char *help,
                         Result<Output> (*run)(const SearchArguments &, const Context &)) {
        auto *app = parent.add_subcommand(name, help);
        auto arguments = std::make_shared<SearchArguments>();
        commands.push_back({app, [arguments, run](const Context &context) { return run(*arguments, context); }});
        return std::pair(app, arguments);
    };
    const auto [search, searchArguments] = add("search", "Photos for words: best first", runSearch);
    search->add_option("QUERY", searchArguments->query, "Words; -word filters (after a -- when it comes first)")
        ->required();
    addCommonOptions(*search, *searchArguments);
    addFilterOptions(*search, *searchArguments);

    const auto [similar, similarArguments] = add("similar", "Photos like a photo", runSimilar);
    similar->add_option("FILE", similarArguments->file, "Any picture file")->required();
    addCommonOptions(*similar, *similarArguments);
    addFilterOptions(*similar, *similarArguments);

    const auto [words, wordsArguments] = add("words", "The words that lie nearest to a photo", runWords);
    words->add_option("FILE", wordsArguments->file, "Any picture file")->required();
    addCommonOptions(*words, *wordsArguments);

    const auto [duplicates, duplicatesArguments] =
        add("duplicates", "Groups of nearly identical photos", runDuplicates);
    duplicates->add_option("--threshold", duplicatesArguments->threshold, "Least likeness, 0 to 1")
        ->check(CLI::Range(0.0, 1.0));
    duplicates->add_option("--groups", duplicatesArguments->groups, "Groups listed at most");
    return commands;
}

} // namespace photolex::cli
