// Dates as cameras, programs and file names write them.
#include "core/image/dates_p.h"

#include <array>
#include <chrono>

namespace photolex::image {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

class Scanner {
public:
    explicit Scanner(std::string_view text)
        : m_text(text)
    {
    }

    bool atEnd() const { return m_at >= m_text.size(); }
    std::size_t position() const { return m_at; }
    std::string_view rest() const { return m_text.substr(m_at); }
    void skipSpaces()
    {
        while (!atEnd() && m_text[m_at] == ' ')
            ++m_at;
    }
    // Exactly that many digits.
    std::optional<int> number(std::size_t digits)
    {
        if (m_text.size() - m_at < digits)
            return std::nullopt;
        int value = 0;
        for (std::size_t i = 0; i < digits; ++i) {
            if (!isDigit(m_text[m_at + i]))
                return std::nullopt;
            value = value * 10 + (m_text[m_at + i] - '0');
        }
        m_at += digits;
        return value;
    }
    bool oneOf(std::string_view characters)
    {
        if (atEnd() || characters.find(m_text[m_at]) == std::string_view::npos)
            return false;
        ++m_at;
        return true;
    }

private:
    std::string_view m_text;
    std::size_t m_at = 0;
};

std::optional<std::int64_t> seconds(int year, int month, int day, int hour, int minute, int second)
{
    using namespace std::chrono;
    // Photography begins in 1826; what lies outside is a cleared or scrambled field.
    if (year < 1826 || year > 9998)
        return std::nullopt;
    const year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                              std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok() || hour > 23 || minute > 59 || second > 60)
        return std::nullopt;
    const auto days = sys_days(date).time_since_epoch();
    const auto total = duration_cast<std::chrono::seconds>(days).count() + hour * 3600 + minute * 60 + second;
    // Clocks that were never set begin at these two.
    constexpr std::int64_t unixZero = 0, macZero = -2'082'844'800; // 1970-01-01 and 1904-01-01
    if (total == unixZero || total == macZero)
        return std::nullopt;
    return total;
}

} // namespace

std::optional<std::int64_t> parseDate(std::string_view text)
{
    Scanner scanner(text);
    scanner.skipSpaces();
    const auto year = scanner.number(4);
    if (!year)
        return std::nullopt;
    int month = 1, day = 1;
    std::array<int, 3> time = {0, 0, 0};
    constexpr std::string_view separators = ":-/.";
    if (scanner.oneOf(separators)) {
        const auto m = scanner.number(2);
        if (!m)
            return std::nullopt;
        month = *m;
        if (scanner.oneOf(separators)) {
            const auto d = scanner.number(2);
            if (!d)
                return std::nullopt;
            day = *d;
            if (scanner.oneOf("T ")) {
                scanner.skipSpaces();
                // Hours and minutes without seconds are enough; a broken time leaves the day.
                for (std::size_t i = 0; i < time.size(); ++i) {
                    const auto value = scanner.number(2);
                    if (!value)
                        break;
                    time[i] = *value;
                    if (!scanner.oneOf(":."))
                        break;
                }
                if (time[0] > 23 || time[1] > 59 || time[2] > 60)
                    time = {0, 0, 0};
            }
        }
    }
    return seconds(*year, month, day, time[0], time[1], time[2]);
}

std::optional<std::int64_t> dateInName(std::string_view name)
{
    for (std::size_t begin = 0; begin + 8 <= name.size(); ++begin) {
        if (!isDigit(name[begin]) || (begin > 0 && isDigit(name[begin - 1])))
            continue;
        Scanner scanner(name.substr(begin));
        const auto year = scanner.number(4);
        if (!year || *year < 1900 || *year > 2099)
            continue;
        const bool spelled = scanner.oneOf("-_.");
        const auto month = scanner.number(2);
        if (!month || (spelled && !scanner.oneOf("-_.")))
            continue;
        const auto day = scanner.number(2);
        if (!day)
            continue;
        std::array<int, 3> time = {0, 0, 0};
        const auto rest = scanner.rest();
        // Another digit right behind is the time (20210503101112), else a longer number that is no date.
        const bool joined = !rest.empty() && isDigit(rest[0]);
        if (joined && spelled)
            continue;
        for (const std::string_view between : {" at ", "_a_", " um ", "_", "-", " ", "T", "."}) {
            if (rest.starts_with(between) && !joined) {
                for (std::size_t i = 0; i < between.size(); ++i)
                    scanner.oneOf(between);
                break;
            }
        }
        bool hasTime = true;
        for (std::size_t i = 0; i < time.size() && hasTime; ++i) {
            const auto value = scanner.number(2);
            hasTime = value.has_value();
            if (value)
                time[i] = *value;
            if (i < 2)
                scanner.oneOf(".-_:h");
        }
        if (!hasTime && joined)
            continue;
        if (!hasTime || time[0] > 23 || time[1] > 59 || time[2] > 60)
            time = {0, 0, 0};
        if (const auto found = seconds(*year, *month, *day, time[0], time[1], time[2]))
            return found;
    }
    return std::nullopt;
}

} // namespace photolex::image
