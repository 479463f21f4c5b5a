// Runs requests off the window's thread: the newest wins, indexing lets each pass, and the point of a query's picture
// is computed once, however long one types beside it. A text that is an expression (core/search/expression.h) is added
// up, with the picture as one more term.
#pragma once

#include "core/search/expression.h"
#include "core/search/search.h"
#include "ui/common/latest.h"
#include "ui/common/session.h"
#include "ui/search/search_request.h"

#include <QObject>
#include <functional>
#include <memory>

namespace photolex::ui {

struct SearchOutcome {
    search::Answer answer;
    search::SumState sum = search::SumState::Point; // of an expression; CancelsOut and NothingKnown have no matches
    bool isExpression = false;                      // photos are the nearest to a point: no line ends them
    bool byMeaning = true; // false: the encoder is not open yet, only names and captions were searched
};

class SearchRun : public QObject {
    Q_OBJECT
public:
    explicit SearchRun(Session *session, QObject *parent = nullptr);
    ~SearchRun() override;

    // `done` is called unless a newer request comes first.
    void start(const SearchRequest &request, const catalogue::PhotoFilter &filter, std::size_t count,
               std::function<void(Result<SearchOutcome>)> done);
    void cancel();
    bool isRunning() const { return m_latest.isRunning(); }

private:
    struct PicturePoint;
    Session *m_session;
    Interactive m_interactive;
    Latest<SearchOutcome> m_latest{this};
    std::shared_ptr<PicturePoint> m_point;
};

image::Pixels toPixels(const QImage &image);

} // namespace photolex::ui
