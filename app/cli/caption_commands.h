// What the command line has for sentences and captions: their tags, and the training of what finds them.
#pragma once

#include "app/cli/data_arguments.h"
#include "app/cli/eval_tasks.h"
#include "core/text/tagger.h"

namespace photolex::cli {

Command tagCommand(CLI::App &parent);

// The tagger of a bundle. NotFound: it has none.
Result<text::Tagger> openTagger(const model::Bundle &bundle);

// Trains the tagger of a recipe on the sets given as tagged:FILE and puts it into the bundle at `out`.
Result<Output> runTrainTagger(const std::filesystem::path &recipe, const std::vector<std::string> &specifications,
                              const std::filesystem::path &out, const Context &context);

// On a tagged file: how many words get the right tag.
Result<Json> measureTags(const EvalArguments &arguments, const Measured &measured, const Context &context);

} // namespace photolex::cli
