#include "core/train/nn/steps.h"

#include "core/base/bytes.h"
#include "core/tensor/tensor.h"
#include "core/train/nn/objectives.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <torch/serialize.h>

namespace photolex::train::nn {

namespace {

at::Tensor classLoss(Space &space, Batches &batches, const EncoderRecipe &recipe)
{
    const auto batch = batches.classes();
    const auto x = space.photos(batch.rows);
    return lossOf(recipe.classObjective, x.mm(space.sentences(batch.sentences).t()), batch.same, recipe.margin,
                  recipe.classTemperature);
}

at::Tensor paraphraseLoss(Space &space, Batches &batches, const EncoderRecipe &recipe)
{
    const auto batch = batches.paraphrases();
    const auto n = batch.same.size(0);
    const auto points = space.sentences(batch.sentences);
    return lossOf(recipe.paraphraseObjective, points.narrow(0, 0, n).mm(points.narrow(0, n, n).t()), batch.same,
                  recipe.margin, recipe.paraphraseTemperature);
}

} // namespace

double scheduled(double rate, int warmUpSteps, std::int64_t step, std::int64_t total)
{
    const double warm = std::min(1.0, static_cast<double>(step + 1) / std::max(1, warmUpSteps));
    const double cosine =
        0.5 * (1 + std::cos(std::numbers::pi * static_cast<double>(step) / static_cast<double>(total)));
    return rate * warm * cosine;
}

at::Tensor withOtherLosses(at::Tensor pairs, Space &space, Batches &batches, const EncoderRecipe &recipe,
                           const Prepared &prepared)
{
    auto loss = std::move(pairs);
    if (recipe.classWeight > 0 && !prepared.classes.names.empty())
        loss = loss + recipe.classWeight * classLoss(space, batches, recipe);
    if (recipe.paraphraseWeight > 0 && !prepared.groups.empty())
        loss = loss + recipe.paraphraseWeight * paraphraseLoss(space, batches, recipe);
    return loss;
}

std::vector<float> pointsOfMany(Space &space, const std::vector<Ids> &sentences)
{
    std::vector<float> points;
    constexpr std::size_t atOnce = 512;
    for (std::size_t from = 0; from < sentences.size(); from += atOnce) {
        const auto to = std::min(from + atOnce, sentences.size());
        const std::vector<Ids> part(sentences.begin() + static_cast<std::ptrdiff_t>(from),
                                    sentences.begin() + static_cast<std::ptrdiff_t>(to));
        const auto rows = tensor::toFloats(space.sentences(part));
        points.insert(points.end(), rows.begin(), rows.end());
    }
    return points;
}

Result<> writeCheckpoint(const std::filesystem::path &file, int nextEpoch,
                         const std::function<void(torch::serialize::OutputArchive &)> &parts)
{
    torch::serialize::OutputArchive archive;
    parts(archive);
    archive.write("epoch", torch::tensor(nextEpoch));
    auto temporary = file;
    temporary += ".part";
    std::error_code error;
    try {
        archive.save_to(temporary.native());
    } catch (const std::exception &) {
        // The library tells that it could not write, not why. The checkpoint of before is whole in any case.
        std::filesystem::remove(temporary, error);
        constexpr std::uintmax_t little = std::uintmax_t{256} << 20;
        const auto space = std::filesystem::space(file.parent_path(), error);
        if (error)
            return fail(systemError(error.value(), displayText(file.parent_path())));
        if (space.available < little)
            return fail(systemError(ENOSPC, displayText(file)));
        throw;
    }
    std::filesystem::rename(temporary, file, error);
    if (error)
        return fail(systemError(error.value(), displayText(file)));
    return {};
}

int readCheckpoint(const LoopOptions &options, const std::function<void(torch::serialize::InputArchive &)> &parts)
{
    std::error_code ignored;
    if (!options.resume || !std::filesystem::exists(options.checkpoint, ignored))
        return 0;
    torch::serialize::InputArchive archive;
    archive.load_from(options.checkpoint.native());
    parts(archive);
    at::Tensor epoch;
    archive.read("epoch", epoch);
    return epoch.item<int>();
}

} // namespace photolex::train::nn
