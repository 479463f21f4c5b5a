// Parts that the makers of pictures share.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace photolex::test {

void put(std::string &out, std::uint32_t value, int bytes, bool bigEndian);

// One directory of a TIFF structure. Types: 1 byte, 2 text, 3 short, 4 long, 5 rational, 7 undefined, 10 signed
// rational.
class Directory {
public:
    void add(std::uint16_t tag, std::uint16_t type, std::vector<std::uint32_t> values);
    void addText(std::uint16_t tag, std::string_view text);
    void addBytes(std::uint16_t tag, std::uint16_t type, std::string bytes);
    std::uint32_t append(std::string &out, bool bigEndian) const; // returns where it begins

private:
    struct Entry {
        std::uint16_t type;
        std::vector<std::uint32_t> values;
        std::string bytes;
    };
    std::map<std::uint16_t, Entry> m_entries;
};

std::string tiffStart(bool bigEndian);
std::string finishTiff(std::string out, std::uint32_t directory, bool bigEndian);

} // namespace photolex::test
