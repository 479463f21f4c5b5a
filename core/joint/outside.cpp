#include "core/joint/outside.h"

#include "core/base/bytes.h"
#include "core/image/network.h"
#include "core/joint/encoder.h"
#include "core/joint/installing.h"
#include "core/joint/staging_p.h"
#include "core/model/outside.h"
#include "core/text/pieces.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <limits>
#include <numeric>

namespace photolex::joint {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t mostWords = 4000; // whose points are computed at import: a text module may take 10 ms a word
constexpr double sameRow = 0.999;       // cosine of one sentence alone and among others

image::Pixels picture(int kind)
{
    image::Pixels pixels{{.width = 320, .height = 240}, std::vector<std::uint8_t>(std::size_t{320} * 240 * 3)};
    for (std::size_t i = 0; i < pixels.rgb.size(); ++i) {
        const std::size_t x = i / 3 % 320, y = i / 960, channel = i % 3;
        pixels.rgb[i] = static_cast<std::uint8_t>(kind == 0   ? (channel == 0 ? 220 : y / 2)
                                                  : kind == 1 ? (channel == 2 ? 220 : x * 255 / 320)
                                                              : ((x / 16 + y / 16) % 2 != 0U ? 240 : 20));
    }
    return pixels;
}

double cosine(std::span<const float> a, std::span<const float> b)
{
    const auto dot = [](auto p, auto q) { return std::inner_product(p.begin(), p.end(), q.begin(), 0.0); };
    return dot(a, b) / std::sqrt(dot(a, a) * dot(b, b));
}

Result<> checkOptions(const OutsidePair &pair)
{
    if (!pair.acceptCode)
        return fail(Errc::Denied, displayText(pair.imageModule),
                    "TorchScript is code that runs when it is opened: look where it comes from, then accept it");
    if (pair.side < 16 || pair.side > 2048)
        return fail(Errc::Invalid, "size", "16 to 2048");
    if (pair.textLength < 0 || pair.textLength == 1 || pair.textLength > 4096)
        return fail(Errc::Invalid, "length", "2 to 4096");
    for (const float deviation : pair.deviations)
        if (!(deviation > 0) || !std::isfinite(deviation))
            return fail(Errc::Invalid, "std", "three numbers above 0");
    for (const float mean : pair.means)
        if (!std::isfinite(mean))
            return fail(Errc::Invalid, "mean", "three numbers");
    return {};
}

Result<> copyInto(const fs::path &from, const fs::path &to)
{
    std::error_code error;
    fs::copy_file(from, to, fs::copy_options::overwrite_existing, error);
    if (error)
        return fail(systemError(error.value(), displayText(from)));
    return {};
}

Result<model::Manifest> lay(const OutsidePair &pair, const fs::path &folder)
{
    const auto pieces = text::Pieces::load(pair.tokenizer, pair.pieces);
    if (!pieces)
        return fail(pieces.error());
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        return fail(systemError(error.value(), displayText(folder)));
    for (const auto &[from, to] : {std::pair(pair.imageModule, "image.pt"), std::pair(pair.textModule, "text.pt"),
                                   std::pair(pair.pieces, "pieces.txt")})
        if (auto copied = copyInto(from, folder / to); !copied)
            return fail(copied.error());
    auto words = pieces->wholeWords();
    if (words.empty())
        return fail(Errc::Corrupt, displayText(pair.pieces), "it holds no word");
    words.resize(std::min(words.size(), mostWords));
    std::string vocabulary = "<s>\n</s>\n";
    for (const auto &word : words)
        vocabulary += word + '\n';
    if (auto written = writeFileAtomically(folder / "words.txt", vocabulary); !written)
        return fail(written.error());
    model::Manifest manifest;
    manifest.id = pair.id;
    manifest.version = "1";
    manifest.title = pair.id;
    manifest.licence = pair.licence.empty() ? "not told: ask whoever made the modules" : pair.licence;
    manifest.provenance =
        fmt::format("TorchScript modules from outside: {} and {}", displayText(pair.imageModule.filename()),
                    displayText(pair.textModule.filename()));
    manifest.language = "en";
    auto &network = manifest.network;
    network.kind = "torchscript";
    network.file = "image.pt";
    network.inputSide = pair.side;
    network.resize = "crop";
    network.featureLayer = "output";
    network.featureDimension = 1; // not known yet
    model::EncoderEntry encoder;
    encoder.id = pair.id;
    encoder.kind = "outside";
    encoder.name = "Encoder from outside";
    encoder.dimension = encoder.wordDimension = 1;
    encoder.file = "text.pt";
    encoder.vocabulary = "words.txt";
    manifest.encoders = {encoder};
    return manifest;
}

model::Outside outsideOf(const OutsidePair &pair)
{
    return {.means = pair.means,
            .deviations = pair.deviations,
            .tokenizer = pair.tokenizer,
            .pieces = "pieces.txt",
            .wordPoints = {},
            .textLength = pair.textLength > 0       ? pair.textLength
                          : pair.tokenizer == "bpe" ? 77
                                                    : 64};
}

// The points of all words, in a file of the bundle.
Result<> writeWordPoints(const Encoder &encoder, const fs::path &folder, const std::string &file,
                         const std::stop_token &stop)
{
    const auto &words = encoder.vocabulary().words();
    constexpr std::size_t atOnce = 32, marks = 2;
    std::vector<float> points(marks * static_cast<std::size_t>(encoder.dimension())); // <s> and </s> have none
    for (std::size_t from = marks; from < words.size(); from += atOnce) {
        if (stop.stop_requested())
            return fail(Errc::Cancelled, displayText(folder.filename()), "nothing was installed");
        const auto block =
            encoder.sentencePoints(std::span(words).subspan(from, std::min(atOnce, words.size() - from)));
        if (!block)
            return fail(block.error());
        points.insert(points.end(), block->begin(), block->end());
    }
    const TensorData rows{"word_points",
                          {static_cast<std::int64_t>(words.size()), encoder.dimension()},
                          std::move(points),
                          TensorType::Float16};
    return writeTensorFile(folder / file, std::span(&rows, 1));
}

// Adds what was looked at; the first error of a module itself ends it.
Result<> lookAt(const image::Network &network, const Encoder &encoder, std::vector<ImportCheck> &checks)
{
    const auto add = [&](const char *name, bool ok, std::string detail) {
        checks.push_back({name, ok, std::move(detail)});
    };
    std::vector<std::vector<float>> rows;
    double shortest = std::numeric_limits<double>::max(), longest = 0;
    for (int kind = 0; kind < 3; ++kind) {
        auto row = network.feature(picture(kind), {});
        if (!row)
            return fail(row.error());
        const double length = std::sqrt(std::inner_product(row->begin(), row->end(), row->begin(), 0.0));
        shortest = std::min(shortest, length);
        longest = std::max(longest, length);
        rows.push_back(std::move(*row));
    }
    add("shapes", true, fmt::format("a photo and a sentence give {} numbers each", encoder.dimension()));
    add("values", shortest > 0, shortest > 0 ? "finite, and not all zero" : "a photo gives nothing but zeros");
    add("unit length", shortest > 0,
        std::abs(shortest - 1) < 1e-3 && std::abs(longest - 1) < 1e-3
            ? "points have length 1"
            : fmt::format("lengths {:.3g} to {:.3g}: scaled to 1 here", shortest, longest));
    const bool differ = cosine(rows[0], rows[1]) < 0.99999 || cosine(rows[0], rows[2]) < 0.99999;
    add("pictures", differ, differ ? "different pictures have different points" : "all pictures have the same point");
    // A module that looks at the other rows of a batch would find other photos for one query than for twenty.
    const std::vector<std::string> sentences = {"a dog", "two red cars in the street", "a dog"};
    const auto together = encoder.sentencePoints(sentences);
    if (!together)
        return fail(together.error());
    const auto alone = encoder.sentencePoints(std::span(sentences).first(1));
    if (!alone)
        return fail(alone.error());
    const auto d = static_cast<std::size_t>(encoder.dimension());
    const double close =
        std::min(cosine(*alone, std::span(*together).first(d)), cosine(*alone, std::span(*together).subspan(2 * d, d)));
    const double apart = cosine(std::span(*together).first(d), std::span(*together).subspan(d, d));
    add("batches", close >= sameRow,
        fmt::format("one sentence alone and among others: cosine {:.4f}, {} is wanted", close, sameRow));
    add("sentences", apart < 0.99999,
        apart < 0.99999 ? "different sentences have different points" : "all sentences have the same point");
    return {};
}

} // namespace

Result<ImportedPair> importPair(const OutsidePair &pair, const std::stop_token &stop)
{
    if (auto checked = checkOptions(pair); !checked)
        return fail(checked.error());
    // Among the installed ones, so that its modules may be opened; a place that no list shows.
    const auto folder = model::stagingFolder(pair.id);
    if (!folder)
        return fail(folder.error());
    const Staging staging(*folder);
    auto manifest = lay(pair, staging.folder());
    if (!manifest)
        return fail(manifest.error());
    auto outside = outsideOf(pair);
    if (auto written = model::writeOutside(staging.folder(), outside, *manifest); !written)
        return fail(written.error());
    // How many numbers a photo gives is told by the module alone.
    if (auto written = model::writeManifest(staging.folder(), *manifest); !written)
        return fail(written.error());
    auto bundle = model::Bundle::open(staging.folder());
    if (!bundle)
        return fail(bundle.error());
    const auto network = image::Network::open(**bundle);
    if (!network)
        return fail(network.error());
    const int dimension = (*network)->featureDimension();
    if (dimension < 2 || dimension > 4096)
        return fail(Errc::Invalid, displayText(pair.imageModule),
                    fmt::format("a photo gives {} numbers, allowed are 2 to 4096", dimension));
    manifest->network.featureDimension = dimension;
    manifest->encoders.front().dimension = manifest->encoders.front().wordDimension = dimension;
    if (auto written = model::writeManifest(staging.folder(), *manifest); !written)
        return fail(written.error());
    bundle = model::Bundle::open(staging.folder());
    if (!bundle)
        return fail(bundle.error());
    const auto encoder = Encoder::open(*bundle);
    if (!encoder)
        return fail(encoder.error());
    ImportedPair imported{.installed = {}, .dimension = dimension, .secondsPerPhoto = 0, .checks = {}};
    imported.checks.push_back({"modules", true, "both open"});
    if (auto looked = lookAt(**network, **encoder, imported.checks); !looked)
        return fail(looked.error());
    std::vector<std::string> failed;
    for (const auto &check : imported.checks)
        if (!check.ok)
            failed.push_back(fmt::format("{}: {}", check.name, check.detail));
    if (!failed.empty())
        return fail(Errc::Invalid, pair.id, fmt::format("{}", fmt::join(failed, "\n")));
    outside.wordPoints = "word-points.safetensors";
    if (auto written = writeWordPoints(**encoder, staging.folder(), outside.wordPoints, stop); !written)
        return fail(written.error());
    if (auto written = model::writeOutside(staging.folder(), outside, *manifest); !written)
        return fail(written.error());
    if (auto written = writeSelfTests(staging.folder(), *manifest); !written)
        return fail(written.error());
    bundle = model::Bundle::open(staging.folder());
    if (!bundle)
        return fail(bundle.error());
    if (auto tested = selfTest(*bundle); !tested)
        return fail(tested.error());
    imported.checks.push_back({"self-test", true, "stored pictures give their vectors again"});
    const auto speed = measureSpeed(*bundle, stop);
    if (!speed)
        return fail(speed.error());
    imported.secondsPerPhoto = speed->secondsPerPhoto;
    imported.checks.push_back({"speed", true,
                               fmt::format("{:.1f} ms a photo, {:.1f} ms a sentence", 1000 * speed->secondsPerPhoto,
                                           1000 * speed->secondsPerSentence.begin()->second)});
    auto installed = model::installStaged(pair.id); // the staging folder becomes the bundle
    if (!installed)
        return fail(installed.error());
    imported.installed = std::move(*installed);
    return imported;
}

} // namespace photolex::joint
