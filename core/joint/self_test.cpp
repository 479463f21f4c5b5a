// The stored pictures of a bundle: drawn by this code, so that they belong to nobody, and varied enough (an even
// gradient, hard edges, fine texture) that a changed resize, channel order or scale moves their vectors.
#include "core/base/bytes.h"
#include "core/image/decode.h"
#include "core/image/network.h"
#include "core/joint/encoder.h"

#include <cmath>
#include <fmt/format.h>

namespace photolex::joint {

namespace {

constexpr double enough = 0.999;
constexpr int pictureCount = 3;

double cosine(std::span<const float> a, std::span<const float> b)
{
    double dot = 0;
    double aa = 0;
    double bb = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        dot += static_cast<double>(a[i]) * b[i];
        aa += static_cast<double>(a[i]) * a[i];
        bb += static_cast<double>(b[i]) * b[i];
    }
    return dot / std::sqrt(aa * bb);
}

image::Pixels drawn(int kind)
{
    const image::Size size{400, 300};
    image::Pixels pixels{size, std::vector<std::uint8_t>(static_cast<std::size_t>(size.width) * size.height * 3)};
    auto *out = pixels.rgb.data();
    for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width; ++x) {
            const double u = static_cast<double>(x) / size.width;
            const double v = static_cast<double>(y) / size.height;
            const double distance = std::hypot(u - 0.4, v - 0.5);
            const bool checker = ((x / 23) + (y / 31)) % 2 == 0;
            double red = 255 * u;
            double green = 255 * v;
            double blue = 255 * (1 - u * v);
            if (kind == 1) {
                red = distance < 0.25 ? 230 : 40;
                green = distance < 0.25 ? 60 + 100 * v : 140;
                blue = distance < 0.25 ? 30 : 230 - 120 * v;
            } else if (kind == 2) {
                red = checker ? 200 : 30 + 40 * u;
                green = checker ? 190 - 60 * v : 90;
                blue = 128 + 100 * std::sin(40 * u) * std::sin(30 * v);
            }
            *out++ = static_cast<std::uint8_t>(red);
            *out++ = static_cast<std::uint8_t>(green);
            *out++ = static_cast<std::uint8_t>(blue);
        }
    }
    return pixels;
}

} // namespace

Result<> writeSelfTests(const std::filesystem::path &folder, model::Manifest &manifest)
{
    manifest.selfTests.clear();
    for (int kind = 0; kind < pictureCount; ++kind) {
        const auto picture = fmt::format("self-test-{}.jpg", kind);
        const auto bytes = image::encodeJpeg(drawn(kind), 92);
        if (!bytes)
            return fail(bytes.error());
        if (auto written = writeFileAtomically(folder / picture, *bytes); !written)
            return written;
        manifest.selfTests.push_back({picture, fmt::format("self-test-{}.safetensors", kind)});
    }
    // The encoders are opened from the folder itself, as anybody would: first a manifest whose vectors are still empty.
    for (const auto &test : manifest.selfTests)
        if (auto written = writeTensorFile(folder / test.vectors, {}); !written)
            return written;
    if (auto written = model::writeManifest(folder, manifest); !written)
        return written;
    const auto bundle = model::Bundle::open(folder);
    if (!bundle)
        return fail(bundle.error());
    const auto network = image::Network::open(**bundle);
    if (!network)
        return fail(network.error());
    std::vector<std::shared_ptr<const Encoder>> encoders;
    for (const auto &entry : manifest.encoders) {
        auto encoder = Encoder::open(*bundle, entry.id);
        if (!encoder)
            return fail(encoder.error());
        encoders.push_back(std::move(*encoder));
    }
    for (const auto &test : manifest.selfTests) {
        const auto decoded = image::decode(folder / test.picture, {.wantedShortSide = (*network)->inputSide()});
        if (!decoded)
            return fail(decoded.error());
        const auto output = (*network)->run(decoded->pixels);
        if (!output)
            return fail(output.error());
        std::vector<TensorData> vectors = {
            {"feature", {(*network)->featureDimension()}, output->feature, TensorType::Float32}};
        for (const auto &encoder : encoders) {
            auto point = encoder->imagePoints(output->feature);
            if (!point)
                return fail(point.error());
            vectors.push_back({encoder->entry().id, {encoder->dimension()}, std::move(*point), TensorType::Float32});
        }
        if (auto written = writeTensorFile(folder / test.vectors, vectors); !written)
            return written;
    }
    return model::writeManifest(folder, manifest);
}

Result<> selfTest(const std::shared_ptr<const model::Bundle> &bundle)
{
    const auto subject = displayText(bundle->folder());
    if (bundle->manifest().selfTests.empty())
        return fail(Errc::Corrupt, subject, "it brings no self-test pictures");
    const auto network = image::Network::open(*bundle);
    if (!network)
        return fail(network.error());
    std::vector<std::shared_ptr<const Encoder>> encoders;
    for (const auto &entry : bundle->manifest().encoders) {
        auto encoder = Encoder::open(bundle, entry.id);
        if (!encoder)
            return fail(encoder.error());
        encoders.push_back(std::move(*encoder));
    }
    for (const auto &test : bundle->manifest().selfTests) {
        const auto stored = TensorFile::open(bundle->file(test.vectors));
        if (!stored)
            return fail(stored.error());
        const auto decoded = image::decode(bundle->file(test.picture), {.wantedShortSide = (*network)->inputSide()});
        if (!decoded)
            return fail(decoded.error());
        const auto output = (*network)->run(decoded->pixels);
        if (!output)
            return fail(output.error());
        const auto compare = [&](const std::string &name, std::span<const float> values) -> Result<> {
            const auto *view = stored->find(name);
            if (!view || view->count() != static_cast<std::int64_t>(values.size()))
                return fail(Errc::Corrupt, subject,
                            fmt::format("{}: no vector of \"{}\" is stored", test.vectors, name));
            const auto close = cosine(values, view->toFloats());
            if (!(close >= enough))
                return fail(Errc::Corrupt, subject,
                            fmt::format("self-test {}: \"{}\" has cosine {:.4f} to its stored vector, {} is wanted",
                                        test.picture, name, close, enough));
            return {};
        };
        if (auto same = compare("feature", output->feature); !same)
            return same;
        for (const auto &encoder : encoders) {
            const auto point = encoder->imagePoints(output->feature);
            if (!point)
                return fail(point.error());
            if (auto same = compare(encoder->entry().id, *point); !same)
                return same;
        }
    }
    return {};
}

} // namespace photolex::joint
