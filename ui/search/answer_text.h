// An answer in words: how much was found, why a photo is there, and what of the request was not understood.
#pragma once

#include "core/search/search.h"
#include "ui/search/search_request.h"
#include "ui/search/search_run.h"

#include <QString>
#include <QStringList>

namespace photolex::ui {

QString whyText(const search::Match &match);
float shownScore(const search::Match &match); // what orders the results, on the scale of a similarity
QString headline(const SearchRequest &request, const SearchOutcome &outcome, int likely);
// Rich text lines; links are "word:OLD:NEW" (percent-encoded), to replace one word by another.
// `language`: of the encoder's words, as a code; empty: not known.
QStringList noticesOf(const SearchRequest &request, const SearchOutcome &outcome, const QString &language);
// What stands where photos would be when the request cannot be answered; empty: it can.
QString hintOf(const search::ParsedQuery &parsed);
// `text` with the word replaced, whatever its case.
QString withWordReplaced(const QString &text, const QString &word, const QString &by);
QString languageName(const QString &code); // "English", in the language of the window

} // namespace photolex::ui
