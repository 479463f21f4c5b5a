// What eval can measure. Each task takes one encoder and gives one JSON object; eval itself takes means over seeds.
#pragma once

#include "app/cli/data_arguments.h"
#include "core/caption/captioner.h"
#include "core/dataset/table.h"
#include "core/eval/statistics.h"
#include "core/joint/encoder.h"

namespace photolex::cli {

struct EvalArguments {
    DataArguments data;
    std::string split = "test", encoder, task = "retrieval", classes;
    std::vector<std::string> seeds; // bundles, or folders of bundles
    caption::Options captioning;
    std::vector<std::string> retrieveFrom; // SET or SET@SPLIT
    int folds = 1;
    int draws = 1000; // of the bootstrap
    eval::BootstrapOptions bootstrap() const { return {.draws = draws}; }
};

struct Measured {
    std::shared_ptr<const model::Bundle> bundle;
    std::shared_ptr<const joint::Encoder> encoder;
};

using Task = Result<Json> (*)(const EvalArguments &, const Measured &, const Context &);

// On captioned photos, and photos with human ratings.
Result<Json> measureRetrieval(const EvalArguments &arguments, const Measured &measured, const Context &context);
Result<Json> measureArithmetic(const EvalArguments &arguments, const Measured &measured, const Context &context);
Result<Json> measureClasses(const EvalArguments &arguments, const Measured &measured, const Context &context);
Result<Json> measureRatings(const EvalArguments &arguments, const Measured &measured, const Context &context);
// On words and sentences alone.
Result<Json> measureSimilarity(const EvalArguments &arguments, const Measured &measured, const Context &context);
Result<Json> measureAnalogies(const EvalArguments &arguments, const Measured &measured, const Context &context);
Result<Json> measureVocabulary(const EvalArguments &arguments, const Measured &measured, const Context &context);

// The only set that --data names. Invalid: several.
Result<std::string> onlySet(const EvalArguments &arguments);
// The file of "kind:FILE". Invalid: another kind.
Result<std::filesystem::path> fileOfKind(std::string_view specification, std::string_view kind);
// The table in the file of the only set. Invalid: several sets, or another kind.
struct OnlyTable : dataset::Table {
    std::filesystem::path file;
};
Result<OnlyTable> onlyTable(const EvalArguments &arguments, std::string_view kind);

Json intervalJson(const eval::Interval &interval); // [low, high]

} // namespace photolex::cli
