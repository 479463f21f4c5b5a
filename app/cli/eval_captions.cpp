// Tasks on captions: how near they come to what people wrote, and how well the language models foresee it.
#include "app/cli/caption_commands.h"
#include "core/eval/captions.h"
#include "core/text/text.h"
#include "core/train/captions.h"
#include "core/train/measure.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace photolex::cli {

namespace {

Json figuresJson(const std::vector<eval::CaptionItem> &items, const eval::CaptionFigures &figures)
{
    std::vector<eval::Words> candidates;
    candidates.reserve(items.size());
    for (const auto &item : items)
        candidates.push_back(item.candidate);
    std::vector<std::string> common;
    for (const auto &words : candidates)
        for (const auto &word : words)
            if (text::isStopWord(word))
                common.push_back(word);
    std::ranges::sort(common);
    common.erase(std::ranges::unique(common).begin(), common.end());
    return Json{{"bleu1", figures.bleu[0]},
                {"bleu2", figures.bleu[1]},
                {"bleu3", figures.bleu[2]},
                {"bleu4", figures.bleu[3]},
                {"rouge_l", figures.rougeL},
                {"meteor_like", figures.meteor},
                {"cider", figures.ciderD},
                {"cider_plain", figures.cider},
                {"distinct", eval::distinctShare(candidates)},
                {"repeated", eval::repeatedShare(candidates, common)}};
}

// The split that was asked for of the only set.
Result<dataset::Dataset> captionedSet(const EvalArguments &arguments)
{
    const auto specification = onlySet(arguments);
    if (!specification)
        return fail(specification.error());
    const auto set = loadData(*specification, arguments.data);
    return set ? dataset::split(*set, arguments.split) : set;
}

// What is retrieved from: the sentences of the sets that are named, else those of the bundle (null).
Result<std::shared_ptr<const caption::Sentences>> sentencesFrom(const EvalArguments &arguments,
                                                                const caption::Captioner &captioner)
{
    std::vector<std::string> sentences;
    for (const auto &place : arguments.retrieveFrom) {
        const auto at = place.rfind('@');
        const auto set = loadData(place.substr(0, at), arguments.data);
        if (!set)
            return fail(set.error());
        const auto part = at == std::string::npos ? set : dataset::split(*set, place.substr(at + 1));
        if (!part)
            return fail(part.error());
        for (const auto &one : part->captions)
            sentences.push_back(one.text);
    }
    if (sentences.empty())
        return std::shared_ptr<const caption::Sentences>();
    return caption::Sentences::create(captioner.encoder(), std::move(sentences));
}

} // namespace

Result<Json> measureCaptions(const EvalArguments &arguments, const Measured &measured, const Context &context)
{
    const auto set = captionedSet(arguments);
    if (!set)
        return fail(set.error());
    const auto captioner = caption::Captioner::open(measured.bundle);
    if (!captioner)
        return fail(captioner.error());
    const auto sentences = sentencesFrom(arguments, **captioner);
    if (!sentences)
        return fail(sentences.error());
    const auto &encoder = *(*captioner)->encoder();
    const auto points =
        train::photoPoints(set->images, *measured.bundle, encoder,
                           {.featureCache = featureCache(), .progress = progressLine(context)}, context.stop);
    if (!points)
        return fail(points.error());
    std::vector<eval::CaptionItem> generated(set->images.size());
    for (const auto &one : set->captions)
        generated[static_cast<std::size_t>(one.image)].references.push_back(text::tokenize(one.text));
    auto retrieved = generated;
    std::vector<eval::Words> wanted, read;
    auto progress = ProgressThrottle(progressLine(context));
    const auto width = static_cast<std::size_t>(encoder.dimension());
    auto options = arguments.captioning;
    for (std::size_t i = 0; i < generated.size(); ++i) {
        const auto point = std::span(*points).subspan(i * width, width);
        options.seed = arguments.captioning.seed + i; // other structures for every photo
        const auto captions = (*captioner)->captions(point, options, context.stop);
        if (!captions)
            return fail(captions.error());
        generated[i].candidate = captions->front().words;
        wanted.push_back(captions->front().tags);
        read.push_back(captions->front().readTags);
        const auto nearest = (*captioner)->retrieved(point, 1, *sentences);
        if (!nearest)
            return fail(nearest.error());
        if (!nearest->empty())
            retrieved[i].candidate = nearest->front().words;
        progress.report({"captions", static_cast<std::int64_t>(i + 1), std::ssize(generated)});
    }
    const auto kept = eval::adherence(wanted, read);
    if (!kept)
        return fail(kept.error());
    Json json = {{"data", set->name}, {"split", arguments.split}, {"images", generated.size()}};
    for (const auto &[name, items] : {std::pair("caption", &generated), std::pair("retrieved", &retrieved)}) {
        const auto figures = eval::captionFigures(*items);
        if (!figures)
            return fail(figures.error());
        json[name] = figuresJson(*items, *figures);
    }
    json["caption"]["adherence"] = kept->words;
    json["caption"]["adherence_captions"] = kept->captions;
    return json;
}

Result<Json> measureLanguage(const EvalArguments &arguments, const Measured &measured, const Context &context)
{
    const auto set = captionedSet(arguments);
    if (!set)
        return fail(set.error());
    const auto perplexities = train::perplexities(measured.bundle, *set, context.stop);
    if (!perplexities)
        return fail(perplexities.error());
    Json json = {{"data", set->name}, {"split", arguments.split}};
    for (const auto &[name, value] : *perplexities)
        json["language"]["perplexity"][name] = value;
    return json;
}

} // namespace photolex::cli
