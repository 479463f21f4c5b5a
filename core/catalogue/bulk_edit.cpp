#include "core/catalogue/bulk_edit.h"

#include "core/base/bytes.h"
#include "core/catalogue/catalogue_p.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <fmt/format.h>
#include <functional>
#include <memory>
#include <unicode/regex.h>
#include <unicode/unistr.h>

namespace photolex::catalogue {

namespace {

constexpr std::size_t mostBytes = 1'000'000; // of a caption
// ICU counts the steps of its matcher in units of ten thousand, about a millisecond; what does not run away needs none.
// Its stack holds the places that it may come back to.
constexpr int mostUnits = 150, mostUnitsInAll = 3000;
constexpr std::int32_t stackBytes = 8 << 20;

icu::UnicodeString wide(std::string_view text)
{
    return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

std::string narrow(const icu::UnicodeString &text)
{
    std::string bytes;
    text.toUTF8String(bytes);
    return bytes;
}

// Every sign that a pattern could take for its own gets a backslash.
std::string literally(std::string_view text)
{
    std::string pattern;
    for (const char sign : text) {
        if (static_cast<unsigned char>(sign) < 0x80 && !std::isalnum(static_cast<unsigned char>(sign)))
            pattern += '\\';
        pattern += sign;
    }
    return pattern;
}

class Replacer {
public:
    static Result<std::unique_ptr<Replacer>> create(const BulkEdit &edit)
    {
        if (edit.find.empty())
            return fail(Errc::Invalid, "find", "there is nothing to look for");
        std::string pattern = edit.isPattern ? edit.find : literally(edit.find);
        std::int32_t added = 0;
        if (edit.wholeWords) { // \b would find no border beside signs, as in "C++"
            constexpr std::string_view before = "(?<![\\p{L}\\p{N}\\p{M}_])(?:";
            added = static_cast<std::int32_t>(before.size());
            pattern = fmt::format("{}{})(?![\\p{{L}}\\p{{N}}\\p{{M}}_])", before, pattern);
        }
        auto made = std::make_unique<Replacer>();
        UParseError at{};
        UErrorCode status = U_ZERO_ERROR;
        made->m_pattern.reset(icu::RegexPattern::compile(
            wide(pattern), edit.matchCase ? 0 : static_cast<std::uint32_t>(UREGEX_CASE_INSENSITIVE), at, status));
        if (U_FAILURE(status))
            return fail(Errc::Invalid, edit.find,
                        fmt::format("not a regular expression, at character {} ({})", std::max(1, at.offset - added),
                                    u_errorName(status)));
        made->m_matcher.reset(made->m_pattern->matcher(status));
        made->m_matcher->setStackLimit(stackBytes, status);
        made->m_find = edit.find;
        made->m_text = wide(edit.isPattern ? edit.text : literally(edit.text));
        if (U_FAILURE(status))
            return fail(Errc::Internal, edit.find, u_errorName(status));
        return made;
    }

    Result<std::string> apply(const std::string &caption, const std::stop_token &stop)
    {
        const icu::UnicodeString text = wide(caption);
        UErrorCode status = U_ZERO_ERROR;
        m_stop = &stop;
        m_units = 0;
        m_matcher->setMatchCallback(
            [](const void *context, std::int32_t) -> UBool {
                return static_cast<const Replacer *>(context)->mayGoOn();
            },
            this, status);
        m_matcher->reset(text);
        icu::UnicodeString replaced;
        while (m_matcher->find(status) && U_SUCCESS(status)) {
            m_matcher->appendReplacement(replaced, m_text, status);
            if (static_cast<std::size_t>(replaced.length()) > mostBytes)
                return fail(Errc::TooLarge, m_find, "this makes a caption longer than a megabyte");
        }
        if (stop.stop_requested())
            return fail(Errc::Cancelled, m_find);
        if (status == U_REGEX_STOPPED_BY_CALLER || status == U_REGEX_STACK_OVERFLOW)
            return fail(
                Errc::TooLarge, m_find,
                fmt::format("this pattern takes too long, here on a caption of {} characters", text.countChar32()));
        if (status == U_INDEX_OUTOFBOUNDS_ERROR || status == U_REGEX_INVALID_CAPTURE_GROUP_NAME)
            return fail(Errc::Invalid, narrow(m_text), "the replacement names a group that the pattern lacks");
        if (U_FAILURE(status))
            return fail(Errc::Invalid, m_find, u_errorName(status));
        m_matcher->appendTail(replaced);
        return narrow(replaced);
    }

private:
    bool mayGoOn() const
    {
        ++m_unitsInAll;
        return ++m_units <= mostUnits && m_unitsInAll <= mostUnitsInAll && !m_stop->stop_requested();
    }

    mutable int m_units = 0, m_unitsInAll = 0; // counted from inside a match, where this is const
    const std::stop_token *m_stop = nullptr;
    std::unique_ptr<icu::RegexPattern> m_pattern;
    std::unique_ptr<icu::RegexMatcher> m_matcher;
    icu::UnicodeString m_text;
    std::string m_find;
};

// --- templates ---

struct Subject {
    const Photo &photo;
    const std::string &path; // absolute
    const std::string &caption;
    std::int64_t number;
};

std::string dateOf(const Subject &subject, int from, int count)
{
    if (!subject.photo.takenAt)
        return {};
    // Seconds of the camera's clock, without a zone: what the clock showed follows from them alone.
    const std::chrono::seconds since{*subject.photo.takenAt};
    const auto day = std::chrono::floor<std::chrono::days>(since);
    const auto second = (since - day).count();
    const std::chrono::year_month_day date{std::chrono::sys_days{day}};
    const auto text =
        fmt::format("{:04}-{:02}-{:02} {:02}:{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                    static_cast<unsigned>(date.day()), second / 3600, second / 60 % 60);
    return text.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(count));
}

std::string shown(const std::filesystem::path &name)
{
    return displayText(name.native());
}

struct Field {
    std::string_view name;
    std::string (*value)(const Subject &);
};
constexpr std::array fields = {
    Field{"folder", [](const Subject &s) { return shown(std::filesystem::path(s.path).parent_path().filename()); }},
    Field{"parent",
          [](const Subject &s) { return shown(std::filesystem::path(s.path).parent_path().parent_path().filename()); }},
    Field{"name", [](const Subject &s) { return shown(std::filesystem::path(s.path).stem()); }},
    Field{"file", [](const Subject &s) { return shown(std::filesystem::path(s.path).filename()); }},
    Field{"date", [](const Subject &s) { return dateOf(s, 0, 10); }},
    Field{"year", [](const Subject &s) { return dateOf(s, 0, 4); }},
    Field{"month", [](const Subject &s) { return dateOf(s, 5, 2); }},
    Field{"day", [](const Subject &s) { return dateOf(s, 8, 2); }},
    Field{"time", [](const Subject &s) { return dateOf(s, 11, 5); }},
    Field{"camera", [](const Subject &s) { return s.photo.camera; }},
    Field{"title", [](const Subject &s) { return s.photo.title; }},
    Field{"number", [](const Subject &s) { return std::to_string(s.number); }},
    Field{"caption", [](const Subject &s) { return s.caption; }},
};

// Plain text and fields in turn.
class Template {
public:
    static Result<Template> create(std::string_view text)
    {
        Template made;
        made.m_plain.emplace_back();
        for (std::size_t at = 0; at < text.size(); ++at) {
            if (text[at] != '{') {
                made.m_plain.back() += text[at];
            } else if (text.substr(at, 2) == "{{") {
                made.m_plain.back() += text[at++];
            } else {
                const auto end = text.find('}', at);
                if (end == std::string_view::npos)
                    return fail(Errc::Invalid, std::string(text), "a { without its }");
                const auto name = text.substr(at + 1, end - at - 1);
                const auto field = std::ranges::find(fields, name, &Field::name);
                if (field == fields.end())
                    return fail(Errc::Invalid, std::string(text), fmt::format("nothing is called {{{}}}", name));
                made.m_fields.push_back(field);
                made.m_plain.emplace_back();
                at = end;
            }
        }
        return made;
    }

    // Nothing: the photo lacks one of the fields.
    std::optional<std::string> fill(const Subject &subject) const
    {
        std::string text = m_plain.front();
        for (std::size_t i = 0; i < m_fields.size(); ++i) {
            const auto value = m_fields[i]->value(subject);
            if (value.empty())
                return std::nullopt;
            text += value + m_plain[i + 1];
        }
        return text;
    }

private:
    std::vector<std::string> m_plain; // one more than fields
    std::vector<const Field *> m_fields;
};

bool isSpace(char sign)
{
    return sign == ' ' || sign == '\n' || sign == '\t' || sign == '\r';
}

// With a space between, unless one is there or one of the two is empty.
std::string joined(const std::string &first, const std::string &second)
{
    if (first.empty() || second.empty())
        return first + second;
    return first + (isSpace(first.back()) || isSpace(second.front()) ? "" : " ") + second;
}

using Change = std::function<Result<std::optional<std::string>>(const Subject &)>;

Result<Change> changeOf(const BulkEdit &edit, const std::stop_token &stop)
{
    if (edit.kind == BulkKind::Replace) {
        auto replacer = Replacer::create(edit);
        if (!replacer)
            return fail(replacer.error());
        return Change([replacer = std::shared_ptr(std::move(*replacer)),
                       stop](const Subject &subject) -> Result<std::optional<std::string>> {
            auto text = replacer->apply(subject.caption, stop);
            return text ? Result<std::optional<std::string>>(std::move(*text)) : fail(text.error());
        });
    }
    auto filled = Template::create(edit.text);
    if (!filled)
        return fail(filled.error());
    return Change(
        [filled = std::move(*filled), kind = edit.kind](const Subject &subject) -> Result<std::optional<std::string>> {
            auto text = filled.fill(subject);
            if (text && kind == BulkKind::Prepend)
                text = joined(*text, subject.caption);
            if (text && kind == BulkKind::Append)
                text = joined(subject.caption, *text);
            return text;
        });
}

} // namespace

Result<BulkPreview> bulkChanges(const Catalogue &catalogue, std::span<const PhotoId> photos, const BulkEdit &edit,
                                const std::stop_token &stop)
{
    if (!isValidUtf8(edit.find) || !isValidUtf8(edit.text))
        return fail(Errc::Invalid, "text", "not UTF-8");
    const auto change = changeOf(edit, stop);
    if (!change)
        return fail(change.error());
    BulkPreview preview;
    std::int64_t number = 0;
    for (const auto id : photos) {
        if (stop.stop_requested())
            return fail(Errc::Cancelled, "captions");
        ++number;
        const auto captions = catalogue.captions(id);
        if (!captions)
            return fail(captions.error());
        // In order of origin, so that the user's comes before the file's, and proposals after both.
        const bool has = !captions->empty() && captions->front().origin <= CaptionOrigin::File;
        const std::string before = has ? captions->front().text : std::string();
        if (edit.kind == BulkKind::Replace && !has) {
            ++preview.unchanged;
            continue;
        }
        std::optional<Photo> photo;
        std::string path;
        if (edit.kind != BulkKind::Replace) {
            auto read = catalogue.photo(id);
            auto absolute = catalogue.absolutePath(id);
            if (!read || !absolute || !*read)
                continue; // left the library meanwhile
            photo = std::move(*read);
            path = std::move(*absolute);
        }
        static const Photo none;
        auto after = (*change)({photo ? *photo : none, path, before, number});
        if (!after)
            return fail(after.error());
        if (*after && (*after)->size() > mostBytes)
            return fail(Errc::TooLarge, edit.text, "this makes a caption longer than a megabyte");
        if (!*after)
            ++preview.unknown;
        else if (**after == before)
            ++preview.unchanged;
        else
            preview.changes.push_back(
                {id, before, std::move(**after), has ? captions->front().origin : CaptionOrigin::User});
    }
    return preview;
}

std::vector<UserText> userTexts(std::span<const BulkChange> changes)
{
    std::vector<UserText> texts;
    texts.reserve(changes.size());
    for (const auto &change : changes)
        texts.push_back(
            {change.photo, change.after, change.origin == CaptionOrigin::User ? change.before : std::string()});
    return texts;
}

} // namespace photolex::catalogue
