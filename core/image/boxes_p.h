// The boxes that HEIF pictures and QuickTime films are made of: size, four letters, content; boxes within boxes.
#pragma once

#include "core/image/decode_p.h"

#include <algorithm>
#include <optional>
#include <string_view>

namespace photolex::image {

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

} // namespace photolex::image
