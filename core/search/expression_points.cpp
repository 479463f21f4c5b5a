#include "core/base/bytes.h"
#include "core/search/expression.h"
#include "core/text/text.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace photolex::search {

namespace {

// Of the weights added: float16 rows of equal photos differ by some 0.0005, and photos that differ at all by far more.
constexpr double cancelledShare = 0.01;
constexpr std::size_t mostRemembered = 1000;

template <class T>
void addMissing(std::vector<T> &to, const std::vector<T> &from)
{
    for (const auto &each : from)
        if (std::ranges::find(to, each) == to.end())
            to.push_back(each);
}

Result<ExpressionStep> answerStep(const Engine &engine, Sum sum, std::span<const PhotoId> leftOut,
                                  const ExpressionQuery &query, const std::stop_token &stop)
{
    ExpressionStep step{.state = sum.state, .point = std::move(sum.point), .hits = {}, .words = {}};
    if (step.state != SumState::Point)
        return step;
    if (query.photos > 0) {
        // As many more as may be left out; the engine knows of one photo only.
        auto answer = engine.search({.text = {},
                                     .point = step.point,
                                     .similarTo = {},
                                     .count = query.photos + leftOut.size(),
                                     .filter = query.filter,
                                     .explain = false},
                                    stop);
        if (!answer)
            return fail(answer.error());
        for (const auto &match : answer->matches)
            if (step.hits.size() < query.photos && std::ranges::find(leftOut, match.photo) == leftOut.end())
                step.hits.push_back({match.photo, match.similarity});
    }
    if (query.words > 0) {
        auto words = engine.nearestWords(step.point, query.words);
        if (!words)
            return fail(words.error());
        step.words = std::move(*words);
    }
    return step;
}

} // namespace

TermReader::TermReader(std::shared_ptr<catalogue::Catalogue> catalogue, std::shared_ptr<const Engine> engine,
                       OpenNetwork openNetwork)
    : m_catalogue(std::move(catalogue))
    , m_engine(std::move(engine))
    , m_openNetwork(std::move(openNetwork))
{
}

Result<TermPoint> TermReader::read(const Term &term, const std::stop_token &stop) const
{
    std::vector<std::string> within;
    return readNested(term, within, stop);
}

Result<std::vector<TermPoint>> TermReader::read(const Expression &expression, const std::stop_token &stop) const
{
    std::vector<TermPoint> points;
    for (const auto &term : expression.terms) {
        auto point = read(term, stop);
        if (!point)
            return fail(point.error());
        points.push_back(std::move(*point));
    }
    return points;
}

Result<TermPoint> TermReader::readNested(const Term &term, std::vector<std::string> &within,
                                         const std::stop_token &stop) const
{
    if (stop.stop_requested())
        return fail(Errc::Cancelled, displayText(term.text));
    if (term.kind == Term::Kind::Saved)
        return readSaved(term.text, within, stop);

    Term bare = term;
    bare.isNegative = false;
    bare.weight = 1;
    const auto key = printTerm(bare, true);
    const auto revision = term.kind == Term::Kind::Photo ? m_catalogue->revision() : 0;
    {
        const std::lock_guard lock(m_mutex);
        if (const auto found = m_remembered.find(key);
            found != m_remembered.end() && found->second.revision == revision)
            return found->second.point;
    }
    TermPoint read;
    if (term.kind == Term::Kind::Photo) {
        auto photo = readPhoto(term.text);
        if (!photo)
            return photo;
        read = std::move(*photo);
    } else {
        auto words = m_engine->encoder().read(term.text);
        if (!words)
            return fail(words.error());
        read.unknown = std::move(words->unknown);
        if (!words->ids.empty()) {
            auto sentence = m_engine->encoder().sentencePoint(term.text);
            if (!sentence)
                return fail(sentence.error());
            read.point = std::move(sentence->point);
        }
    }
    const std::lock_guard lock(m_mutex);
    if (m_remembered.size() >= mostRemembered)
        m_remembered.clear();
    m_remembered[key] = {revision, read};
    return read;
}

Result<TermPoint> TermReader::readPhoto(const std::string &path) const
{
    std::error_code failure;
    const auto absolute = std::filesystem::absolute(path, failure).lexically_normal();
    if (failure)
        return fail(Errc::Invalid, displayText(path), failure.message());
    TermPoint read;
    const auto photo = m_catalogue->photoAt(absolute);
    if (!photo)
        return fail(photo.error());
    if (*photo) {
        read.photos.push_back((*photo)->id);
        auto point = m_engine->pointOf((*photo)->id);
        if (point) {
            read.point = std::move(*point);
            return read;
        }
        if (point.error().code != Errc::NotFound) // not embedded yet: the file itself is looked at
            return fail(point.error());
    }
    const auto network = m_openNetwork();
    if (!network)
        return fail(network.error());
    auto point = pointOfFile(absolute, **network, m_engine->encoder());
    if (!point)
        return fail(point.error());
    read.point = std::move(*point);
    return read;
}

Result<TermPoint> TermReader::readSaved(const std::string &name, std::vector<std::string> &within,
                                        const std::stop_token &stop) const
{
    if (std::ranges::find(within, name) != within.end())
        return fail(Errc::Invalid, name, "this saved expression leads to itself");
    const auto text = m_catalogue->savedExpression(name);
    if (!text)
        return fail(text.error());
    if (!*text)
        return fail(Errc::NotFound, name, "no expression is saved under this name");
    const auto expression = parseExpression(**text);
    if (!expression)
        return fail(Errc::Corrupt, name, expression.error().detail);
    within.push_back(name);
    TermPoint all;
    std::vector<TermPoint> points;
    for (const auto &term : expression->terms) {
        auto point = readNested(term, within, stop);
        if (!point)
            return point;
        addMissing(all.photos, point->photos);
        addMissing(all.unknown, point->unknown);
        points.push_back(std::move(*point));
    }
    within.pop_back();
    all.point = sumOf(expression->terms, points).point;
    return all;
}

Sum sumOf(std::span<const Term> terms, std::span<const TermPoint> points)
{
    std::vector<double> sum;
    double weights = 0;
    for (std::size_t i = 0; i < terms.size() && i < points.size(); ++i) {
        const auto &point = points[i].point;
        if (point.empty())
            continue;
        sum.resize(point.size());
        const double weight = terms[i].isNegative ? -terms[i].weight : terms[i].weight;
        for (std::size_t k = 0; k < sum.size(); ++k)
            sum[k] += weight * point[k];
        weights += terms[i].weight;
    }
    if (sum.empty())
        return {};
    double squares = 0;
    for (const double value : sum)
        squares += value * value;
    const double length = std::sqrt(squares);
    if (!(length > cancelledShare * weights))
        return {SumState::CancelsOut, {}};
    Sum result{SumState::Point, std::vector<float>(sum.size())};
    for (std::size_t k = 0; k < sum.size(); ++k)
        result.point[k] = static_cast<float>(sum[k] / length);
    return result;
}

Result<ExpressionAnswer> answerExpression(const Engine &engine, const Expression &expression,
                                          std::span<const TermPoint> points, const ExpressionQuery &query,
                                          const std::stop_token &stop)
{
    if (points.size() != expression.terms.size())
        return fail(Errc::Invalid, "expression",
                    fmt::format("{} terms, {} points", expression.terms.size(), points.size()));
    for (const auto &point : points)
        if (!point.point.empty() && point.point.size() != static_cast<std::size_t>(engine.encoder().dimension()))
            return fail(Errc::Invalid, "expression", "a point is of another encoder");
    ExpressionAnswer answer;
    std::vector<PhotoId> leftOut;
    for (const auto &point : points) {
        addMissing(leftOut, point.photos);
        addMissing(answer.unknown, point.unknown);
    }
    const std::span<const Term> terms = expression.terms;
    for (std::size_t count = query.steps ? 1 : terms.size(); count <= terms.size(); ++count) {
        if (stop.stop_requested())
            return fail(Errc::Cancelled, "expression");
        auto step = answerStep(engine, sumOf(terms.first(count), points.first(count)), leftOut, query, stop);
        if (!step)
            return fail(step.error());
        if (count == terms.size())
            answer.result = *step;
        if (query.steps)
            answer.steps.push_back(std::move(*step));
    }
    return answer;
}

} // namespace photolex::search
