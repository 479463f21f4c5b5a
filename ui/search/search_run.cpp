#include "ui/search/search_run.h"

#include "ui/common/photo_text.h"

#include <algorithm>
#include <cstring>
#include <mutex>
#include <utility>

namespace photolex::ui {

struct SearchRun::PicturePoint {
    SearchRequest of;
    std::mutex mutex;
    std::vector<float> point; // empty: not computed yet
};

namespace {

// Everything that a worker needs, taken on the window's thread.
struct Tools {
    std::shared_ptr<catalogue::Catalogue> catalogue;
    std::shared_ptr<search::Engine> engine;
    std::shared_ptr<const image::Network> network;
    std::shared_ptr<const search::TermReader> terms;
};

Result<std::vector<float>> pointOf(const SearchRequest &request, const Tools &tools)
{
    if (request.similarTo) {
        auto known = tools.engine->pointOf(request.similarTo);
        if (known || known.error().code != Errc::NotFound)
            return known;
        const auto path = tools.catalogue->absolutePath(request.similarTo); // not embedded yet: look at the file itself
        if (!path)
            return fail(path.error());
        return search::pointOfFile(*path, *tools.network, tools.engine->encoder());
    }
    if (!request.pictureFile.isEmpty())
        return search::pointOfFile(pathBytes(request.pictureFile), *tools.network, tools.engine->encoder());
    return search::pointOfPixels(toPixels(request.image), *tools.network, tools.engine->encoder());
}

search::Why kindOf(const std::string &where)
{
    if (where == "caption")
        return search::Why::Caption;
    if (where == "keyword")
        return search::Why::Keyword;
    if (where == "folder")
        return search::Why::Folder;
    if (where == "title")
        return search::Why::Title;
    return search::Why::Name;
}

// Before the encoder is open: names, folders, captions and keywords alone.
Result<SearchOutcome> searchNames(const SearchRequest &request, const Tools &tools,
                                  const catalogue::PhotoFilter &filter, std::size_t count)
{
    SearchOutcome outcome;
    outcome.byMeaning = false;
    auto parsed = search::parseQuery(request.text.toStdString());
    if (!parsed)
        return fail(parsed.error());
    outcome.answer.parsed = std::move(*parsed);
    if (outcome.answer.parsed.words.empty())
        return outcome;
    const auto hits = tools.catalogue->findText(outcome.answer.parsed.words, count);
    if (!hits)
        return fail(hits.error());
    const auto passing = tools.catalogue->photoIds(filter, catalogue::SortKey::Path, false);
    if (!passing)
        return fail(passing.error());
    std::vector<PhotoId> allowed = *passing;
    std::sort(allowed.begin(), allowed.end());
    for (const auto &hit : *hits)
        if (std::binary_search(allowed.begin(), allowed.end(), hit.photo))
            outcome.answer.matches.push_back({.photo = hit.photo, .kind = kindOf(hit.where), .why = {}});
    return outcome;
}

// The text is an expression; a picture beside it, whose point is given, counts as its first term.
Result<SearchOutcome> addUp(const SearchRequest &request, std::span<const float> picture, const Tools &tools,
                            const catalogue::PhotoFilter &filter, std::size_t count, const std::stop_token &stop)
{
    auto expression = search::parseExpression(request.text.toStdString());
    if (!expression)
        return fail(expression.error());
    auto points = tools.terms->read(*expression, stop);
    if (!points)
        return fail(points.error());
    if (!picture.empty()) {
        search::TermPoint first;
        first.point.assign(picture.begin(), picture.end());
        if (request.similarTo)
            first.photos.push_back(request.similarTo);
        points->insert(points->begin(), std::move(first));
        expression->terms.insert(expression->terms.begin(), search::Term());
    }
    const auto answer = search::answerExpression(*tools.engine, *expression, *points,
                                                 {.photos = count, .words = 0, .filter = filter}, stop);
    if (!answer)
        return fail(answer.error());
    SearchOutcome outcome;
    outcome.isExpression = true;
    outcome.sum = answer->result.state;
    outcome.answer.unknown = answer->unknown;
    outcome.answer.point = answer->result.point;
    for (const auto &hit : answer->result.hits)
        outcome.answer.matches.push_back({.photo = hit.photo, .score = hit.score, .similarity = hit.score, .why = {}});
    return outcome;
}

} // namespace

SearchRun::SearchRun(Session *session, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_interactive(session)
{
}

SearchRun::~SearchRun() = default;

void SearchRun::cancel()
{
    m_latest.cancel();
    m_interactive.set(false);
}

void SearchRun::start(const SearchRequest &request, const catalogue::PhotoFilter &filter, std::size_t count,
                      std::function<void(Result<SearchOutcome>)> done)
{
    if (!request.hasPicture()) {
        m_point.reset();
    } else if (!m_point || !m_point->of.samePicture(request)) {
        m_point = std::make_shared<PicturePoint>();
        m_point->of = request;
    }
    const Tools tools{m_session->catalogue(), m_session->engine(), m_session->network(), m_session->termReader()};
    m_interactive.set(true);
    m_latest.run(
        [request, filter, count, tools, point = m_point](const std::stop_token &stop) -> Result<SearchOutcome> {
            if (!tools.engine) {
                if (request.hasPicture())
                    return fail(Errc::Busy, "encoder", "not open yet");
                return searchNames(request, tools, filter, count);
            }
            search::Query query;
            query.text = request.text.toStdString();
            query.count = count;
            query.filter = filter;
            if (point) {
                const std::lock_guard lock(point->mutex);
                if (point->point.empty()) {
                    auto computed = pointOf(request, tools);
                    if (!computed)
                        return fail(computed.error());
                    point->point = std::move(*computed);
                }
                query.point = point->point;
                if (request.similarTo)
                    query.similarTo = request.similarTo;
            }
            if (search::isExpression(query.text))
                return addUp(request, query.point, tools, filter, count, stop);
            auto answer = tools.engine->search(query, stop);
            if (!answer)
                return fail(answer.error());
            SearchOutcome outcome;
            outcome.answer = std::move(*answer);
            return outcome;
        },
        [this, done = std::move(done)](Result<SearchOutcome> outcome) {
            m_interactive.set(false);
            done(std::move(outcome));
        });
}

image::Pixels toPixels(const QImage &image)
{
    const QImage rgb = image.convertToFormat(QImage::Format_RGB888);
    image::Pixels pixels;
    pixels.size = {rgb.width(), rgb.height()};
    const std::size_t line = static_cast<std::size_t>(rgb.width()) * 3;
    pixels.rgb.resize(line * static_cast<std::size_t>(rgb.height()));
    for (int y = 0; y < rgb.height(); ++y)
        std::memcpy(pixels.rgb.data() + line * static_cast<std::size_t>(y), rgb.constScanLine(y), line);
    return pixels;
}

} // namespace photolex::ui
