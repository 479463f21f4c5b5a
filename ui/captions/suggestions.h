// Texts that a photo's caption could be, from wherever they come: each source answers for one photo, off the window's
// thread. A source that generates captions takes its place beside those that find them.
#pragma once

#include "core/base/result.h"
#include "core/catalogue/catalogue.h"
#include "core/search/search.h"
#include "ui/common/captioners.h"

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace photolex::ui {

struct Suggestion {
    std::string text;
    catalogue::CaptionOrigin origin = catalogue::CaptionOrigin::Retrieved;
    PhotoId from; // Retrieved: the photo that has this caption; none: another source
    float score = 0;
};

class SuggestionSource {
public:
    virtual ~SuggestionSource() = default;
    // Best first. Blocks; called from one worker at a time. An empty list is no error.
    virtual Result<std::vector<Suggestion>> suggest(PhotoId photo, const std::stop_token &stop) const = 0;
};

// What the catalogue has besides the text that stands: the file's, and proposals that were made earlier.
std::unique_ptr<SuggestionSource> storedSuggestions(std::shared_ptr<const catalogue::Catalogue> catalogue);

// The nearest sentences: captions of the most similar photos, by s(x, v) of this photo and each text. A text of
// words that the encoder does not know counts only where its photo is truly similar.
std::unique_ptr<SuggestionSource> retrievedSuggestions(std::shared_ptr<const catalogue::Catalogue> catalogue,
                                                       std::shared_ptr<const search::Engine> engine);

// The best of what the models of captions write; none while the bundle has none.
std::unique_ptr<SuggestionSource> generatedSuggestions(std::shared_ptr<const Captioners> captioners,
                                                       std::shared_ptr<const search::Engine> engine);

// Of all sources in turn, each text once, without `standing`; at most nine, so that each has a key.
Result<std::vector<Suggestion>> suggestionsOf(const std::vector<std::shared_ptr<const SuggestionSource>> &sources,
                                              PhotoId photo, const std::string &standing, const std::stop_token &stop);

} // namespace photolex::ui
