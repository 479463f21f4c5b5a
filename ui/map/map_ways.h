// The expression's way and the query on the map: their points are put among the photos nearest to them, in a worker.
#pragma once

#include "ui/common/latest.h"
#include "ui/map/map_scene.h"

#include <QObject>
#include <vector>

namespace photolex::ui {

class MapRun;
class PointPath;
class Session;

class MapWays : public QObject {
    Q_OBJECT
public:
    // All outlive it.
    MapWays(Session *session, MapRun *run, MapScene *scene, PointPath *path, PointPath *query);

    void place();                     // where they are now, among the photos that are on the map now
    std::vector<float> point() const; // that photos are compared with: the query's, else the expression's; none

Q_SIGNALS:
    void changed(); // other points: they are to be placed
    void placed();  // they lie on the map

private:
    struct Placed {
        std::vector<MapStep> steps, query;
    };
    Session *m_session;
    MapRun *m_run;
    MapScene *m_scene;
    PointPath *m_path, *m_query;
    Latest<Placed> m_placing{this};
};

} // namespace photolex::ui
