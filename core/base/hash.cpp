#include "core/base/hash.h"

#include "core/base/bytes.h"
#include "core/base/mapped_file.h"

#include <array>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <xxhash.h>

namespace photolex {

namespace {

std::string hex(std::span<const unsigned char> digest)
{
    std::string text;
    for (const auto byte : digest)
        text += fmt::format("{:02x}", byte);
    return text;
}

std::string digestHex(const EVP_MD *kind, std::span<const std::byte> bytes)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest = {};
    unsigned int length = 0;
    EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, kind, nullptr);
    return hex(std::span(digest).first(length));
}

} // namespace

std::string sha256Hex(std::span<const std::byte> bytes)
{
    return digestHex(EVP_sha256(), bytes);
}

std::string md5Hex(std::span<const std::byte> bytes)
{
    return digestHex(EVP_md5(), bytes);
}

Result<std::string> sha256HexOfFile(const std::filesystem::path &path)
{
    const auto file = MappedFile::open(path);
    if (!file)
        return fail(file.error());
    return sha256Hex(file->bytes());
}

std::uint64_t xxh3(std::span<const std::byte> bytes)
{
    return XXH3_64bits(bytes.data(), bytes.size());
}

Result<std::uint64_t> xxh3OfFile(const std::filesystem::path &path)
{
    const auto file = MappedFile::open(path);
    if (!file)
        return fail(file.error());
    return xxh3(file->bytes());
}

} // namespace photolex
