#include "core/base/mapped_file.h"

#include "core/base/bytes.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace photolex {

Result<MappedFile> MappedFile::open(const std::filesystem::path &path)
{
    const auto subject = displayText(path);
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return fail(systemError(errno, subject));
    struct stat status = {};
    if (::fstat(descriptor, &status) != 0 || S_ISDIR(status.st_mode)) {
        const int code = S_ISDIR(status.st_mode) ? EISDIR : errno;
        ::close(descriptor);
        return fail(systemError(code, subject));
    }
    MappedFile file;
    if (status.st_size > 0) {
        void *data = ::mmap(nullptr, static_cast<std::size_t>(status.st_size), PROT_READ, MAP_PRIVATE, descriptor, 0);
        const int code = errno;
        if (data == MAP_FAILED) {
            ::close(descriptor);
            return fail(systemError(code, subject));
        }
        file.m_data = static_cast<const std::byte *>(data);
        file.m_size = static_cast<std::size_t>(status.st_size);
    }
    ::close(descriptor);
    return file;
}

MappedFile::MappedFile(MappedFile &&other) noexcept
    : m_data(std::exchange(other.m_data, nullptr))
    , m_size(std::exchange(other.m_size, 0))
{
}

MappedFile &MappedFile::operator=(MappedFile &&other) noexcept
{
    std::swap(m_data, other.m_data);
    std::swap(m_size, other.m_size);
    return *this;
}

MappedFile::~MappedFile()
{
    if (m_data)
        ::munmap(const_cast<std::byte *>(m_data), m_size);
}

} // namespace photolex
