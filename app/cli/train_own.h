// train without a recipe: one's own captions, from a folder, a file or the library, to an installed bundle.
#pragma once

#include "app/cli/command.h"

#include <string>
#include <vector>

namespace photolex::cli {

struct OwnTraining {
    std::vector<std::string> data; // one: a place, KIND:PLACE, or "library:"
    std::string photos, name, from = "photolex-en", kind = "linear", objective = "contrastive";
    double keep = 0.5, heldOut = 0.2;
    int dimension = 300, epochs = 15, patience = 4;
    std::string seed;
    bool resume = false, checkOnly = false;
};
void addOwnTrainingOptions(CLI::App &app, OwnTraining &training);

// Ctrl-C keeps the last whole epoch; with `resume` the newest training that came to no end goes on.
Result<Output> runTrainOwn(const OwnTraining &training, const Context &context);

} // namespace photolex::cli
