#include "core/catalogue/filter_p.h"

#include <algorithm>
#include <chrono>

namespace photolex::catalogue {

namespace {

constexpr auto columns =
    "SELECT id, photo, text, origin, detail, changed_at, entry, structure, score, current FROM caption ";

std::int64_t now()
{
    return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

CaptionOrigin originOf(std::int64_t number)
{
    return static_cast<CaptionOrigin>(std::clamp<std::int64_t>(number, 0, 3));
}

std::vector<Caption> captionsFrom(Query query)
{
    std::vector<Caption> captions;
    while (query.next())
        captions.push_back({.id = {query.number(0)},
                            .photo = {query.number(1)},
                            .text = query.text(2),
                            .origin = originOf(query.number(3)),
                            .detail = query.text(4),
                            .changedAt = query.number(5),
                            .entry = static_cast<CaptionEntry>(std::clamp<std::int64_t>(query.number(6), 0, 6)),
                            .structure = query.text(7),
                            .score = query.real(8),
                            .stands = query.number(9) != 0});
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

// The text of that origin from now on; what stood becomes history.
void replace(Connection &c, const Caption &caption)
{
    (c.query("UPDATE caption SET current = 0 WHERE photo = ? AND origin = ? AND current")
     << caption.photo.value << static_cast<int>(caption.origin))
        .run();
    if (!caption.text.empty())
        (c.query("INSERT INTO caption (photo, text, origin, detail, changed_at, entry, structure, score) "
                 "VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
         << caption.photo.value << caption.text << static_cast<int>(caption.origin) << caption.detail << now()
         << static_cast<int>(caption.entry) << caption.structure << caption.score)
            .run();
    refreshWords(c, caption.photo);
}

void dropDraft(Connection &c, PhotoId photo)
{
    (c.query("DELETE FROM draft WHERE photo = ?") << photo.value).run();
}

ProposedCaption proposed(Connection &c, PhotoId photo)
{
    auto query = c.query("SELECT origin, text, detail, structure, score FROM caption WHERE photo = ? AND current AND "
                         "origin > 1 ORDER BY id DESC LIMIT 1");
    query << photo.value;
    if (!query.next())
        return {};
    return {.origin = originOf(query.number(0)),
            .text = query.text(1),
            .bundle = query.text(2),
            .structure = query.text(3),
            .score = query.real(4)};
}

void propose(Connection &c, PhotoId photo, const ProposedCaption &caption)
{
    (c.query("UPDATE caption SET current = 0 WHERE photo = ? AND origin > 1 AND current") << photo.value).run();
    replace(c, {.photo = photo,
                .text = caption.text,
                .origin = caption.origin,
                .detail = caption.bundle,
                .structure = caption.structure,
                .score = caption.score});
}

bool hasPhoto(Connection &c, PhotoId photo)
{
    auto query = c.query("SELECT 1 FROM photo WHERE id = ?");
    query << photo.value;
    return query.next();
}

} // namespace

Result<std::vector<Caption>> Catalogue::captions(PhotoId photo) const
{
    return m_impl->read([&](Connection &c) {
        auto query = c.query(std::string(columns) + "WHERE photo = ? AND current ORDER BY origin, id");
        query << photo.value;
        return captionsFrom(std::move(query));
    });
}

Result<std::vector<Caption>> Catalogue::captionHistory(PhotoId photo) const
{
    return m_impl->read([&](Connection &c) {
        auto query = c.query(std::string(columns) + "WHERE photo = ? ORDER BY id DESC");
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
        // The same words in another field are no other text: nothing for the history.
        if (const auto before = current(c, photo, CaptionOrigin::File); before && before->first == text)
            (c.query("UPDATE caption SET detail = ? WHERE photo = ? AND origin = ? AND current")
             << field << photo.value << static_cast<int>(CaptionOrigin::File))
                .run();
        else
            replace(c, {.photo = photo,
                        .text = std::string(text),
                        .origin = CaptionOrigin::File,
                        .detail = std::string(field)});
    });
}

Result<> Catalogue::setUserCaption(PhotoId photo, std::string_view text, CaptionEntry entry)
{
    const UserText one{.photo = photo, .text = std::string(text)};
    const auto set = setUserCaptions(std::span(&one, 1), entry);
    return set ? Result<>() : Result<>(fail(set.error()));
}

Result<UserTextsSet> Catalogue::setUserCaptions(std::span<const UserText> texts, CaptionEntry entry)
{
    const auto same = m_impl->read([&](Connection &c) {
        return std::ranges::all_of(texts, [&](const UserText &each) {
            const auto standing = current(c, each.photo, CaptionOrigin::User);
            return (standing ? standing->first : std::string()) == each.text;
        });
    });
    if (!same)
        return fail(same.error());
    if (*same) { // no change that readers need to learn of
        const auto dropped = m_impl->write([&](Connection &c) {
            for (const auto &each : texts)
                dropDraft(c, each.photo);
        });
        return dropped ? Result<UserTextsSet>(UserTextsSet()) : Result<UserTextsSet>(fail(dropped.error()));
    }
    return m_impl->change([&](Connection &c) {
        UserTextsSet set;
        for (const auto &each : texts) {
            const auto standing = current(c, each.photo, CaptionOrigin::User);
            const auto before = standing ? standing->first : std::string();
            if ((each.expected && before != *each.expected) || !hasPhoto(c, each.photo)) {
                set.passedOver.push_back(each.photo);
                continue;
            }
            dropDraft(c, each.photo);
            if (before == each.text)
                continue;
            replace(c, {.photo = each.photo, .text = each.text, .origin = CaptionOrigin::User, .entry = entry});
            set.undo.push_back({each.photo, before, each.text});
        }
        return set;
    });
}

Result<> Catalogue::setProposedCaption(PhotoId photo, const ProposedCaption &caption)
{
    if (caption.origin == CaptionOrigin::User || caption.origin == CaptionOrigin::File)
        return fail(Errc::Invalid, "origin", "a proposal is retrieved or generated");
    const auto known = m_impl->change([&](Connection &c) {
        if (!hasPhoto(c, photo))
            return false;
        propose(c, photo, caption);
        return true;
    });
    if (!known)
        return fail(known.error());
    return *known ? Result<>() : Result<>(fail(Errc::NotFound, "photo", "it is not in the library"));
}

Result<ProposedCaption> Catalogue::proposedCaption(PhotoId photo) const
{
    return m_impl->read([&](Connection &c) { return proposed(c, photo); });
}

Result<std::vector<PhotoId>> Catalogue::setProposedCaptions(std::span<const ProposalChange> changes)
{
    return m_impl->change([&](Connection &c) {
        std::vector<PhotoId> passedOver;
        for (const auto &change : changes) {
            if (!hasPhoto(c, change.photo) || proposed(c, change.photo).text != change.before.text)
                passedOver.push_back(change.photo);
            else
                propose(c, change.photo, change.after);
        }
        return passedOver;
    });
}

Result<std::vector<CaptionState>> Catalogue::captionStates(std::span<const PhotoId> photos) const
{
    return m_impl->read([&](Connection &c) {
        std::vector<CaptionState> states;
        states.reserve(photos.size());
        for (const auto photo : photos) {
            auto query = c.query("SELECT (SELECT min(origin) FROM caption WHERE photo = ?1 AND current), EXISTS "
                                 "(SELECT 1 FROM draft WHERE photo = ?1)");
            query << photo.value;
            const bool isThere = query.next() && !query.isNull(0);
            const auto origin = isThere ? originOf(query.number(0)) : CaptionOrigin::Generated;
            states.push_back(isThere && origin == CaptionOrigin::User ? CaptionState::User
                             : query.number(1) != 0                   ? CaptionState::Draft
                             : !isThere                               ? CaptionState::None
                             : origin == CaptionOrigin::File          ? CaptionState::File
                                                                      : CaptionState::Proposed);
        }
        return states;
    });
}

Result<std::vector<StandingText>> Catalogue::standingTexts(const PhotoFilter &filter, SortKey sort,
                                                           bool descending) const
{
    return m_impl->read([&](Connection &c) {
        const auto text = textOf(filter, rootPath(c, filter.root));
        auto query = c.query("SELECT id, (SELECT origin || text FROM caption WHERE caption.photo = photo.id AND "
                             "current AND origin < 2 ORDER BY origin LIMIT 1) FROM photo " +
                             text.where + orderOf(sort, descending));
        text.bindTo(query);
        std::vector<StandingText> standing;
        while (query.next()) {
            StandingText one{.photo = {query.number(0)}};
            if (!query.isNull(1)) { // one digit for the origin, then the text
                one.text = query.text(1);
                one.origin = originOf(one.text.front() - '0');
                one.text.erase(0, 1);
            }
            standing.push_back(std::move(one));
        }
        return standing;
    });
}

Result<> Catalogue::keepDraft(PhotoId photo, std::string_view text)
{
    return m_impl->write([&](Connection &c) {
        if (hasPhoto(c, photo))
            (c.query("INSERT OR REPLACE INTO draft (photo, text, changed_at) VALUES (?, ?, ?)")
             << photo.value << text << now())
                .run();
    });
}

Result<std::vector<Draft>> Catalogue::drafts() const
{
    return m_impl->read([](Connection &c) {
        auto query = c.query("SELECT photo, text, changed_at FROM draft ORDER BY changed_at, photo");
        std::vector<Draft> drafts;
        while (query.next())
            drafts.push_back({{query.number(0)}, query.text(1), query.number(2)});
        return drafts;
    });
}

} // namespace photolex::catalogue
