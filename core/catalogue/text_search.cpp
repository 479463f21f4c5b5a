#include "core/catalogue/catalogue_p.h"

#include <algorithm>
#include <array>

namespace photolex::catalogue {

namespace {

constexpr std::array columnNames{"caption", "keyword", "title", "name", "folder"};

std::string withoutExtension(const std::string &name)
{
    const auto dot = name.rfind('.');
    return dot == std::string::npos || dot == 0 || name.size() - dot > 6 ? name : name.substr(0, dot);
}

} // namespace

void refreshWords(Connection &c, PhotoId photo)
{
    std::array<std::string, columnNames.size()> fresh;
    {
        auto row = c.query("SELECT name, absolute, root.path, title, keywords FROM photo JOIN folder ON folder.id = "
                           "photo.folder JOIN root ON root.id = folder.root WHERE photo.id = ?");
        row << photo.value;
        if (!row.next())
            return;
        auto keywords = row.text(4);
        std::replace(keywords.begin(), keywords.end(), '\x1f', '\n');
        // The root's own name counts as a folder; what lies above it is where the disk is, not what is on it.
        const auto root = row.text(2);
        const auto folder = row.text(1).substr(std::min(root.rfind('/') + 1, row.text(1).size()));
        fresh = {"", normalized(keywords), normalized(row.text(3)), wordsOfName(withoutExtension(row.text(0))),
                 wordsOfName(folder)};
    }
    {
        auto row = c.query("SELECT text FROM caption WHERE photo = ? AND current ORDER BY origin, id");
        row << photo.value;
        while (row.next())
            fresh[0] += (fresh[0].empty() ? "" : "\n") + normalized(row.text(0));
    }
    {
        auto row = c.query("SELECT caption, keyword, title, name, folder FROM words WHERE rowid = ?");
        row << photo.value;
        if (row.next()) {
            bool same = true;
            for (std::size_t column = 0; column < fresh.size(); ++column)
                same = same && row.text(static_cast<int>(column)) == fresh[column];
            if (same)
                return;
        }
    }
    auto write =
        c.query("INSERT OR REPLACE INTO words (rowid, caption, keyword, title, name, folder) VALUES (?,?,?,?,?,?)");
    write << photo.value;
    for (const auto &text : fresh)
        write << text;
    write.run();
}

Result<std::vector<Catalogue::TextHit>> Catalogue::findText(std::span<const std::string> words, std::size_t limit) const
{
    const auto expression = matchExpression(words);
    if (expression.empty() || limit == 0)
        return std::vector<TextHit>{};
    return m_impl->read([&](Connection &c) {
        // What people wrote weighs more than what a camera named. Marked copies tell where the words were found.
        auto query = c.query(
            "SELECT rowid, -bm25(words, 10, 8, 6, 3, 2) AS nearness, highlight(words, 0, char(1), ''), "
            "highlight(words, 1, "
            "char(1), ''), highlight(words, 2, char(1), ''), highlight(words, 3, char(1), ''), highlight(words, 4, "
            "char(1), '') FROM words WHERE words MATCH ? AND rank MATCH 'bm25(10, 8, 6, 3, 2)' ORDER BY rank, rowid "
            "LIMIT ?");
        query << expression << static_cast<std::int64_t>(std::min<std::size_t>(limit, 1 << 30));
        std::vector<TextHit> hits;
        while (query.next()) {
            std::size_t best = 0;
            std::ptrdiff_t most = 0;
            for (std::size_t column = 0; column < columnNames.size(); ++column) {
                const auto marked = query.text(static_cast<int>(column) + 2);
                const auto marks = std::count(marked.begin(), marked.end(), '\x01');
                if (marks > most) {
                    most = marks;
                    best = column;
                }
            }
            hits.push_back({{query.number(0)}, query.real(1), columnNames[best]});
        }
        return hits;
    });
}

} // namespace photolex::catalogue
