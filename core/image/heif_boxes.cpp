// Does the primary item of a HEIF file carry its own rotation or mirroring? libheif 1.15 applies them without saying
// so, and EXIF's orientation, which says the same once more, counts only where they are missing.
//
// ISO/IEC 23008-12: meta holds pitm (the primary item), and iprp with ipco (a list of properties) and ipma (which item
// has which of them, by index from 1).
#include "core/image/heif_p.h"

#include <algorithm>
#include <string_view>

namespace photolex::image {

namespace {

struct Box {
    std::string_view type;
    Bytes body;
};

class Cursor {
public:
    explicit Cursor(Bytes bytes)
        : m_bytes(bytes)
    {
    }

    bool has(std::size_t count) const { return m_bytes.size() - m_at >= count; }
    std::uint64_t number(int bytes) // big-endian; 0 beyond the end
    {
        std::uint64_t value = 0;
        if (!has(static_cast<std::size_t>(bytes))) {
            m_at = m_bytes.size();
            return 0;
        }
        for (int i = 0; i < bytes; ++i)
            value = value << 8 | octets(m_bytes)[m_at++];
        return value;
    }
    void skip(std::size_t count) { m_at += std::min(count, m_bytes.size() - m_at); }
    bool atEnd() const { return m_at >= m_bytes.size(); }

    // The next box, or nothing at the end and where the sizes contradict each other.
    std::optional<Box> box()
    {
        if (!has(8))
            return std::nullopt;
        const std::size_t begin = m_at;
        std::uint64_t size = number(4);
        const std::string_view type(reinterpret_cast<const char *>(m_bytes.data()) + m_at, 4);
        m_at += 4;
        if (size == 1)
            size = number(8);
        else if (size == 0)
            size = m_bytes.size() - begin;
        if (size < m_at - begin || size > m_bytes.size() - begin)
            return std::nullopt;
        const Bytes body = m_bytes.subspan(m_at, begin + static_cast<std::size_t>(size) - m_at);
        m_at = begin + static_cast<std::size_t>(size);
        return Box{type, body};
    }

    std::optional<Bytes> find(std::string_view type)
    {
        while (auto next = box()) {
            if (next->type == type)
                return next->body;
        }
        return std::nullopt;
    }

private:
    Bytes m_bytes;
    std::size_t m_at = 0;
};

} // namespace

bool hasOwnTransformation(Bytes file)
{
    const auto meta = Cursor(file).find("meta");
    if (!meta || meta->size() < 4)
        return false;
    const Bytes boxes = meta->subspan(4); // version and flags
    const auto pitm = Cursor(boxes).find("pitm"), iprp = Cursor(boxes).find("iprp");
    if (!pitm || !iprp)
        return false;
    Cursor primaryBox(*pitm);
    const auto version = primaryBox.number(1);
    primaryBox.skip(3);
    const auto primary = primaryBox.number(version == 0 ? 2 : 4);

    std::vector<bool> transforms = {false}; // indices count from 1
    if (const auto ipco = Cursor(*iprp).find("ipco")) {
        Cursor properties(*ipco);
        while (auto property = properties.box())
            transforms.push_back(property->type == "irot" || property->type == "imir");
    }
    Cursor parts(*iprp);
    while (const auto ipma = parts.find("ipma")) {
        Cursor cursor(*ipma);
        const auto ipmaVersion = cursor.number(1);
        const bool wide = cursor.number(3) & 1;
        for (auto entries = cursor.number(4); entries > 0 && !cursor.atEnd(); --entries) {
            const auto item = cursor.number(ipmaVersion < 1 ? 2 : 4);
            for (auto count = cursor.number(1); count > 0; --count) {
                const auto index = cursor.number(wide ? 2 : 1) & (wide ? 0x7fff : 0x7f); // the top bit: essential
                if (item == primary && index < transforms.size() && transforms[index])
                    return true;
            }
        }
    }
    return false;
}

} // namespace photolex::image
