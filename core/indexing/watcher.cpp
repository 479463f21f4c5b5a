// inotify, one watch a folder.
//
// 1. The thread walks the roots and watches each folder, up to the limit.
// 2. An event makes its folder dirty; the settle time begins anew with every event of that folder.
// 3. A folder that has been still for the settle time is handed on; one that never is, is handed on all the same after
//    half a minute: whoever scans leaves files that are younger than the settle time.
// 4. New folders are watched, and are dirty themselves: files may have come before the watch did.
#include "core/base/bytes.h"
#include "core/base/log.h"
#include "core/image/decode.h"
#include "core/indexing/indexer.h"
#include "core/indexing/walk_p.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <map>
#include <mutex>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/statfs.h>
#include <thread>
#include <unistd.h>
#include <unordered_map>

namespace photolex::indexing {

namespace fs = std::filesystem;

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::minutes kRescan{10};
constexpr std::chrono::seconds kLongestUnrest{30};
constexpr std::uint32_t kEvents = IN_CREATE | IN_CLOSE_WRITE | IN_MODIFY | IN_ATTRIB | IN_MOVED_FROM | IN_MOVED_TO |
                                  IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR | IN_EXCL_UNLINK;

// Other programs need watches too: half of what one user may have is left to them.
std::size_t defaultLimit()
{
    constexpr std::size_t unknown = 4096;
    const auto text = readTextFile("/proc/sys/fs/inotify/max_user_watches", 64);
    const auto most = text ? std::strtoull(text->c_str(), nullptr, 10) : 0;
    return most > 0 ? static_cast<std::size_t>(most / 2) : unknown;
}

// File systems that send no events for what other computers do.
bool isNetwork(const fs::path &folder)
{
    struct statfs status {};
    if (::statfs(folder.c_str(), &status) != 0)
        return false;
    constexpr std::array<std::uint32_t, 7> magics = {0x6969u,     0xFF534D42u, 0xFE534D42u, 0x517Bu,
                                                     0x01021997u, 0x65735546u, 0x5346414Fu}; // NFS, CIFS, SMB, 9P, ...
    return std::find(magics.begin(), magics.end(), static_cast<std::uint32_t>(status.f_type)) != magics.end();
}

} // namespace

struct Watcher::Impl {
    std::vector<fs::path> roots;
    std::vector<std::string> excludes;
    std::function<void(std::vector<fs::path>)> changed;
    std::chrono::milliseconds settleTime;
    std::size_t limit = 0;
    int inotify = -1, wake = -1;

    std::unordered_map<int, std::string> folders; // watch → absolute path
    std::map<std::string, int> watches;           // the other way round, so that what lies below is one range
    struct Unrest {
        Clock::time_point first, last;
    };
    std::map<std::string, Unrest> dirty;
    Clock::time_point nextRescan = Clock::now() + kRescan;

    mutable std::mutex mutex;
    mutable std::condition_variable walked;
    bool isWalked = false;
    std::string notice;

    std::jthread thread; // last: ends before the rest goes

    ~Impl()
    {
        thread.request_stop();
        const std::uint64_t one = 1;
        if (wake >= 0)
            (void)!::write(wake, &one, sizeof one);
        if (thread.joinable())
            thread.join();
        if (inotify >= 0)
            ::close(inotify);
        if (wake >= 0)
            ::close(wake);
    }

    void say(std::string text)
    {
        const std::lock_guard lock(mutex);
        if (!notice.empty())
            return; // once, however many folders are concerned
        notice = std::move(text);
        log::warn("{}", notice);
    }

    bool mustRescan() const
    {
        const std::lock_guard lock(mutex);
        return !notice.empty();
    }

    void watch(const std::string &folder, const std::stop_token &stop)
    {
        // A list, not recursion: folders may lie deep.
        std::vector<std::string> waiting = {folder};
        while (!waiting.empty() && !stop.stop_requested()) {
            const auto path = std::move(waiting.back());
            waiting.pop_back();
            if (!addWatch(path))
                return;
            DIR *open = ::opendir(path.c_str());
            if (!open)
                continue;
            while (const dirent *entry = ::readdir(open)) {
                const std::string_view name(entry->d_name);
                if (name == "." || name == ".." || isExcluded(name, excludes))
                    continue;
                bool isFolder = entry->d_type == DT_DIR;
                if (entry->d_type == DT_UNKNOWN) {
                    struct stat status {};
                    isFolder = ::fstatat(::dirfd(open), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
                               S_ISDIR(status.st_mode);
                }
                if (isFolder)
                    waiting.push_back(path + "/" + entry->d_name);
            }
            ::closedir(open);
        }
    }

    // False: no more watches can be had.
    bool addWatch(const std::string &path)
    {
        if (watches.size() >= limit) {
            tooManyFolders();
            return false;
        }
        const int id = ::inotify_add_watch(inotify, path.c_str(), kEvents);
        if (id < 0) {
            if (errno == ENOSPC || errno == ENOMEM) {
                tooManyFolders();
                return false;
            }
            return true; // gone, or not ours to read
        }
        if (const auto old = folders.find(id); old != folders.end() && old->second != path)
            watches.erase(old->second);
        folders[id] = path;
        watches[path] = id;
        return true;
    }

    void tooManyFolders()
    {
        say(fmt::format(
            "more folders than this user's share of file watches ({}): changes in the others are found by a "
            "scan every ten minutes. Raise fs.inotify.max_user_watches to see them at once.",
            limit));
    }

    void unwatchBelow(const std::string &folder)
    {
        for (auto at = watches.lower_bound(folder); at != watches.end() && at->first.starts_with(folder);) {
            if (!liesIn(at->first, folder)) {
                ++at;
                continue;
            }
            ::inotify_rm_watch(inotify, at->second);
            folders.erase(at->second);
            at = watches.erase(at);
        }
    }

    void touch(const std::string &folder)
    {
        const auto now = Clock::now();
        const auto [at, isNew] = dirty.try_emplace(folder, Unrest{now, now});
        at->second.last = now;
    }

    void take(const inotify_event &event, const std::stop_token &stop)
    {
        if (event.mask & IN_Q_OVERFLOW) {
            for (const auto &root : roots)
                touch(root.native());
            return;
        }
        const auto found = folders.find(event.wd);
        if (found == folders.end())
            return;
        const auto folder = found->second;
        if (event.mask & IN_IGNORED) {
            watches.erase(folder);
            folders.erase(found);
            return;
        }
        if (event.mask & (IN_DELETE_SELF | IN_MOVE_SELF)) {
            const bool isRoot = std::find(roots.begin(), roots.end(), fs::path(folder)) != roots.end();
            if (isRoot) // its drive may be gone: the scan finds out
                touch(folder);
            return;
        }
        const std::string name = event.len > 0 ? std::string(event.name) : std::string();
        if (name.empty() || isExcluded(name, excludes))
            return;
        if (event.mask & IN_ISDIR) {
            const auto path = folder + "/" + name;
            if (event.mask & (IN_MOVED_FROM | IN_DELETE))
                unwatchBelow(path);
            if (event.mask & (IN_MOVED_TO | IN_CREATE))
                watch(path, stop);
            if (!(event.mask & IN_ATTRIB))
                touch(folder);
            return;
        }
        const auto extension = fs::path(name).extension().native();
        if (image::mayBePicture(name) || extension == ".xmp" || extension == ".XMP")
            touch(folder);
    }

    // Folders that are still by now; inner ones go with the outer.
    void handOn()
    {
        const auto now = Clock::now();
        std::vector<fs::path> still;
        for (auto at = dirty.begin(); at != dirty.end();) {
            if (now - at->second.last >= settleTime || now - at->second.first >= kLongestUnrest) {
                const bool covered = std::any_of(still.begin(), still.end(), [&](const fs::path &outer) {
                    return liesIn(at->first, outer.native());
                });
                if (!covered)
                    still.emplace_back(at->first);
                at = dirty.erase(at);
            } else {
                ++at;
            }
        }
        if (now >= nextRescan) {
            nextRescan = now + kRescan;
            if (mustRescan())
                still = roots;
        }
        if (!still.empty())
            changed(std::move(still));
    }

    int timeout() const
    {
        auto next = nextRescan;
        for (const auto &[folder, unrest] : dirty)
            next = std::min({next, unrest.last + settleTime, unrest.first + kLongestUnrest});
        const auto wait = std::chrono::ceil<std::chrono::milliseconds>(next - Clock::now()).count();
        return static_cast<int>(std::clamp<long long>(wait, 0, 600'000));
    }

    void run(const std::stop_token &stop)
    {
        for (const auto &root : roots) {
            watch(root.native(), stop);
            if (isNetwork(root))
                say(fmt::format("{} lies on a network file system, which does not tell what other computers change: it "
                                "is scanned every ten minutes.",
                                displayText(root)));
        }
        {
            const std::lock_guard lock(mutex);
            isWalked = true;
        }
        walked.notify_all();
        alignas(inotify_event) std::array<char, 64 * 1024> buffer;
        while (!stop.stop_requested()) {
            std::array<pollfd, 2> wait = {{{inotify, POLLIN, 0}, {wake, POLLIN, 0}}};
            if (::poll(wait.data(), wait.size(), timeout()) < 0 && errno != EINTR)
                return;
            if (stop.stop_requested())
                return;
            const auto got = wait[0].revents ? ::read(inotify, buffer.data(), buffer.size()) : 0;
            for (const char *at = buffer.data(); got > 0 && at < buffer.data() + got;) {
                const auto *event = reinterpret_cast<const inotify_event *>(at);
                take(*event, stop);
                at += sizeof(inotify_event) + event->len;
            }
            handOn();
        }
    }
};

Watcher::Watcher(std::vector<fs::path> roots, std::vector<std::string> excludePatterns,
                 std::function<void(std::vector<fs::path>)> changed, std::chrono::milliseconds settleTime,
                 std::size_t watchLimit)
    : m_impl(std::make_unique<Impl>())
{
    m_impl->roots = std::move(roots);
    m_impl->excludes = excludePatterns.empty() ? defaultExcludes() : std::move(excludePatterns);
    m_impl->changed = std::move(changed);
    m_impl->settleTime = settleTime;
    m_impl->limit = watchLimit > 0 ? watchLimit : defaultLimit();
    m_impl->inotify = ::inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    m_impl->wake = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (m_impl->inotify < 0)
        m_impl->say("this system gives no file watches: changes are found by a scan every ten minutes.");
    m_impl->thread = std::jthread([impl = m_impl.get()](const std::stop_token &stop) { impl->run(stop); });
}

Watcher::~Watcher() = default;

std::string Watcher::notice() const
{
    std::unique_lock lock(m_impl->mutex);
    m_impl->walked.wait_for(lock, std::chrono::milliseconds(500), [this] { return m_impl->isWalked; });
    return m_impl->notice;
}

} // namespace photolex::indexing
