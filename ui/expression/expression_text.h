// Expressions in words: what a chip is called, what was wrong, what examples mean; and terms from what people bring.
#pragma once

#include "core/search/examples.h"
#include "core/search/expression.h"
#include "ui/common/dropped.h"
#include "ui/expression/expression_run.h"

#include <QString>
#include <QStringList>
#include <filesystem>
#include <vector>

namespace photolex::ui {

QString weightText(double weight); // "1.5×"
// For screen readers: "minus the words “blue”, weight 2".
QString spokenTerm(const search::Term &term);
QString termTitle(const search::Term &term); // what stands on its chip: words, name of the file or of the expression
// With its sign and, when it is not 1, its weight: "− 2× blue". The first of an expression has no plus.
QString signedTitle(const search::Term &term, bool isFirst);
QString attributeText(search::Attribute attribute); // "Colour"

// Notes about single terms: unknown words, files that could not be read.
QStringList noticesOf(const search::Expression &expression, const ExpressionOutcome &outcome);

// What was typed: an expression when it reads as one ("- blue + 2*red"), else one phrase. Empty when nothing is there.
std::vector<search::Term> typedTerms(const QString &text);
// Pictures without a file are kept as one below `folder`, named after their content, so that an expression can be saved
// and comes back. DiskFull, Denied: it could not be written.
Result<std::vector<search::Term>> droppedTerms(const Dropped &dropped, const std::filesystem::path &folder);
search::Term photoTerm(const std::string &path);

} // namespace photolex::ui
