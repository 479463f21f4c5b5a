// Format: the magic, two bytes of version, the length of the head (2 bytes, from version 2 on 4), the head, which is a
// Python dictionary padded to 64 bytes, then the values.
#include "core/base/npy.h"

#include "core/base/bytes.h"
#include "core/base/mapped_file.h"
#include "core/base/tensor_file.h"

#include <charconv>
#include <cstdint>
#include <cstring>
#include <fmt/format.h>
#include <limits>
#include <optional>
#include <span>
#include <string_view>

namespace photolex {

namespace {

constexpr std::string_view magic = "\x93NUMPY";
constexpr std::size_t longestHead = 1 << 16;
constexpr std::string_view plainRemedy = "save it with numpy.save(FILE, numpy.ascontiguousarray(rows, '<f4'))";

struct Head {
    std::string type; // "<f4"
    bool columnsFirst = false;
    std::vector<std::uint64_t> shape;
    std::size_t begin = 0; // of the values
};

// What stands behind 'KEY': in the dictionary, without the space before it.
std::optional<std::string_view> valueOf(std::string_view dictionary, std::string_view key)
{
    for (const char quote : {'\'', '"'}) {
        const auto quoted = fmt::format("{}{}{}", quote, key, quote);
        auto at = dictionary.find(quoted);
        if (at == std::string_view::npos)
            continue;
        at = dictionary.find_first_not_of(" \t", at + quoted.size());
        if (at == std::string_view::npos || dictionary[at] != ':')
            return std::nullopt;
        at = dictionary.find_first_not_of(" \t", at + 1);
        if (at != std::string_view::npos)
            return dictionary.substr(at);
    }
    return std::nullopt;
}

std::optional<std::vector<std::uint64_t>> shapeOf(std::string_view text)
{
    if (!text.starts_with('('))
        return std::nullopt;
    std::vector<std::uint64_t> shape;
    const char *at = text.data() + 1;
    const char *const end = text.data() + text.size();
    for (;;) {
        while (at != end && (*at == ' ' || *at == ','))
            ++at;
        if (at == end)
            return std::nullopt;
        if (*at == ')')
            return shape;
        std::uint64_t value = 0;
        const auto [next, error] = std::from_chars(at, end, value);
        if (error != std::errc())
            return std::nullopt;
        at = next != end && *next == 'L' ? next + 1 : next; // Python 2 wrote 3L
        shape.push_back(value);
    }
}

// What a file that is none may be, for those who took it for one.
std::string otherKind(std::string_view bytes)
{
    if (bytes.starts_with("PK\x03\x04"))
        return fmt::format("it is an archive (.npz): take one array out of it, numpy.load(FILE)['NAME'], and {}",
                           plainRemedy);
    if (bytes.starts_with('\x80'))
        return fmt::format("it is a Python pickle, which is code and is not opened: {}", plainRemedy);
    return fmt::format("it is no .npy file: {}", plainRemedy);
}

Result<Head> headOf(std::string_view bytes, const std::string &subject)
{
    const auto broken = [&] { return fail(Errc::Corrupt, subject, "its head cannot be read: save it again"); };
    if (!bytes.starts_with(magic))
        return fail(Errc::Corrupt, subject, otherKind(bytes));
    constexpr std::size_t versionAt = 6, lengthAt = 8;
    if (bytes.size() < lengthAt + 4)
        return broken();
    const auto byte = [&](std::size_t at) { return static_cast<std::size_t>(static_cast<unsigned char>(bytes[at])); };
    const auto version = byte(versionAt);
    if (version < 1 || version > 3)
        return fail(Errc::Unsupported, subject, fmt::format("format {} of .npy: {}", version, plainRemedy));
    const std::size_t lengthBytes = version == 1 ? 2 : 4;
    std::size_t length = 0;
    for (std::size_t i = 0; i < lengthBytes; ++i)
        length += byte(lengthAt + i) << (8 * i);
    const auto headAt = lengthAt + lengthBytes;
    if (length > longestHead || length > bytes.size() - headAt)
        return broken();
    const auto dictionary = bytes.substr(headAt, length);
    const auto type = valueOf(dictionary, "descr");
    const auto order = valueOf(dictionary, "fortran_order");
    const auto shapeText = valueOf(dictionary, "shape");
    if (!type || !order || !shapeText)
        return broken();
    Head head;
    if (const char quote = type->front(); quote == '\'' || quote == '"')
        head.type = type->substr(1, type->find(quote, 1) - 1);
    head.columnsFirst = order->starts_with("True");
    const auto shape = shapeOf(*shapeText);
    if (!shape)
        return broken();
    head.shape = *shape;
    head.begin = headAt + length;
    return head;
}

// 0: numbers of no type that is read here.
std::size_t bytesOf(std::string_view type)
{
    return type == "<f2" ? 2 : type == "<f4" ? 4 : type == "<f8" ? 8 : 0;
}

// The bytes of a number.
Result<std::size_t> checkHead(const Head &head, const std::string &subject)
{
    const auto refuse = [&](std::string_view what) {
        return fail(Errc::Unsupported, subject, fmt::format("{}: {}", what, plainRemedy));
    };
    if (head.type.ends_with('O'))
        return refuse("it holds Python objects (a pickle, which is code and is not opened)");
    if (head.type.starts_with('>') && bytesOf("<" + head.type.substr(1)) > 0)
        return refuse("its numbers are big-endian");
    const auto width = bytesOf(head.type);
    if (width == 0)
        return refuse(fmt::format("its numbers are of the type \"{}\", not float16, float32 or float64",
                                  head.type.empty() ? "structure" : displayText(head.type)));
    if (head.shape.size() != 2)
        return refuse(fmt::format("it has {} dimensions, rows and columns are wanted", head.shape.size()));
    if (head.columnsFirst && head.shape[0] > 1 && head.shape[1] > 1)
        return refuse("its columns come first (Fortran order)");
    if (head.shape[0] == 0 || head.shape[1] == 0)
        return fail(Errc::Invalid, subject,
                    fmt::format("it holds no numbers ({} rows, {} columns)", head.shape[0], head.shape[1]));
    return width;
}

float valueAt(const char *bytes, std::size_t width)
{
    if (width == 2) {
        std::uint16_t half = 0;
        std::memcpy(&half, bytes, sizeof half);
        return halfToFloat(half);
    }
    if (width == 4) {
        float value = 0;
        std::memcpy(&value, bytes, sizeof value);
        return value;
    }
    double value = 0;
    std::memcpy(&value, bytes, sizeof value);
    return static_cast<float>(value); // beyond float's range: infinite, which whoever looks at the values refuses
}

} // namespace

Result<NpyMatrix> readNpy(const std::filesystem::path &file)
{
    const auto subject = displayText(file);
    const auto mapped = MappedFile::open(file);
    if (!mapped)
        return fail(mapped.error());
    const std::string_view bytes(reinterpret_cast<const char *>(mapped->bytes().data()), mapped->bytes().size());
    const auto head = headOf(bytes, subject);
    if (!head)
        return fail(head.error());
    const auto checked = checkHead(*head, subject);
    if (!checked)
        return fail(checked.error());
    const auto width = *checked;
    const auto rows = head->shape[0], columns = head->shape[1];
    const std::uint64_t there = bytes.size() - head->begin;
    // Divided, not multiplied: a wrong shape may be as large as it likes.
    const auto wholeRows = there / width / columns;
    if (wholeRows < rows || columns > there / width)
        return fail(Errc::Corrupt, subject,
                    fmt::format("it ends early: {} of {} rows of {} numbers are there; copy or save it again",
                                wholeRows, rows, columns));
    if (there != rows * columns * width)
        return fail(Errc::Corrupt, subject,
                    fmt::format("it goes on after its last row, {} bytes too many: save it again",
                                there - rows * columns * width));
    NpyMatrix matrix{.rows = static_cast<std::size_t>(rows), .columns = static_cast<std::size_t>(columns)};
    matrix.values.resize(matrix.rows * matrix.columns);
    const auto *from = bytes.data() + head->begin;
    for (std::size_t i = 0; i < matrix.values.size(); ++i)
        matrix.values[i] = valueAt(from + i * width, width);
    return matrix;
}

std::string npyHead(std::size_t rows, std::size_t columns)
{
    constexpr std::size_t before = 10, alignment = 64;
    std::string description =
        fmt::format("{{'descr': '<f4', 'fortran_order': False, 'shape': ({}, {}), }}", rows, columns);
    while ((before + description.size() + 1) % alignment != 0)
        description += ' ';
    description += '\n';
    std::string head(magic);
    head += '\x01';
    head += '\0';
    head += static_cast<char>(description.size() & 0xFF);
    head += static_cast<char>(description.size() >> 8);
    return head + description;
}

} // namespace photolex
