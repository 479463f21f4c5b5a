// Compares what the walks found with the catalogue, in this order:
//
// 1. Each target is walked. Files at a known path are unchanged or changed; the rest of the files is fresh, the photos
//    without a file have vanished.
// 2. Fresh files that were vanished photos have moved: they keep their id, captions and rows.
// 3. What is still fresh is new; what has still vanished is Missing.
// 4. All of it is saved, a thousand photos in a transaction.
//
// Nothing is concluded from a root that is not there or is suddenly empty, from a folder that could not be read, or
// from a walk that was cancelled.
#include "core/indexing/scan_p.h"

#include "core/base/bytes.h"
#include "core/image/decode.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <dirent.h>
#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include <unordered_map>
#include <unordered_set>

namespace photolex::indexing {

namespace fs = std::filesystem;

using catalogue::Photo;
using catalogue::PhotoState;
using catalogue::RootState;

namespace {

constexpr std::size_t kBatch = 1000;  // photos in one transaction
constexpr std::int64_t kNotRead = -1; // a sidecar's time that no file has

bool isHere(const Photo &photo)
{
    return photo.state != PhotoState::Missing;
}

// A mount point without its drive: not one entry that somebody can see.
bool hasEntries(const fs::path &folder)
{
    DIR *open = ::opendir(folder.c_str());
    if (!open)
        return false;
    bool found = false;
    while (const dirent *entry = ::readdir(open)) {
        if (entry->d_name[0] != '.') {
            found = true;
            break;
        }
    }
    ::closedir(open);
    return found;
}

bool isReadOnly(const fs::path &folder)
{
    struct statvfs status {};
    if (::statvfs(folder.c_str(), &status) == 0 && (status.f_flag & ST_RDONLY) != 0)
        return true;
    return ::access(folder.c_str(), W_OK) != 0;
}

std::optional<FolderKey> keyOf(const fs::path &folder)
{
    struct stat status {};
    if (::stat(folder.c_str(), &status) != 0)
        return std::nullopt;
    return FolderKey(status.st_dev, status.st_ino);
}

// Content decides for a name that says nothing.
bool isPicture(const fs::path &path)
{
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0)
        return false;
    std::array<std::byte, 4096> head;
    const auto count = ::pread(file, head.data(), head.size(), 0);
    ::close(file);
    return count > 0 &&
           image::recognise(std::span(head).first(static_cast<std::size_t>(count)), path) != image::Format::Unknown;
}

class Scan {
public:
    Scan(catalogue::Catalogue &catalogue, const IndexOptions &options, const std::stop_token &stop)
        : m_catalogue(catalogue)
        , m_options(options)
        , m_stop(stop)
        , m_progress(options.progress)
    {
    }

    Result<ScanOutcome> run(std::span<const fs::path> folders)
    {
        auto targets = targetsOf(m_catalogue, folders);
        if (!targets)
            return fail(targets.error());
        auto roots = m_catalogue.roots();
        if (!roots)
            return fail(roots.error());
        m_roots = std::move(*roots);
        for (const auto &target : *targets)
            if (auto walked = walkTarget(target); !walked)
                return fail(walked.error());
        if (auto moved = matchMoves(); !moved)
            return fail(moved.error());
        for (auto &[file, target] : m_fresh)
            addNew(file, target);
        if (auto saved = save(true); !saved)
            return fail(saved.error());
        if (auto gone = saveMissing(); !gone)
            return fail(gone.error());
        if (m_options.progress)
            m_options.progress({.stage = "scan", .done = m_files, .total = m_files});
        return std::move(m_outcome);
    }

private:
    struct Fresh {
        FoundFile file;
        catalogue::Root root;
    };

    fs::path absolute(const catalogue::Root &root, const std::string &relative) const
    {
        return root.path / fs::path(relative);
    }

    Result<> cancelled() const { return fail(Errc::Cancelled, "scan", "nothing was changed"); }

    WalkRequest requestFor(const ScanTarget &target)
    {
        WalkRequest request{.root = target.root.path, .below = target.below, .options = &m_options.scan};
        for (const auto &root : m_roots) {
            if (root.path != target.root.path)
                if (const auto key = keyOf(root.path))
                    request.otherRoots.insert(*key);
            std::error_code error;
            const auto real = fs::canonical(root.path, error);
            request.realRoots.push_back(error ? root.path.native() : real.native());
        }
        request.visited = &m_visited;
        const auto before = m_files;
        request.progress = [this, before](std::int64_t files) {
            m_progress.report({.stage = "scan", .done = before + files});
        };
        return request;
    }

    // Photos of a target that the catalogue knows; those outside its part of the root are let be.
    Result<std::vector<Photo>> knownPhotos(const ScanTarget &target) const
    {
        auto photos = m_catalogue.photosOfRoot(target.root.id);
        if (photos)
            std::erase_if(*photos, [&](const Photo &photo) {
                return !isConcerned(photo.relativePath, target) || liesInInnerRoot(photo, target.root);
            });
        return photos;
    }

    // The catalogue shows the photos of a root below another one from both; here they are the inner root's.
    bool liesInInnerRoot(const Photo &photo, const catalogue::Root &root) const
    {
        return std::any_of(m_roots.begin(), m_roots.end(), [&](const catalogue::Root &inner) {
            return inner.path != root.path && liesIn(inner.path.native(), root.path.native()) &&
                   liesIn(absolute(root, photo.relativePath).native(), inner.path.native());
        });
    }

    bool isConcerned(const std::string &relative, const ScanTarget &target) const
    {
        if (!liesIn(relative, target.below))
            return false;
        const auto start = target.below.empty() ? 0 : target.below.size() + 1;
        return m_options.scan.recursive || relative.find('/', start) == std::string::npos;
    }

    Result<> walkTarget(const ScanTarget &target)
    {
        auto found = walk(requestFor(target), m_stop);
        if (found.cancelled)
            return cancelled();
        auto known = knownPhotos(target);
        if (!known)
            return fail(known.error());
        auto &report = m_outcome.report;
        std::move(found.problems.begin(), found.problems.end(), std::back_inserter(report.problems));
        const bool expected = std::any_of(known->begin(), known->end(), isHere);
        const bool empty =
            target.below.empty() ? found.pictures.empty() && found.visible == 0 : !hasEntries(target.root.path);
        if (!found.rootIsThere || (empty && expected)) {
            report.offline = true;
            return setRootState(target.root, RootState::Offline);
        }
        const auto state = isReadOnly(target.root.path) ? RootState::ReadOnly : RootState::Online;
        if (auto set = setRootState(target.root, state); !set)
            return set;

        std::unordered_map<std::string_view, std::size_t> byPath;
        byPath.reserve(known->size());
        for (std::size_t i = 0; i < known->size(); ++i)
            byPath.emplace((*known)[i].relativePath, i);
        std::vector<bool> seen(known->size());
        m_files += found.skipped + static_cast<std::int64_t>(found.pictures.size());
        report.skipped += found.skipped;
        for (auto &file : found.pictures) {
            if (m_stop.stop_requested())
                return cancelled();
            const auto at = byPath.find(file.relativePath);
            if (at != byPath.end()) {
                seen[at->second] = true;
                compare(file, Photo((*known)[at->second]), target.root);
            } else if (isTooYoung(file) ||
                       (file.nameTellsNothing && !isPicture(absolute(target.root, file.relativePath)))) {
                ++report.skipped;
            } else {
                m_fresh.push_back({std::move(file), target.root});
            }
            if (auto saved = save(false); !saved)
                return saved;
        }
        for (std::size_t i = 0; i < known->size(); ++i) {
            auto &photo = (*known)[i];
            const bool unknown =
                std::any_of(found.unreadable.begin(), found.unreadable.end(),
                            [&](const std::string &folder) { return liesIn(photo.relativePath, folder); });
            if (!seen[i] && !unknown)
                m_vanished.add(std::move(photo));
        }
        m_walked.push_back(target);
        return {};
    }

    // Another process may still be writing it. Its clock may be ahead: then it is as old as can be.
    bool isTooYoung(const FoundFile &file) const
    {
        using namespace std::chrono;
        if (!m_options.watching)
            return false;
        const auto now = duration_cast<nanoseconds>(system_clock::now().time_since_epoch()).count();
        const auto age = now - std::max(file.stamp.mtimeNs, file.stamp.ctimeNs);
        return age >= 0 && age < duration_cast<nanoseconds>(m_options.settleTime).count();
    }

    Result<> setRootState(const catalogue::Root &root, RootState state)
    {
        return root.state == state ? Result<>() : m_catalogue.setRootState(root.id, state);
    }

    void compare(const FoundFile &file, Photo photo, const catalogue::Root &root)
    {
        if (photo.stamp == file.stamp && photo.sidecarMtimeNs == file.sidecarMtimeNs && isHere(photo)) {
            unchanged(std::move(photo), false);
            return;
        }
        if (isTooYoung(file)) {
            ++m_outcome.report.skipped;
            return;
        }
        const auto &known = photo.stamp;
        // Inode and device differ after every mount on some file systems; a replaced file has another ctime.
        bool same =
            known.size == file.stamp.size && known.mtimeNs == file.stamp.mtimeNs && known.ctimeNs == file.stamp.ctimeNs;
        if (!same && known.size == file.stamp.size)
            same = hasKnownContent(photo, file.stamp, absolute(root, file.relativePath));
        const bool sidecarChanged = photo.sidecarMtimeNs != file.sidecarMtimeNs;
        photo.stamp = file.stamp;
        photo.sidecarMtimeNs = file.sidecarMtimeNs;
        if (same)
            contentKept(std::move(photo), sidecarChanged);
        else
            contentChanged(std::move(photo));
    }

    // The catalogue has it as it is on disk, but for times and the like.
    void contentKept(Photo photo, bool sidecarChanged)
    {
        if (!isHere(photo)) {
            restore(std::move(photo), Counting::Unchanged);
        } else if (sidecarChanged && (photo.state == PhotoState::Ready || photo.state == PhotoState::Damaged)) {
            // Not saved yet: should the process end before it is read, the next scan must see the change again.
            add({std::move(photo), Counting::Updated, Task::Metadata}, false);
        } else {
            unchanged(std::move(photo), true);
        }
    }

    void contentChanged(Photo photo)
    {
        const bool wasNew = photo.state == PhotoState::Found && photo.format.empty();
        if (!photo.format.empty())
            m_outcome.changed.push_back(photo.id);
        photo.state = PhotoState::Found;
        photo.error.reset();
        photo.partialHash = photo.contentHash = 0;
        add({std::move(photo), wasNew ? Counting::Added : Counting::Updated, Task::Embed});
    }

    // A file that was away. Whether its rows are still there is known once the models are open.
    void restore(Photo photo, Counting counting)
    {
        const bool wasRead = !photo.format.empty();
        photo.state = PhotoState::Found;
        if (!wasRead)
            photo.error.reset();
        add({std::move(photo), counting, wasRead ? Task::Restore : Task::Embed});
    }

    void unchanged(Photo photo, bool stampChanged)
    {
        auto &report = m_outcome.report;
        switch (photo.state) {
        case PhotoState::Failed:
            if (m_options.retryFailed || (photo.error && image::isWorthRetry(*photo.error))) {
                photo.state = PhotoState::Found;
                add({std::move(photo), Counting::Updated, Task::Embed});
                return;
            }
            ++report.failed;
            addProblem(photo);
            break;
        case PhotoState::Found:
            // Left from a run that ended early; one that was decoded then waits for the network only.
            add({std::move(photo), photo.format.empty() ? Counting::Added : Counting::Unchanged, Task::Embed},
                stampChanged);
            return;
        case PhotoState::Damaged:
            addProblem(photo);
            [[fallthrough]];
        case PhotoState::Ready:
        case PhotoState::Missing:
            ++report.unchanged;
            m_outcome.settled.push_back(photo.id);
            break;
        }
        if (stampChanged)
            m_batch.push_back({std::move(photo), Counting::Counted, Task::Embed});
    }

    void addProblem(const Photo &photo)
    {
        if (!photo.error)
            return;
        const auto root = std::find_if(m_roots.begin(), m_roots.end(),
                                       [&](const catalogue::Root &candidate) { return candidate.id == photo.root; });
        if (root != m_roots.end())
            m_outcome.report.problems.push_back(
                {absolute(*root, photo.relativePath).native(), *photo.error, remedyFor(*photo.error)});
    }

    void addNew(const FoundFile &file, const catalogue::Root &root)
    {
        Photo photo;
        photo.root = root.id;
        photo.relativePath = file.relativePath;
        photo.stamp = file.stamp;
        photo.sidecarMtimeNs = file.sidecarMtimeNs;
        add({std::move(photo), Counting::Added, Task::Embed});
    }

    Result<> matchMoves()
    {
        if (m_fresh.empty())
            return {};
        if (auto added = addVanishedElsewhere(); !added)
            return added;
        if (m_vanished.isEmpty())
            return {};
        std::vector<Fresh> fresh;
        for (auto &candidate : m_fresh) {
            if (m_stop.stop_requested())
                return cancelled();
            auto photo = m_vanished.take(candidate.file, absolute(candidate.root, candidate.file.relativePath));
            if (photo)
                moved(std::move(*photo), candidate);
            else
                fresh.push_back(std::move(candidate));
        }
        m_fresh = std::move(fresh);
        return {};
    }

    void moved(Photo photo, const Fresh &to)
    {
        const bool sidecarChanged = photo.sidecarMtimeNs != to.file.sidecarMtimeNs;
        photo.root = to.root.id;
        photo.relativePath = to.file.relativePath;
        photo.stamp = to.file.stamp;
        photo.sidecarMtimeNs = to.file.sidecarMtimeNs;
        switch (photo.state) {
        case PhotoState::Missing:
            restore(std::move(photo), Counting::Moved);
            return;
        case PhotoState::Found:
            add({std::move(photo), Counting::Moved, Task::Embed});
            return;
        case PhotoState::Failed:
            ++m_outcome.report.failed;
            addProblem(photo);
            break;
        case PhotoState::Damaged:
        case PhotoState::Ready:
            if (sidecarChanged) {
                photo.sidecarMtimeNs = kNotRead;
                add({std::move(photo), Counting::Moved, Task::Metadata});
                return;
            }
            ++m_outcome.report.moved;
            m_outcome.settled.push_back(photo.id);
            break;
        }
        m_batch.push_back({std::move(photo), Counting::Counted, Task::Embed});
    }

    // Photos outside the targets, whose file is gone though their root is there: a new file may come from them.
    Result<> addVanishedElsewhere()
    {
        std::unordered_set<std::int64_t> sizes;
        for (const auto &fresh : m_fresh)
            sizes.insert(fresh.file.stamp.size);
        for (const auto &root : m_roots) {
            const auto whole = std::any_of(m_walked.begin(), m_walked.end(), [&](const ScanTarget &target) {
                return target.root.id == root.id && target.below.empty() && m_options.scan.recursive;
            });
            if (whole || !hasEntries(root.path))
                continue;
            auto photos = m_catalogue.photosOfRoot(root.id);
            if (!photos)
                return fail(photos.error());
            for (auto &photo : *photos) {
                struct stat status {};
                if (!wasWalked(photo) && !liesInInnerRoot(photo, root) && sizes.contains(photo.stamp.size) &&
                    ::lstat(absolute(root, photo.relativePath).c_str(), &status) != 0 &&
                    (errno == ENOENT || errno == ENOTDIR))
                    m_vanished.add(std::move(photo));
            }
        }
        return {};
    }

    bool wasWalked(const Photo &photo) const
    {
        return std::any_of(m_walked.begin(), m_walked.end(), [&](const ScanTarget &target) {
            return target.root.id == photo.root && isConcerned(photo.relativePath, target);
        });
    }

    Result<> saveMissing()
    {
        std::vector<PhotoId> gone;
        for (const auto &photo : std::move(m_vanished).rest())
            if (isHere(photo) && wasWalked(photo))
                gone.push_back(photo.id);
        m_outcome.report.removed += static_cast<std::int64_t>(gone.size());
        return gone.empty() ? Result<>() : m_catalogue.setState(gone, PhotoState::Missing);
    }

    // `mustSave` false: the catalogue has it already in just this form.
    void add(Work work, bool mustSave = true)
    {
        if (mustSave)
            m_batch.push_back(std::move(work));
        else
            m_outcome.work.push_back(std::move(work));
    }

    Result<> save(bool all)
    {
        if (!all && m_batch.size() < kBatch)
            return {};
        for (std::size_t start = 0; start < m_batch.size(); start += kBatch) {
            const auto count = std::min(kBatch, m_batch.size() - start);
            std::vector<Photo> photos;
            photos.reserve(count);
            for (std::size_t i = 0; i < count; ++i)
                photos.push_back(std::move(m_batch[start + i].photo));
            if (auto saved = m_catalogue.save(photos); !saved)
                return saved;
            for (std::size_t i = 0; i < count; ++i) {
                auto &work = m_batch[start + i];
                const bool counted = work.counting == Counting::Counted;
                if (!counted)
                    m_outcome.work.push_back({std::move(photos[i]), work.counting, work.task});
            }
        }
        m_batch.clear();
        return {};
    }

    catalogue::Catalogue &m_catalogue;
    const IndexOptions &m_options;
    const std::stop_token &m_stop;
    ProgressThrottle m_progress;
    ScanOutcome m_outcome;
    std::vector<catalogue::Root> m_roots;
    std::vector<ScanTarget> m_walked;
    FolderSet m_visited;
    std::vector<Fresh> m_fresh;
    Vanished m_vanished;
    std::vector<Work> m_batch; // to be saved; Counted: saved only
    std::int64_t m_files = 0;
};

} // namespace

Result<ScanOutcome> scan(catalogue::Catalogue &catalogue, std::span<const fs::path> folders,
                         const IndexOptions &options, const std::stop_token &stop)
{
    return Scan(catalogue, options, stop).run(folders);
}

} // namespace photolex::indexing
