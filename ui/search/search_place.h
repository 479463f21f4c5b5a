// The Search place: what the request finds, best first, up to a line where results end; below it "less likely". Each
// photo shows its score and why it is there. Words that are not known are named, with the nearest known ones.
#pragma once

#include "core/base/ids.h"
#include "ui/common/dropped.h"
#include "ui/search/search_request.h"

#include <QWidget>
#include <memory>

namespace photolex::ui {

class Session;
class Commands;
class Selection;
class PointPath;

class SearchPlace : public QWidget {
    Q_OBJECT
public:
    // All outlive the place. `asked` gets the point of what is searched for, as its only step.
    SearchPlace(Session *session, Commands *commands, Selection *selection, PointPath *asked,
                QWidget *parent = nullptr);
    ~SearchPlace() override;

    void search(const SearchRequest &request); // an empty one shows recent and saved searches
    void confirm();                            // the request was meant: it goes to the recent searches
    const SearchRequest &request() const;
    void focusGrid();
    int likelyCount() const; // photos above the end line
    bool isRunning() const;

    // Tile size and panels: for the settings.
    QByteArray saveState() const;
    void restoreState(const QByteArray &state);

Q_SIGNALS:
    void answered();                                         // the newest request has its answer on the screen
    void textSuggested(const QString &text);                 // a suggestion or an earlier search was clicked
    void dropReceived(const photolex::ui::Dropped &dropped); // on the grid: the window knows what to do with it

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace photolex::ui
