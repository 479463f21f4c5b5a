// caption and rank-captions: sentences for photos, and how well given ones fit.
#include "app/cli/caption_commands.h"
#include "app/cli/opened_library.h"
#include "core/base/bytes.h"
#include "core/captioning/captioning.h"
#include "core/embedding/rows.h"
#include "core/image/network.h"
#include "core/projection/points.h"
#include "core/search/expression.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace photolex::cli {

namespace {

struct CaptionArguments {
    std::vector<std::string> files, fixed, near;
    caption::Options options;
    std::string structure, expression, sentences, folder;
    int retrieved = 1, most = 5;
    bool all = false, again = false, withCaptioned = false;
};

struct RankArguments {
    std::string file, captions;
    caption::Options options;
};

// What writes captions, opened once for a command.
struct Writer {
    std::shared_ptr<const model::Bundle> bundle;
    std::shared_ptr<const caption::Captioner> captioner;
    std::shared_ptr<const image::Network> network;

    Result<std::vector<float>> pointOf(const std::filesystem::path &photo) const
    {
        return search::pointOfFile(photo, *network, *captioner->encoder());
    }
};

Result<Writer> openWriter(const Context &context)
{
    Writer writer;
    auto bundle = model::openBundle(context.bundle);
    if (!bundle)
        return fail(bundle.error());
    auto captioner = caption::Captioner::open(*bundle);
    if (!captioner)
        return fail(captioner.error());
    auto network = image::Network::open(**bundle);
    if (!network)
        return fail(network.error());
    return Writer{std::move(*bundle), std::move(*captioner), std::move(*network)};
}

Json captionJson(const caption::Caption &caption)
{
    Json json = {{"text", caption.text},
                 {"tags", caption.tags},
                 {"read_tags", caption.readTags},
                 {"score", caption.score},
                 {"parts", {{"cosine", caption.cosine}}},
                 {"origin", caption.isRetrieved ? "retrieved" : "generated"}};
    if (!caption.isRetrieved) {
        json["parts"]["language"] = caption.language;
        json["parts"]["structure"] = caption.structure;
    }
    for (const auto &place : caption.alternatives) {
        auto &own = json["alternatives"].emplace_back(Json::array());
        for (const auto &[word, probability] : place)
            own.push_back({{"word", word}, {"probability", probability}});
    }
    return json;
}

// "2=dog": the third word.
Result<> readFixed(const std::vector<std::string> &texts, std::map<int, std::string> &fixed)
{
    for (const auto &text : texts) {
        const auto equals = text.find('=');
        int place = -1;
        if (equals != std::string::npos)
            std::from_chars(text.data(), text.data() + equals, place);
        if (place < 0)
            return fail(Errc::Invalid, displayText(text), "PLACE=WORD is wanted, places count from 0");
        fixed[place] = text.substr(equals + 1);
    }
    return {};
}

// Plain lines, or the captions of a table.
Result<std::vector<std::string>> linesOf(const std::string &file)
{
    const auto set = loadData("text:" + file, {});
    if (!set)
        return fail(set.error());
    std::vector<std::string> lines;
    for (const auto &one : set->captions)
        lines.push_back(one.text);
    return lines;
}

Result<std::shared_ptr<const caption::Sentences>> sentencesOf(const std::string &file, const Writer &writer)
{
    if (file.empty())
        return std::shared_ptr<const caption::Sentences>();
    auto lines = linesOf(file);
    if (!lines)
        return fail(lines.error());
    return caption::Sentences::create(writer.captioner->encoder(), std::move(*lines));
}

Result<std::vector<caption::Caption>> captionsAt(std::span<const float> point, const CaptionArguments &arguments,
                                                 const caption::Options &options, const Writer &writer,
                                                 const std::shared_ptr<const caption::Sentences> &sentences,
                                                 const Context &context)
{
    auto captions = writer.captioner->captions(point, options, context.stop);
    if (!captions)
        return captions;
    const auto nearest =
        writer.captioner->retrieved(point, static_cast<std::size_t>(std::max(arguments.retrieved, 0)), sentences);
    if (!nearest)
        return fail(nearest.error());
    captions->resize(std::min(captions->size(), static_cast<std::size_t>(std::max(arguments.most, 1))));
    captions->insert(captions->end(), nearest->begin(), nearest->end());
    return captions;
}

Result<std::vector<float>> pointOfExpression(const std::string &text, const Writer &writer, const Context &context)
{
    const auto expression = search::parseExpression(text);
    if (!expression)
        return fail(expression.error());
    const auto opened = openLibrary(writer.captioner->encoder()->entry().id, context);
    if (!opened)
        return fail(opened.error());
    const search::TermReader reader(opened->catalogue, opened->engine,
                                    [&]() -> Result<std::shared_ptr<const image::Network>> { return writer.network; });
    const auto points = reader.read(*expression, context.stop);
    if (!points)
        return fail(points.error());
    auto sum = search::sumOf(expression->terms, *points);
    if (sum.state != search::SumState::Point)
        return fail(Errc::Invalid, search::printExpression(*expression),
                    sum.state == search::SumState::CancelsOut ? "its terms add up to nothing"
                                                              : "none of its words is known");
    return std::move(sum.point);
}

// What lies between some photos.
Result<std::vector<float>> pointBetween(const std::vector<std::string> &files, const Writer &writer)
{
    std::vector<float> values;
    for (const auto &file : files) {
        const auto point = writer.pointOf(absolutePath(file));
        if (!point)
            return fail(point.error());
        values.insert(values.end(), point->begin(), point->end());
    }
    const std::vector<float> shares(files.size(), 1.0F / static_cast<float>(files.size()));
    return projection::meanDirection({values, values.size() / files.size()}, shares);
}

// The job over the library's photos.
Result<Output> captionAll(const CaptionArguments &arguments, const caption::Options &options, const Context &context)
{
    const auto writer = openWriter(context);
    if (!writer)
        return fail(writer.error());
    const auto &encoder = writer->captioner->encoder();
    if (const auto opened = openLibrary(encoder->entry().id, context); !opened) // its rows are filled when they miss
        return fail(opened.error());
    const auto catalogue = openForWriting(context);
    if (!catalogue)
        return fail(catalogue.error());
    const auto rows =
        embedding::Rows::open((*catalogue)->rowFile(embedding::pointRowsName(encoder->hash())), encoder->hash());
    if (!rows)
        return fail(rows.error());
    catalogue::PhotoFilter filter;
    if (!arguments.folder.empty())
        filter.folder = absolutePath(arguments.folder).native();
    const auto photos = (*catalogue)->photoIds(filter, catalogue::SortKey::Path, false);
    if (!photos)
        return fail(photos.error());
    const auto job = captioning::captionPhotos(
        **catalogue, *writer->captioner, **rows, *photos,
        {.captions = options, .withCaptioned = arguments.withCaptioned, .again = arguments.again}, context.stop,
        progressLine(context), {});
    if (!job)
        return fail(job.error());
    return Output{.json = {{"written", job->written},
                           {"done_before", job->doneBefore},
                           {"captioned", job->captioned},
                           {"not_indexed", job->withoutPoint},
                           {"distinct", job->distinctShare}},
                  .text = fmt::format("{} captions written, {} were there before, {} photos have a caption of their "
                                      "own, {} are not indexed; {:.0f} % of the captions are different ones\n",
                                      job->written, job->doneBefore, job->captioned, job->withoutPoint,
                                      100 * job->distinctShare)};
}

Result<Output> runCaption(const CaptionArguments &arguments, const Context &context)
{
    if (arguments.files.empty() && arguments.expression.empty() && arguments.near.empty() && !arguments.all)
        return fail(Errc::Invalid, "caption", "photos, --expression, --near or --all are wanted");
    auto options = arguments.options;
    if (!arguments.structure.empty())
        options.structures = {arguments.structure};
    if (auto read = readFixed(arguments.fixed, options.fixed); !read)
        return fail(read.error());
    if (arguments.all)
        return captionAll(arguments, options, context);
    const auto writer = openWriter(context);
    if (!writer)
        return fail(writer.error());
    const auto sentences = sentencesOf(arguments.sentences, *writer);
    if (!sentences)
        return fail(sentences.error());
    Output output{.json = {{"photos", Json::array()}}, .text = {}};
    const auto add = [&](Json photo, const std::string &name, const Result<std::vector<float>> &point) -> Result<> {
        if (!point)
            return fail(point.error());
        const auto captions = captionsAt(*point, arguments, options, *writer, *sentences, context);
        if (!captions)
            return fail(captions.error());
        photo["captions"] = Json::array();
        output.text += fmt::format("{}\n", name);
        for (const auto &one : *captions) {
            photo["captions"].push_back(captionJson(one));
            output.text += fmt::format("  {:6.2f}  {}  ({})\n", one.score, one.text,
                                       one.isRetrieved ? "retrieved" : fmt::format("{}", fmt::join(one.tags, " ")));
        }
        output.json["photos"].push_back(std::move(photo));
        return {};
    };
    if (const auto &expression = arguments.expression; !expression.empty())
        if (auto added = add({{"expression", expression}}, expression, pointOfExpression(expression, *writer, context));
            !added)
            return fail(added.error());
    if (!arguments.near.empty()) {
        Json paths = Json::array();
        for (const auto &file : arguments.near)
            paths.push_back(displayText(absolutePath(file)));
        if (auto added = add({{"near", paths}}, fmt::format("between {} photos", paths.size()),
                             pointBetween(arguments.near, *writer));
            !added)
            return fail(added.error());
    }
    for (const auto &name : arguments.files) {
        if (context.stop.stop_requested())
            return fail(Errc::Cancelled, displayText(name), "nothing is kept");
        const auto path = absolutePath(name);
        if (auto added = add({{"path", displayText(path)}}, displayText(path), writer->pointOf(path)); !added)
            return fail(added.error());
    }
    return output;
}

Result<Output> runRank(const RankArguments &arguments, const Context &context)
{
    const auto lines = linesOf(arguments.captions);
    if (!lines)
        return fail(lines.error());
    const auto writer = openWriter(context);
    if (!writer)
        return fail(writer.error());
    const auto point = writer->pointOf(absolutePath(arguments.file));
    if (!point)
        return fail(point.error());
    const auto captions = writer->captioner->ranked(*point, *lines, arguments.options);
    if (!captions)
        return fail(captions.error());
    Output output{.json = {{"path", displayText(absolutePath(arguments.file))}, {"captions", Json::array()}},
                  .text = {}};
    for (const auto &one : *captions) {
        auto json = captionJson(one);
        json.erase("origin");
        output.json["captions"].push_back(std::move(json));
        output.text += fmt::format("{:6.2f}  {}\n", one.score, one.text);
    }
    output.json["unreadable"] = lines->size() - captions->size();
    return output;
}

} // namespace

void addCaptionOptions(CLI::App &app, caption::Options &options)
{
    const std::map<std::string, caption::ContentMap> maps = {{"none", caption::ContentMap::None},
                                                             {"centred", caption::ContentMap::Centred},
                                                             {"fitted", caption::ContentMap::Fitted},
                                                             {"nearest", caption::ContentMap::Nearest}};
    app.add_option("--content", options.contentMap, "How a photo's point is led to where captions lie")
        ->transform(CLI::CheckedTransformer(maps, CLI::ignore_case));
    app.add_option("--cosine-weight", options.cosineWeight, "Of the cosine to the photo in a caption's score");
    app.add_option("--language-weight", options.languageWeight, "Of the words' mean log probability");
    app.add_option("--structure-weight", options.structureWeight, "Of the log share of the structure");
    app.add_option("--samples", options.samples, "Structures drawn")->check(CLI::Range(1, 4000));
    app.add_option("--nearest", options.nearest, "Structures taken from the nearest sentences of the bundle")
        ->check(CLI::Range(0, 4000));
    app.add_option("--shortest", options.shortest, "Words of a drawn structure, at least")->check(CLI::Range(1, 50));
    app.add_option("--longest", options.longest, "Words of a drawn structure, at most")->check(CLI::Range(1, 50));
    app.add_option("--temperature", options.temperature, "Of chance in the choice of words")
        ->check(CLI::Range(0.0, 10.0));
    app.add_option("--per-structure", options.perStructure, "Candidates kept of each structure")
        ->check(CLI::Range(1, 1000));
    app.add_option("--beam", options.beam, "Beginnings kept at each word")->check(CLI::Range(1, 1000));
}

std::vector<Command> captionCommands(CLI::App &parent)
{
    auto *app = parent.add_subcommand("caption", "Write captions for photos");
    auto arguments = std::make_shared<CaptionArguments>();
    auto &options = arguments->options;
    app->add_option("files", arguments->files, "Photos");
    app->add_option("--expression", arguments->expression,
                    "What a photo at this point would be, e.g. \"photo:'a.jpg' - 'dog' + 'cat'\"");
    app->add_option("--near", arguments->near,
                    "What a photo between these would be, at the mean of their points; repeatable")
        ->allow_extra_args(false);
    auto *all = app->add_flag("--all", arguments->all,
                              "Write a proposal for every photo of the library that has no caption; goes on where it "
                              "was broken off");
    app->add_option("--folder", arguments->folder, "With --all: only photos below this folder")->needs(all);
    app->add_flag("--again", arguments->again, "With --all: also where a proposal is there already")->needs(all);
    app->add_flag("--with-captioned", arguments->withCaptioned, "With --all: also beside captions of one's own")
        ->needs(all);
    app->add_option("--structure", arguments->structure, "Tags of the caption's words, e.g. \"DT NN VBZ\"");
    app->add_option("--include", options.required, "A word that must occur; repeatable")->allow_extra_args(false);
    app->add_option("--ban", options.banned, "A word that must not occur; repeatable")->allow_extra_args(false);
    app->add_option("--fix", arguments->fixed, "PLACE=WORD, places from 0, for --structure; repeatable")
        ->allow_extra_args(false);
    app->add_flag("--repeats", options.allowsRepeats, "Words with a meaning of their own may come twice");
    app->add_option("--alternatives", options.alternatives, "Words offered at each place")->check(CLI::Range(0, 1000));
    app->add_option("--seed", options.seed, "Of the structures drawn");
    addCaptionOptions(*app, options);
    app->add_option("--retrieved", arguments->retrieved, "Nearest stored sentences shown beside")
        ->check(CLI::NonNegativeNumber);
    app->add_option("--sentences", arguments->sentences, "File of sentences to retrieve from, one a line");
    app->add_option("-k,--count", arguments->most, "Captions shown for each photo")->check(CLI::PositiveNumber);

    auto *rank = parent.add_subcommand("rank-captions", "How well given captions fit a photo");
    auto ranked = std::make_shared<RankArguments>();
    rank->add_option("FILE", ranked->file, "Photo")->required();
    rank->add_option("--captions", ranked->captions, "File of captions, one a line")->required();
    addCaptionOptions(*rank, ranked->options);
    return {{app, [arguments](const Context &context) { return runCaption(*arguments, context); }},
            {rank, [ranked](const Context &context) { return runRank(*ranked, context); }}};
}

} // namespace photolex::cli
