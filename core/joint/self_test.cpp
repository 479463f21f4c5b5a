// The stored pictures of a bundle: drawn by this code, so that they belong to nobody, and varied enough (an even
// gradient, hard edges, fine texture) that a changed resize, channel order or scale moves their vectors.
#include "core/base/bytes.h"
#include "core/image/decode.h"
#include "core/image/network.h"
#include "core/joint/encoder.h"
#include "core/joint/ready_rows.h"
#include "core/model/ready_rows.h"

#include <algorithm>
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

// "": the network's own feature, then one of each tail.
std::vector<std::string> tailsOf(const model::Manifest &manifest)
{
    std::vector<std::string> ids = {{}};
    for (const auto &tail : manifest.network.tails)
        ids.push_back(tail.id);
    return ids;
}

// What the bundle makes of one picture, under the names of the file of vectors.
Result<std::vector<TensorData>> vectorsOf(const std::filesystem::path &picture, const model::Manifest &manifest,
                                          const image::Network &network,
                                          const std::vector<std::shared_ptr<const Encoder>> &encoders)
{
    const auto decoded = image::decode(picture, {.wantedShortSide = network.inputSide()});
    if (!decoded)
        return fail(decoded.error());
    const auto tails = tailsOf(manifest);
    const auto features = network.features(decoded->pixels, tails);
    if (!features)
        return fail(features.error());
    std::vector<TensorData> vectors;
    for (std::size_t i = 0; i < tails.size(); ++i)
        vectors.push_back({tails[i].empty() ? "feature" : "tail:" + tails[i],
                           {network.featureDimension()},
                           (*features)[i],
                           TensorType::Float32});
    for (const auto &encoder : encoders) {
        const auto tail = std::ranges::find(tails, encoder->entry().tail) - tails.begin();
        auto point = encoder->imagePoints((*features)[static_cast<std::size_t>(tail)]);
        if (!point)
            return fail(point.error());
        vectors.push_back({encoder->entry().id, {encoder->dimension()}, std::move(*point), TensorType::Float32});
    }
    return vectors;
}

Result<std::vector<std::shared_ptr<const Encoder>>> encodersOf(const std::shared_ptr<const model::Bundle> &bundle)
{
    std::vector<std::shared_ptr<const Encoder>> encoders;
    for (const auto &entry : bundle->manifest().encoders) {
        auto encoder = Encoder::open(bundle, entry.id);
        if (!encoder)
            return fail(encoder.error());
        encoders.push_back(std::move(*encoder));
    }
    return encoders;
}

// No picture gives a row that came ready-made: it is what it is, but it must be a point.
Result<> checkReadyRows(const model::Bundle &bundle)
{
    const auto rows = ReadyRows::open(bundle);
    if (!rows)
        return fail(rows.error());
    const auto isPoint = [](const std::vector<float> &row) {
        double squares = 0;
        for (const float value : row)
            squares += static_cast<double>(value) * value;
        return std::abs(squares - 1) < 1e-3; // not so for what is not a number
    };
    for (std::size_t i = 0; i < (*rows)->size(); ++i)
        if (!isPoint((*rows)->row(i)))
            return fail(Errc::Corrupt, displayText(bundle.folder()),
                        fmt::format("row {} ({}) is no point of length 1", i + 1, displayText((*rows)->paths()[i])));
    for (std::size_t i = 0; i < (*rows)->sentences().size(); ++i)
        if (!isPoint((*rows)->sentenceRow(i)))
            return fail(Errc::Corrupt, displayText(bundle.folder()),
                        fmt::format("the row of sentence {} is no point of length 1", i + 1));
    return {};
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
    const auto encoders = encodersOf(*bundle);
    if (!encoders)
        return fail(encoders.error());
    for (const auto &test : manifest.selfTests) {
        const auto vectors = vectorsOf(folder / test.picture, manifest, **network, *encoders);
        if (!vectors)
            return fail(vectors.error());
        if (auto written = writeTensorFile(folder / test.vectors, *vectors); !written)
            return written;
    }
    return model::writeManifest(folder, manifest);
}

Result<> selfTest(const std::shared_ptr<const model::Bundle> &bundle)
{
    const auto subject = displayText(bundle->folder());
    if (model::holdsReadyRows(bundle->manifest()))
        return checkReadyRows(*bundle);
    if (bundle->manifest().selfTests.empty())
        return fail(Errc::Corrupt, subject, "it brings no self-test pictures");
    const auto network = image::Network::open(*bundle);
    if (!network)
        return fail(network.error());
    const auto encoders = encodersOf(bundle);
    if (!encoders)
        return fail(encoders.error());
    for (const auto &test : bundle->manifest().selfTests) {
        const auto stored = TensorFile::open(bundle->file(test.vectors));
        if (!stored)
            return fail(stored.error());
        const auto vectors = vectorsOf(bundle->file(test.picture), bundle->manifest(), **network, *encoders);
        if (!vectors)
            return fail(vectors.error());
        for (const auto &vector : *vectors) {
            const auto *view = stored->find(vector.name);
            if (!view || view->count() != static_cast<std::int64_t>(vector.values.size()))
                return fail(Errc::Corrupt, subject,
                            fmt::format("{}: no vector of \"{}\" is stored", test.vectors, vector.name));
            const auto close = cosine(vector.values, view->toFloats());
            if (!(close >= enough))
                return fail(Errc::Corrupt, subject,
                            fmt::format("self-test {}: \"{}\" has cosine {:.4f} to its stored vector, {} is wanted",
                                        test.picture, vector.name, close, enough));
        }
    }
    return {};
}

} // namespace photolex::joint
