// Answers expressions off the window's thread: the newest wins, and the points of terms that were read stay, so that a
// slider costs one sum and one scan.
#pragma once

#include "core/search/expression.h"
#include "ui/common/latest.h"
#include "ui/common/session.h"

#include <QObject>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace photolex::ui {

// What became of one term.
struct TermOutcome {
    bool counts = true;               // it has a point
    std::vector<std::string> unknown; // its words that are not known
    std::optional<Error> failure;     // the file or the saved expression could not be read
};

struct ExpressionOutcome {
    search::ExpressionAnswer answer;
    std::vector<TermOutcome> terms;       // as long as the expression
    std::vector<std::vector<float>> path; // the point after each term; empty where there is none
};

class ExpressionRun : public QObject {
    Q_OBJECT
public:
    explicit ExpressionRun(Session *session, QObject *parent = nullptr);
    ~ExpressionRun() override;

    // `done` is called unless a newer one comes first. A term that cannot be read does not count; the others do. Busy:
    // the encoder is not open yet.
    void start(const search::Expression &expression, const search::ExpressionQuery &query,
               std::function<void(Result<ExpressionOutcome>)> done);
    void cancel();
    bool isRunning() const { return m_latest.isRunning(); }

private:
    Session *m_session;
    Interactive m_interactive;
    Latest<ExpressionOutcome> m_latest{this};
};

} // namespace photolex::ui
