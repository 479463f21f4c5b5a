// Thumbnails for one view, nearest to the eye first.
//
// 1. The view says which rows are visible, as an ordered list of wants (visible, then the screen after, then the one
//    before). The list replaces the older one, so that scrolling past a thousand photos decodes none of them.
// 2. Workers take the first want that nobody works on: thumbnail cache, else the original, which also fills the cache,
// so
//    photos are seen before they are indexed. They make QImage at exactly the physical size asked for.
// 3. Results are gathered for 50 ms, turned into pixmaps on the window's thread, and announced in one signal.
// 4. Pixmaps two screens away are forgotten. A request is a value with the file's stamp and a generation: an answer for
// an
//    older stamp, size or generation is dropped. A file that failed is not opened again until its stamp changes.
#pragma once

#include "core/base/result.h"
#include "core/image/thumbnail_cache.h"
#include "ui/common/photo_model.h"

#include <QImage>
#include <QObject>
#include <QPixmap>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace photolex::ui {

class Session;

struct ThumbnailRequest {
    PhotoId photo;
    std::string path; // absolute, bytes
    std::int64_t fileSize = 0, mtimeNs = 0;
    bool mayDecode = true; // false: the file is away, only the cache can answer
    bool operator==(const ThumbnailRequest &) const = default;
};
ThumbnailRequest thumbnailRequest(const PhotoInfo &info);

// What the workers call. Blocks. `side`: physical pixels of the square to fit into.
Result<QImage> loadThumbnail(const image::ThumbnailCache *cache, const ThumbnailRequest &request, int side);

class ThumbnailLoader : public QObject {
    Q_OBJECT
public:
    using Load = std::function<Result<QImage>(const ThumbnailRequest &, int side)>;
    ThumbnailLoader(Session *session, QObject *parent = nullptr);
    ThumbnailLoader(Load load, QObject *parent = nullptr); // for tests
    ~ThumbnailLoader() override;                           // waits for what is being decoded

    // Physical pixels; another side starts a new generation. Older pixmaps stay until the new ones come.
    void setSide(int physicalPixels);
    int side() const;
    // In order of urgency. Replaces the older list; what is not in it is forgotten.
    void want(std::vector<ThumbnailRequest> requests);
    void clear();

    // Lookups, for paint. A null pixmap: not here (yet).
    QPixmap pixmap(PhotoId photo) const;
    int pixmapSide(PhotoId photo) const;       // the side it was made for; 0: not here
    const Error *failure(PhotoId photo) const; // null: none
    bool isIdle() const;                       // nothing wanted is missing

Q_SIGNALS:
    void loaded(const std::vector<photolex::PhotoId> &photos); // pixmaps or failures

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

// Row-major RGB to a QImage of its own.
QImage toImage(const image::Pixels &pixels);

} // namespace photolex::ui
