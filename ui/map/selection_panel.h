// Beside the map: the groups with their names while nothing is selected, else the photos that are, as a grid, and what
// can be done with them.
#pragma once

#include "core/base/ids.h"
#include "ui/common/photo_model.h"

#include <QListWidget>
#include <QWidget>
#include <vector>

QT_BEGIN_NAMESPACE
class QLabel;
class QStackedWidget;
class QToolButton;
QT_END_NAMESPACE

namespace photolex::ui {

class PhotoGrid;
class Session;

class SelectionPanel : public QWidget {
    Q_OBJECT
public:
    explicit SelectionPanel(Session *session, QWidget *parent = nullptr); // the session outlives it

    // `names` may be shorter than the groups there are; groups without photos are left out.
    void setGroups(const std::vector<QString> &names, const std::vector<std::int32_t> &groups);
    void setSelected(const std::vector<PhotoId> &photos, PhotoId current);
    void refresh(const std::vector<PhotoId> &photos) { m_model.refresh(photos); }
    PhotoGrid *grid() const { return m_grid; }
    QListWidget *groupList() const { return m_groups; }

Q_SIGNALS:
    void groupChosen(int group);        // select its photos
    void groupZoomed(int group);        // and look at it from near
    void expressionRequested();         // of the selected photos
    void menuRequested(QWidget *below); // all that can be done with them
    void similarRequested();
    void clearRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void colourGroups();
    QStackedWidget *m_stack;
    QListWidget *m_groups;
    QLabel *m_headline;
    PhotoGrid *m_grid;
    PhotoModel m_model;
};

} // namespace photolex::ui
