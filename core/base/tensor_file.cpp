#include "core/base/tensor_file.h"

#include "core/base/bytes.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <fmt/format.h>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

namespace photolex {

namespace {

constexpr std::uint64_t headerLimit = 100'000'000;

std::optional<TensorType> typeNamed(std::string_view name)
{
    if (name == "F32")
        return TensorType::Float32;
    if (name == "F16")
        return TensorType::Float16;
    if (name == "U8")
        return TensorType::UInt8;
    if (name == "I64")
        return TensorType::Int64;
    if (name == "I32")
        return TensorType::Int32;
    return std::nullopt;
}

std::string_view typeName(TensorType type)
{
    switch (type) {
    case TensorType::Float32:
        return "F32";
    case TensorType::Float16:
        return "F16";
    case TensorType::UInt8:
        return "U8";
    case TensorType::Int64:
        return "I64";
    case TensorType::Int32:
        break;
    }
    return "I32";
}

// What people really get when a download went wrong.
std::string disguise(std::span<const std::byte> bytes)
{
    const std::string_view head(reinterpret_cast<const char *>(bytes.data()), std::min<std::size_t>(bytes.size(), 256));
    const auto begins = [&](std::string_view prefix) { return head.substr(0, prefix.size()) == prefix; };
    if (begins("version https://git-lfs"))
        return "this is a Git LFS pointer, not the weights: fetch the file itself";
    if (begins("<!DOCTYPE") || begins("<!doctype") || begins("<html") || begins("<HTML"))
        return "this is an HTML page, not weights: the download failed";
    if (begins("PK\x03\x04"))
        return "this is a zip archive (a PyTorch file?): export the tensors as safetensors";
    // A header of 128 to 1,408 bytes can begin like that too: the rest of its length is zeros.
    constexpr std::string_view restOfLength("\0\0\0\0\0\0", 6);
    if (bytes.size() > 2 && head[0] == '\x80' && static_cast<unsigned char>(head[1]) <= 5 &&
        head.substr(2, restOfLength.size()) != restOfLength)
        return "this is a Python pickle, which is never executed: export the tensors as safetensors";
    return {};
}

// Refuses a name that occurs twice in one object: the JSON library would silently keep the last.
class DuplicateCheck {
public:
    bool operator()(int depth, nlohmann::json::parse_event_t event, const nlohmann::json &parsed)
    {
        if (event == nlohmann::json::parse_event_t::key && depth == 1 &&
            !m_names.insert(parsed.get<std::string>()).second)
            m_duplicate = parsed.get<std::string>();
        return true;
    }
    const std::string &duplicate() const { return m_duplicate; }

private:
    std::set<std::string> m_names;
    std::string m_duplicate;
};

std::optional<std::size_t> checkedSize(const std::vector<std::int64_t> &shape, std::size_t each)
{
    std::uint64_t size = each;
    for (const auto side : shape) {
        if (side < 0)
            return std::nullopt;
        if (side != 0 && size > std::numeric_limits<std::uint64_t>::max() / static_cast<std::uint64_t>(side))
            return std::nullopt;
        size *= static_cast<std::uint64_t>(side);
    }
    return size;
}

template <class T>
void convert(std::span<const std::byte> bytes, std::vector<float> &values)
{
    for (std::size_t i = 0; i < values.size(); ++i) {
        T value;
        std::memcpy(&value, bytes.data() + i * sizeof(T), sizeof(T));
        values[i] = static_cast<float>(value);
    }
}

struct Parsed {
    std::map<std::string, TensorView, std::less<>> tensors;
    std::map<std::string, std::string, std::less<>> metadata;
};

// `data` is what follows the header. Throws what the JSON library throws.
Result<Parsed> parse(std::string_view header, std::span<const std::byte> data, const std::string &subject)
{
    DuplicateCheck check;
    const auto json = nlohmann::json::parse(header, std::ref(check));
    if (!check.duplicate().empty())
        return fail(Errc::Corrupt, subject, fmt::format("the name \"{}\" occurs twice", check.duplicate()));
    if (!json.is_object())
        return fail(Errc::Corrupt, subject, "the header is no JSON object");
    Parsed parsed;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> ranges;
    for (const auto &[name, entry] : json.items()) {
        if (name == "__metadata__") {
            for (const auto &[key, value] : entry.items())
                parsed.metadata.emplace(key, value.get<std::string>());
            continue;
        }
        const auto type = typeNamed(entry.at("dtype").get<std::string>());
        if (!type)
            return fail(Errc::Corrupt, subject,
                        fmt::format("tensor \"{}\": unknown type {}", name, entry.at("dtype").dump()));
        TensorView view;
        view.type = *type;
        view.shape = entry.at("shape").get<std::vector<std::int64_t>>();
        const auto offsets = entry.at("data_offsets").get<std::vector<std::uint64_t>>();
        const auto size = checkedSize(view.shape, bytesPerValue(*type));
        if (offsets.size() != 2 || offsets[0] > offsets[1] || offsets[1] > data.size())
            return fail(Errc::Corrupt, subject,
                        fmt::format("tensor \"{}\" lies outside the file (the file ends early?)", name));
        if (!size || *size != offsets[1] - offsets[0])
            return fail(Errc::Corrupt, subject, fmt::format("tensor \"{}\": its shape does not fit its bytes", name));
        view.bytes = data.subspan(offsets[0], *size);
        ranges.emplace_back(offsets[0], offsets[1]);
        parsed.tensors.emplace(name, std::move(view));
    }
    std::ranges::sort(ranges);
    std::uint64_t end = 0;
    for (const auto &[from, to] : ranges) {
        if (from != end)
            return fail(Errc::Corrupt, subject, from < end ? "tensors overlap" : "there is a hole between tensors");
        end = to;
    }
    if (end != data.size())
        return fail(Errc::Corrupt, subject,
                    fmt::format("{} bytes are left over after the last tensor", data.size() - end));
    return parsed;
}

} // namespace

std::size_t bytesPerValue(TensorType type)
{
    switch (type) {
    case TensorType::UInt8:
        return 1;
    case TensorType::Float16:
        return 2;
    case TensorType::Int64:
        return 8;
    case TensorType::Float32:
    case TensorType::Int32:
        break;
    }
    return 4;
}

std::int64_t TensorView::count() const
{
    return static_cast<std::int64_t>(bytes.size() / bytesPerValue(type));
}

std::vector<float> TensorView::toFloats() const
{
    std::vector<float> values(static_cast<std::size_t>(count()));
    switch (type) {
    case TensorType::Float32:
        if (!values.empty())
            std::memcpy(values.data(), bytes.data(), bytes.size());
        break;
    case TensorType::Float16:
        for (std::size_t i = 0; i < values.size(); ++i) {
            std::uint16_t half = 0;
            std::memcpy(&half, bytes.data() + 2 * i, 2);
            values[i] = halfToFloat(half);
        }
        break;
    case TensorType::UInt8:
        convert<std::uint8_t>(bytes, values);
        break;
    case TensorType::Int64:
        convert<std::int64_t>(bytes, values);
        break;
    case TensorType::Int32:
        convert<std::int32_t>(bytes, values);
        break;
    }
    return values;
}

Result<TensorFile> TensorFile::open(const std::filesystem::path &path)
{
    const auto subject = displayText(path);
    auto mapped = MappedFile::open(path);
    if (!mapped)
        return fail(mapped.error());
    TensorFile file;
    file.m_file = std::move(*mapped);
    const auto bytes = file.m_file.bytes();
    if (auto what = disguise(bytes); !what.empty())
        return fail(Errc::Corrupt, subject, std::move(what));
    std::uint64_t headerSize = 0;
    if (bytes.size() < sizeof(headerSize))
        return fail(Errc::Corrupt, subject, "the file is too short for a header");
    std::memcpy(&headerSize, bytes.data(), sizeof(headerSize));
    if (headerSize > headerLimit || headerSize > bytes.size() - sizeof(headerSize))
        return fail(Errc::Corrupt, subject, "the header's length does not fit the file");
    const std::string_view header(reinterpret_cast<const char *>(bytes.data()) + sizeof(headerSize), headerSize);
    try {
        auto parsed = parse(header, bytes.subspan(sizeof(headerSize) + headerSize), subject);
        if (!parsed)
            return fail(parsed.error());
        file.m_tensors = std::move(parsed->tensors);
        file.m_metadata = std::move(parsed->metadata);
    } catch (const std::exception &error) {
        return fail(Errc::Corrupt, subject,
                    fmt::format("the header cannot be read: {}", displayText(std::string_view(error.what()))));
    }
    return file;
}

const TensorView *TensorFile::find(std::string_view name) const
{
    const auto found = m_tensors.find(name);
    return found == m_tensors.end() ? nullptr : &found->second;
}

Result<> writeTensorFile(const std::filesystem::path &path, std::span<const TensorData> tensors,
                         const std::map<std::string, std::string> &metadata)
{
    const auto subject = displayText(path);
    nlohmann::ordered_json header = nlohmann::ordered_json::object();
    if (!metadata.empty())
        header["__metadata__"] = metadata;
    std::uint64_t offset = 0;
    for (const auto &tensor : tensors) {
        if (tensor.type == TensorType::Int32 || tensor.type == TensorType::Int64)
            return fail(Errc::Invalid, tensor.name, "only float32, float16 and bytes are written");
        if (tensor.type == TensorType::UInt8 &&
            !std::ranges::all_of(tensor.values, [](float value) { return value >= 0 && value <= 255; }))
            return fail(Errc::Invalid, tensor.name, "a byte lies in 0 to 255");
        const auto size = checkedSize(tensor.shape, bytesPerValue(tensor.type));
        if (!size || *size != tensor.values.size() * bytesPerValue(tensor.type))
            return fail(Errc::Invalid, tensor.name, "the shape does not fit the values");
        if (header.contains(tensor.name))
            return fail(Errc::Invalid, tensor.name, "the name occurs twice");
        header[tensor.name] = {
            {"dtype", typeName(tensor.type)}, {"shape", tensor.shape}, {"data_offsets", {offset, offset + *size}}};
        offset += *size;
    }
    auto text = header.dump();
    text.resize((text.size() + 7) / 8 * 8, ' ');
    const auto headerSize = static_cast<std::uint64_t>(text.size());
    std::vector<std::byte> bytes(sizeof(headerSize) + text.size() + offset);
    std::memcpy(bytes.data(), &headerSize, sizeof(headerSize));
    std::memcpy(bytes.data() + sizeof(headerSize), text.data(), text.size());
    auto *out = bytes.data() + sizeof(headerSize) + text.size();
    for (const auto &tensor : tensors) {
        for (const float value : tensor.values) {
            if (tensor.type == TensorType::Float32) {
                std::memcpy(out, &value, sizeof(value));
            } else if (tensor.type == TensorType::UInt8) {
                *out = static_cast<std::byte>(std::lround(value));
            } else {
                const auto half = floatToHalf(value);
                std::memcpy(out, &half, sizeof(half));
            }
            out += bytesPerValue(tensor.type);
        }
    }
    return writeFileAtomically(path, bytes);
}

std::vector<TensorData> asHalves(const TensorFile &file)
{
    std::vector<TensorData> tensors;
    for (const auto &[name, view] : file.tensors())
        tensors.push_back({name, view.shape, view.toFloats(), TensorType::Float16});
    return tensors;
}

namespace {

// A matrix as bytes; returns the scale of its rows.
TensorData narrowed(TensorData &matrix)
{
    constexpr float zero = 128;
    const auto rows = static_cast<std::size_t>(matrix.shape[0]);
    const auto width = matrix.values.size() / std::max<std::size_t>(rows, 1);
    TensorData scale{matrix.name + ".scale", {matrix.shape[0]}, {}, TensorType::Float16};
    for (std::size_t r = 0; r < rows; ++r) {
        const std::span row(matrix.values.data() + r * width, width);
        float largest = 0;
        for (const float value : row)
            largest = std::max(largest, std::abs(value));
        // As it will be read back.
        const float step = halfToFloat(floatToHalf(largest / 127));
        scale.values.push_back(step);
        for (auto &value : row)
            value = step > 0 ? std::clamp(std::round(value / step) + zero, 0.0F, 255.0F) : zero;
    }
    matrix.type = TensorType::UInt8;
    return scale;
}

} // namespace

void narrowMatrices(std::vector<TensorData> &tensors)
{
    std::vector<TensorData> scales;
    for (auto &tensor : tensors)
        if (tensor.shape.size() == 2)
            scales.push_back(narrowed(tensor));
    std::ranges::move(scales, std::back_inserter(tensors));
}

Result<> narrowToHalf(const std::filesystem::path &from, const std::filesystem::path &to)
{
    const auto file = TensorFile::open(from);
    if (!file)
        return fail(file.error());
    return writeTensorFile(to, asHalves(*file), {file->metadata().begin(), file->metadata().end()});
}

float halfToFloat(std::uint16_t half)
{
    const std::uint32_t sign = static_cast<std::uint32_t>(half & 0x8000U) << 16;
    const std::uint32_t exponent = (half >> 10) & 0x1FU;
    std::uint32_t mantissa = half & 0x3FFU;
    if (exponent == 0x1F)
        return std::bit_cast<float>(sign | 0x7F800000U | (mantissa << 13));
    if (exponent != 0)
        return std::bit_cast<float>(sign | ((exponent + 112) << 23) | (mantissa << 13));
    // Subnormal: mantissa × 2^−24, exact in float32.
    const float magnitude = static_cast<float>(mantissa) * 0x1p-24F;
    return sign ? -magnitude : magnitude;
}

std::uint16_t floatToHalf(float value)
{
    const auto bits = std::bit_cast<std::uint32_t>(value);
    const auto sign = static_cast<std::uint16_t>((bits >> 16) & 0x8000U);
    const std::uint32_t magnitude = bits & 0x7FFFFFFFU;
    if (magnitude > 0x7F800000U)
        return static_cast<std::uint16_t>(sign | 0x7E00U); // NaN
    if (magnitude >= 0x47800000U)
        return static_cast<std::uint16_t>(sign | 0x7C00U); // 65536 and more: infinity
    if (magnitude < 0x38800000U) {
        // Subnormal half: adding 0.5 lets the float unit round the mantissa to nearest even at the right place.
        const float shifted = std::bit_cast<float>(magnitude) + 0.5F;
        return static_cast<std::uint16_t>(sign | (std::bit_cast<std::uint32_t>(shifted) - 0x3F000000U));
    }
    const std::uint32_t odd = (magnitude >> 13) & 1U;
    return static_cast<std::uint16_t>(sign | ((magnitude - 0x38000000U + 0xFFFU + odd) >> 13));
}

} // namespace photolex
