#include "core/train/measure.h"

#include "core/text/text.h"

namespace photolex::train {

Result<std::vector<float>> photoPoints(std::span<const std::filesystem::path> photos, const model::Bundle &bundle,
                                       const joint::Encoder &encoder, const PointsOptions &options,
                                       std::stop_token stop)
{
    Options all;
    all.networkFile = bundle.file(bundle.manifest().network.file);
    all.tailFile = bundle.tailFile(encoder.entry());
    all.featureCache = options.featureCache;
    all.progress = options.progress;
    const auto features = photoFeatures(photos, all, std::move(stop));
    if (!features)
        return fail(features.error());
    return encoder.imagePoints(*features);
}

Result<CaptionRanks> captionRanks(const dataset::Dataset &set, std::span<const float> points,
                                  const joint::Encoder &encoder, int folds)
{
    CaptionRanks result;
    std::vector<std::string> sentences;
    for (const auto &caption : set.captions) {
        const auto read = text::read(caption.text, encoder.vocabulary());
        if (!read || read->ids.empty()) {
            ++result.unreadable;
            continue;
        }
        result.cut += read->cut ? 1 : 0;
        sentences.push_back(caption.text);
        result.imageOfText.push_back(caption.image);
    }
    const auto texts = encoder.sentencePoints(sentences);
    if (!texts)
        return fail(texts.error());
    const int dimension = encoder.dimension();
    auto ranks = eval::ranks({points, dimension}, {*texts, dimension}, result.imageOfText, folds);
    if (!ranks)
        return fail(ranks.error());
    result.ranks = std::move(*ranks);
    return result;
}

} // namespace photolex::train
