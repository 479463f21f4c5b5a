// An HTML gallery: pages of a bounded number of photos with lazy thumbnails, so that ten thousand photos stay readable.
#include "core/base/bytes.h"
#include "core/exchange/chosen_p.h"
#include "core/image/decode.h"
#include "core/image/thumbnail_cache.h"

#include <fmt/format.h>

namespace photolex::exchange {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t photosPerPage = 200;
constexpr int thumbnailSide = 256;

constexpr std::string_view head = R"(<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Photolex</title>
<style>
:root { color-scheme: light dark; }
body { font-family: sans-serif; margin: 16px; }
main { display: grid; grid-template-columns: repeat(auto-fill, minmax(256px, 1fr)); gap: 16px; }
figure { margin: 0; }
img { max-width: 100%; }
.proposal { margin: 4px 0; }
.proposal code { opacity: 0.7; font-size: smaller; }
figcaption { white-space: pre-wrap; overflow-wrap: anywhere; }
small { opacity: 0.7; overflow-wrap: anywhere; }
nav a, nav b { margin-right: 8px; }
</style>
</head>
<body>
)";

std::string escaped(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        case '\'':
            out += "&#39;";
            break;
        case '\r':
            out += "&#13;";
            break; // a bare one would become a line feed
        default:
            out += c;
        }
    }
    return out;
}

std::string pageName(std::size_t page)
{
    return page == 0 ? "index.html" : fmt::format("page{}.html", page + 1);
}

std::string navigation(std::size_t page, std::size_t pages)
{
    if (pages < 2)
        return {};
    std::string links = "<nav>";
    for (std::size_t other = 0; other < pages; ++other)
        links += other == page ? fmt::format("<b>{}</b>", other + 1)
                               : fmt::format("<a href=\"{}\">{}</a>", pageName(other), other + 1);
    return links + "</nav>\n";
}

// What a model wrote for the photo, and in which structure.
std::string proposed(const Chosen &chosen)
{
    if (!chosen.proposal)
        return {};
    return fmt::format("<p class=\"proposal\"><i>{}</i><br><code>{}</code></p>", escaped(chosen.proposal->text),
                       escaped(chosen.proposal->structure));
}

// From the library's cache, made there when it is missing.
Result<std::vector<std::byte>> thumbnail(const image::ThumbnailCache &cache, const Chosen &chosen)
{
    const image::ThumbnailKey key{chosen.photo.id, chosen.photo.stamp.size, chosen.photo.stamp.mtimeNs};
    auto bytes = cache.read(key, thumbnailSide);
    if (bytes)
        return bytes;
    const auto decoded = image::decode(chosen.path, {.wantedShortSide = thumbnailSide});
    if (!decoded)
        return fail(decoded.error());
    if (auto made = cache.write(key, thumbnailSide, decoded->pixels); !made)
        return fail(made.error());
    return cache.read(key, thumbnailSide);
}

} // namespace

Result<Report> writeGallery(const catalogue::Catalogue &catalogue, std::span<const PhotoId> photos,
                            const fs::path &folder, const std::stop_token &stop, const ProgressSink &progress)
{
    const auto cache = image::ThumbnailCache::open(catalogue.library() / "thumbnails");
    if (!cache)
        return fail(cache.error());
    const auto pictures = folder / "thumbnails";
    if (auto writable = writableFolder(pictures); !writable)
        return fail(writable.error());
    Report report;
    std::vector<std::string> figures;
    const auto visited = eachChosen(catalogue, photos, stop, progress, [&](const Chosen &chosen) -> Result<> {
        const auto name = fmt::format("thumbnails/{}.jpg", figures.size() + 1);
        auto picture = thumbnail(*cache, chosen);
        Result<> written;
        if (picture)
            written = writeFileAtomically(folder / name, *picture);
        else
            report.problems.push_back({chosen.path, picture.error()});
        if (!written)
            return written;
        const auto caption = chosen.caption ? escaped(chosen.caption->text) : std::string();
        figures.push_back(fmt::format("<figure>{}<figcaption>{}</figcaption>{}<small>{}</small></figure>\n",
                                      picture ? fmt::format("<img loading=\"lazy\" src=\"{}\" alt=\"\">", name) : "",
                                      caption, proposed(chosen),
                                      escaped(displayText(fs::path(chosen.path).filename()))));
        ++(chosen.caption ? report.written : report.withoutCaption);
        return {};
    });
    if (!visited)
        return fail(visited.error());
    const auto pages = std::max<std::size_t>(1, (figures.size() + photosPerPage - 1) / photosPerPage);
    for (std::size_t page = 0; page < pages; ++page) {
        const auto links = navigation(page, pages);
        auto html = std::string(head) + links + "<main>\n";
        for (auto i = page * photosPerPage; i < std::min(figures.size(), (page + 1) * photosPerPage); ++i)
            html += figures[i];
        html += "</main>\n" + links + "</body>\n</html>\n";
        if (auto written = writeFileAtomically(folder / pageName(page), html); !written)
            return fail(written.error());
    }
    return report;
}

} // namespace photolex::exchange
