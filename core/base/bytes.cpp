#include "core/base/bytes.h"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unicode/utf8.h>
#include <unistd.h>

namespace photolex {

namespace {

// The length of the valid UTF-8 sequence at `at`, or 0.
std::size_t sequenceLength(std::string_view bytes, std::size_t at)
{
    auto position = static_cast<std::int32_t>(0);
    const auto length = static_cast<std::int32_t>(std::min<std::size_t>(bytes.size() - at, 4));
    UChar32 codePoint = -1;
    U8_NEXT(reinterpret_cast<const std::uint8_t *>(bytes.data() + at), position, length, codePoint);
    return codePoint < 0 ? 0 : static_cast<std::size_t>(position);
}

class Descriptor {
public:
    explicit Descriptor(int value)
        : m_value(value)
    {
    }
    ~Descriptor()
    {
        if (m_value >= 0)
            ::close(m_value);
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    int get() const { return m_value; }
    int close()
    {
        const int value = std::exchange(m_value, -1);
        return ::close(value);
    }

private:
    int m_value;
};

Result<> writeWhole(int descriptor, std::span<const std::byte> bytes, const std::string &subject)
{
    while (!bytes.empty()) {
        const auto written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0) {
            if (errno == EINTR)
                continue;
            return fail(systemError(errno, subject));
        }
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return {};
}

} // namespace

std::string displayText(std::string_view bytes)
{
    std::string text;
    text.reserve(bytes.size());
    for (std::size_t at = 0; at < bytes.size();) {
        if (const auto length = sequenceLength(bytes, at)) {
            text.append(bytes.substr(at, length));
            at += length;
        } else {
            text += fmt::format("\\x{:02x}", static_cast<unsigned char>(bytes[at++]));
        }
    }
    return text;
}

bool isValidUtf8(std::string_view bytes)
{
    for (std::size_t at = 0; at < bytes.size();) {
        const auto length = sequenceLength(bytes, at);
        if (!length)
            return false;
        at += length;
    }
    return true;
}

Result<std::vector<std::byte>> readFile(const std::filesystem::path &path, std::size_t limitBytes)
{
    const auto subject = displayText(path);
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0)
        return fail(systemError(errno, subject));
    struct stat status = {};
    if (::fstat(file.get(), &status) != 0)
        return fail(systemError(errno, subject));
    if (S_ISDIR(status.st_mode))
        return fail(systemError(EISDIR, subject));
    if (static_cast<std::size_t>(status.st_size) > limitBytes)
        return fail(Errc::TooLarge, subject, fmt::format("{} bytes, at most {} are read", status.st_size, limitBytes));
    std::vector<std::byte> bytes(static_cast<std::size_t>(status.st_size));
    std::size_t done = 0;
    while (done < bytes.size()) {
        const auto count = ::read(file.get(), bytes.data() + done, bytes.size() - done);
        if (count < 0) {
            if (errno == EINTR)
                continue;
            return fail(systemError(errno, subject));
        }
        if (count == 0)
            break; // the file shrank meanwhile
        done += static_cast<std::size_t>(count);
    }
    bytes.resize(done);
    return bytes;
}

Result<std::string> readTextFile(const std::filesystem::path &path, std::size_t limitBytes)
{
    auto bytes = readFile(path, limitBytes);
    if (!bytes)
        return fail(bytes.error());
    return std::string(reinterpret_cast<const char *>(bytes->data()), bytes->size());
}

Result<> writeFileAtomically(const std::filesystem::path &path, std::span<const std::byte> bytes)
{
    const auto subject = displayText(path);
    auto temporary = path.native() + ".XXXXXX";
    Descriptor file(::mkostemp(temporary.data(), O_CLOEXEC));
    if (file.get() < 0)
        return fail(systemError(errno, subject));
    const auto abandon = [&](Error error) {
        ::unlink(temporary.c_str());
        return fail(std::move(error));
    };
    const auto mask = ::umask(0);
    ::umask(mask);
    ::fchmod(file.get(), 0666 & ~mask);
    if (auto written = writeWhole(file.get(), bytes, subject); !written)
        return abandon(written.error());
    if (::fsync(file.get()) != 0 || file.close() != 0 || ::rename(temporary.c_str(), path.c_str()) != 0)
        return abandon(systemError(errno, subject));
    // The rename itself must survive a power loss too.
    const auto parent = path.parent_path();
    const Descriptor folder(::open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.get() >= 0)
        ::fsync(folder.get());
    return {};
}

Result<> writeFileAtomically(const std::filesystem::path &path, std::string_view text)
{
    return writeFileAtomically(path, std::as_bytes(std::span(text.data(), text.size())));
}

} // namespace photolex
