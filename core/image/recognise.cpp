// Which format is it? The first bytes decide; the name only tells a RAW file from the TIFF that it resembles.
#include "core/image/decode_p.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace photolex::image {

namespace {

using namespace std::string_view_literals;

constexpr std::array kPictureExtensions = {
    "jpg"sv, "jpeg"sv, "jpe"sv,  "jfif"sv, "jif"sv,   "png"sv,  "apng"sv,  "webp"sv, "tif"sv, "tiff"sv,
    "gif"sv, "heic"sv, "heif"sv, "hif"sv,  "heics"sv, "avif"sv, "avifs"sv, "bmp"sv,  "dib"sv, "mpo"sv,
};
constexpr std::array kRawExtensions = {
    "dng"sv, "nef"sv, "nrw"sv, "cr2"sv, "cr3"sv, "crw"sv, "arw"sv, "srf"sv, "sr2"sv, "rw2"sv,
    "rwl"sv, "raw"sv, "orf"sv, "raf"sv, "pef"sv, "srw"sv, "3fr"sv, "fff"sv, "iiq"sv, "erf"sv,
    "mef"sv, "mos"sv, "mrw"sv, "x3f"sv, "dcr"sv, "kdc"sv, "k25"sv, "gpr"sv,
};

std::string lowerExtension(const std::filesystem::path &name)
{
    std::string text = name.extension().native();
    if (!text.empty())
        text.erase(0, 1);
    for (char &c : text)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return text;
}

template <class List>
bool contains(const List &list, std::string_view text)
{
    return std::find(list.begin(), list.end(), text) != list.end();
}

Format heifFormat(std::string_view head)
{
    // ftyp: size, "ftyp", major brand, minor version, compatible brands.
    const auto boxSize =
        std::min<std::size_t>(head.size(), static_cast<std::size_t>(static_cast<unsigned char>(head[2])) << 8 |
                                               static_cast<unsigned char>(head[3]));
    Format found = Format::Unknown;
    for (std::size_t at = 8; at + 4 <= boxSize; at += at == 8 ? 8 : 4) {
        const auto brand = head.substr(at, 4);
        if (brand == "crx ")
            return Format::Raw;
        if (brand == "avif" || brand == "avis")
            return Format::Avif;
        if (brand == "heic" || brand == "heix" || brand == "heim" || brand == "heis" || brand == "hevc" ||
            brand == "hevx" || brand == "mif1" || brand == "mif2" || brand == "msf1")
            found = Format::Heif;
    }
    return found;
}

} // namespace

std::string_view formatName(Format format)
{
    switch (format) {
    case Format::Unknown:
        return "unknown";
    case Format::Jpeg:
        return "JPEG";
    case Format::Png:
        return "PNG";
    case Format::WebP:
        return "WebP";
    case Format::Tiff:
        return "TIFF";
    case Format::Gif:
        return "GIF";
    case Format::Heif:
        return "HEIC";
    case Format::Avif:
        return "AVIF";
    case Format::Raw:
        return "RAW";
    case Format::Bmp:
        return "BMP";
    }
    return "unknown";
}

Format recognise(std::span<const std::byte> head, const std::filesystem::path &name)
{
    const std::string_view text(reinterpret_cast<const char *>(head.data()), head.size());
    if (text.size() < 12)
        return Format::Unknown;
    if (text.starts_with("\xff\xd8\xff"sv))
        return Format::Jpeg;
    if (text.starts_with("\x89PNG\r\n\x1a\n"sv))
        return Format::Png;
    if (text.starts_with("GIF87a"sv) || text.starts_with("GIF89a"sv))
        return Format::Gif;
    if (text.starts_with("RIFF"sv) && text.substr(8, 4) == "WEBP"sv)
        return Format::WebP;
    if (text.substr(4, 4) == "ftyp"sv)
        return heifFormat(text);
    if (text.starts_with("BM"sv) && text.size() >= 26) {
        // The size of the second header: two letters alone would make a picture of many a text.
        const auto second = static_cast<unsigned char>(text[14]);
        const bool plausible = second == 12 || second == 40 || second == 52 || second == 56 || second == 64 ||
                               second == 108 || second == 124;
        if (plausible && text.substr(15, 3) == "\0\0\0"sv)
            return Format::Bmp;
    }
    if (text.starts_with("FUJIFILMCCD-RAW"sv) || text.starts_with("FOVb"sv) || text.starts_with("\0MRM"sv) ||
        text.starts_with("IIU\0"sv) || text.starts_with("IIRO"sv) || text.starts_with("IIRS"sv) ||
        text.starts_with("MMOR"sv) || (text.starts_with("II\x1a\0\0\0HEAPCCDR"sv)))
        return Format::Raw;
    if (text.starts_with("II+\0"sv) || text.starts_with("MM\0+"sv))
        return Format::Tiff; // BigTIFF
    if (text.starts_with("II*\0"sv) || text.starts_with("MM\0*"sv)) {
        constexpr std::uint16_t dngVersion = 0xC612;
        if (text.substr(8, 2) == "CR"sv || tiffValue(head, dngVersion) ||
            contains(kRawExtensions, lowerExtension(name)))
            return Format::Raw;
        return Format::Tiff;
    }
    return Format::Unknown;
}

bool mayBePicture(const std::filesystem::path &name)
{
    const auto extension = lowerExtension(name);
    return extension.empty() || contains(kPictureExtensions, extension) || contains(kRawExtensions, extension);
}

} // namespace photolex::image
