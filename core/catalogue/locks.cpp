#include "core/base/bytes.h"
#include "core/catalogue/catalogue_p.h"

#include <cerrno>
#include <fcntl.h>
#include <fmt/format.h>
#include <map>
#include <mutex>
#include <sys/file.h>
#include <sys/vfs.h>
#include <unistd.h>

namespace photolex::catalogue {

namespace {

std::string holderOf(int descriptor)
{
    char text[32] = {};
    const auto length = pread(descriptor, text, sizeof text - 1, 0);
    std::string pid;
    for (ssize_t index = 0; index < length && text[index] >= '0' && text[index] <= '9'; ++index)
        pid += text[index];
    return pid;
}

} // namespace

bool isNetworkFileSystem(const std::filesystem::path &folder)
{
    struct statfs about = {};
    if (statfs(folder.c_str(), &about) != 0)
        return false;
    switch (static_cast<std::uint32_t>(about.f_type)) {
    case 0x6969:     // NFS
    case 0x517b:     // SMB
    case 0xff534d42: // CIFS
    case 0xfe534d42: // SMB 2 and 3
    case 0x564c:     // NCP
    case 0x5346414f: // AFS
    case 0x73757245: // Coda
    case 0x01021997: // 9p
    case 0x00c36400: // Ceph
    case 0x65735546: // FUSE: sshfs and its like; a local one loses nothing but speed
        return true;
    default:
        return false;
    }
}

// flock, not fcntl: an fcntl lock is lost as soon as anyone in the process closes the file.
Result<WriterLock> WriterLock::take(const std::filesystem::path &library)
{
    const auto file = library / "writer.lock";
    const int descriptor = open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (descriptor < 0)
        return fail(systemError(errno, displayText(file)));
    WriterLock lock(descriptor);
    int failed = 0;
    while ((failed = flock(descriptor, LOCK_EX | LOCK_NB)) != 0 && errno == EINTR)
        ;
    if (failed) {
        if (errno != EWOULDBLOCK)
            return fail(systemError(errno, displayText(file)));
        const auto pid = holderOf(descriptor);
        return fail(Errc::Busy, displayText(library),
                    pid.empty() ? std::string("another process writes to this library")
                                : fmt::format("process {} writes to this library", pid));
    }
    // The number is only a help for people; a full disk does not keep anyone from holding the lock.
    const auto pid = fmt::format("{}\n", getpid());
    if (ftruncate(descriptor, 0) == 0) [[maybe_unused]]
        const auto written = pwrite(descriptor, pid.data(), pid.size(), 0);
    return lock;
}

WriterLock::WriterLock(WriterLock &&other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
{
}

WriterLock &WriterLock::operator=(WriterLock &&other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

WriterLock::~WriterLock()
{
    if (m_descriptor >= 0)
        close(m_descriptor); // the file stays: removing it would let two processes lock two different ones
}

} // namespace photolex::catalogue
