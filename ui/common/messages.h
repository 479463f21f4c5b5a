// Sentences about what the whole window does: the library, the models, the running job. Sentences about single photos
// are in photo_text.h. Each names the thing, says what did not happen, and what to do.
#pragma once

#include "core/base/result.h"
#include "core/indexing/indexer.h"

#include <QString>

namespace photolex::ui {

// The library could not be opened at the start.
QString librarySentence(const Error &error);
// The encoder could not be opened; browsing and search by name go on.
QString modelsSentence(const Error &error);
// Indexing ended early after `done` photos.
QString jobSentence(const Error &error, qint64 done);
// What a finished job did, in one line; empty when nothing changed.
QString reportSentence(const indexing::IndexReport &report);
// The same of the points of another bundle.
QString indexedForSentence(const QString &bundle, const indexing::IndexReport &report);
// "2 min left", "1 h 5 min left"; empty below 0.
QString timeLeftText(double seconds);

} // namespace photolex::ui
