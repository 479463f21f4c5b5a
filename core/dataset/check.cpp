#include "core/base/bytes.h"
#include "core/dataset/dataset.h"
#include "core/text/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unordered_set>

namespace photolex::dataset {

Result<Check> check(const Dataset &data, const text::Vocabulary *vocabulary)
{
    Check report;
    std::unordered_set<std::string> seen;
    for (const auto &caption : data.captions) {
        const auto words = text::tokenize(caption.text);
        ++report.captions;
        report.words += static_cast<std::int64_t>(words.size());
        if (words.empty())
            ++report.emptyCaptions;
        if (vocabulary)
            report.unknownWords += std::ranges::count_if(
                words, [&](const auto &word) { return vocabulary->id(word) == text::Vocabulary::unknown; });
        if (!seen.insert(caption.text).second)
            ++report.duplicateCaptions;
        if (report.lengthHistogram.size() <= words.size())
            report.lengthHistogram.resize(words.size() + 1);
        ++report.lengthHistogram[words.size()];
    }
    std::error_code ignored;
    for (const auto &image : data.images) {
        if (std::filesystem::exists(image, ignored))
            continue;
        if (++report.missingPhotos <= 3)
            report.missing.push_back(displayText(image));
    }
    if (report.captions == 0)
        return fail(Errc::Invalid, data.name, "it holds no captions");
    if (2 * report.emptyCaptions > report.captions)
        return fail(Errc::Invalid, data.name,
                    fmt::format("{} of {} captions hold no word: is it the right column or key?", report.emptyCaptions,
                                report.captions));
    if (5 * report.unknownWords > report.words)
        return fail(Errc::Invalid, data.name,
                    fmt::format("{} of {} words are not in the vocabulary", report.unknownWords, report.words));
    if (report.missingPhotos > 0)
        return fail(
            Errc::NotFound, data.name,
            fmt::format("{} photos are missing, the first: {}", report.missingPhotos, fmt::join(report.missing, ", ")));
    return report;
}

} // namespace photolex::dataset
