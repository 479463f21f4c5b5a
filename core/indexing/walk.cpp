#include "core/indexing/walk_p.h"

#include "core/base/bytes.h"
#include "core/image/decode.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <dirent.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <memory>
#include <unistd.h>

namespace photolex::indexing {

namespace {

// Folders are held open from the root down: deeper than this is no photo folder, and would use up the descriptors.
constexpr int kDeepest = 256;
constexpr std::int64_t kProgressStep = 512;

struct FolderCloser {
    void operator()(DIR *folder) const { ::closedir(folder); }
};
using Folder = std::unique_ptr<DIR, FolderCloser>;

enum class Kind : std::uint8_t { File, Directory, Link, Other };

Kind kindOf(mode_t mode)
{
    return S_ISREG(mode) ? Kind::File : S_ISDIR(mode) ? Kind::Directory : S_ISLNK(mode) ? Kind::Link : Kind::Other;
}

bool endsWithXmp(std::string_view name)
{
    return name.size() > 4 && (name.ends_with(".xmp") || name.ends_with(".XMP"));
}

struct RealPathFree {
    void operator()(char *text) const { std::free(text); } // NOLINT: realpath allocates with malloc
};

std::string realPath(const std::string &path)
{
    const std::unique_ptr<char, RealPathFree> real(::realpath(path.c_str(), nullptr));
    return real ? real.get() : std::string();
}

class Walker {
public:
    Walker(const WalkRequest &request, const std::stop_token &stop)
        : m_request(request)
        , m_stop(stop)
        , m_excludes(request.options->excludePatterns.empty() ? defaultExcludes() : request.options->excludePatterns)
    {
    }

    Walk run()
    {
        const int root = ::open(m_request.root.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (root < 0) {
            if (errno == EACCES)
                problem("", errno);
            return std::move(m_walk);
        }
        m_walk.rootIsThere = true;
        bool excluded = false;
        for (const auto &part : std::filesystem::path(m_request.below))
            excluded = excluded || isExcluded(part.native(), m_excludes);
        if (m_request.below.empty()) {
            enter(root, "", 0, false);
        } else {
            const int start = ::openat(root, m_request.below.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
            const int code = errno;
            ::close(root);
            if (start >= 0)
                enter(start, m_request.below, 0, excluded);
            else if (code != ENOENT && code != ENOTDIR)
                unreadable(m_request.below, code);
        }
        followLinks();
        m_walk.cancelled = m_stop.stop_requested();
        return std::move(m_walk);
    }

private:
    std::string absolute(const std::string &relative) const
    {
        return relative.empty() ? m_request.root.native() : m_request.root.native() + "/" + relative;
    }

    void problem(const std::string &relative, int code)
    {
        const auto path = absolute(relative);
        auto error = systemError(code, displayText(path));
        m_walk.problems.push_back({path, error, remedyFor(error)});
    }

    void unreadable(const std::string &relative, int code)
    {
        problem(relative, code);
        m_walk.unreadable.push_back(relative);
    }

    void count(std::int64_t files = 1)
    {
        m_files += files;
        if (m_request.progress && m_files >= m_nextProgress) {
            m_nextProgress = m_files + kProgressStep;
            m_request.progress(m_files);
        }
    }

    // Takes `descriptor` over. In an excluded folder files are only counted.
    void enter(int descriptor, const std::string &relative, int depth, bool excluded)
    {
        const Folder folder(::fdopendir(descriptor));
        if (!folder) {
            const int code = errno;
            ::close(descriptor);
            unreadable(relative, code);
            return;
        }
        struct stat status {};
        if (::fstat(descriptor, &status) != 0) {
            unreadable(relative, errno);
            return;
        }
        const FolderKey key(status.st_dev, status.st_ino);
        const bool top = relative.empty();
        // Asked for by name, the start of the walk is entered in any case.
        const bool start = top || relative == m_request.below;
        if ((!start && m_request.otherRoots.contains(key)) || !m_request.visited->insert(key).second)
            return;

        std::vector<std::string> files, folders, links, sidecars;
        for (;;) {
            if (m_stop.stop_requested())
                return;
            errno = 0;
            const dirent *entry = ::readdir(folder.get());
            if (!entry) {
                if (errno != 0)
                    unreadable(relative, errno);
                break;
            }
            const std::string_view name(entry->d_name);
            if (name == "." || name == "..")
                continue;
            auto kind = entry->d_type == DT_REG   ? Kind::File
                        : entry->d_type == DT_DIR ? Kind::Directory
                        : entry->d_type == DT_LNK ? Kind::Link
                                                  : Kind::Other;
            if (entry->d_type == DT_UNKNOWN) {
                if (::fstatat(descriptor, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0)
                    continue;
                kind = kindOf(status.st_mode);
            }
            if (kind == Kind::Directory)
                folders.emplace_back(name);
            else if (kind == Kind::Link && !excluded)
                links.emplace_back(name);
            else if (kind == Kind::File)
                takeFile(name, excluded, files, sidecars);
        }
        std::sort(files.begin(), files.end());
        std::sort(sidecars.begin(), sidecars.end());
        const std::string prefix = top ? std::string() : relative + "/";
        addPictures(descriptor, prefix, files, sidecars);
        noteLinks(descriptor, prefix, links);
        if (m_request.options->recursive)
            enterFolders(descriptor, prefix, folders, depth, excluded);
    }

    void takeFile(std::string_view name, bool excluded, std::vector<std::string> &files,
                  std::vector<std::string> &sidecars)
    {
        count();
        const bool junk = excluded || isExcluded(name, m_excludes);
        if (!junk && image::mayBePicture(std::string(name))) {
            files.emplace_back(name);
            return;
        }
        ++m_walk.skipped;
        if (!junk && !name.starts_with('.'))
            ++m_walk.visible;
        if (!junk && endsWithXmp(name))
            sidecars.emplace_back(name);
    }

    void addPictures(int descriptor, const std::string &prefix, const std::vector<std::string> &files,
                     const std::vector<std::string> &sidecars)
    {
        struct stat status {};
        for (const auto &name : files) {
            if (m_stop.stop_requested())
                return;
            if (::fstatat(descriptor, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(status.st_mode))
                continue; // gone since readdir
            FoundFile file;
            file.relativePath = prefix + name;
            file.stamp = stampOf(status);
            file.nameTellsNothing = std::filesystem::path(name).extension().native().size() <= 1;
            if (!sidecars.empty())
                file.sidecarMtimeNs = sidecarTime(descriptor, name, sidecars);
            m_walk.pictures.push_back(std::move(file));
        }
    }

    // The order of image::sidecarOf: photo.jpg.xmp before photo.xmp.
    static std::int64_t sidecarTime(int descriptor, const std::string &name, const std::vector<std::string> &sidecars)
    {
        const auto stem = std::filesystem::path(name).stem().native();
        for (const auto &candidate : {name + ".xmp", name + ".XMP", stem + ".xmp", stem + ".XMP"}) {
            struct stat status {};
            if (std::binary_search(sidecars.begin(), sidecars.end(), candidate) &&
                ::fstatat(descriptor, candidate.c_str(), &status, 0) == 0)
                return stampOf(status).mtimeNs;
        }
        return 0;
    }

    void noteLinks(int descriptor, const std::string &prefix, std::vector<std::string> &links)
    {
        std::sort(links.begin(), links.end());
        for (const auto &name : links) {
            struct stat status {};
            // Dangling links, and those that lead to themselves, fail here and are nothing.
            if (isExcluded(name, m_excludes) || ::fstatat(descriptor, name.c_str(), &status, 0) != 0)
                continue;
            if (S_ISDIR(status.st_mode) && m_request.options->recursive)
                m_folderLinks.push_back(prefix + name);
            else if (S_ISREG(status.st_mode) && image::mayBePicture(name))
                addLinkedFile(prefix + name, status);
        }
    }

    bool liesInARoot(const std::string &real) const
    {
        return std::any_of(m_request.realRoots.begin(), m_request.realRoots.end(),
                           [&](const std::string &root) { return liesIn(real, root); });
    }

    void addLinkedFile(const std::string &relative, const struct stat &status)
    {
        const auto real = realPath(absolute(relative));
        if (real.empty() || liesInARoot(real) || !m_linkedFiles.insert({status.st_dev, status.st_ino}).second)
            return;
        count();
        FoundFile file;
        file.relativePath = relative;
        file.stamp = stampOf(status);
        file.nameTellsNothing = std::filesystem::path(relative).extension().native().size() <= 1;
        m_walk.pictures.push_back(std::move(file));
    }

    void enterFolders(int descriptor, const std::string &prefix, std::vector<std::string> &folders, int depth,
                      bool excluded)
    {
        std::sort(folders.begin(), folders.end());
        for (const auto &name : folders) {
            if (m_stop.stop_requested())
                return;
            const auto relative = prefix + name;
            if (depth >= kDeepest) {
                unreadable(relative, ELOOP);
                continue;
            }
            const int child = ::openat(descriptor, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
            const bool junk = excluded || isExcluded(name, m_excludes);
            if (child >= 0)
                enter(child, relative, depth + 1, junk);
            else if (errno != ENOENT && !junk)
                unreadable(relative, errno);
        }
    }

    void followLinks()
    {
        // Links found behind links are appended while this runs.
        for (std::size_t i = 0; i < m_folderLinks.size() && !m_stop.stop_requested(); ++i) {
            const auto relative = m_folderLinks[i];
            const auto path = absolute(relative);
            const auto real = realPath(path);
            if (real.empty() || liesInARoot(real))
                continue;
            const int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
            if (folder >= 0)
                enter(folder, relative, 0, false);
            else if (errno != ENOENT)
                unreadable(relative, errno);
        }
    }

    const WalkRequest &m_request;
    const std::stop_token &m_stop;
    const std::vector<std::string> m_excludes;
    Walk m_walk;
    std::vector<std::string> m_folderLinks;
    FolderSet m_linkedFiles;
    std::int64_t m_files = 0, m_nextProgress = kProgressStep;
};

} // namespace

std::vector<std::string> defaultExcludes()
{
    return {// Mac OS, Windows
            "._*", ".DS_Store", ".AppleDouble", ".Spotlight-V100", ".fseventsd", ".TemporaryItems", ".Trashes",
            "__MACOSX", "Thumbs.db", "ehthumbs.db", "desktop.ini", "$RECYCLE.BIN", "System Volume Information",
            // Network storage
            "@eaDir", "@tmp", "@Recycle", "#recycle", "#snapshot", ".@__thumb", "SYNOFILE_THUMB_*",
            // Linux desktops
            ".thumbnails", ".Trash", ".Trash-*", ".sh_thumbnails", "lost+found", ".cache", ".config", ".local", ".var",
            // Programs that keep previews, old versions or histories beside the photos
            "*.lrdata", "*.photolex", ".stversions", ".stfolder", ".dropbox.cache", ".git", ".hg", ".svn"};
}

bool isExcluded(std::string_view name, const std::vector<std::string> &patterns)
{
    const std::string text(name);
    return std::any_of(patterns.begin(), patterns.end(), [&](const std::string &pattern) {
        // Most patterns are plain names. fnmatch stops at bytes that are no UTF-8 in some locales and says "no match".
        return pattern.find_first_of("*?[\\") == std::string::npos ? pattern == text
                                                                   : ::fnmatch(pattern.c_str(), text.c_str(), 0) == 0;
    });
}

catalogue::FileStamp stampOf(const struct stat &status)
{
    constexpr std::int64_t nano = 1'000'000'000;
    return {.size = status.st_size,
            .mtimeNs = status.st_mtim.tv_sec * nano + status.st_mtim.tv_nsec,
            .ctimeNs = status.st_ctim.tv_sec * nano + status.st_ctim.tv_nsec,
            .inode = static_cast<std::int64_t>(status.st_ino),
            .device = static_cast<std::int64_t>(status.st_dev)};
}

bool liesIn(std::string_view path, std::string_view folder)
{
    if (folder.empty() || folder == "/")
        return true;
    return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

Walk walk(const WalkRequest &request, const std::stop_token &stop)
{
    return Walker(request, stop).run();
}

} // namespace photolex::indexing
