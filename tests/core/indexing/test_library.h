// A library, a folder of photos, and models that answer at once, for tests of scanning and storing. The stand-in
// network looks at the pixels (a grid of mean colours), so that a row that went to another photo is noticed.
#pragma once

#include "core/base/bytes.h"
#include "core/embedding/rows.h"
#include "core/image/decode.h"
#include "core/indexing/indexer.h"
#include "tests/support/pictures.h"
#include "tests/support/support.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <functional>
#include <limits>
#include <map>

namespace photolex::test {

inline constexpr int kGrid = 6;
inline constexpr int kFeature = kGrid * kGrid * 3;

class GridNetwork : public image::Network {
public:
    std::function<void(int call)> onRun; // called from the workers
    mutable std::atomic<int> calls = 0;

    int inputSide() const override { return 32; }
    int featureDimension() const override { return kFeature; }
    Result<image::NetworkOutput> run(const Pixels &pixels, bool) const override
    {
        const int call = ++calls;
        if (onRun)
            onRun(call);
        const auto grid = image::resized(pixels, {kGrid, kGrid});
        image::NetworkOutput output;
        for (const auto value : grid.rgb)
            output.feature.push_back(static_cast<float>(value) / 128.0F - 1.01F);
        // Pure magenta is what this network cannot digest.
        if (grid.rgb[0] > 250 && grid.rgb[1] < 5 && grid.rgb[2] > 250)
            output.feature[3] = std::numeric_limits<float>::quiet_NaN();
        return output;
    }
    // The tail "negative" turns the feature over.
    Result<std::vector<std::vector<float>>> featuresOf(const Pixels &pixels, std::span<const std::string> tails,
                                                       bool) const override
    {
        const auto own = run(pixels, false);
        std::vector<std::vector<float>> all;
        for (const auto &tail : tails) {
            auto &feature = all.emplace_back(own->feature);
            if (tail == "negative")
                for (auto &value : feature)
                    value = -value;
        }
        return all;
    }
    std::span<const float> classifierRows() const override { return {}; }
};

class GridEncoder : public joint::Encoder {
public:
    explicit GridEncoder(std::string hash, std::string tail = {})
        : m_hash(std::move(hash))
    {
        m_entry.tail = std::move(tail);
        m_entry.id = "grid";
        m_entry.dimension = kFeature;
    }
    const model::EncoderEntry &entry() const override { return m_entry; }
    const std::string &hash() const override { return m_hash; }
    const text::Vocabulary &vocabulary() const override { return m_vocabulary; }
    Result<std::vector<float>> imagePoints(std::span<const float> features) const override
    {
        std::vector<float> points(features.begin(), features.end());
        for (std::size_t start = 0; start < points.size(); start += kFeature) {
            double length = 0;
            for (std::size_t i = 0; i < kFeature; ++i)
                length += double{points[start + i]} * points[start + i];
            for (std::size_t i = 0; i < kFeature; ++i)
                points[start + i] = static_cast<float>(points[start + i] / std::sqrt(length));
        }
        return points;
    }
    Result<std::vector<float>> sentencePoints(std::span<const std::string>) const override { return none(); }
    Result<joint::SentencePoint> sentencePoint(std::string_view) const override
    {
        return fail(Errc::Unsupported, "grid");
    }
    Result<std::span<const float>> wordPoints() const override { return fail(Errc::Unsupported, "grid"); }

private:
    static Result<std::vector<float>> none() { return fail(Errc::Unsupported, "grid"); }
    model::EncoderEntry m_entry;
    std::string m_hash;
    text::Vocabulary m_vocabulary;
};

inline std::string readAll(const std::filesystem::path &file)
{
    const auto bytes = readFile(file);
    return bytes ? std::string(reinterpret_cast<const char *>(bytes->data()), bytes->size()) : std::string();
}

inline std::string photoBytes(int seed, Size size = {120, 90})
{
    return jpeg(scene(seed, size));
}

class TestLibrary {
public:
    ScratchFolder scratch;
    std::filesystem::path photos = scratch / "photos";
    std::shared_ptr<GridNetwork> network = std::make_shared<GridNetwork>();
    std::shared_ptr<GridEncoder> encoder = std::make_shared<GridEncoder>("e0e0e0e0e0e0e0e0e0e0");
    std::string networkHash = "abcdefabcdefabcdefab";
    std::shared_ptr<catalogue::Catalogue> catalogue;

    TestLibrary() { std::filesystem::create_directories(photos); }

    std::filesystem::path add(const std::string &name, int seed) const
    {
        return scratch.write("photos/" + name, photoBytes(seed));
    }
    void addMany(int count) const
    {
        for (int i = 0; i < count; ++i)
            add("p" + std::to_string(100 + i) + ".jpg", i);
    }

    bool open()
    {
        auto opened = catalogue::Catalogue::open(scratch / "test.photolex", catalogue::Access::Write);
        if (!isOk(opened))
            return false;
        catalogue = std::move(*opened);
        return true;
    }
    void close() { catalogue.reset(); }

    Result<indexing::IndexReport> index(std::vector<std::filesystem::path> folders, indexing::IndexOptions options = {},
                                        std::stop_token stop = {})
    {
        if (!catalogue && !open())
            return fail(Errc::Internal, "the library did not open");
        auto thumbnails = image::ThumbnailCache::open(scratch / "thumbnails");
        if (!thumbnails)
            return fail(thumbnails.error());
        indexing::Indexer indexer(catalogue, std::make_shared<const image::ThumbnailCache>(*thumbnails),
                                  [this] { return models(); });
        if (options.workers == 0)
            options.workers = 2;
        return indexer.run(folders, options, std::move(stop));
    }
    Result<indexing::IndexReport> index() { return index({photos}); }

    std::function<Result<indexing::Models>()> models = [this]() -> Result<indexing::Models> {
        return indexing::Models{network, encoder, networkHash};
    };

    std::shared_ptr<const embedding::Rows> features() const
    {
        auto rows = embedding::Rows::open(catalogue->rowFile(embedding::featureRowsName(networkHash)), networkHash);
        return rows ? *rows : nullptr;
    }
    std::shared_ptr<const embedding::Rows> points() const
    {
        auto rows = embedding::Rows::open(catalogue->rowFile(embedding::pointRowsName(encoder->hash())));
        return rows ? *rows : nullptr;
    }

    catalogue::Photo photoAt(const std::filesystem::path &file) const
    {
        const auto photo = catalogue->photoAt(file);
        return photo && *photo ? **photo : catalogue::Photo{};
    }
    catalogue::PhotoState stateOf(const std::filesystem::path &file) const { return photoAt(file).state; }

    // All photos of the library by their path, Missing ones too.
    std::map<std::string, catalogue::Photo> all() const
    {
        std::map<std::string, catalogue::Photo> found;
        const auto roots = catalogue->roots();
        if (!roots)
            return found;
        for (const auto &root : *roots)
            if (const auto of = catalogue->photosOfRoot(root.id))
                for (const auto &photo : *of)
                    found[(root.path / photo.relativePath).native()] = photo;
        return found;
    }

    // The stored feature of a photo is that of its own pixels, and it finds itself.
    bool rowsBelongTo(const std::filesystem::path &file) const
    {
        const auto id = photoAt(file).id;
        const auto rows = features(), own = points();
        if (!rows || !own || rows->indexOf(id) < 0 || own->indexOf(id) < 0)
            return false;
        const auto decoded = image::decode(file, {.wantedShortSide = 260});
        const auto expected = network->run(decoded->pixels, false)->feature;
        const auto stored = rows->row(static_cast<std::size_t>(rows->indexOf(id)));
        for (std::size_t i = 0; i < expected.size(); ++i)
            if (std::abs(expected[i] - stored[i]) > 2e-3F)
                return false;
        std::vector<float> scores(own->size());
        embedding::scoreAll(*own, *encoder->imagePoints(expected), scores);
        const auto best = std::max_element(scores.begin(), scores.end()) - scores.begin();
        return own->ids()[static_cast<std::size_t>(best)] == id;
    }
};

inline std::int64_t filesCounted(const indexing::IndexReport &report)
{
    return report.added + report.updated + report.unchanged + report.moved + report.failed + report.skipped;
}

} // namespace photolex::test

// The report's numbers, all of them: added, updated, unchanged, moved, removed, failed, skipped.
#define COMPARE_COUNTS(report, ...)                                                                                    \
    QCOMPARE((std::vector<std::int64_t>{(report).added, (report).updated, (report).unchanged, (report).moved,          \
                                        (report).removed, (report).failed, (report).skipped}),                         \
             (std::vector<std::int64_t>{__VA_ARGS__}))
