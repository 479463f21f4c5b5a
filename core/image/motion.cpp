#include "core/image/motion.h"

#include "core/base/mapped_file.h"
#include "core/image/boxes_p.h"

#include <cstdlib>

namespace photolex::image {

namespace {

constexpr std::int64_t epoch1904 = 2'082'844'800; // seconds from 1904 to 1970
constexpr std::int64_t quarterHour = 900;         // time zones differ by multiples of it
constexpr std::int64_t farthestZone = 14 * 3600;  // from Greenwich
constexpr std::int64_t mostSecondsApart = 5;      // the film begins before the photo and is dated after it
constexpr std::uint64_t longestSeconds = 10;      // phones take three

struct Film {
    std::int64_t madeAt = 0; // seconds since 1970, Greenwich
    bool isShort = false;
};

// From the head of the film (moov/mvhd of QuickTime and MP4).
std::optional<Film> readFilm(const std::filesystem::path &file)
{
    const auto mapped = MappedFile::open(file);
    if (!mapped || mapped->bytes().size() < 16)
        return std::nullopt;
    const auto moov = Cursor(mapped->bytes()).find("moov");
    const auto head = moov ? Cursor(*moov).find("mvhd") : std::nullopt;
    if (!head)
        return std::nullopt;
    Cursor cursor(*head);
    const int bytes = cursor.number(1) == 1 ? 8 : 4;
    cursor.skip(3);
    const auto made = static_cast<std::int64_t>(cursor.number(bytes));
    cursor.skip(static_cast<std::size_t>(bytes));
    const auto unitsPerSecond = cursor.number(4);
    if (!cursor.has(static_cast<std::size_t>(bytes)) || unitsPerSecond == 0)
        return std::nullopt;
    return Film{made - epoch1904, cursor.number(bytes) / unitsPerSecond <= longestSeconds};
}

bool isSameMoment(std::int64_t local, std::int64_t greenwich)
{
    const auto apart = std::llabs(local - greenwich);
    const auto rest = apart % quarterHour;
    return apart <= farthestZone + mostSecondsApart && std::min(rest, quarterHour - rest) <= mostSecondsApart;
}

} // namespace

std::filesystem::path motionBeside(const std::filesystem::path &photo, std::optional<std::int64_t> takenAt)
{
    if (!takenAt)
        return {};
    for (const auto *extension : {".MOV", ".mov", ".MP4", ".mp4"}) {
        const auto file = std::filesystem::path(photo).replace_extension(extension);
        if (const auto film = readFilm(file); film && film->isShort && isSameMoment(*takenAt, film->madeAt))
            return file;
    }
    return {};
}

} // namespace photolex::image
