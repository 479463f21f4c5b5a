#include "core/catalogue/catalogue_p.h"

#include <algorithm>
#include <chrono>

namespace photolex::catalogue {

namespace {

std::int64_t now()
{
    return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

std::vector<Caption> captionsFrom(Query query)
{
    std::vector<Caption> captions;
    while (query.next())
        captions.push_back({{query.number(0)},
                            {query.number(1)},
                            query.text(2),
                            static_cast<CaptionOrigin>(std::clamp<std::int64_t>(query.number(3), 0, 3)),
                            query.text(4),
                            query.number(5)});
    return captions;
}

// The text that stands now, or nothing.
std::optional<std::pair<std::string, std::string>> current(Connection &c, PhotoId photo, CaptionOrigin origin)
{
    auto query = c.query("SELECT text, detail FROM caption WHERE photo = ? AND origin = ? AND current");
    query << photo.value << static_cast<int>(origin);
    if (!query.next())
        return std::nullopt;
    return std::pair(query.text(0), query.text(1));
}

void insert(Connection &c, PhotoId photo, std::string_view text, CaptionOrigin origin, std::string_view detail)
{
    if (text.empty())
        return;
    (c.query("INSERT INTO caption (photo, text, origin, detail, changed_at) VALUES (?, ?, ?, ?, ?)")
     << photo.value << text << static_cast<int>(origin) << detail << now())
        .run();
}

} // namespace

Result<std::vector<Caption>> Catalogue::captions(PhotoId photo) const
{
    return m_impl->read([&](Connection &c) {
        auto query =
            c.query("SELECT id, photo, text, origin, detail, changed_at FROM caption WHERE photo = ? AND current "
                    "ORDER BY origin, id");
        query << photo.value;
        return captionsFrom(std::move(query));
    });
}

Result<std::vector<Caption>> Catalogue::captionHistory(PhotoId photo) const
{
    return m_impl->read([&](Connection &c) {
        auto query =
            c.query("SELECT id, photo, text, origin, detail, changed_at FROM caption WHERE photo = ? AND origin = "
                    "0 ORDER BY id DESC");
        query << photo.value;
        return captionsFrom(std::move(query));
    });
}

Result<> Catalogue::setFileCaption(PhotoId photo, std::string_view text, std::string_view field)
{
    // Most photos have no caption, and most that have one keep it: neither is a change that readers need to learn of.
    const auto standing = m_impl->read([&](Connection &c) { return current(c, photo, CaptionOrigin::File); });
    if (standing && (*standing ? (*standing)->first == text && (*standing)->second == field : text.empty()))
        return {};
    return m_impl->change([&](Connection &c) {
        (c.query("DELETE FROM caption WHERE photo = ? AND origin = ?")
         << photo.value << static_cast<int>(CaptionOrigin::File))
            .run();
        insert(c, photo, text, CaptionOrigin::File, field);
        refreshWords(c, photo);
    });
}

Result<> Catalogue::setUserCaption(PhotoId photo, std::string_view text)
{
    const auto standing = m_impl->read([&](Connection &c) { return current(c, photo, CaptionOrigin::User); });
    if (standing && (*standing ? (*standing)->first == text : text.empty()))
        return {};
    return m_impl->change([&](Connection &c) {
        (c.query("UPDATE caption SET current = 0 WHERE photo = ? AND origin = ?")
         << photo.value << static_cast<int>(CaptionOrigin::User))
            .run();
        insert(c, photo, text, CaptionOrigin::User, {});
        refreshWords(c, photo);
    });
}

} // namespace photolex::catalogue
