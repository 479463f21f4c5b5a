// The options that name captioned data, shared by train and eval.
#pragma once

#include "app/cli/command.h"
#include "core/dataset/dataset.h"

namespace photolex::cli {

struct DataArguments {
    std::vector<std::string> specifications; // --data, repeatable
    std::string photos;                      // --photos: where they lie, when not beside the file
};

inline constexpr std::string_view captionedKinds =
    "tsv:DIR, karpathy:FILE, flickr:FILE, coco:FILE, table:FILE, folder:DIR, text:FILE";
void addDataOptions(CLI::App &app, DataArguments &arguments, const std::string &kinds = std::string(captionedKinds));
// Relative places are taken from the working folder.
Result<dataset::Dataset> loadData(const std::string &specification, const DataArguments &arguments);
std::filesystem::path featureCache(); // in the cache folder

} // namespace photolex::cli
