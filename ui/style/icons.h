// Icons are SVG files in resources/icons/PLACE/NAME.svg, compiled in, drawn in one colour and tinted by the palette of
// the moment: light and dark share one file, and any size and pixel ratio is sharp.
#pragma once

#include <QIcon>
#include <QString>

namespace photolex::ui {

QIcon icon(const QString &placeAndName); // "window/search"
QIcon applicationIcon();

} // namespace photolex::ui
