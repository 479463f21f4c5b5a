// The Map place: the library's photos in two dimensions, groups and the selection beside them. The picture is kept:
// photos that come later are put into it, and it moves only when that is asked for.
#pragma once

#include "core/base/ids.h"

#include <QWidget>
#include <memory>
#include <vector>

namespace photolex::ui {

class Session;
class Commands;
class Selection;
class PointPath;
class MapRun;
class MapScene;
class MapView;

class MapPlace : public QWidget {
    Q_OBJECT
public:
    // All outlive the place. `path` is the way of the expression on the bench, `query` what is searched for.
    MapPlace(Session *session, Commands *commands, Selection *selection, PointPath *path, PointPath *query,
             QWidget *parent = nullptr);
    ~MapPlace() override;

    MapScene *scene() const;
    MapView *view() const;
    MapRun *run() const;
    void focusView();
    // Selects them and goes where they lie, as soon as the map rests.
    void showPhotos(const std::vector<PhotoId> &photos);
    void showWay(); // goes where the expression's steps lie

    // Method, colours, panel: for the settings.
    QByteArray saveState() const;
    void restoreState(const QByteArray &state);

Q_SIGNALS:
    void named(); // groups and labels are there: the map is as it stays

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace photolex::ui
