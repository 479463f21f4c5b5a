// The few values that decoding needs out of a TIFF structure. All else is metadata.cpp's, through Exiv2.
#include "core/image/decode_p.h"

#include <cstring>

namespace photolex::image {

namespace {

class TiffReader {
public:
    explicit TiffReader(Bytes bytes)
        : m_bytes(bytes)
    {
        if (bytes.size() < 8)
            return;
        const auto *head = octets(bytes);
        m_bigEndian = head[0] == 'M';
        const bool order = (head[0] == 'I' && head[1] == 'I') || (head[0] == 'M' && head[1] == 'M');
        // 42 is TIFF; RAW dialects put other numbers there.
        m_valid = order;
    }

    struct Entry {
        std::uint16_t type;
        std::uint32_t count;
        std::size_t at; // of the value, or of its offset
    };

    std::optional<Entry> find(std::uint16_t tag) const
    {
        if (!m_valid)
            return std::nullopt;
        const std::size_t directory = u32(4);
        if (directory + 2 > m_bytes.size())
            return std::nullopt;
        const unsigned count = u16(directory);
        for (unsigned i = 0; i < count; ++i) {
            const std::size_t entry = directory + 2 + std::size_t{12} * i;
            if (entry + 12 > m_bytes.size())
                return std::nullopt;
            if (u16(entry) == tag)
                return Entry{u16(entry + 2), u32(entry + 4), entry + 8};
        }
        return std::nullopt;
    }

    std::uint16_t u16(std::size_t at) const
    {
        const auto *p = octets(m_bytes) + at;
        return static_cast<std::uint16_t>(m_bigEndian ? p[0] << 8 | p[1] : p[1] << 8 | p[0]);
    }

    std::uint32_t u32(std::size_t at) const
    {
        const std::uint32_t first = u16(at), second = u16(at + 2);
        return m_bigEndian ? first << 16 | second : second << 16 | first;
    }

    std::size_t size() const { return m_bytes.size(); }

private:
    Bytes m_bytes;
    bool m_bigEndian = false;
    bool m_valid = false;
};

} // namespace

std::optional<std::uint32_t> tiffValue(Bytes tiff, std::uint16_t tag)
{
    const TiffReader reader(tiff);
    const auto entry = reader.find(tag);
    if (!entry || entry->count == 0)
        return std::nullopt;
    switch (entry->type) {
    case 1:
        return octets(tiff)[entry->count > 4 ? 0 : entry->at]; // BYTE; only its presence matters when it is long
    case 3:
        return reader.u16(entry->at); // SHORT
    case 4:
        return reader.u32(entry->at); // LONG
    default:
        return std::nullopt;
    }
}

std::string tiffText(Bytes tiff, std::uint16_t tag)
{
    const TiffReader reader(tiff);
    const auto entry = reader.find(tag);
    if (!entry || entry->type != 2 || entry->count == 0)
        return {};
    const std::size_t at = entry->count <= 4 ? entry->at : reader.u32(entry->at);
    if (at > reader.size() || entry->count > reader.size() - at)
        return {};
    const std::string text(reinterpret_cast<const char *>(tiff.data()) + at, entry->count);
    return text.substr(0, text.find('\0'));
}

int exifOrientation(Bytes exif)
{
    if (exif.size() >= 6 && std::memcmp(exif.data(), "Exif\0\0", 6) == 0)
        exif = exif.subspan(6);
    constexpr std::uint16_t orientation = 0x0112;
    const auto value = tiffValue(exif, orientation);
    return value && *value >= 1 && *value <= 8 ? static_cast<int>(*value) : 1;
}

} // namespace photolex::image
