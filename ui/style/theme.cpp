#include "ui/style/theme.h"

#include "ui/style/calm_style.h"

#include <QApplication>

namespace photolex::ui {

namespace {

struct Colours {
    const char *window, *base, *alternate, *text, *button, *accent, *onAccent, *tip, *tipText, *link;
};

constexpr Colours lightColours = {"#f5f5f3", "#ffffff", "#efefec", "#1f2123", "#fcfcfb",
                                  "#1f7386", "#ffffff", "#26282a", "#f2f2ef", "#17616f"};
constexpr Colours darkColours = {"#202123", "#191a1b", "#262729", "#e4e4e0", "#2d2e31",
                                 "#56aebf", "#0c1a1d", "#3a3b3e", "#f2f2ef", "#79c3d1"};

QPalette palette(const Colours &colours)
{
    const QColor window(colours.window), text(colours.text), accent(colours.accent);
    QPalette made;
    made.setColor(QPalette::Window, window);
    made.setColor(QPalette::WindowText, text);
    made.setColor(QPalette::Base, QColor(colours.base));
    made.setColor(QPalette::AlternateBase, QColor(colours.alternate));
    made.setColor(QPalette::Text, text);
    made.setColor(QPalette::Button, QColor(colours.button));
    made.setColor(QPalette::ButtonText, text);
    made.setColor(QPalette::BrightText, QColor(colours.onAccent));
    made.setColor(QPalette::Highlight, accent);
    made.setColor(QPalette::HighlightedText, QColor(colours.onAccent));
    made.setColor(QPalette::ToolTipBase, QColor(colours.tip));
    made.setColor(QPalette::ToolTipText, QColor(colours.tipText));
    made.setColor(QPalette::Link, QColor(colours.link));
    made.setColor(QPalette::LinkVisited, QColor(colours.link));
    made.setColor(QPalette::PlaceholderText, blend(text, QColor(colours.base), 0.42));
    made.setColor(QPalette::Light, blend(window, Qt::white, 0.5));
    made.setColor(QPalette::Midlight, blend(window, text, 0.08));
    made.setColor(QPalette::Mid, blend(window, text, 0.22));
    made.setColor(QPalette::Dark, blend(window, text, 0.35));
    made.setColor(QPalette::Shadow, blend(window, Qt::black, 0.6));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        made.setColor(QPalette::Disabled, role, blend(text, window, 0.6));
    made.setColor(QPalette::Disabled, QPalette::Highlight, blend(window, text, 0.2));
    made.setColor(QPalette::Disabled, QPalette::HighlightedText, blend(text, window, 0.4));
    return made;
}

} // namespace

QColor blend(const QColor &first, const QColor &second, double share)
{
    const auto channel = [share](int a, int b) { return static_cast<int>(a + (b - a) * share + 0.5); };
    return {channel(first.red(), second.red()), channel(first.green(), second.green()),
            channel(first.blue(), second.blue()), channel(first.alpha(), second.alpha())};
}

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
}

QPalette lightPalette()
{
    return palette(lightColours);
}

QPalette darkPalette()
{
    return palette(darkColours);
}

QColor quietText(const QPalette &palette)
{
    return blend(palette.color(QPalette::WindowText), palette.color(QPalette::Window), 0.36);
}

QColor hairline(const QPalette &palette)
{
    return blend(palette.color(QPalette::Window), palette.color(QPalette::WindowText), 0.12);
}

void applyTheme(Theme theme)
{
    static const bool systemIsDark = isDark(QApplication::palette()); // before the first change of ours
    static bool styled = false;
    if (!styled) {
        styled = true;
        QApplication::setStyle(new CalmStyle);
    }
    const bool dark = theme == Theme::Dark || (theme == Theme::System && systemIsDark);
    QApplication::setPalette(dark ? darkPalette() : lightPalette());
}

} // namespace photolex::ui
