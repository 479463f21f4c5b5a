// One release of the shutter, several files: a RAW file and the JPEG or HEIC that the camera wrote with it.
//
// The same stem in one folder is not enough, for numbers start again and people copy: both must say the same time
// (from EXIF or XMP, to the second) and the same camera.
#include "core/catalogue/catalogue_p.h"

#include <algorithm>
#include <cstdlib>

namespace photolex::catalogue {

namespace {

constexpr std::int64_t mostSecondsApart = 1;

std::string_view stemOf(std::string_view name)
{
    const auto dot = name.rfind('.');
    return dot == std::string_view::npos || dot == 0 ? name : name.substr(0, dot);
}

struct File {
    PhotoId id;
    bool isRaw = false;
    std::int64_t takenAt = 0;
    std::string camera;
};

// The files of one folder and stem that say when they were taken.
std::vector<File> filesOfStem(Connection &c, std::int64_t folder, std::string_view stem)
{
    // '/' follows '.': every name that begins with "STEM." lies between the two.
    auto query = c.query("SELECT id, name, format, taken_at, camera FROM photo WHERE folder = ? AND name > ? AND "
                         "name < ? AND taken_at IS NOT NULL AND taken_source IN (1, 2) "
                         "AND format IN ('RAW', 'JPEG', 'HEIC') ORDER BY name, id");
    (query << folder).blob(std::string(stem) + ".").blob(std::string(stem) + "/");
    std::vector<File> files;
    while (query.next())
        if (stemOf(query.text(1)) == stem)
            files.push_back({{query.number(0)}, query.text(2) == "RAW", query.number(3), query.text(4)});
    return files;
}

} // namespace

void joinCompanions(Connection &connection, PhotoId photo, std::int64_t folder, std::string_view name)
{
    const auto files = filesOfStem(connection, folder, stemOf(name));
    // What this photo was before, perhaps elsewhere, no longer counts.
    (connection.query("UPDATE photo SET companion_of = NULL WHERE companion_of = ?") << photo.value).run();
    const auto join = [&](PhotoId raw, const File *shown) {
        auto update = connection.query("UPDATE photo SET companion_of = ?2 WHERE id = ?1 AND companion_of IS NOT ?2");
        update << raw.value;
        if (shown)
            update << shown->id.value;
        else
            update << nullptr;
        update.run();
    };
    if (std::ranges::none_of(files, [&](const File &file) { return file.isRaw && file.id == photo; }))
        join(photo, nullptr);
    for (const auto &raw : files) {
        if (!raw.isRaw)
            continue;
        const auto shown = std::ranges::find_if(files, [&](const File &file) {
            return !file.isRaw && std::llabs(file.takenAt - raw.takenAt) <= mostSecondsApart &&
                   file.camera == raw.camera;
        });
        join(raw.id, shown == files.end() ? nullptr : &*shown);
    }
}

} // namespace photolex::catalogue
