// What the command line has for sentences and captions: tags, captions, their training and their figures.
#pragma once

#include "app/cli/data_arguments.h"
#include "app/cli/eval_tasks.h"
#include "core/caption/captioner.h"
#include "core/dataset/held_out.h"
#include "core/text/tagger.h"

#include <optional>

namespace photolex::cli {

Command tagCommand(CLI::App &parent);
std::vector<Command> captionCommands(CLI::App &parent); // caption | rank-captions
// How structures are drawn, content is found and captions are scored.
void addCaptionOptions(CLI::App &app, caption::Options &options);

// The tagger of a bundle. NotFound: it has none.
Result<text::Tagger> openTagger(const model::Bundle &bundle);

// Trains the tagger of a recipe on the sets given as tagged:FILE and puts it into the bundle at `out`.
Result<Output> runTrainTagger(const std::filesystem::path &recipe, const std::vector<std::string> &specifications,
                              const std::filesystem::path &out, const Context &context);

// Trains the caption models of a recipe into the bundle at `out`.
struct CaptionTraining {
    std::filesystem::path recipe, out;
    std::vector<dataset::Dataset> photos, texts; // what is held out has been taken from them
    std::optional<dataset::Dataset> dev;
    dataset::HeldOut heldOut;
    std::vector<std::string> shipped; // names of the sets whose sentences may be retrieved
};
Result<Output> runTrainCaptions(const CaptionTraining &training, const Context &context);

// Captions generated and retrieved for the photos of a split, against those that people wrote.
Result<Json> measureCaptions(const EvalArguments &arguments, const Measured &measured, const Context &context);
// Perplexity of the language models.
Result<Json> measureLanguage(const EvalArguments &arguments, const Measured &measured, const Context &context);

// On a tagged file: how many words get the right tag.
Result<Json> measureTags(const EvalArguments &arguments, const Measured &measured, const Context &context);

} // namespace photolex::cli
