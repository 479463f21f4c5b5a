#include "ui/expression/expression_text.h"

#include "core/base/bytes.h"
#include "core/base/hash.h"
#include "ui/common/photo_text.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QLocale>
#include <fmt/format.h>

namespace photolex::ui {

namespace {

struct ExpressionText {
    Q_DECLARE_TR_FUNCTIONS(photolex::ui::ExpressionText)
};

} // namespace

QString weightText(double weight)
{
    return QLocale().toString(weight, 'g', 4) + QStringLiteral("×");
}

QString termTitle(const search::Term &term)
{
    return term.kind == search::Term::Kind::Photo ? fileName(term.text) : QString::fromStdString(term.text);
}

QString signedTitle(const search::Term &term, bool isFirst)
{
    const QString sign = term.isNegative ? QStringLiteral("− ") : isFirst ? QString() : QStringLiteral("+ ");
    const QString weight = term.weight == 1 ? QString() : weightText(term.weight) + QLatin1Char(' ');
    return sign + weight + termTitle(term);
}

QString spokenTerm(const search::Term &term)
{
    const QString title = termTitle(term);
    QString what;
    switch (term.kind) {
    case search::Term::Kind::Words:
        what = term.isNegative ? ExpressionText::tr("minus the words “%1”") : ExpressionText::tr("plus the words “%1”");
        break;
    case search::Term::Kind::Photo:
        what = term.isNegative ? ExpressionText::tr("minus the photo %1") : ExpressionText::tr("plus the photo %1");
        break;
    case search::Term::Kind::Saved:
        what = term.isNegative ? ExpressionText::tr("minus the saved expression “%1”")
                               : ExpressionText::tr("plus the saved expression “%1”");
        break;
    }
    what = what.arg(title);
    return term.weight == 1 ? what
                            : ExpressionText::tr("%1, weight %2").arg(what, QLocale().toString(term.weight, 'g', 4));
}

QString attributeText(search::Attribute attribute)
{
    switch (attribute) {
    case search::Attribute::Colour:
        return ExpressionText::tr("Colour");
    case search::Attribute::Animal:
        return ExpressionText::tr("Animal");
    case search::Attribute::Light:
        return ExpressionText::tr("Light");
    case search::Attribute::Place:
        return ExpressionText::tr("Place");
    case search::Attribute::Ground:
        return ExpressionText::tr("Ground");
    case search::Attribute::Clothes:
        return ExpressionText::tr("Clothes");
    case search::Attribute::Vehicle:
        return ExpressionText::tr("Vehicle");
    case search::Attribute::Person:
        return ExpressionText::tr("Person");
    case search::Attribute::Sport:
        return ExpressionText::tr("Sport");
    case search::Attribute::Food:
        return ExpressionText::tr("Food");
    }
    return {};
}

QStringList noticesOf(const search::Expression &expression, const ExpressionOutcome &outcome)
{
    QStringList lines;
    for (std::size_t i = 0; i < expression.terms.size() && i < outcome.terms.size(); ++i) {
        const auto &term = expression.terms[i];
        const auto &failure = outcome.terms[i].failure;
        if (!failure)
            continue;
        if (term.kind != search::Term::Kind::Saved)
            lines.append(ExpressionText::tr("%1 Without it the others are added up.").arg(errorSentence(*failure)));
        else if (failure->code == Errc::NotFound)
            lines.append(ExpressionText::tr("No expression is saved as “%1”. Without it the others are added up.")
                             .arg(QString::fromStdString(failure->subject)));
        else
            lines.append(ExpressionText::tr("The saved expression “%1” cannot be read: it leads to itself, or is "
                                            "damaged. Without it the others are added up.")
                             .arg(QString::fromStdString(failure->subject)));
    }
    QStringList unknown;
    for (const auto &word : outcome.answer.unknown)
        unknown.append(ExpressionText::tr("“%1”").arg(QString::fromStdString(word)));
    if (!unknown.isEmpty())
        lines.append(ExpressionText::tr("Not known: %1.")
                         .arg(unknown.mid(0, 8).join(ExpressionText::tr(", ", "between unknown words"))));
    for (auto &line : lines)
        line = line.toHtmlEscaped();
    return lines;
}

std::vector<search::Term> typedTerms(const QString &text)
{
    const std::string typed = text.trimmed().toStdString();
    if (typed.empty())
        return {};
    if (auto expression = search::parseExpression(typed))
        return std::move(expression->terms);
    search::Term words;
    words.text = typed;
    return {words};
}

search::Term photoTerm(const std::string &path)
{
    search::Term term;
    term.kind = search::Term::Kind::Photo;
    term.text = path;
    return term;
}

Result<std::vector<search::Term>> droppedTerms(const Dropped &dropped, const std::filesystem::path &folder)
{
    std::vector<search::Term> terms;
    for (const auto &file : dropped.files)
        terms.push_back(photoTerm(pathBytes(file)));
    if (!terms.empty())
        return terms;
    if (dropped.image.isNull())
        return typedTerms(dropped.text);

    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    if (!dropped.image.save(&buffer, "PNG"))
        return fail(Errc::Invalid, "picture", "it cannot be written as PNG");
    const auto bytes = std::as_bytes(std::span(png.constData(), static_cast<std::size_t>(png.size())));
    const auto file = folder / fmt::format("{:016x}.png", xxh3(bytes));
    std::error_code failure;
    std::filesystem::create_directories(folder, failure);
    if (failure)
        return fail(systemError(failure.value(), displayText(folder)));
    if (!std::filesystem::exists(file, failure))
        if (auto written = writeFileAtomically(file, bytes); !written)
            return fail(written.error());
    terms.push_back(photoTerm(file.native()));
    return terms;
}

} // namespace photolex::ui
