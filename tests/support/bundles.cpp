#include "tests/support/bundles.h"

#include "core/base/bytes.h"
#include "core/base/random.h"
#include "tests/support/support.h"

namespace photolex::test {

namespace {

TensorData randomTensor(Generator &random, std::string name, std::vector<std::int64_t> shape)
{
    std::int64_t count = 1;
    for (const auto size : shape)
        count *= size;
    std::normal_distribution<float> normal(0, 0.4F);
    std::vector<float> values(static_cast<std::size_t>(count));
    for (auto &value : values)
        value = normal(random);
    return {std::move(name), std::move(shape), std::move(values), TensorType::Float32};
}

} // namespace

Result<model::Manifest> writeBundle(const std::filesystem::path &folder, const BundleShape &shape)
{
    constexpr int features = 1280;
    std::filesystem::create_directories(folder);
    const auto shipped = sourceFolder() / "resources/models/photolex-en/network.safetensors";
    const auto network = folder / "network.safetensors";
    const std::vector<TensorData> number = {{"number", {1}, {1}, TensorType::Float32}};
    if (shape.realNetwork)
        std::filesystem::copy_file(shipped, network);
    else if (auto written = writeTensorFile(network, number); !written)
        return fail(written.error());

    std::string text = "<s>\n</s>\n";
    for (const auto &word : shape.words)
        text += word + "\n";
    if (auto written = writeFileAtomically(folder / "words.txt", text); !written)
        return fail(written.error());

    auto random = generator(shape.seed, "bundle");
    const std::int64_t d = shape.dimension;
    const std::int64_t w = shape.lstmWordDimension;
    const auto count = static_cast<std::int64_t>(shape.words.size()) + 2;
    const std::vector<TensorData> linear = {randomTensor(random, "image_map", {d, features}),
                                            randomTensor(random, "words", {count, d})};
    const std::vector<TensorData> lstm = {
        randomTensor(random, "image_map", {d, features}), randomTensor(random, "words", {count, w}),
        randomTensor(random, "lstm.weight_ih", {4 * d, w}), randomTensor(random, "lstm.weight_hh", {4 * d, d}),
        randomTensor(random, "lstm.bias", {4 * d})};
    if (auto written = writeTensorFile(folder / "linear.safetensors", linear); !written)
        return fail(written.error());
    if (auto written = writeTensorFile(folder / "lstm.safetensors", lstm); !written)
        return fail(written.error());

    model::Manifest manifest;
    manifest.id = "small";
    manifest.version = "1";
    manifest.language = "en";
    manifest.network.kind = "photolex";
    manifest.network.file = "network.safetensors";
    manifest.encoders.push_back(
        {"linear", "linear", "Linear", shape.dimension, shape.dimension, "linear.safetensors", {}, "words.txt", {}});
    manifest.encoders.push_back(
        {"lstm", "lstm", "LSTM", shape.dimension, shape.lstmWordDimension, "lstm.safetensors", {}, "words.txt", {}});
    if (auto written = model::writeManifest(folder, manifest); !written)
        return fail(written.error());
    return model::readManifest(folder / "manifest.json");
}

Result<> writeTail(const std::filesystem::path &network, const std::filesystem::path &file, float factor)
{
    const auto weights = TensorFile::open(network);
    if (!weights)
        return fail(weights.error());
    std::vector<TensorData> tail;
    for (int block = 16; block <= 21; ++block) {
        const auto prefix = block == 21 ? std::string("head.") : "blocks." + std::to_string(block) + ".";
        for (const auto &[name, view] : weights->tensors()) {
            if (!name.starts_with(prefix))
                continue;
            auto values = view.toFloats();
            if (name.ends_with("project.weight"))
                for (auto &value : values)
                    value *= factor;
            tail.push_back({name, view.shape, std::move(values), TensorType::Float16});
        }
    }
    return writeTensorFile(file, tail);
}

} // namespace photolex::test
