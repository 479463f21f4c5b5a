// From a path or bytes to upright pixels: recognises, hands over to the format, turns the result.
#include "core/image/decode.h"

#include "core/base/bytes.h"
#include "core/image/decode_p.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <new>
#include <sys/stat.h>
#include <unistd.h>

namespace photolex::image {

namespace {

constexpr std::size_t kHeadBytes = 256 * 1024;

// The start of a file, or all of it when it is short.
struct Head {
    std::vector<std::byte> bytes;
    bool isWhole = false;
};

Result<Head> readHead(const std::filesystem::path &path)
{
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return fail(systemError(errno, displayText(path)));
    struct Closer {
        int file;
        ~Closer() { ::close(file); }
    } const closer{file};
    struct stat status {};
    if (::fstat(file, &status) != 0)
        return fail(systemError(errno, displayText(path)));
    if (!S_ISREG(status.st_mode))
        return fail(Errc::Invalid, displayText(path), "not a file");
    Head head;
    head.bytes.resize(kHeadBytes);
    std::size_t got = 0;
    while (got < head.bytes.size()) {
        const auto count = ::read(file, head.bytes.data() + got, head.bytes.size() - got);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return fail(systemError(errno, displayText(path)));
        if (count == 0)
            break;
        got += static_cast<std::size_t>(count);
    }
    head.bytes.resize(got);
    head.isWhole = got < kHeadBytes || static_cast<std::int64_t>(got) >= status.st_size;
    return head;
}

Result<Decoded> decodeAs(Format format, Bytes bytes, const DecodeOptions &options)
{
    switch (format) {
    case Format::Jpeg:
        return decodeJpeg(bytes, options);
    case Format::Png:
        return decodePng(bytes, options);
    case Format::WebP:
        return decodeWebP(bytes, options);
    case Format::Tiff:
        return decodeTiff(bytes, options);
    case Format::Bmp:
        return decodeBmp(bytes, options);
    case Format::Gif:
        return decodeGif(bytes, options);
    case Format::Heif:
    case Format::Avif:
        return decodeHeif(bytes, options);
    case Format::Raw:
        return decodeRaw(bytes, options);
    case Format::Unknown:
        break;
    }
    return fail(Errc::Unsupported, {}, "not a picture of a known format");
}

Result<Header> headerAs(Format format, Bytes bytes)
{
    switch (format) {
    case Format::Jpeg:
        return jpegHeader(bytes);
    case Format::Png:
        return pngHeader(bytes);
    case Format::WebP:
        return webpHeader(bytes);
    case Format::Tiff:
        return tiffHeader(bytes);
    case Format::Bmp:
        return bmpHeader(bytes);
    case Format::Gif:
        return gifHeader(bytes);
    case Format::Heif:
    case Format::Avif:
        return heifHeader(bytes);
    case Format::Raw:
        return rawHeader(bytes);
    case Format::Unknown:
        break;
    }
    return fail(Errc::Unsupported, {}, "not a picture of a known format");
}

bool isTiffStructure(Bytes bytes)
{
    return bytes.size() >= 4 && ((octets(bytes)[0] == 'I' && octets(bytes)[2] == '*') ||
                                 (octets(bytes)[0] == 'M' && octets(bytes)[3] == '*'));
}

// A file called .nef that is a plain TIFF: the name said RAW, the content says no.
template <class T, class Decode>
Result<T> withTiffAsSecondChoice(Format format, Bytes bytes, Decode decode)
{
    auto result = decode(format);
    if (result || format != Format::Raw || !isTiffStructure(bytes) || result.error().code == Errc::TooLarge)
        return result;
    if (auto second = decode(Format::Tiff))
        return second;
    return result;
}

// Why there is no format in these bytes, where it can be told.
Error unknownFormat(Bytes bytes)
{
    if (bytes.empty())
        return {Errc::Corrupt, {}, "empty file"};
    const auto head = bytes.first(std::min<std::size_t>(bytes.size(), 4096));
    if (std::all_of(head.begin(), head.end(), [](std::byte b) { return b == std::byte{0}; }))
        return {Errc::Corrupt, {}, "the file holds only zeros"};
    if (bytes.size() < 12)
        return {Errc::Corrupt, {}, "the file ends early"};
    return {Errc::Unsupported, {}, "not a picture of a known format"};
}

template <class T, class Call>
Result<T> guarded(const std::filesystem::path &name, Call call)
{
    Result<T> result = fail(Errc::Internal, {}, {});
    try {
        result = call();
    } catch (const std::bad_alloc &) {
        result = fail(Errc::TooLarge, {}, "not enough memory for this picture");
    } catch (const std::exception &error) {
        result = fail(Errc::Corrupt, {}, error.what());
    }
    if (!result)
        result.error().subject = displayText(name);
    return result;
}

} // namespace

Result<> checkSize(Size size, std::int64_t pixelLimit)
{
    if (size.isEmpty())
        return fail(Errc::Corrupt, {}, "the header names no picture size");
    const std::int64_t pixels = std::int64_t{size.width} * size.height;
    if (pixels > pixelLimit)
        return fail(
            Errc::TooLarge, {},
            fmt::format("{} × {} pixels, allowed are {} million", size.width, size.height, pixelLimit / 1'000'000));
    return {};
}

Result<Decoded> decode(std::span<const std::byte> bytes, const std::filesystem::path &name,
                       const DecodeOptions &options)
{
    return guarded<Decoded>(name, [&]() -> Result<Decoded> {
        const Format format = recognise(bytes, name);
        if (format == Format::Unknown)
            return fail(unknownFormat(bytes));
        auto decoded = withTiffAsSecondChoice<Decoded>(format, bytes, [&](Format chosen) {
            auto result = decodeAs(chosen, bytes, options);
            if (result)
                result->format = chosen;
            return result;
        });
        if (!decoded)
            return decoded;
        turnUpright(decoded->pixels, decoded->orientation);
        decoded->fullSize = turnedSize(decoded->fullSize, decoded->orientation);
        return decoded;
    });
}

Result<Decoded> decode(const std::filesystem::path &path, const DecodeOptions &options)
{
    // Read, not mapped: a mapped file that another program cuts short ends the process.
    const auto bytes = readFile(path);
    if (!bytes)
        return fail(bytes.error());
    return decode(*bytes, path, options);
}

Result<Header> readHeader(const std::filesystem::path &path)
{
    auto head = readHead(path);
    if (!head)
        return fail(head.error());
    return guarded<Header>(path, [&]() -> Result<Header> {
        const Format format = recognise(head->bytes, path);
        if (format == Format::Unknown)
            return fail(unknownFormat(head->bytes));
        const auto read = [&](Bytes bytes) {
            return withTiffAsSecondChoice<Header>(format, bytes, [&](Format chosen) {
                auto result = headerAs(chosen, bytes);
                if (result)
                    result->format = chosen;
                return result;
            });
        };
        // Formats that may keep their directory at the end are read whole; the others only when the start did not do.
        const bool needsAll =
            format == Format::Tiff || format == Format::Raw || format == Format::Heif || format == Format::Avif;
        Result<Header> header = fail(Errc::Corrupt, {}, {});
        if (head->isWhole || !needsAll)
            header = read(head->bytes);
        if (!header && !head->isWhole) {
            const auto whole = readFile(path);
            if (!whole)
                return fail(whole.error());
            header = read(*whole);
        }
        if (header)
            header->size = turnedSize(header->size, header->orientation);
        return header;
    });
}

} // namespace photolex::image
