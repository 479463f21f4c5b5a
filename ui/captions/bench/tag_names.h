// Part-of-speech tags by the names that people learned at school.
#pragma once

#include <QString>
#include <QStringList>

namespace photolex::ui {

QString tagName(const QString &tag);    // "noun"; a tag that has no name here stands for itself
QString tagExample(const QString &tag); // "dog, beach", in the language of the captions; empty: none
QStringList offeredTags();              // those that a structure is built of, in the order of a menu
// "DT NN VBZ" and back.
QStringList tagsOf(const QString &structure);

} // namespace photolex::ui
