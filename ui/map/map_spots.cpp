#include "ui/map/map_spots.h"

#include "ui/common/commands.h"
#include "ui/common/photo_text.h"
#include "ui/common/session.h"
#include "ui/map/map_scene.h"

#include <QStringList>

namespace photolex::ui {

namespace {

constexpr std::size_t photosNamed = 2;

struct Near {
    PhotoId photo;
    float share;
};

struct Mixed {
    std::vector<float> point;
    std::vector<std::string> files; // of the photos that are named
};

Result<Mixed> mix(const std::vector<Near> &near, const search::Engine &engine, const catalogue::Catalogue &catalogue)
{
    Mixed result;
    std::vector<float> values, shares;
    std::size_t dimension = 0;
    for (const auto &[photo, share] : near) {
        const auto point = engine.pointOf(photo);
        if (!point && point.error().code == Errc::NotFound) // gone since the picture was made
            continue;
        if (!point)
            return fail(point.error());
        dimension = point->size();
        values.insert(values.end(), point->begin(), point->end());
        shares.push_back(share);
        if (result.files.size() < photosNamed)
            if (auto file = catalogue.absolutePath(photo))
                result.files.push_back(std::move(*file));
    }
    auto mean = projection::meanDirection({values, dimension}, shares);
    if (!mean)
        return fail(mean.error());
    result.point = std::move(*mean);
    return result;
}

} // namespace

MapSpots::MapSpots(Session *session, Commands *commands, const MapScene *scene)
    : m_session(session)
    , m_commands(commands)
    , m_scene(scene)
{
}

void MapSpots::write(QPointF spot, const QString &word)
{
    const auto engine = m_session->engine();
    if (!engine)
        return m_commands->tell(tr("The models are still being opened."));
    std::vector<Near> near;
    for (const auto &[index, share] :
         projection::sharesAt(m_scene->positions(), {static_cast<float>(spot.x()), static_cast<float>(spot.y())}))
        near.push_back({m_scene->photos()[index], share});
    m_finding.run(
        [engine, catalogue = m_session->catalogue(), near, word](const std::stop_token &) -> Result<Found> {
            if (!word.isEmpty()) {
                auto sentence = engine->encoder().sentencePoint(word.toStdString());
                if (!sentence)
                    return fail(sentence.error());
                //: where captions are written for: a word that is written on the map
                return Found{std::move(sentence->point), tr("at the word “%1” on the map").arg(word)};
            }
            auto mixed = mix(near, *engine, *catalogue);
            if (!mixed)
                return fail(mixed.error());
            QStringList names;
            for (const auto &file : mixed->files)
                names.append(fileName(file));
            const int others = static_cast<int>(near.size()) - static_cast<int>(names.size());
            if (near.size() == 1)
                //: where captions are written for: a photo's place on the map
                return Found{std::move(mixed->point), tr("where “%1” lies on the map").arg(names.value(0))};
            //: where captions are written for: an empty spot of the map; names of the photos around it
            return Found{std::move(mixed->point), tr("on the map near “%1”, and %n more photo(s)", nullptr, others)
                                                      .arg(names.join(tr("”, “", "between names of photos")))};
        },
        [this](Result<Found> found) {
            if (found)
                m_commands->writeCaptionAt(found->point, found->name);
            else
                m_commands->tell(tr("No caption can be written here: the photos around are not read, or cancel out."));
        });
}

} // namespace photolex::ui
