#include "ui/common/photo_model.h"

#include "core/base/log.h"
#include "core/image/motion.h"
#include "ui/common/photo_text.h"
#include "ui/common/session.h"

#include <QLocale>
#include <QMimeData>
#include <QTimer>
#include <QUrl>
#include <algorithm>
#include <cmath>
#include <unordered_set>

namespace photolex::ui {

struct PhotoModel::Page {
    std::vector<PhotoInfo> infos; // one a row; without id where the catalogue knows nothing
};

Result<std::vector<PhotoInfo>> readInfos(const catalogue::Catalogue &catalogue, std::span<const PhotoId> photos)
{
    const auto roots = catalogue.roots();
    if (!roots)
        return fail(roots.error());
    auto rows = catalogue.photos(photos);
    if (!rows)
        return fail(rows.error());
    std::unordered_map<std::int64_t, const catalogue::Root *> rootOf;
    for (const auto &root : *roots)
        rootOf[root.id.value] = &root;

    std::vector<PhotoInfo> infos;
    infos.reserve(rows->size());
    for (auto &row : *rows) {
        const auto *root = rootOf[row.root.value];
        PhotoInfo info;
        info.photo = row.id;
        info.path = root ? (root->path / row.relativePath).native() : row.relativePath;
        info.name = fileName(row.relativePath);
        info.stamp = row.stamp;
        info.state = row.state;
        info.rootState = root ? root->state : catalogue::RootState::Offline;
        info.error = std::move(row.error);
        info.takenAt = row.takenAt;
        info.width = row.width;
        info.height = row.height;
        info.animated = row.animated;
        info.rating = row.rating;
        infos.push_back(std::move(info));
    }
    return infos;
}

void findCompanions(const catalogue::Catalogue &catalogue, std::span<PhotoInfo> photos)
{
    for (auto &photo : photos) {
        photo.rawFiles.clear();
        photo.film.clear();
        if (!photo.isReadable())
            continue;
        if (const auto raws = catalogue.companions(photo.photo))
            for (const auto raw : *raws)
                if (auto path = catalogue.absolutePath(raw))
                    photo.rawFiles.push_back({raw, std::move(*path)});
        photo.film = image::motionBeside(photo.path, photo.takenAt).native();
    }
}

QString captionStateText(const PhotoInfo &photo)
{
    using enum catalogue::CaptionState;
    switch (photo.caption.value_or(User)) {
    case None:
        return PhotoModel::tr("without caption");
    case Proposed:
        return PhotoModel::tr("caption proposed, not taken yet");
    case Draft:
        return PhotoModel::tr("caption being typed");
    case File:
    case User:
        break;
    }
    return {};
}

QString companionNames(const PhotoInfo &photo)
{
    QStringList names;
    for (const auto &raw : photo.rawFiles)
        names += fileName(raw.path);
    if (!photo.film.empty())
        names += fileName(photo.film);
    return names.join(QStringLiteral(", "));
}

QString companionLine(const PhotoInfo &photo)
{
    return photo.hasCompanions() ? PhotoModel::tr("Together with %1", "names of files").arg(companionNames(photo))
                                 : QString();
}

Result<PhotoInfo> readInfo(const catalogue::Catalogue &catalogue, PhotoId photo)
{
    auto infos = readInfos(catalogue, std::span(&photo, 1));
    if (!infos)
        return fail(infos.error());
    if (infos->empty())
        return fail(Errc::NotFound, "photo", "not in the library any more");
    return std::move(infos->front());
}

namespace {

void readCaptionStates(const catalogue::Catalogue &catalogue, std::span<PhotoInfo> photos)
{
    std::vector<PhotoId> ids;
    for (const auto &photo : photos)
        ids.push_back(photo.photo);
    if (const auto states = catalogue.captionStates(ids))
        for (std::size_t i = 0; i < photos.size(); ++i)
            photos[i].caption = (*states)[i];
}

} // namespace

PhotoModel::PhotoModel(Session *session, QObject *parent)
    : QAbstractListModel(parent)
    , m_session(session)
    , m_start(new QTimer(this))
{
    m_start->setSingleShot(true);
    connect(m_start, &QTimer::timeout, this, &PhotoModel::readNextPage);
}

PhotoModel::~PhotoModel() = default;

void PhotoModel::setPhotos(std::vector<PhotoId> photos, std::vector<PhotoNote> notes,
                           std::vector<PhotoSection> sections)
{
    Q_ASSERT(notes.empty() || notes.size() == photos.size());
    beginResetModel();
    // What is known of the photos that stay is kept, so that a changed order does not blink.
    std::unordered_map<PhotoId, PhotoInfo> known;
    for (auto &[number, page] : m_pages)
        for (auto &info : page->infos)
            if (info.photo)
                known.emplace(info.photo, std::move(info));
    m_pages.clear();
    m_wantedPages.clear();
    m_reading.cancel();
    m_readingPage = -1;
    m_photos = std::move(photos);
    m_notes = std::move(notes);
    m_sections = std::move(sections);
    m_known = std::move(known);
    endResetModel();
}

const PhotoNote *PhotoModel::note(int row) const
{
    return row >= 0 && static_cast<std::size_t>(row) < m_notes.size() ? &m_notes[static_cast<std::size_t>(row)]
                                                                      : nullptr;
}

PhotoId PhotoModel::photoAt(int row) const
{
    return row >= 0 && static_cast<std::size_t>(row) < m_photos.size() ? m_photos[static_cast<std::size_t>(row)]
                                                                       : PhotoId{};
}

int PhotoModel::rowOf(PhotoId photo) const
{
    const auto found = std::find(m_photos.begin(), m_photos.end(), photo);
    return found == m_photos.end() ? -1 : static_cast<int>(found - m_photos.begin());
}

const PhotoInfo *PhotoModel::info(int row) const
{
    const PhotoId photo = photoAt(row);
    if (!photo)
        return nullptr;
    const int number = row / pageRows;
    const auto page = m_pages.find(number);
    if (page == m_pages.end()) {
        wantPage(number);
        const auto known = m_known.find(photo);
        return known == m_known.end() ? nullptr : &known->second;
    }
    const auto &info = page->second->infos[static_cast<std::size_t>(row % pageRows)];
    return info.photo == photo ? &info : nullptr;
}

void PhotoModel::wantPage(int page) const
{
    if (!m_session || page == m_readingPage)
        return;
    if (std::find(m_wantedPages.begin(), m_wantedPages.end(), page) == m_wantedPages.end())
        m_wantedPages.push_back(page);
    if (m_readingPage < 0 && !m_start->isActive())
        m_start->start(0);
}

void PhotoModel::readNextPage()
{
    if (m_readingPage >= 0 || !m_session || !m_session->catalogue())
        return;
    // A page that was passed by while another was read is not worth reading any more.
    const int first = m_firstVisible / pageRows - 2, last = std::max(m_lastVisible, m_firstVisible) / pageRows + 2;
    if (m_lastVisible >= 0 && m_wantedPages.size() > 4)
        std::erase_if(m_wantedPages, [&](int page) { return page < first || page > last; });
    if (m_wantedPages.empty())
        return;
    const int middle = (m_firstVisible + std::max(m_lastVisible, 0)) / 2 / pageRows;
    const auto nearest = std::min_element(m_wantedPages.begin(), m_wantedPages.end(),
                                          [&](int a, int b) { return std::abs(a - middle) < std::abs(b - middle); });
    const int page = *nearest;
    m_wantedPages.erase(nearest);
    const auto begin = static_cast<std::size_t>(page) * pageRows;
    if (begin >= m_photos.size())
        return readNextPage();
    m_readingPage = page;
    m_readAgain = false;
    const auto end = std::min(begin + pageRows, m_photos.size());
    std::vector<PhotoId> ids(m_photos.begin() + static_cast<std::ptrdiff_t>(begin),
                             m_photos.begin() + static_cast<std::ptrdiff_t>(end));
    m_reading.run(
        [catalogue = m_session->catalogue(), ids, readsCaptions = m_readsCaptions](const std::stop_token &) {
            auto infos = readInfos(*catalogue, ids);
            if (!infos)
                return infos;
            findCompanions(*catalogue, *infos);
            if (readsCaptions)
                readCaptionStates(*catalogue, *infos);
            return infos;
        },
        [this, page, ids](Result<std::vector<PhotoInfo>> infos) { takePage(page, ids, std::move(infos)); });
}

void PhotoModel::takePage(int number, const std::vector<PhotoId> &ids, Result<std::vector<PhotoInfo>> infos)
{
    m_readingPage = -1;
    if (!m_wantedPages.empty())
        m_start->start(0);
    if (!infos) {
        log::warn("reading photos of the catalogue: {} ({})", infos.error().detail, infos.error().subject);
        return;
    }
    auto page = std::make_unique<Page>();
    page->infos.resize(ids.size());
    std::size_t next = 0; // unknown ids are left out, the others keep their order
    for (std::size_t row = 0; row < ids.size() && next < infos->size(); ++row)
        if ((*infos)[next].photo == ids[row])
            page->infos[row] = std::move((*infos)[next++]);
    m_pages[number] = std::move(page);
    const int first = number * pageRows;
    dropFarPages();
    if (m_readAgain)
        wantPage(number);
    Q_EMIT dataChanged(index(first), index(first + static_cast<int>(ids.size()) - 1));
}

void PhotoModel::refresh(const std::vector<PhotoId> &photos)
{
    const std::unordered_set<PhotoId> changed(photos.begin(), photos.end());
    m_known.clear();
    m_readAgain = m_readingPage >= 0;
    for (const auto &[number, page] : m_pages) {
        const bool concerned =
            photos.empty() || std::any_of(page->infos.begin(), page->infos.end(),
                                          [&](const auto &info) { return changed.contains(info.photo); });
        if (concerned)
            wantPage(number);
    }
}

void PhotoModel::setReadsCaptions(bool reads)
{
    m_readsCaptions = reads;
}

void PhotoModel::setVisibleRows(int first, int last)
{
    m_firstVisible = std::max(first, 0);
    m_lastVisible = last;
    dropFarPages();
}

void PhotoModel::dropFarPages()
{
    if (m_pages.size() <= static_cast<std::size_t>(pagesKept))
        return;
    const int first = m_firstVisible / pageRows - pagesKept / 3,
              last = std::max(m_lastVisible, 0) / pageRows + pagesKept / 3;
    std::erase_if(m_pages, [&](const auto &page) { return page.first < first || page.first > last; });
    m_known.clear();
}

int PhotoModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_photos.size());
}

QVariant PhotoModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const int row = index.row();
    if (role == PhotoRole)
        return QVariant::fromValue(photoAt(row));
    if (role == ScoreRole)
        return note(row) ? QVariant(note(row)->score) : QVariant();
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != Qt::AccessibleTextRole && role != PathRole &&
        role != StateRole && role != LoadedRole)
        return {};
    const PhotoInfo *photo = info(row);
    if (role == LoadedRole)
        return photo != nullptr;
    if (!photo)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return photo->name;
    case PathRole:
        return displayPath(photo->path);
    case StateRole:
        return static_cast<int>(photo->state);
    case Qt::AccessibleTextRole:
        return accessibleText(*photo);
    default:
        return toolTip(*photo, note(row));
    }
}

QString PhotoModel::accessibleText(const PhotoInfo &photo)
{
    QString text = photo.name;
    if (photo.takenAt)
        text = tr("%1, taken %2").arg(text, takenAtText(*photo.takenAt));
    if (photo.state == catalogue::PhotoState::Failed)
        text = tr("%1, cannot be shown").arg(text);
    else if (photo.state == catalogue::PhotoState::Damaged)
        text = tr("%1, damaged").arg(text);
    if (!photo.isReadable())
        text = tr("%1, not connected").arg(text);
    if (const QString caption = captionStateText(photo); !caption.isEmpty())
        //: a photo, and how far its caption is
        text = tr("%1, %2").arg(text, caption);
    if (photo.hasCompanions())
        text = tr("%1, together with %2", "names of files").arg(text, companionNames(photo));
    return text;
}

QString PhotoModel::toolTip(const PhotoInfo &photo, const PhotoNote *note)
{
    QStringList lines{photo.name};
    if (photo.takenAt)
        lines += takenAtText(*photo.takenAt);
    if (photo.width > 0)
        lines += tr("%1 × %2 pixels, %3", "width, height, size of the file")
                     .arg(QLocale().toString(photo.width), QLocale().toString(photo.height),
                          QLocale().formattedDataSize(photo.stamp.size));
    if (photo.hasCompanions())
        lines += companionLine(photo);
    if (const QString caption = captionStateText(photo); !caption.isEmpty())
        lines += caption.left(1).toUpper() + caption.mid(1);
    if (photo.error)
        lines += errorSentence(*photo.error);
    if (!photo.isReadable())
        lines += tr("The drive or folder that holds it is not connected.");
    if (note && !note->why.isEmpty())
        lines += note->why;
    for (auto &line : lines)
        line = line.toHtmlEscaped(); // names and captions may look like markup
    return QStringLiteral("<p style='white-space:pre'>%1</p>").arg(lines.join(QStringLiteral("<br>")));
}

Qt::ItemFlags PhotoModel::flags(const QModelIndex &index) const
{
    return index.isValid() ? Qt::ItemIsSelectable | Qt::ItemIsEnabled | Qt::ItemIsDragEnabled | Qt::ItemNeverHasChildren
                           : Qt::NoItemFlags;
}

QStringList PhotoModel::mimeTypes() const
{
    return {QStringLiteral("text/uri-list")};
}

QMimeData *PhotoModel::mimeData(const QModelIndexList &indexes) const
{
    // Pages may be forgotten or not here yet; the drag must not lose a photo for that, so the rest is asked for in one
    // query.
    std::vector<PhotoId> missing;
    std::unordered_map<PhotoId, std::string> paths;
    for (const auto &index : indexes) {
        if (const auto *photo = info(index.row()))
            paths.emplace(photo->photo, photo->path);
        else
            missing.push_back(photoAt(index.row()));
    }
    if (!missing.empty() && m_session && m_session->catalogue())
        if (const auto infos = readInfos(*m_session->catalogue(), missing))
            for (const auto &photo : *infos)
                paths.emplace(photo.photo, photo.path);
    QList<QUrl> urls;
    for (const auto &index : indexes)
        if (const auto path = paths.find(photoAt(index.row())); path != paths.end())
            urls.append(fileUrl(path->second));
    if (urls.isEmpty())
        return nullptr;
    auto *data = new QMimeData;
    data->setUrls(urls);
    return data;
}

} // namespace photolex::ui
