#include "core/joint/crowding.h"

#include "core/base/bytes.h"
#include "core/base/lines.h"
#include "core/joint/encoder.h"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>

namespace photolex::joint {

namespace {

constexpr Eigen::Index pointsAtOnce = 256; // so that the products stay in the cache

using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

} // namespace

float crowding(std::span<const float> products, float sharpness)
{
    if (products.empty())
        return 0;
    const float largest = std::ranges::max(products); // taken off, so that no power overflows
    double sum = 0;
    for (const float product : products)
        sum += std::exp(sharpness * (product - largest));
    return largest + static_cast<float>(std::log(sum / static_cast<double>(products.size()))) / sharpness;
}

std::vector<float> crowding(std::span<const float> points, std::span<const float> bank, int dimension, float sharpness)
{
    const Eigen::Map<const Matrix> from(points.data(), std::ssize(points) / dimension, dimension);
    const Eigen::Map<const Matrix> to(bank.data(), std::ssize(bank) / dimension, dimension);
    std::vector<float> result;
    result.reserve(static_cast<std::size_t>(from.rows()));
    for (Eigen::Index first = 0; first < from.rows(); first += pointsAtOnce) {
        const Matrix products =
            from.middleRows(first, std::min(pointsAtOnce, from.rows() - first)) * to.transpose(); // points × bank
        for (Eigen::Index i = 0; i < products.rows(); ++i)
            result.push_back(crowding(
                {products.data() + i * products.cols(), static_cast<std::size_t>(products.cols())}, sharpness));
    }
    return result;
}

Result<std::vector<std::string>> typicalSentences(const model::Bundle &bundle)
{
    if (!bundle.manifest().files.contains(std::string(typicalFile)))
        return std::vector<std::string>();
    return readLines(bundle.file(typicalFile));
}

Result<std::vector<float>> typicalPoints(const Encoder &encoder, std::size_t most)
{
    const auto all = encoder.typicalSentences();
    const auto count = std::min(all.size(), most);
    std::vector<std::string> readable;
    for (std::size_t i = 0; i < count; ++i) {
        const auto &sentence = all[i * all.size() / count];
        if (const auto read = encoder.read(sentence); read && !read->ids.empty())
            readable.push_back(sentence);
    }
    if (readable.empty())
        return std::vector<float>();
    return encoder.sentencePoints(readable);
}

Result<> setTypicalSentences(const std::filesystem::path &folder, std::span<const std::string> sentences)
{
    auto manifest = model::readManifest(folder / "manifest.json");
    if (!manifest)
        return fail(manifest.error());
    std::string text;
    for (const auto &sentence : sentences)
        text += sentence + '\n';
    if (text.empty())
        return fail(Errc::Invalid, displayText(folder), "there is no sentence to put into it");
    if (auto written = writeFileAtomically(folder / typicalFile, text); !written)
        return written;
    manifest->files[std::string(typicalFile)] = {};
    return model::writeManifest(folder, *manifest);
}

} // namespace photolex::joint
