#include "ui/expression/expression_run.h"

#include <utility>

namespace photolex::ui {

ExpressionRun::ExpressionRun(Session *session, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_interactive(session)
{
}

ExpressionRun::~ExpressionRun() = default;

void ExpressionRun::cancel()
{
    m_latest.cancel();
    m_interactive.set(false);
}

void ExpressionRun::start(const search::Expression &expression, const search::ExpressionQuery &query,
                          std::function<void(Result<ExpressionOutcome>)> done)
{
    m_interactive.set(true);
    m_latest.run(
        [expression, query, engine = m_session->engine(),
         reader = m_session->termReader()](const std::stop_token &stop) -> Result<ExpressionOutcome> {
            if (!reader)
                return fail(Errc::Busy, "encoder", "not open yet");
            ExpressionOutcome outcome;
            std::vector<search::TermPoint> points;
            for (const auto &term : expression.terms) {
                auto point = reader->read(term, stop);
                if (!point && point.error().code == Errc::Cancelled)
                    return fail(point.error());
                TermOutcome &each = outcome.terms.emplace_back();
                if (!point)
                    each.failure = point.error();
                points.push_back(point ? std::move(*point) : search::TermPoint());
                each.counts = !points.back().point.empty();
                each.unknown = points.back().unknown;
            }
            auto answer = search::answerExpression(*engine, expression, points, query, stop);
            if (!answer)
                return fail(answer.error());
            outcome.answer = std::move(*answer);
            const std::span<const search::Term> terms = expression.terms;
            for (std::size_t count = 1; count <= terms.size(); ++count)
                outcome.path.push_back(search::sumOf(terms.first(count), std::span(points).first(count)).point);
            return outcome;
        },
        [this, done = std::move(done)](Result<ExpressionOutcome> outcome) {
            m_interactive.set(false);
            done(std::move(outcome));
        });
}

} // namespace photolex::ui
