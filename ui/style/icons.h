// Icons are SVG files in resources/icons/PLACE/NAME.svg, compiled in, drawn in one colour and tinted by the palette of
// the moment: light and dark share one file, and any size and pixel ratio is sharp.
#pragma once

#include <QIcon>
#include <QString>

QT_BEGIN_NAMESPACE
class QToolButton;
QT_END_NAMESPACE

namespace photolex::ui {

QIcon icon(const QString &placeAndName); // "window/search"
QIcon applicationIcon();
// A flat button with that icon; `text` says what it does, to pointers and to screen readers.
QToolButton *iconButton(const QString &placeAndName, const QString &text);

} // namespace photolex::ui
