#include "ui/map/map_colours.h"

#include "core/embedding/rows.h"
#include "ui/common/photo_text.h"
#include "ui/style/theme.h"

#include <QDateTime>
#include <QLocale>
#include <QTimeZone>
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <unordered_map>

namespace photolex::ui {

namespace {

// Apart in hue, and close in lightness, so that no kind looks more important than another.
constexpr std::array<QRgb, kindColours> kinds = {0xff2f7fb8, 0xffd0743c, 0xff4b9b56, 0xffb5506b,
                                                 0xff7d67b8, 0xff8f7a2e, 0xff2f9a97, 0xffb3589c,
                                                 0xff6d8a34, 0xff5c6f8a, 0xffc4524a, 0xff3f6fcf};
// Old to new: the order can be seen without hue, by lightness alone.
constexpr std::array<QRgb, 5> ages = {0xff4b3f86, 0xff3f6fb0, 0xff2f9a8f, 0xff7fb84f, 0xffe0b93a};

QRgb onRamp(std::span<const QRgb> stops, double share)
{
    const double at = std::clamp(share, 0.0, 1.0) * static_cast<double>(stops.size() - 1);
    const auto first = std::min(static_cast<std::size_t>(at), stops.size() - 2);
    return blend(QColor(stops[first]), QColor(stops[first + 1]), at - static_cast<double>(first)).rgb();
}

} // namespace

QColor kindColour(int kind, bool dark)
{
    const QColor colour(kinds[static_cast<std::size_t>(kind) % kinds.size()]);
    return dark ? blend(colour, Qt::white, 0.22) : colour;
}

QRgb colourOf(const DotColours &colours, std::uint16_t value, bool dark)
{
    if (!colours.isRamp())
        return kindColour(value, dark).rgb();
    const double share = value / double{DotColours::steps};
    if (colours.by == ColourBy::Date)
        return onRamp(ages, share);
    const std::array<QRgb, 3> nearness = {dark ? 0xff4a4c50 : 0xffd3d3d0, dark ? 0xff4f7f8a : 0xff8fb6bd,
                                          dark ? 0xffffb454 : 0xffc2410c};
    return onRamp(nearness, share);
}

DotColours groupColours(std::span<const std::int32_t> groups)
{
    DotColours colours;
    colours.value.reserve(groups.size());
    for (const auto group : groups)
        colours.value.push_back(static_cast<std::uint16_t>(std::clamp(group, 0, 0xffff)));
    return colours;
}

Result<DotColours> dateColours(const catalogue::Catalogue &catalogue, std::span<const PhotoId> photos)
{
    // By order and not by time: of a library of twenty years, the last two would share one colour.
    const auto ordered = catalogue.photoIds({}, catalogue::SortKey::TakenAt, false);
    if (!ordered)
        return fail(ordered.error());
    std::unordered_map<PhotoId, std::size_t> rank;
    for (const auto photo : *ordered)
        rank.emplace(photo, rank.size());
    DotColours colours;
    colours.by = ColourBy::Date;
    std::size_t least = ordered->size(), most = 0;
    for (const auto photo : photos) {
        const auto found = rank.find(photo);
        const auto at = found == rank.end() ? std::size_t{0} : found->second;
        least = std::min(least, at);
        most = std::max(most, at);
        colours.value.push_back(
            static_cast<std::uint16_t>(at * DotColours::steps / std::max<std::size_t>(ordered->size() - 1, 1)));
    }
    if (ordered->empty() || least > most)
        return colours;
    const auto dayOf = [&](std::size_t at) {
        const auto photo = catalogue.photo((*ordered)[at]);
        const auto taken = photo && *photo ? (*photo)->takenAt.value_or((*photo)->stamp.mtimeNs / 1'000'000'000) : 0;
        return QDateTime::fromSecsSinceEpoch(taken, QTimeZone::utc()).date();
    };
    const QDate first = dayOf(least), last = dayOf(most);
    const bool isOneMonth = first.year() == last.year() && first.month() == last.month();
    for (const QDate &day : {first, last})
        colours.names.push_back(isOneMonth ? QLocale().toString(day, QLocale::ShortFormat)
                                           : monthText(day.year(), day.month()));
    return colours;
}

Result<DotColours> folderColours(const catalogue::Catalogue &catalogue, std::span<const PhotoId> photos)
{
    const auto rows = catalogue.photos(photos);
    if (!rows)
        return fail(rows.error());
    const auto roots = catalogue.roots();
    if (!roots)
        return fail(roots.error());
    std::unordered_map<PhotoId, std::string> folderOf;
    std::map<std::string, std::size_t> counts;
    for (const auto &row : *rows) {
        const auto root = std::ranges::find(*roots, row.root, &catalogue::Root::id);
        if (root == roots->end())
            continue;
        auto folder = (root->path / row.relativePath).parent_path().native();
        ++counts[folder];
        folderOf.emplace(row.id, std::move(folder));
    }
    std::vector<std::pair<std::string, std::size_t>> bySize(counts.begin(), counts.end());
    std::ranges::stable_sort(bySize, std::ranges::greater(), &std::pair<std::string, std::size_t>::second);
    DotColours colours;
    colours.by = ColourBy::Folder;
    std::unordered_map<std::string, std::uint16_t> kindOf;
    for (const auto &[folder, count] : bySize) {
        kindOf.emplace(folder, static_cast<std::uint16_t>(kindOf.size()));
        colours.names.push_back(fileName(folder));
    }
    for (const auto photo : photos) {
        const auto folder = folderOf.find(photo);
        colours.value.push_back(folder == folderOf.end() ? std::uint16_t{0} : kindOf[folder->second]);
    }
    return colours;
}

Result<DotColours> nearnessColours(const search::Engine &engine, std::span<const PhotoId> photos,
                                   std::span<const float> point)
{
    const auto rows = engine.rows();
    if (!rows)
        return fail(rows.error());
    if (point.size() != static_cast<std::size_t>((*rows)->dimension()))
        return fail(Errc::Invalid, "point", "it is of another encoder");
    std::vector<float> scores((*rows)->size());
    embedding::scoreAll(**rows, point, scores);
    const auto [least, most] = std::ranges::minmax_element(scores);
    DotColours colours;
    colours.by = ColourBy::Nearness;
    for (const auto photo : photos) {
        const auto row = (*rows)->indexOf(photo);
        const float width = row < 0 ? 0 : *most - *least;
        // Squared: the few that are near should stand out from the many that are not.
        const float share = width > 0 ? (scores[static_cast<std::size_t>(row)] - *least) / width : 0;
        colours.value.push_back(static_cast<std::uint16_t>(std::lround(share * share * DotColours::steps)));
    }
    return colours;
}

} // namespace photolex::ui
