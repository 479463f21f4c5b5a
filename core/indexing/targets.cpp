// Which roots, and what parts of them, a person means with a list of folders.
#include "core/base/bytes.h"
#include "core/indexing/scan_p.h"

#include <algorithm>
#include <cerrno>
#include <sys/stat.h>

namespace photolex::indexing {

namespace fs = std::filesystem;

namespace {

fs::path plainAbsolute(const fs::path &folder)
{
    std::error_code error;
    auto path = fs::absolute(folder, error);
    // ".." behind a symbolic link means the parent of where it leads.
    const bool climbs = std::find(path.begin(), path.end(), "..") != path.end();
    path = climbs ? fs::weakly_canonical(path, error) : path.lexically_normal();
    if (!path.has_filename() && path.has_relative_path())
        path = path.parent_path();
    return path;
}

std::string realOf(const fs::path &path)
{
    std::error_code error;
    const auto real = fs::canonical(path, error);
    return error ? path.native() : real.native();
}

std::string relativeTo(std::string_view path, std::string_view folder)
{
    if (path.size() == folder.size())
        return {};
    return std::string(path.substr(folder == "/" ? 1 : folder.size() + 1));
}

// The innermost root that holds the path, as the person spelled it or by where links lead.
std::optional<ScanTarget> within(const std::vector<catalogue::Root> &roots, const fs::path &folder)
{
    std::optional<ScanTarget> found;
    std::size_t longest = 0;
    const auto consider = [&](const catalogue::Root &root, const std::string &rootPath, const std::string &path) {
        if (liesIn(path, rootPath) && rootPath.size() >= longest) {
            longest = rootPath.size();
            found = ScanTarget{root, relativeTo(path, rootPath)};
        }
    };
    for (const auto &root : roots)
        consider(root, root.path.native(), folder.native());
    if (!found) {
        const auto real = realOf(folder);
        for (const auto &root : roots)
            consider(root, realOf(root.path), real);
    }
    return found;
}

} // namespace

Result<std::vector<ScanTarget>> targetsOf(catalogue::Catalogue &catalogue, std::span<const fs::path> folders)
{
    auto roots = catalogue.roots();
    if (!roots)
        return fail(roots.error());
    std::vector<ScanTarget> targets;
    if (folders.empty()) {
        for (const auto &root : *roots)
            targets.push_back({root, {}});
        return targets;
    }
    // Refused before anything is added: a list with a wrong folder changes nothing.
    std::vector<fs::path> wanted;
    for (const auto &folder : folders) {
        auto path = plainAbsolute(folder);
        if (!within(*roots, path)) {
            struct stat status {};
            if (::stat(path.c_str(), &status) != 0)
                return fail(systemError(errno, displayText(path)));
            if (!S_ISDIR(status.st_mode))
                return fail(Errc::Invalid, displayText(path), "not a folder");
        }
        wanted.push_back(std::move(path));
    }
    for (const auto &path : wanted) {
        auto target = within(*roots, path);
        if (!target) {
            const auto id = catalogue.addRoot(path);
            if (!id)
                return fail(id.error());
            target = ScanTarget{{.id = *id, .path = path}, {}};
            roots->push_back(target->root);
        }
        targets.push_back(*target);
    }
    // Roots below a wanted folder are part of what the person sees in it.
    for (const auto &root : *roots)
        for (const auto &path : wanted)
            if (root.path != path && liesIn(root.path.native(), path.native()))
                targets.push_back({root, {}});
    // Outer targets first, then what lies in one of them goes.
    std::stable_sort(targets.begin(), targets.end(),
                     [](const ScanTarget &a, const ScanTarget &b) { return a.below.size() < b.below.size(); });
    std::vector<ScanTarget> distinct;
    for (auto &target : targets) {
        const bool covered = std::any_of(distinct.begin(), distinct.end(), [&](const ScanTarget &other) {
            return other.root.id == target.root.id && liesIn(target.below, other.below);
        });
        if (!covered)
            distinct.push_back(std::move(target));
    }
    return distinct;
}

} // namespace photolex::indexing
