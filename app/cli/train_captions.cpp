// The training of what writes captions, as a part of train.
#include "app/cli/caption_commands.h"
#include "core/base/bytes.h"
#include "core/train/captions.h"

#include <algorithm>
#include <fmt/format.h>

namespace photolex::cli {

Result<Output> runTrainCaptions(const CaptionTraining &training, const Context &context)
{
    auto recipe = train::readCaptionRecipe(training.recipe);
    if (!recipe)
        return fail(recipe.error());
    Json lines = Json::array();
    train::CaptionOptions options;
    options.bundle = training.out;
    options.featureCache = featureCache();
    options.progress = progressLine(context);
    options.report = [&](const std::string &line) {
        lines.push_back(line);
        fmt::print(stderr, "photolex-cli: {}\n", line);
    };
    train::CaptionData data;
    data.heldOut = training.heldOut;
    data.dev = training.dev;
    for (const auto *sets : {&training.photos, &training.texts})
        for (const auto &set : *sets) {
            data.texts.push_back(set);
            if (std::ranges::find(training.shipped, set.name) != training.shipped.end())
                for (const auto &one : set.captions)
                    data.shipped.push_back(one.text);
        }
    if (!training.photos.empty())
        data.photos = training.photos.front();
    if (auto trained = train::trainCaptions(*recipe, data, options, context.stop); !trained)
        return fail(trained.error());
    return Output{.json = {{"path", displayText(training.out)}, {"measured", lines}},
                  .text = fmt::format("captions written to {}\n", displayText(training.out))};
}

} // namespace photolex::cli
