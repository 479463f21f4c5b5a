// The photos of one view, in order, as an item model.
//
// 1. The model holds the ordered ids of the whole view (8 bytes each), set in one reset: the scroll bar tells the
// truth.
// 2. What a tile needs to know besides its picture (name, state, stamp, ...) comes from the catalogue in pages of 256
// rows,
//    read in a worker when a row of them is first asked for, and announced as one dataChanged over the page. Until then
//    a row answers with what its id alone tells. Pages far from the visible range are forgotten.
// 3. Thumbnails are not here: a view asks its ThumbnailLoader.
#pragma once

#include "core/base/ids.h"
#include "core/catalogue/catalogue.h"
#include "ui/common/latest.h"

#include <QAbstractListModel>
#include <QString>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

QT_BEGIN_NAMESPACE
class QTimer;
QT_END_NAMESPACE

namespace photolex::ui {

class Session;

// What a tile shows besides its picture.
struct PhotoInfo {
    struct RawFile {
        PhotoId photo;
        std::string path; // absolute, bytes
    };

    PhotoId photo;
    std::string path; // absolute, bytes
    QString name;     // for people
    catalogue::FileStamp stamp;
    catalogue::PhotoState state = catalogue::PhotoState::Found;
    catalogue::RootState rootState = catalogue::RootState::Online;
    std::optional<Error> error;
    std::optional<std::int64_t> takenAt;
    int width = 0, height = 0; // upright pixels, 0: not known yet
    bool animated = false;
    std::optional<int> rating;
    std::optional<catalogue::CaptionState> caption; // only of models that read it
    // Taken with it and shown as one with it; see findCompanions. Readable files only.
    std::vector<RawFile> rawFiles;
    std::string film; // of a Live Photo: absolute, bytes; empty: none
    bool hasCompanions() const { return !rawFiles.empty() || !film.empty(); }
    bool isReadable() const // is there a file to open?
    {
        return state != catalogue::PhotoState::Missing && rootState != catalogue::RootState::Offline;
    }
};

// What a view knows of a photo besides the catalogue; empty for the Library place.
struct PhotoNote {
    float score = 0;
    QString why; // one line for the tile's tool tip: "dog 0.31, beach 0.12"
};

// From its first row on, photos stand under this title. The first row of the first section is 0.
struct PhotoSection {
    int firstRow = 0;
    QString title;       // empty: no header is drawn, the tiles only begin on a new line
    bool dimmed = false; // "less likely"
};

class PhotoModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role {
        PhotoRole = Qt::UserRole + 1, // photolex::PhotoId
        PathRole,                     // QString, for people
        StateRole,                    // int, catalogue::PhotoState
        ScoreRole,                    // float; invalid without notes
        LoadedRole,                   // bool: the row's page has come
    };
    // Null session: a model of ids alone, for tests of views.
    explicit PhotoModel(Session *session, QObject *parent = nullptr);
    ~PhotoModel() override;

    // One reset. `notes` is empty or as long as `photos`; sections are in order of firstRow.
    void setPhotos(std::vector<PhotoId> photos, std::vector<PhotoNote> notes = {},
                   std::vector<PhotoSection> sections = {});
    const std::vector<PhotoId> &photos() const { return m_photos; }
    const std::vector<PhotoSection> &sections() const { return m_sections; }
    bool hasNotes() const { return !m_notes.empty(); }
    const PhotoNote *note(int row) const; // null: none

    PhotoId photoAt(int row) const; // none when out of range
    int rowOf(PhotoId photo) const; // −1: not here
    // Null until the row's page has come; asks for the page. Valid until the next event.
    const PhotoInfo *info(int row) const;
    // The photos changed in the catalogue: their pages are read again; empty means any.
    void refresh(const std::vector<PhotoId> &photos);
    void setReadsCaptions(bool reads);        // PhotoInfo::caption; before there are photos
    void setVisibleRows(int first, int last); // keeps these pages and their neighbours

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    // Drag out: addresses of the originals. Copy and link are offered, never move.
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
    Qt::DropActions supportedDragActions() const override { return Qt::CopyAction | Qt::LinkAction; }
    Qt::DropActions supportedDropActions() const override { return Qt::IgnoreAction; }

    static constexpr int pageRows = 256;
    static constexpr int pagesKept = 24;

private:
    struct Page;
    void wantPage(int page) const;
    void readNextPage();
    void takePage(int number, const std::vector<PhotoId> &ids, Result<std::vector<PhotoInfo>> infos);
    void dropFarPages();
    static QString accessibleText(const PhotoInfo &photo);
    static QString toolTip(const PhotoInfo &photo, const PhotoNote *note);

    Session *m_session;
    QTimer *m_start; // gathers what one paint asks for
    std::vector<PhotoId> m_photos;
    std::vector<PhotoNote> m_notes;
    std::vector<PhotoSection> m_sections;
    std::unordered_map<int, std::unique_ptr<Page>> m_pages;
    std::unordered_map<PhotoId, PhotoInfo> m_known; // from before the last reset, until pages come
    mutable std::vector<int> m_wantedPages;
    Latest<std::vector<PhotoInfo>> m_reading{this};
    int m_readingPage = -1;
    bool m_readsCaptions = false;
    bool m_readAgain = false; // the photos changed while their page was read
    int m_firstVisible = 0, m_lastVisible = -1;
};

// The infos of some photos, in the same order; unknown ids are left out. Blocks: for workers.
Result<std::vector<PhotoInfo>> readInfos(const catalogue::Catalogue &catalogue, std::span<const PhotoId> photos);
// Fills in rawFiles and film. It looks into the photos' folders: for workers.
void findCompanions(const catalogue::Catalogue &catalogue, std::span<PhotoInfo> photos);
// "Without caption", for photos whose caption is still to be written or taken; empty: nothing is to be said.
QString captionStateText(const PhotoInfo &photo);
// Their names, for people, as a list: "IMG_1.CR2, IMG_1.MOV"; empty: none.
QString companionNames(const PhotoInfo &photo);
QString companionLine(const PhotoInfo &photo); // "Together with IMG_1.CR2"; empty: none
// NotFound: the photo is not in the library any more.
Result<PhotoInfo> readInfo(const catalogue::Catalogue &catalogue, PhotoId photo);

} // namespace photolex::ui
