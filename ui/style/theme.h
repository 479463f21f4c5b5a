// How everything looks: a calm Fusion with one accent colour, in light and in dark. Photos are the colour.
#pragma once

#include <QColor>
#include <QPalette>
#include <QString>
#include <cstdint>

namespace photolex::ui {

inline constexpr int gridUnit = 8; // device-independent pixels: gaps and margins are multiples (or halves) of it

enum class Theme : std::uint8_t { System, Light, Dark };

// Palette and style of the whole application. May be called at any time; what is shown follows at once. System takes
// dark when the desktop's own palette was dark at the start.
void applyTheme(Theme theme);
bool isDark(const QPalette &palette);
QPalette lightPalette();
QPalette darkPalette();

// `first` and `second` mixed; share 0 gives the first.
QColor blend(const QColor &first, const QColor &second, double share);
// Text that matters less, and lines between areas, in this palette.
QColor quietText(const QPalette &palette);
QColor hairline(const QPalette &palette);

} // namespace photolex::ui
