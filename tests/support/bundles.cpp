#include "tests/support/bundles.h"

#include "core/base/bytes.h"
#include "core/base/random.h"
#include "tests/support/support.h"

#include <algorithm>
#include <cmath>

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
    const std::int64_t w = shape.otherWordDimension;
    const auto count = static_cast<std::int64_t>(shape.words.size()) + 2;
    const std::vector<TensorData> linear = {randomTensor(random, "image_map", {d, features}),
                                            randomTensor(random, "words", {count, d})};
    const std::vector<TensorData> lstm = {
        randomTensor(random, "image_map", {d, features}), randomTensor(random, "words", {count, w}),
        randomTensor(random, "lstm.weight_ih", {4 * d, w}), randomTensor(random, "lstm.weight_hh", {4 * d, d}),
        randomTensor(random, "lstm.bias", {4 * d})};

    model::Manifest manifest;
    manifest.id = "small";
    manifest.version = "1";
    manifest.language = "en";
    manifest.network.kind = "photolex";
    manifest.network.file = "network.safetensors";
    const auto add = [&](const std::string &id, const std::string &kind, int wordDimension,
                         const std::vector<TensorData> &tensors) {
        manifest.encoders.push_back(
            {id, kind, id + " encoder", shape.dimension, wordDimension, id + ".safetensors", {}, "words.txt", {}});
        return writeTensorFile(folder / manifest.encoders.back().file, tensors);
    };
    if (auto written = add("linear", "linear", shape.dimension, linear); !written)
        return fail(written.error());
    if (auto written = add("lstm", "lstm", shape.otherWordDimension, lstm); !written)
        return fail(written.error());
    if (shape.everyKind) {
        const auto map = [&](const char *name) { return randomTensor(random, name, {d, features}); };
        const auto words = [&](std::int64_t width) { return randomTensor(random, "words", {count, width}); };
        auto bytes = randomTensor(random, "words", {count, d});
        bytes.type = TensorType::UInt8;
        for (auto &value : bytes.values)
            value = std::clamp(std::round(128 + 100 * value), 0.0F, 255.0F);
        auto scale = randomTensor(random, "words.scale", {count});
        const std::vector<TensorData> gru = {
            map("image_map"),
            words(w),
            randomTensor(random, "gru.weight_ih", {3 * d, w}),
            randomTensor(random, "gru.weight_hh", {3 * d, d}),
            randomTensor(random, "gru.bias_ih", {3 * d}),
            randomTensor(random, "gru.bias_hh", {3 * d}),
        };
        const std::vector<TensorData> skipGram = {map("image_map"), words(w), randomTensor(random, "text_map", {d, w})};
        const std::vector<TensorData> devise = {map("image_map"), words(d)};
        const std::vector<TensorData> power = {
            map("image_map"), map("power_map"), {"feature_power", {1}, {0.5F}}, std::move(bytes), std::move(scale)};
        if (auto written = add("gru", "gru", shape.otherWordDimension, gru); !written)
            return fail(written.error());
        if (auto written = add("skip-gram", "skip-gram", shape.otherWordDimension, skipGram); !written)
            return fail(written.error());
        if (auto written = add("devise", "devise", shape.dimension, devise); !written)
            return fail(written.error());
        if (auto written = add("power", "linear", shape.dimension, power); !written)
            return fail(written.error());
    }
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
