#include "ui/map/map_ways.h"

#include "ui/common/point_path.h"
#include "ui/common/session.h"
#include "ui/map/map_run.h"
#include "ui/map/map_work.h"

namespace photolex::ui {

namespace {

// Steps that cancel out lie nowhere.
std::vector<PointPath::Step> stepsWithPoints(const PointPath *way)
{
    auto steps = way->steps();
    std::erase_if(steps, [](const auto &step) { return step.point.empty(); });
    return steps;
}

Result<std::vector<MapStep>> placeSteps(const std::vector<PointPath::Step> &steps, const MapSpace &space,
                                        const MapPicture &picture, const std::stop_token &stop)
{
    std::vector<float> points;
    for (const auto &step : steps)
        points.insert(points.end(), step.point.begin(), step.point.end());
    const auto places = placePoints(space, picture, points, stop);
    if (!places)
        return fail(places.error());
    std::vector<MapStep> onMap;
    for (std::size_t i = 0; i < steps.size(); ++i)
        onMap.push_back({(*places)[i], steps[i].label});
    return onMap;
}

} // namespace

MapWays::MapWays(Session *session, MapRun *run, MapScene *scene, PointPath *path, PointPath *query)
    : m_session(session)
    , m_run(run)
    , m_scene(scene)
    , m_path(path)
    , m_query(query)
{
    for (const auto *way : {path, query})
        connect(way, &PointPath::changed, this, &MapWays::changed);
}

std::vector<float> MapWays::point() const
{
    for (const auto *way : {m_query, m_path})
        if (!way->steps().empty() && !way->steps().back().point.empty())
            return way->steps().back().point;
    return {};
}

void MapWays::place()
{
    const auto steps = stepsWithPoints(m_path), asked = stepsWithPoints(m_query);
    if ((steps.empty() && asked.empty()) || !m_session->engine() || m_scene->photos().empty() ||
        m_run->stage() == MapRun::Stage::Settling) {
        m_placing.cancel();
        m_scene->setSteps({});
        m_scene->setQuery({});
        return;
    }
    m_placing.run(
        [steps, asked, picture = m_run->picture(), catalogue = m_session->catalogue(),
         engine = m_session->engine()](const std::stop_token &stop) -> Result<Placed> {
            const auto space = readMapSpace(*engine, *catalogue);
            if (!space)
                return fail(space.error());
            if (space->photos != picture.photos)
                return fail(Errc::Busy, "map", "photos came meanwhile");
            auto way = placeSteps(steps, *space, picture, stop);
            auto query = placeSteps(asked, *space, picture, stop);
            if (!way || !query)
                return fail(way ? query.error() : way.error());
            return Placed{std::move(*way), std::move(*query)};
        },
        [this](Result<Placed> found) {
            if (!found)
                return;
            m_scene->setSteps(std::move(found->steps));
            m_scene->setQuery(std::move(found->query));
            Q_EMIT placed();
        });
}

} // namespace photolex::ui
