// Thumbnails for photos that are known by their ids alone: what is needed to load them is read in a worker first.
#pragma once

#include "ui/common/latest.h"
#include "ui/common/photo_model.h"
#include "ui/common/thumbnail_loader.h"

#include <QObject>
#include <unordered_map>
#include <vector>

namespace photolex::ui {

class MapPictures : public QObject {
    Q_OBJECT
public:
    explicit MapPictures(Session *session, QObject *parent = nullptr); // the session outlives it

    // In order of urgency; replaces the older list.
    void want(std::vector<PhotoId> photos, int physicalSide);
    void forget(); // the photos changed: what is known of them is read again
    ThumbnailLoader *loader() { return &m_loader; }
    const PhotoInfo *info(PhotoId photo) const; // null: not known yet

Q_SIGNALS:
    void infosCame();

private:
    void ask();
    static constexpr std::size_t mostKnown = 20'000;
    Session *m_session;
    ThumbnailLoader m_loader;
    std::vector<PhotoId> m_wanted;
    std::unordered_map<PhotoId, PhotoInfo> m_infos;
    Latest<std::vector<PhotoInfo>> m_reading{this};
};

} // namespace photolex::ui
