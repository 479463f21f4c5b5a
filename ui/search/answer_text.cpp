#include "ui/search/answer_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>
#include <QUrl>
#include <algorithm>

namespace photolex::ui {

namespace {

struct AnswerText {
    Q_DECLARE_TR_FUNCTIONS(photolex::ui::AnswerText)
};

QString quoted(const std::string &word)
{
    return AnswerText::tr("“%1”").arg(QString::fromStdString(word).toHtmlEscaped());
}

QString link(const std::string &old, const std::string &by)
{
    const auto encode = [](const std::string &text) {
        return QString::fromLatin1(QUrl::toPercentEncoding(QString::fromStdString(text)));
    };
    return QStringLiteral("<a href=\"word:%1:%2\">%3</a>")
        .arg(encode(old), encode(by), QString::fromStdString(by).toHtmlEscaped());
}

} // namespace

float shownScore(const search::Match &match)
{
    return match.kind == search::Why::Meaning ? match.score : match.similarity;
}

QString whyText(const search::Match &match)
{
    QStringList parts;
    switch (match.kind) {
    case search::Why::Caption:
        parts.append(AnswerText::tr("in the caption"));
        break;
    case search::Why::Keyword:
        parts.append(AnswerText::tr("in the keywords"));
        break;
    case search::Why::Name:
        parts.append(AnswerText::tr("in the file name"));
        break;
    case search::Why::Folder:
        parts.append(AnswerText::tr("in the folder's name"));
        break;
    case search::Why::Title:
        parts.append(AnswerText::tr("in the title"));
        break;
    case search::Why::Meaning:
        break;
    }
    for (const auto &[word, share] : match.why) {
        if (parts.size() >= 4)
            break;
        if (share > 0.005F)
            parts.append(QStringLiteral("%1 %2").arg(QString::fromStdString(word), QLocale().toString(share, 'f', 2)));
    }
    return parts.join(AnswerText::tr(", ", "between reasons"));
}

QString headline(const SearchRequest &request, const SearchOutcome &outcome, int likely)
{
    const auto &matches = outcome.answer.matches;
    if (matches.empty())
        return AnswerText::tr("Nothing found");
    if (!outcome.byMeaning)
        return AnswerText::tr("%n photo(s) by name or caption", nullptr, static_cast<int>(matches.size()));
    if (outcome.isExpression)
        return AnswerText::tr("The nearest %n photo(s)", nullptr, static_cast<int>(matches.size()));
    if (likely == 0)
        return AnswerText::tr("Nothing fits well; the nearest come first");
    if (request.hasPicture() && request.text.trimmed().isEmpty())
        return AnswerText::tr("%n similar photo(s)", nullptr, likely);
    return AnswerText::tr("%n photo(s) fit", nullptr, likely);
}

QStringList noticesOf(const SearchRequest &request, const SearchOutcome &outcome, const QString &language)
{
    const auto &answer = outcome.answer;
    QStringList lines;
    if (!outcome.byMeaning)
        lines.append(AnswerText::tr("The encoder is still opening: so far only names and captions are searched."));
    if (!answer.unknown.empty()) {
        QStringList words;
        for (const auto &word : answer.unknown)
            words.append(quoted(word));
        QString line =
            AnswerText::tr("Not known: %1.").arg(words.mid(0, 8).join(AnswerText::tr(", ", "between words")));
        QStringList offers;
        for (const auto &[word, nearest] : answer.suggestions)
            for (const auto &each : nearest)
                offers.append(link(word, each));
        if (!offers.isEmpty()) //: %1 is a list of words that can be clicked
            line += QLatin1Char(' ') +
                    AnswerText::tr("Meant %1?").arg(offers.mid(0, 6).join(AnswerText::tr(", ", "between words")));
        const std::size_t known = // of an expression no words were parsed, and its terms tell nothing of single ones
            answer.parsed.words.size() - std::min(answer.parsed.words.size(), answer.unknown.size());
        if (known > 0 && !answer.mostlyUnknown)
            line += QLatin1Char(' ') + AnswerText::tr("The other words were searched.");
        lines.append(line);
    }
    if (answer.mostlyUnknown)
        lines.append(
            language.isEmpty()
                ? AnswerText::tr("Most of these words are not known to the encoder. Try other words.")
                : AnswerText::tr("Most of these words are not known. The encoder knows %1: try it in that language.")
                      .arg(languageName(language)));
    if (answer.queryCut || answer.parsed.cut)
        lines.append(AnswerText::tr("The text is long: only its beginning was searched."));
    if (answer.parsed.positive.empty() && !answer.parsed.negative.empty() && !request.hasPicture())
        lines.append(AnswerText::tr("Words with a minus only take photos away. Add what should be in the picture."));
    if (outcome.isExpression) //: a link that opens the place where expressions are put together
        lines.append(
            QStringLiteral("<a href=\"expression:\">%1</a>").arg(AnswerText::tr("Work on it as an expression")));
    if (answer.withoutRow > 0)
        lines.append(AnswerText::tr("%n photo(s) are not embedded yet and can only be found by name.", nullptr,
                                    static_cast<int>(answer.withoutRow)));
    return lines;
}

QString hintOf(const search::ParsedQuery &parsed)
{
    if (parsed.hasNoWords)
        return AnswerText::tr("There is no word in it yet. Try “dog on a beach”, or drop a picture.");
    if (parsed.positive.empty() && !parsed.negative.empty())
        return AnswerText::tr("Words with a minus only take photos away. Add what should be in the picture: “beach "
                              "-people”.");
    return {};
}

QString withWordReplaced(const QString &text, const QString &word, const QString &by)
{
    const QRegularExpression whole(QStringLiteral("(?<![\\w])%1(?![\\w])").arg(QRegularExpression::escape(word)),
                                   QRegularExpression::CaseInsensitiveOption |
                                       QRegularExpression::UseUnicodePropertiesOption);
    QString replaced = text;
    return replaced.replace(whole, by);
}

QString languageName(const QString &code)
{
    if (code.startsWith(QLatin1String("en")))
        return AnswerText::tr("English");
    if (code.startsWith(QLatin1String("de")))
        return AnswerText::tr("German");
    const QString name = QLocale(code).nativeLanguageName();
    return name.isEmpty() ? code : name;
}

} // namespace photolex::ui
