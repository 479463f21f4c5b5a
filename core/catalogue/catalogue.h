// The library's truth: roots, photos, captions, in one SQLite file.
//
// A library is a folder (NAME.photolex) with catalogue.sqlite, the row files, and a lock. One writer at a time, any
// number of readers; every function is safe to call from any thread (one connection a thread, inside).
#pragma once

#include "core/base/ids.h"
#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace photolex::catalogue {

enum class RootState : std::uint8_t { Online, Offline, ReadOnly };
struct Root {
    RootId id;
    std::filesystem::path path; // absolute
    RootState state = RootState::Online;
    std::int64_t photos = 0;
};

enum class PhotoState : std::uint8_t {
    Found,   // seen by a scan, not decoded yet
    Ready,   // decoded and embedded
    Damaged, // as Ready, but part of the picture is missing
    Failed,  // cannot be read; `error` says why; tried again when it changes, or its decoder does
    Missing, // the file is gone while its root is online
};

// What tells one state of a file from another.
struct FileStamp {
    std::int64_t size = 0;    // bytes
    std::int64_t mtimeNs = 0; // nanoseconds since 1970
    std::int64_t ctimeNs = 0;
    std::int64_t inode = 0;
    std::int64_t device = 0;
    auto operator<=>(const FileStamp &) const = default;
};

struct Photo {
    PhotoId id;
    RootId root;
    std::string relativePath; // bytes, below the root
    FileStamp stamp;
    std::uint64_t partialHash = 0; // XXH3 of size, first and last 64 KiB
    std::uint64_t contentHash = 0; // XXH3 of the whole file when it was read; 0: not known
    PhotoState state = PhotoState::Found;
    std::optional<Error> error;
    std::string format;                  // "JPEG"
    int width = 0, height = 0;           // upright pixels
    std::optional<std::int64_t> takenAt; // local seconds, see image::Metadata
    int takenAtSource = 0;
    std::string camera;
    std::string title;
    std::vector<std::string> keywords;
    std::optional<int> rating;
    bool animated = false;
    std::int64_t sidecarMtimeNs = 0; // of the XMP file beside it, when it was read; 0: none
    // A RAW file whose JPEG or HEIC from the same moment lies beside it: that one. `save` finds it out; what is here is
    // not saved.
    PhotoId companionOf;
};

enum class CaptionOrigin : std::uint8_t { User, File, Retrieved, Generated };
// How the user's own text came to be; all of them are the user's act.
enum class CaptionEntry : std::uint8_t {
    Typed,
    Retrieved, // a suggestion that was found, accepted
    Generated, // one that a model wrote, accepted
    Copied,    // from another photo
    BulkEdit,
    Imported,
    Undone, // an earlier text, brought back by undo
};
struct Caption {
    CaptionId id;
    PhotoId photo;
    std::string text;
    CaptionOrigin origin = CaptionOrigin::User;
    std::string detail;                       // File: the field; Retrieved and Generated: bundle id
    std::int64_t changedAt = 0;               // Unix seconds
    CaptionEntry entry = CaptionEntry::Typed; // User
    std::string structure;                    // Generated: part-of-speech tags with spaces between; may be empty
    double score = 0;                         // Generated: of the re-scoring, larger is better
    bool stands = true;                       // false: it was replaced and is history
};
// The text that counts as a photo's caption: the user's, else its file's.
struct StandingText {
    PhotoId photo;
    std::string text; // empty: none
    CaptionOrigin origin = CaptionOrigin::User;
};
struct UserText {
    PhotoId photo;
    std::string text; // empty: no text of the user's own
    // Only where the user's text is this one still; empty: there is none.
    std::optional<std::string> expected = std::nullopt;
};
struct UserTextsSet {
    // What leads back: hand it to setUserCaptions. Photos whose text was the same already are not in it.
    std::vector<UserText> undo;
    std::vector<PhotoId> passedOver; // another text than expected is there, or the photo is gone
};
// What the program proposes; fields as in Caption.
struct ProposedCaption {
    CaptionOrigin origin = CaptionOrigin::Generated; // or Retrieved
    std::string text;
    std::string bundle;
    std::string structure;
    double score = 0;
};
struct ProposalChange {
    PhotoId photo;
    ProposedCaption before, after; // empty text: none
};
// How far a photo is from having a caption, nearest last.
enum class CaptionState : std::uint8_t {
    None,
    Proposed, // something was retrieved or generated for it
    Draft,    // its text is being typed
    File,
    User,
};
struct Draft {
    PhotoId photo;
    std::string text;
    std::int64_t changedAt = 0; // Unix seconds
};

// TakenAt falls back to the file's time; Name counts as people do (IMG_2 before IMG_10). Ties by id.
enum class SortKey : std::uint8_t { TakenAt, Name, Path, Added, FileSize };
struct PhotoFilter {
    std::optional<RootId> root;
    std::string folder; // absolute path bytes; photos below it, itself included
    std::optional<AlbumId> album;
    std::optional<std::int64_t> since, until; // takenAt, both inclusive
    bool withoutCaption = false;              // neither the user's nor the file's; a proposal is none
    bool withoutProposal = false;             // nothing that was retrieved or generated
    std::optional<int> minimumRating;
    bool includeFailed = true;
    bool includeMissing = false;
    // Without: a RAW file is left out where its JPEG or HEIC is shown (Photo::companionOf), so that both count as one.
    bool includeCompanions = true;
    bool operator==(const PhotoFilter &) const = default;
};

struct Album {
    AlbumId id;
    std::string name;        // UTF-8, each once
    std::int64_t photos = 0; // without those whose file is gone
};

struct Problem {
    PhotoId photo;
    std::string path; // bytes, absolute
    Error error;
};

enum class Access : std::uint8_t { Read, Write };

class Catalogue {
public:
    // Makes the library when it is missing and Write is asked. Unsupported: a newer schema (both versions named;
    // nothing is touched). An older one is backed up beside it and migrated. Busy: another process writes (Write only).
    // On a network file system the journal is TRUNCATE, not WAL; see `notice`.
    static Result<std::shared_ptr<Catalogue>> open(const std::filesystem::path &library, Access access);
    struct Surroundings; // of the tests: other migrations, another file system
    static Result<std::shared_ptr<Catalogue>> open(const std::filesystem::path &library, Access access,
                                                   const Surroundings &surroundings);
    virtual ~Catalogue();

    const std::filesystem::path &library() const;
    std::filesystem::path rowFile(std::string_view name) const; // library()/rows/NAME.rows
    std::string notice() const;                                 // e.g. "network file system: ..."; empty: none

    // Roots
    Result<RootId> addRoot(const std::filesystem::path &absolute); // the id it has when it is there already
    Result<std::vector<Root>> roots() const;
    Result<> setRootState(RootId root, RootState state);
    Result<> removeRoot(RootId root); // forgets its photos; files stay

    // Photos
    Result<std::optional<Photo>> photo(PhotoId id) const;
    Result<std::optional<Photo>> photoAt(const std::filesystem::path &absolute) const;
    Result<std::vector<Photo>> photos(std::span<const PhotoId> ids) const; // same order; unknown ids are left out
    Result<std::vector<PhotoId>> photoIds(const PhotoFilter &filter, SortKey sort, bool descending) const;
    // Everything, Missing included: what a scan compares with. Of nested roots, a folder belongs to the one that it was
    // first found under.
    Result<std::vector<Photo>> photosOfRoot(RootId root) const;
    Result<std::string> absolutePath(PhotoId id) const; // bytes
    // The RAW files that this photo stands for (Photo::companionOf), in order of name; mostly none.
    Result<std::vector<PhotoId>> companions(PhotoId id) const;
    // Day number → photos. A photo without a date counts at its file's time, where SortKey::TakenAt puts it: the counts
    // add up to rows of that order.
    Result<std::map<std::int64_t, std::int64_t>> photosPerDay(const PhotoFilter &filter) const;
    Result<std::vector<std::string>> folders() const; // absolute, that hold photos, sorted
    struct Counts {
        std::int64_t photos = 0, ready = 0, failed = 0, damaged = 0, missing = 0, waiting = 0;
    };
    Result<Counts> counts() const;

    // One transaction. Photos without id are inserted (the id is filled in; a path that is known already keeps its id,
    // so no file is there twice), others updated; a photo that moves to a path takes the place of the one that was
    // there. Invalid: no such root, or no path. NotFound: no photo has the id. Nothing is saved then.
    Result<> save(std::span<Photo> photos);
    Result<> setState(std::span<const PhotoId> ids, PhotoState state);
    Result<> removePhotos(std::span<const PhotoId> ids);

    // Captions. Of each origin one text stands; what it replaced is kept as history.
    Result<std::vector<Caption>> captions(PhotoId photo) const;       // those that stand; the user's first
    Result<std::vector<Caption>> captionHistory(PhotoId photo) const; // all there were, of every origin, newest first
    Result<> setFileCaption(PhotoId photo, std::string_view text, std::string_view field); // empty text removes it
    // Empty: no caption; the history stays. A draft of the photo goes.
    Result<> setUserCaption(PhotoId photo, std::string_view text, CaptionEntry entry = CaptionEntry::Typed);
    // One transaction: all or none but those that are passed over. Drafts of the photos go.
    Result<UserTextsSet> setUserCaptions(std::span<const UserText> texts, CaptionEntry entry);
    // Replaces what the program proposed before; never touches the user's or the file's text, and is no caption of the
    // photo until the user accepts it. Empty text removes it. Invalid: the origin is User or File. NotFound: no such
    // photo.
    Result<> setProposedCaption(PhotoId photo, const ProposedCaption &caption);
    // What is proposed now, from any bundle; empty text: nothing.
    Result<ProposedCaption> proposedCaption(PhotoId photo) const;
    // One transaction. Each becomes `after` where the text of `before` is proposed still. Returns the photos where
    // another one is, or that are gone.
    Result<std::vector<PhotoId>> setProposedCaptions(std::span<const ProposalChange> changes);
    // In the order of the photos; None for those that are gone.
    Result<std::vector<CaptionState>> captionStates(std::span<const PhotoId> photos) const;
    // Every photo that passes, with its standing text.
    Result<std::vector<StandingText>> standingTexts(const PhotoFilter &filter, SortKey sort, bool descending) const;
    // What is being typed for a photo and is not its caption yet. Kept so that nothing typed is lost with the program.
    Result<> keepDraft(PhotoId photo, std::string_view text);
    Result<std::vector<Draft>> drafts() const; // oldest first

    // Albums: photos put together by hand, from any folder; a photo may be in several. Invalid: an empty name, or one
    // that is taken. NotFound: no such album.
    Result<AlbumId> addAlbum(std::string_view name);
    Result<> renameAlbum(AlbumId album, std::string_view name);
    Result<> removeAlbum(AlbumId album);                                             // the photos stay
    Result<std::vector<Album>> albums() const;                                       // by name
    Result<std::int64_t> addToAlbum(AlbumId album, std::span<const PhotoId> photos); // how many were not in it
    Result<> removeFromAlbum(AlbumId album, std::span<const PhotoId> photos);

    // Words: full text over names, folders, titles, captions and keywords (FTS5, prefix match on the last word).
    // `rank` grows with nearness. Every word must occur; an empty query finds nothing.
    struct TextHit {
        PhotoId photo;
        double rank = 0;
        std::string where; // "caption" | "keyword" | "name" | "folder" | "title"
    };
    Result<std::vector<TextHit>> findText(std::span<const std::string> words, std::size_t limit) const;

    // Problems, saved searches and expressions, settings of the library
    Result<std::vector<Problem>> problems() const;
    Result<> rememberSearch(std::string_view query);
    Result<std::vector<std::string>> recentSearches(std::size_t count = 20) const;
    Result<> saveSearch(std::string_view query);
    Result<> removeSavedSearch(std::string_view query);
    Result<std::vector<std::string>> savedSearches() const;
    // Saved expressions, by name, in the order in which their names were first saved. A name that is taken gets the new
    // text. Invalid: an empty name.
    struct SavedExpression {
        std::string name, text;
    };
    Result<> saveExpression(std::string_view name, std::string_view text);
    Result<> removeSavedExpression(std::string_view name);
    Result<std::vector<SavedExpression>> savedExpressions() const;
    Result<std::optional<std::string>> savedExpression(std::string_view name) const;
    Result<std::optional<std::string>> setting(std::string_view key) const;
    Result<> setSetting(std::string_view key, std::string_view value);

    // A number that grows with every change of photos, for readers that keep a view.
    std::uint64_t revision() const;

    Result<> backup(const std::filesystem::path &file) const;
    Result<std::vector<std::string>> integrityFaults() const; // English lines; empty: sound

protected:
    Catalogue();
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

// Held while writing; the second process gets Busy, with the holder's process id in the detail, or waits for it.
class WriterLock {
public:
    static Result<WriterLock> take(const std::filesystem::path &library);
    WriterLock(WriterLock &&) noexcept;
    WriterLock &operator=(WriterLock &&) noexcept;
    ~WriterLock();

private:
    explicit WriterLock(int descriptor)
        : m_descriptor(descriptor)
    {
    }
    int m_descriptor = -1;
};

} // namespace photolex::catalogue
