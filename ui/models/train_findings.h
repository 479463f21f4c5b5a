// What was found in the data, in sentences: each thing, some examples, and what becomes of it.
#pragma once

#include "core/training/material.h"

#include <QStringList>

namespace photolex::ui {

QString materialSentence(const training::Findings &findings); // how much there is, in one line
// `further`: an encoder is there that knows words.
QStringList findingSentences(const training::Findings &findings, bool further);

} // namespace photolex::ui
