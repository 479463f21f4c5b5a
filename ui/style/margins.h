// Layouts mirror their items where the application reads from right to left, and leave their margins as they are.
#pragma once

#include <QGuiApplication>
#include <QMargins>

namespace photolex::ui {

// Margins as one gives them for reading from left to right, turned over where the application reads the other way.
inline QMargins inReadingOrder(const QMargins &margins)
{
    if (!QGuiApplication::isRightToLeft())
        return margins;
    return {margins.right(), margins.top(), margins.left(), margins.bottom()};
}

} // namespace photolex::ui
