#include "ui/map/map_pictures.h"

#include "ui/common/session.h"

#include <utility>

namespace photolex::ui {

MapPictures::MapPictures(Session *session, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_loader(session)
{
}

const PhotoInfo *MapPictures::info(PhotoId photo) const
{
    const auto found = m_infos.find(photo);
    return found == m_infos.end() ? nullptr : &found->second;
}

void MapPictures::forget()
{
    m_infos.clear();
    want(std::exchange(m_wanted, {}), m_loader.side());
}

void MapPictures::want(std::vector<PhotoId> photos, int physicalSide)
{
    m_wanted = std::move(photos);
    if (physicalSide > 0)
        m_loader.setSide(physicalSide);
    std::vector<PhotoId> unknown;
    for (const auto photo : m_wanted)
        if (!info(photo))
            unknown.push_back(photo);
    ask(); // for those that are known
    if (unknown.empty() || !m_session->catalogue())
        return m_reading.cancel();
    m_reading.run([catalogue = m_session->catalogue(),
                   unknown](const std::stop_token &) { return readInfos(*catalogue, unknown); },
                  [this](Result<std::vector<PhotoInfo>> infos) {
                      if (!infos)
                          return;
                      if (m_infos.size() > mostKnown)
                          m_infos.clear();
                      for (auto &each : *infos)
                          m_infos.insert_or_assign(each.photo, std::move(each));
                      ask();
                      Q_EMIT infosCame();
                  });
}

void MapPictures::ask()
{
    std::vector<ThumbnailRequest> requests;
    for (const auto photo : m_wanted)
        if (const auto *known = info(photo))
            requests.push_back(thumbnailRequest(*known));
    m_loader.want(std::move(requests));
}

} // namespace photolex::ui
