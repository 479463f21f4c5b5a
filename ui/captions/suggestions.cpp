#include "ui/captions/suggestions.h"

#include <algorithm>
#include <numeric>

namespace photolex::ui {

namespace {

using catalogue::CaptionOrigin;

constexpr std::size_t mostSuggestions = 9, mostRetrieved = 4, mostGenerated = 4;
constexpr std::size_t similarPhotos = 200; // that are looked at for captions
constexpr std::size_t rankedTexts = 60;

class Stored : public SuggestionSource {
public:
    explicit Stored(std::shared_ptr<const catalogue::Catalogue> catalogue)
        : m_catalogue(std::move(catalogue))
    {
    }
    Result<std::vector<Suggestion>> suggest(PhotoId photo, const std::stop_token &) const override
    {
        const auto captions = m_catalogue->captions(photo);
        if (!captions)
            return fail(captions.error());
        std::vector<Suggestion> suggestions;
        for (const auto &caption : *captions)
            if (caption.origin != CaptionOrigin::User)
                suggestions.push_back({caption.text, caption.origin, {}, static_cast<float>(caption.score)});
        return suggestions;
    }

private:
    std::shared_ptr<const catalogue::Catalogue> m_catalogue;
};

class Retrieved : public SuggestionSource {
public:
    Retrieved(std::shared_ptr<const catalogue::Catalogue> catalogue, std::shared_ptr<const search::Engine> engine)
        : m_catalogue(std::move(catalogue))
        , m_engine(std::move(engine))
    {
    }

    Result<std::vector<Suggestion>> suggest(PhotoId photo, const std::stop_token &stop) const override
    {
        const auto point = m_engine->pointOf(photo);
        if (!point) // not indexed yet
            return point.error().code == Errc::NotFound ? Result<std::vector<Suggestion>>(std::vector<Suggestion>())
                                                        : fail(point.error());
        const auto answer =
            m_engine->search({.point = *point, .similarTo = photo, .count = similarPhotos, .explain = false}, stop);
        if (!answer)
            return fail(answer.error());
        std::vector<Suggestion> found;
        for (const auto &match : answer->matches) {
            if (found.size() >= rankedTexts)
                break;
            const auto captions = m_catalogue->captions(match.photo);
            if (!captions)
                return fail(captions.error());
            if (captions->empty() || captions->front().origin > CaptionOrigin::File ||
                std::ranges::find(found, captions->front().text, &Suggestion::text) != found.end())
                continue;
            const auto meaning = meaningOf(captions->front().text, *point);
            if (!meaning && !match.relevant) // not understood, and of a photo that only happens to be nearest
                continue;
            found.push_back({captions->front().text, CaptionOrigin::Retrieved, match.photo,
                             meaning.value_or(match.similarity / 4)});
        }
        if (stop.stop_requested())
            return fail(Errc::Cancelled, "suggestions");
        std::ranges::stable_sort(found, std::greater(), &Suggestion::score);
        found.resize(std::min(found.size(), mostRetrieved));
        return found;
    }

private:
    std::optional<float> meaningOf(const std::string &text, const std::vector<float> &point) const
    {
        const auto sentence = m_engine->encoder().sentencePoint(text);
        if (!sentence || sentence->point.size() != point.size())
            return std::nullopt;
        return std::inner_product(point.begin(), point.end(), sentence->point.begin(), 0.0F);
    }

    std::shared_ptr<const catalogue::Catalogue> m_catalogue;
    std::shared_ptr<const search::Engine> m_engine;
};

class Generated : public SuggestionSource {
public:
    Generated(std::shared_ptr<const Captioners> captioners, std::shared_ptr<const search::Engine> engine)
        : m_captioners(std::move(captioners))
        , m_engine(std::move(engine))
    {
    }

    Result<std::vector<Suggestion>> suggest(PhotoId photo, const std::stop_token &stop) const override
    {
        std::vector<Suggestion> found;
        if (!m_captioners->areThere())
            return found;
        const auto captioner = m_captioners->get();
        if (!captioner)
            return fail(captioner.error());
        const auto point = m_engine->pointOf(photo);
        if (!point || m_engine->encoder().hash() != (*captioner)->encoder()->hash())
            return found; // not indexed yet, or searched with another encoder
        const auto captions = (*captioner)->captions(*point, {}, stop);
        if (!captions)
            return fail(captions.error());
        for (const auto &one : *captions)
            if (found.size() < mostGenerated)
                found.push_back({one.text, CaptionOrigin::Generated, {}, static_cast<float>(one.score)});
        return found;
    }

private:
    std::shared_ptr<const Captioners> m_captioners;
    std::shared_ptr<const search::Engine> m_engine;
};

} // namespace

std::unique_ptr<SuggestionSource> generatedSuggestions(std::shared_ptr<const Captioners> captioners,
                                                       std::shared_ptr<const search::Engine> engine)
{
    return std::make_unique<Generated>(std::move(captioners), std::move(engine));
}

std::unique_ptr<SuggestionSource> storedSuggestions(std::shared_ptr<const catalogue::Catalogue> catalogue)
{
    return std::make_unique<Stored>(std::move(catalogue));
}

std::unique_ptr<SuggestionSource> retrievedSuggestions(std::shared_ptr<const catalogue::Catalogue> catalogue,
                                                       std::shared_ptr<const search::Engine> engine)
{
    return std::make_unique<Retrieved>(std::move(catalogue), std::move(engine));
}

Result<std::vector<Suggestion>> suggestionsOf(const std::vector<std::shared_ptr<const SuggestionSource>> &sources,
                                              PhotoId photo, const std::string &standing, const std::stop_token &stop)
{
    std::vector<Suggestion> all;
    for (const auto &source : sources) {
        const auto some = source->suggest(photo, stop);
        if (!some)
            return fail(some.error());
        for (const auto &suggestion : *some)
            if (all.size() < mostSuggestions && suggestion.text != standing &&
                std::ranges::find(all, suggestion.text, &Suggestion::text) == all.end())
                all.push_back(suggestion);
    }
    return all;
}

} // namespace photolex::ui
