// Sentences about photos and errors, and paths between bytes and Qt. Used by every place, so that each thing is said
// once.
#pragma once

#include "core/base/result.h"

#include <QString>
#include <QUrl>
#include <cstdint>
#include <string_view>

namespace photolex::ui {

// For people: valid UTF-8 as it is, other bytes as \xNN.
QString displayPath(std::string_view bytes);
QString fileName(std::string_view bytes); // the last part, for people
// As a tool tip: what looks like markup is shown as it is, lines stay lines, and a very long text is cut.
QString toolTipText(const QString &text);
// An address that names exactly these bytes, whatever they are.
QUrl fileUrl(std::string_view bytes);
// For Qt's file functions; bytes outside UTF-8 do not survive it.
QString nativePath(std::string_view bytes);
std::string pathBytes(const QString &path);

// Why a photo cannot be shown, in a few words for a tile: "The file is empty".
QString shortReason(const Error &error);
// A whole sentence that names the thing, says what did not happen, and what to do.
QString errorSentence(const Error &error);
QString errorRemedy(const Error &error); // what to do; empty: nothing can be done

// Local camera time as the library keeps it (seconds since 1970 without a zone), in the user's format.
QString takenAtText(std::int64_t takenAt);
QString monthText(int year, int month); // "March 2024"

} // namespace photolex::ui
