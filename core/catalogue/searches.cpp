#include "core/catalogue/catalogue_p.h"

#include <algorithm>

namespace photolex::catalogue {

namespace {

constexpr int remembered = 200; // recent searches kept; saved ones stay for ever

std::vector<std::string> texts(Query query)
{
    std::vector<std::string> lines;
    while (query.next())
        lines.push_back(query.text(0));
    return lines;
}

} // namespace

Result<> Catalogue::rememberSearch(std::string_view query)
{
    return m_impl->write([&](Connection &c) {
        // A counter, not the clock: two searches within one second keep their order.
        (c.query("INSERT INTO search (query, used) VALUES (?, (SELECT coalesce(max(used), 0) + 1 FROM search)) "
                 "ON CONFLICT (query) DO UPDATE SET used = excluded.used")
         << query)
            .run();
        c.query("UPDATE search SET used = 0 WHERE used <= (SELECT max(used) FROM search) - 200").run();
        c.query("DELETE FROM search WHERE used = 0 AND saved = 0").run();
    });
}

Result<std::vector<std::string>> Catalogue::recentSearches(std::size_t count) const
{
    return m_impl->read([&](Connection &c) {
        auto query = c.query("SELECT query FROM search WHERE used > 0 ORDER BY used DESC LIMIT ?");
        query << static_cast<std::int64_t>(std::min<std::size_t>(count, remembered));
        return texts(std::move(query));
    });
}

Result<> Catalogue::saveSearch(std::string_view query)
{
    return m_impl->write([&](Connection &c) {
        (c.query("INSERT INTO search (query, saved) VALUES (?, (SELECT coalesce(max(saved), 0) + 1 FROM search)) "
                 "ON CONFLICT (query) DO UPDATE SET saved = excluded.saved WHERE saved = 0")
         << query)
            .run();
    });
}

Result<> Catalogue::removeSavedSearch(std::string_view query)
{
    return m_impl->write([&](Connection &c) {
        (c.query("UPDATE search SET saved = 0 WHERE query = ?") << query).run();
        c.query("DELETE FROM search WHERE used = 0 AND saved = 0").run();
    });
}

Result<std::vector<std::string>> Catalogue::savedSearches() const
{
    return m_impl->read(
        [](Connection &c) { return texts(c.query("SELECT query FROM search WHERE saved > 0 ORDER BY saved")); });
}

Result<> Catalogue::saveExpression(std::string_view name, std::string_view text)
{
    if (name.empty())
        return fail(Errc::Invalid, "name", "an expression needs a name");
    return m_impl->write([&](Connection &c) {
        (c.query("INSERT INTO expression (name, text, position) "
                 "VALUES (?, ?, (SELECT coalesce(max(position), 0) + 1 FROM expression)) "
                 "ON CONFLICT (name) DO UPDATE SET text = excluded.text")
         << name << text)
            .run();
    });
}

Result<> Catalogue::removeSavedExpression(std::string_view name)
{
    return m_impl->write([&](Connection &c) { (c.query("DELETE FROM expression WHERE name = ?") << name).run(); });
}

Result<std::vector<Catalogue::SavedExpression>> Catalogue::savedExpressions() const
{
    return m_impl->read([](Connection &c) {
        auto query = c.query("SELECT name, text FROM expression ORDER BY position");
        std::vector<SavedExpression> saved;
        while (query.next())
            saved.push_back({query.text(0), query.text(1)});
        return saved;
    });
}

Result<std::optional<std::string>> Catalogue::savedExpression(std::string_view name) const
{
    return m_impl->read([&](Connection &c) -> std::optional<std::string> {
        auto query = c.query("SELECT text FROM expression WHERE name = ?");
        query << name;
        if (!query.next())
            return std::nullopt;
        return query.text(0);
    });
}

Result<std::optional<std::string>> Catalogue::setting(std::string_view key) const
{
    return m_impl->read([&](Connection &c) -> std::optional<std::string> {
        auto query = c.query("SELECT value FROM setting WHERE key = ?");
        query << key;
        if (!query.next())
            return std::nullopt;
        return query.text(0);
    });
}

Result<> Catalogue::setSetting(std::string_view key, std::string_view value)
{
    return m_impl->write([&](Connection &c) {
        (c.query("INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)") << key << value).run();
    });
}

} // namespace photolex::catalogue
