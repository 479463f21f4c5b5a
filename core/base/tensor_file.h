// safetensors files as plain views: names, shapes, bytes. No code runs on loading.
//
//     auto file = TensorFile::open(path);
//     const TensorView *weight = file->find("stem.weight");   // null: not there
#pragma once

#include "core/base/mapped_file.h"
#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace photolex {

enum class TensorType : std::uint8_t { Float32, Float16, UInt8, Int64, Int32 };
std::size_t bytesPerValue(TensorType type);

struct TensorView {
    TensorType type = TensorType::Float32;
    std::vector<std::int64_t> shape; // row-major
    std::span<const std::byte> bytes;

    std::int64_t count() const; // product of the shape
    // Float16 is widened, integers are converted. The bytes may be unaligned.
    std::vector<float> toFloats() const;
};

class TensorFile {
public:
    // Refused as Corrupt, with what it is where it can be told (a Git LFS pointer, an HTML page, a Python pickle, a
    // zip archive): a header over 100 MB, duplicate names, overlapping ranges, holes, sizes that do not multiply out,
    // bytes left over, unknown types.
    static Result<TensorFile> open(const std::filesystem::path &path);

    const TensorView *find(std::string_view name) const;
    const std::map<std::string, TensorView, std::less<>> &tensors() const { return m_tensors; }
    const std::map<std::string, std::string, std::less<>> &metadata() const { return m_metadata; }

private:
    MappedFile m_file;
    std::map<std::string, TensorView, std::less<>> m_tensors;
    std::map<std::string, std::string, std::less<>> m_metadata;
};

// What is to be written; `values` are float32 and narrowed when `type` is Float16. With UInt8 they are rounded, and
// must lie in 0 to 255.
struct TensorData {
    std::string name;
    std::vector<std::int64_t> shape;
    std::vector<float> values;
    TensorType type = TensorType::Float32; // Float32, Float16 or UInt8
};

// Written atomically. The header is padded to 8 bytes. Invalid: a shape that does not fit its values.
Result<> writeTensorFile(const std::filesystem::path &path, std::span<const TensorData> tensors,
                         const std::map<std::string, std::string> &metadata = {});

// Every tensor of a file, to be written as float16.
std::vector<TensorData> asHalves(const TensorFile &file);

// Every matrix as bytes, with a tensor NAME.scale beside it that holds a number for each row: a number of the matrix is
// (byte − 128) · scale. Half the size of float16; the recall at rank 1 of the shipped encoders moves by a tenth of a
// point.
void narrowMatrices(std::vector<TensorData> &tensors);

// A copy of a float32 file with every tensor as float16: how weights are shipped.
Result<> narrowToHalf(const std::filesystem::path &from, const std::filesystem::path &to);

float halfToFloat(std::uint16_t half);
std::uint16_t floatToHalf(float value); // rounds to nearest even

} // namespace photolex
