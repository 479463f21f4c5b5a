#include "ui/style/calm_style.h"

#include "ui/style/theme.h"

#include <QComboBox>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>
#include <QSlider>
#include <QStyleOption>
#include <algorithm>

namespace photolex::ui {

namespace {

constexpr double radius = 6; // device-independent pixels

struct Painted { // restores the painter
    explicit Painted(QPainter *p)
        : painter(p)
    {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
    }
    ~Painted() { painter->restore(); }
    Painted(const Painted &) = delete;
    Painted &operator=(const Painted &) = delete;
    QPainter *painter;
};

void panel(QPainter *painter, const QRect &rect, const QColor &fill, const QPen &edge, double corner = radius)
{
    const Painted painted(painter);
    painter->setBrush(fill);
    painter->setPen(edge);
    painter->drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), corner, corner);
}

bool has(const QStyleOption *option, QStyle::StateFlag flag)
{
    return option->state.testFlag(flag);
}

QColor surface(const QStyleOption *option, QColor fill)
{
    const QColor ink = option->palette.color(QPalette::ButtonText);
    if (!has(option, QStyle::State_Enabled))
        return fill;
    if (has(option, QStyle::State_Sunken) || has(option, QStyle::State_On))
        return blend(fill, ink, 0.14);
    if (has(option, QStyle::State_MouseOver))
        return blend(fill, ink, 0.06);
    return fill;
}

QPen edge(const QStyleOption *option, bool focused)
{
    const QPalette &palette = option->palette;
    if (focused && has(option, QStyle::State_Enabled))
        return QPen(palette.color(QPalette::Highlight), 1.5);
    return QPen(blend(palette.color(QPalette::Window), palette.color(QPalette::WindowText), 0.2), 1);
}

QColor chosen(const QPalette &palette, QPalette::ColorGroup group) // of a row in a list
{
    return blend(palette.color(group, QPalette::Base), palette.color(group, QPalette::Highlight), 0.2);
}

bool opensMenu(const QStyleOptionToolButton *button)
{
    return button && button->features.testFlag(QStyleOptionToolButton::HasMenu) &&
           !button->features.testFlag(QStyleOptionToolButton::MenuButtonPopup);
}

constexpr int chevronSpace = 2 * gridUnit; // beside the text of a button that opens a menu

// A chevron, pointing down or up.
void chevron(QPainter *painter, const QPointF &middle, const QColor &ink, bool up = false, double reach = 4)
{
    const Painted painted(painter);
    painter->setPen(QPen(ink, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const double rise = (up ? -1 : 1) * reach / 2;
    painter->drawPolyline(
        QPolygonF{middle + QPointF(-reach, -rise), middle + QPointF(0, rise), middle + QPointF(reach, -rise)});
}

void mark(const QStyleOption *option, QPainter *painter, bool round)
{
    const QPalette &palette = option->palette;
    const bool on = has(option, QStyle::State_On), enabled = has(option, QStyle::State_Enabled);
    const QRectF box = QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5);
    const double corner = round ? box.width() / 2 : 3.5;
    const QColor accent = palette.color(enabled ? QPalette::Normal : QPalette::Disabled, QPalette::Highlight);
    const Painted painted(painter);
    painter->setBrush(on ? accent : palette.color(QPalette::Base));
    painter->setPen(on ? QPen(accent)
                       : QPen(blend(palette.color(QPalette::Window), palette.color(QPalette::WindowText),
                                    has(option, QStyle::State_MouseOver) ? 0.6 : 0.4)));
    painter->drawRoundedRect(box, corner, corner);
    if (!on && !has(option, QStyle::State_NoChange))
        return;
    const QColor ink = palette.color(QPalette::HighlightedText);
    if (round) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(ink);
        painter->drawEllipse(box.center(), box.width() * 0.2, box.width() * 0.2);
        return;
    }
    painter->setPen(QPen(ink, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const double unit = box.width() / 14;
    painter->drawPolyline(QPolygonF{box.topLeft() + QPointF(3.2, 7.4) * unit, box.topLeft() + QPointF(6, 10.2) * unit,
                                    box.topLeft() + QPointF(10.8, 4.4) * unit});
}

void scrollBar(const QStyleOptionSlider *option, QPainter *painter, const QRect &slider)
{
    const QPalette &palette = option->palette;
    painter->fillRect(option->rect, palette.color(QPalette::Base));
    if (option->maximum <= option->minimum)
        return;
    const bool active = has(option, QStyle::State_MouseOver) || has(option, QStyle::State_Sunken);
    const QColor ink = blend(palette.color(QPalette::Base), palette.color(QPalette::Text), active ? 0.5 : 0.28);
    const int inset = active ? 2 : 3;
    const QRectF handle = QRectF(slider).adjusted(inset, inset, -inset, -inset);
    const Painted painted(painter);
    painter->setPen(Qt::NoPen);
    painter->setBrush(ink);
    const double corner = std::min(handle.width(), handle.height()) / 2;
    painter->drawRoundedRect(handle, corner, corner);
}

// A thin line, filled up to the round handle.
void slider(const QStyleOptionSlider *option, QPainter *painter, const QRect &handle)
{
    const QPalette &palette = option->palette;
    const bool enabled = has(option, QStyle::State_Enabled), across = option->orientation == Qt::Horizontal;
    const QColor accent = palette.color(enabled ? QPalette::Normal : QPalette::Disabled, QPalette::Highlight);
    const QPointF middle = QRectF(handle).center();
    const double thickness = 4, side = 14;
    QRectF groove = option->rect;
    groove = across ? QRectF(groove.left() + 2, middle.y() - thickness / 2, groove.width() - 4, thickness)
                    : QRectF(middle.x() - thickness / 2, groove.top() + 2, thickness, groove.height() - 4);
    QRectF filled = groove;
    if (across && option->upsideDown)
        filled.setLeft(middle.x());
    else if (across)
        filled.setRight(middle.x());
    else
        filled.setTop(middle.y());
    const Painted painted(painter);
    painter->setPen(Qt::NoPen);
    painter->setBrush(blend(palette.color(QPalette::Window), palette.color(QPalette::WindowText), 0.18));
    painter->drawRoundedRect(groove, thickness / 2, thickness / 2);
    painter->setBrush(accent);
    painter->drawRoundedRect(filled, thickness / 2, thickness / 2);
    const bool active = has(option, QStyle::State_Sunken) || has(option, QStyle::State_MouseOver);
    const double reach = side / 2 + (active ? 1 : 0);
    painter->setBrush(palette.color(QPalette::Base));
    painter->setPen(QPen(accent, has(option, QStyle::State_HasFocus) ? 3 : 2));
    painter->drawEllipse(middle, reach - 1, reach - 1);
}

// Icon and text side by side in the middle, the icon where one begins to read. Fusion aligns the text for readers from
// right to left, and the painter turns the alignment over once more: the text would stick to the wrong edge.
void mirroredLabel(const QStyleOptionButton &button, QPainter *painter, const QStyle &style, const QWidget *widget)
{
    constexpr int gap = 4;
    const int flags =
        Qt::AlignCenter |
        (style.styleHint(QStyle::SH_UnderlineShortcut, &button, widget) ? Qt::TextShowMnemonic : Qt::TextHideMnemonic);
    const QSize iconSize = button.iconSize;
    const int room = button.rect.width() - iconSize.width() - gap;
    const int wide = std::min(room, button.fontMetrics.size(Qt::TextShowMnemonic, button.text).width());
    const int left = button.rect.left() + (room - wide) / 2;
    const QRect sign(QPoint(left, button.rect.top() + (button.rect.height() - iconSize.height()) / 2), iconSize);
    const QRect text(left + iconSize.width() + gap, button.rect.top(), wide, button.rect.height());
    const bool enabled = has(&button, QStyle::State_Enabled);
    button.icon.paint(painter, QStyle::visualRect(button.direction, button.rect, sign), Qt::AlignCenter,
                      enabled ? QIcon::Normal : QIcon::Disabled,
                      has(&button, QStyle::State_On) ? QIcon::On : QIcon::Off);
    style.drawItemText(painter, QStyle::visualRect(button.direction, button.rect, text), flags, button.palette, enabled,
                       button.text, QPalette::ButtonText);
}

void progress(const QStyleOptionProgressBar *option, QPainter *painter)
{
    const QPalette &palette = option->palette;
    const QRectF groove = QRectF(option->rect).adjusted(0, 0.5, 0, -0.5);
    const double corner = std::min(groove.height() / 2, 4.0);
    const Painted painted(painter);
    painter->setPen(Qt::NoPen);
    painter->setBrush(blend(palette.color(QPalette::Window), palette.color(QPalette::WindowText), 0.14));
    painter->drawRoundedRect(groove, corner, corner);
    const bool unknown = option->maximum <= option->minimum;
    const double share =
        unknown ? 1 : static_cast<double>(option->progress - option->minimum) / (option->maximum - option->minimum);
    QRectF done = groove;
    done.setWidth(std::max(groove.height(), groove.width() * std::clamp(share, 0.0, 1.0)));
    if (option->direction == Qt::RightToLeft)
        done.moveRight(groove.right());
    QColor fill = palette.color(QPalette::Highlight);
    if (unknown)
        fill.setAlphaF(0.45F);
    painter->setBrush(fill);
    if (share > 0)
        painter->drawRoundedRect(done, corner, corner);
}

} // namespace

CalmStyle::CalmStyle()
    : QProxyStyle(QStringLiteral("Fusion"))
{
}

void CalmStyle::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QPushButton *>(widget) || qobject_cast<QComboBox *>(widget))
        widget->setAttribute(Qt::WA_Hover);
}

void CalmStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                              const QWidget *widget) const
{
    const QPalette &palette = option->palette;
    switch (element) {
    case PE_PanelButtonCommand: {
        const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
        const bool primary = button && button->features.testFlag(QStyleOptionButton::DefaultButton);
        const bool flat = button && button->features.testFlag(QStyleOptionButton::Flat);
        const bool focused = has(option, State_HasFocus) && has(option, State_KeyboardFocusChange);
        if (flat && !has(option, State_MouseOver) && !has(option, State_Sunken) && !has(option, State_On) && !focused)
            return;
        if (primary && has(option, State_Enabled)) {
            const QColor accent = palette.color(QPalette::Highlight);
            const double deeper = has(option, State_Sunken) ? 0.2 : has(option, State_MouseOver) ? 0.1 : 0;
            const QColor fill = blend(accent, palette.color(QPalette::WindowText), deeper);
            panel(painter, option->rect, fill, focused ? QPen(palette.color(QPalette::WindowText), 1.5) : QPen(fill));
        } else {
            panel(painter, option->rect, surface(option, palette.color(flat ? QPalette::Window : QPalette::Button)),
                  flat && !focused ? QPen(Qt::NoPen) : edge(option, focused));
        }
        return;
    }
    case PE_PanelButtonTool: {
        const bool on = has(option, State_On);
        const bool focused = has(option, State_HasFocus) && has(option, State_KeyboardFocusChange);
        if (!on && !focused && !has(option, State_Sunken) &&
            !(has(option, State_MouseOver) && has(option, State_Enabled)))
            return;
        QColor fill = surface(option, palette.color(QPalette::Window));
        if (on)
            fill = blend(palette.color(QPalette::Window), palette.color(QPalette::Highlight), 0.16);
        panel(painter, option->rect, fill, focused ? edge(option, true) : QPen(Qt::NoPen));
        return;
    }
    case PE_FrameLineEdit:
    case PE_PanelLineEdit: {
        const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
        if (element == PE_PanelLineEdit && frame && frame->lineWidth == 0) {
            painter->fillRect(option->rect, palette.brush(QPalette::Base));
            return;
        }
        panel(painter, option->rect, palette.color(QPalette::Base), edge(option, has(option, State_HasFocus)));
        return;
    }
    case PE_Frame:
        panel(painter, option->rect, Qt::transparent, QPen(hairline(palette), 1), 2);
        return;
    case PE_FrameFocusRect: // push and tool buttons show the focus in their edge
        if (qobject_cast<const QPushButton *>(widget))
            return;
        panel(painter, option->rect, Qt::transparent, QPen(palette.color(QPalette::Highlight), 1), 3);
        return;
    case PE_FrameStatusBarItem:
        return;
    case PE_PanelItemViewRow: // the part of a chosen row that no item covers, beside the branches of a tree
        if (has(option, State_Selected)) {
            painter->fillRect(option->rect, chosen(palette, palette.currentColorGroup()));
            return;
        }
        break;
    case PE_IndicatorCheckBox:
        mark(option, painter, false);
        return;
    case PE_IndicatorRadioButton:
        mark(option, painter, true);
        return;
    default:
        break;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void CalmStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                            const QWidget *widget) const
{
    if (element == CE_ProgressBar) {
        if (const auto *bar = qstyleoption_cast<const QStyleOptionProgressBar *>(option)) {
            progress(bar, painter);
            return;
        }
    }
    if (element == CE_PushButtonLabel) {
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option)) {
            QStyleOptionButton copy = *button;
            if (button->features.testFlag(QStyleOptionButton::DefaultButton) && has(option, State_Enabled))
                copy.palette.setColor(QPalette::ButtonText, copy.palette.color(QPalette::HighlightedText));
            if (copy.direction == Qt::RightToLeft && !copy.icon.isNull() && !copy.text.isEmpty() &&
                !copy.features.testFlag(QStyleOptionButton::HasMenu))
                mirroredLabel(copy, painter, *proxy(), widget);
            else
                QProxyStyle::drawControl(element, &copy, painter, widget);
            return;
        }
    }
    if (element == CE_ItemViewItem) {
        // What is chosen in a list is marked by a breath of the accent; its text stays readable.
        if (const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(option)) {
            QStyleOptionViewItem copy = *item;
            for (const auto group : {QPalette::Active, QPalette::Inactive, QPalette::Disabled}) {
                copy.palette.setColor(group, QPalette::HighlightedText, copy.palette.color(group, QPalette::Text));
                copy.palette.setColor(group, QPalette::Highlight, chosen(item->palette, group));
            }
            QProxyStyle::drawControl(element, &copy, painter, widget);
            return;
        }
    }
    if (element == CE_Splitter)
        return; // the gap is line enough
    QProxyStyle::drawControl(element, option, painter, widget);
}

void CalmStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                                   const QWidget *widget) const
{
    if (control == CC_ScrollBar) {
        if (const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option)) {
            scrollBar(slider, painter, subControlRect(CC_ScrollBar, slider, SC_ScrollBarSlider, widget));
            return;
        }
    }
    if (control == CC_Slider) {
        if (const auto *line = qstyleoption_cast<const QStyleOptionSlider *>(option);
            line && line->tickPosition == QSlider::NoTicks) {
            slider(line, painter, subControlRect(CC_Slider, line, SC_SliderHandle, widget));
            return;
        }
    }
    if (control == CC_ComboBox) {
        const auto *box = qstyleoption_cast<const QStyleOptionComboBox *>(option);
        if (box && !box->editable) {
            panel(painter, box->rect, surface(box, box->palette.color(QPalette::Button)),
                  edge(box, has(box, State_HasFocus) && has(box, State_KeyboardFocusChange)));
            const QRectF arrow = subControlRect(CC_ComboBox, box, SC_ComboBoxArrow, widget);
            chevron(painter, arrow.center(), quietText(box->palette));
            return;
        }
    }
    if (control == CC_SpinBox) {
        if (const auto *box = qstyleoption_cast<const QStyleOptionSpinBox *>(option)) {
            panel(painter, box->rect, box->palette.color(QPalette::Base), edge(box, has(box, State_HasFocus)));
            for (const auto part : {SC_SpinBoxUp, SC_SpinBoxDown}) {
                const bool up = part == SC_SpinBoxUp;
                const bool can =
                    box->stepEnabled.testFlag(up ? QAbstractSpinBox::StepUpEnabled : QAbstractSpinBox::StepDownEnabled);
                const QRectF place = subControlRect(CC_SpinBox, box, part, widget);
                const QColor ink = can ? quietText(box->palette) : hairline(box->palette);
                chevron(painter, place.center() + QPointF(-2, up ? 1 : -1), ink, up, 3);
            }
            return;
        }
    }
    if (control == CC_ToolButton) {
        // An icon that opens a menu says enough; a text gets a chevron beside it, where Fusion squeezes a triangle
        // into the corner.
        if (const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option); opensMenu(button)) {
            QStyleOptionToolButton copy = *button;
            copy.features &= ~QStyleOptionToolButton::HasMenu;
            const bool bare = button->toolButtonStyle == Qt::ToolButtonIconOnly || button->text.isEmpty();
            if (!bare) {
                proxy()->drawPrimitive(PE_PanelButtonTool, &copy, painter, widget);
                const QRect room = visualRect(copy.direction, copy.rect, copy.rect.adjusted(0, 0, -chevronSpace, 0));
                const QRect end = visualRect(
                    copy.direction, copy.rect,
                    QRect(copy.rect.right() - chevronSpace - 2, copy.rect.top(), chevronSpace, copy.rect.height()));
                chevron(painter, QRectF(end).center(), quietText(copy.palette), false, 3.5);
                copy.rect = room;
                proxy()->drawControl(CE_ToolButtonLabel, &copy, painter, widget);
                return;
            }
            QProxyStyle::drawComplexControl(control, &copy, painter, widget);
            return;
        }
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QRect CalmStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                                const QWidget *widget) const
{
    const QRect rect = QProxyStyle::subControlRect(control, option, part, widget);
    const int inset = option->direction == Qt::RightToLeft ? -4 : 4;
    if ((control == CC_ComboBox && part == SC_ComboBoxEditField) ||
        (control == CC_SpinBox && part == SC_SpinBoxEditField))
        return rect.translated(inset, 0);
    return rect;
}

QSize CalmStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                                  const QWidget *widget) const
{
    QSize wanted = QProxyStyle::sizeFromContents(type, option, size, widget);
    if (type == CT_PushButton)
        wanted = wanted.expandedTo({size.width() + 3 * gridUnit, 4 * gridUnit});
    if (type == CT_ComboBox || type == CT_LineEdit || type == CT_SpinBox)
        wanted.setHeight(std::max(wanted.height(), 4 * gridUnit));
    if (type == CT_ComboBox)
        wanted.rwidth() += gridUnit;
    if (type == CT_ToolButton) {
        const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
        if (button && button->toolButtonStyle != Qt::ToolButtonIconOnly && !button->text.isEmpty())
            wanted = QSize(wanted.width() + gridUnit + (opensMenu(button) ? chevronSpace : 0),
                           std::max(wanted.height(), 4 * gridUnit));
    }
    if (type == CT_ItemViewItem)
        wanted.rheight() += 6;
    if (type == CT_MenuItem)
        wanted.rheight() += 4;
    return wanted;
}

int CalmStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_ScrollBarExtent:
        return 12;
    case PM_SplitterWidth:
        return gridUnit;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return 2 * gridUnit;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
        return 0;
    case PM_LayoutLeftMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutBottomMargin:
        return 2 * gridUnit;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return gridUnit;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int CalmStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                         QStyleHintReturn *data) const
{
    if (hint == SH_ComboBox_Popup)
        return 0;
    return QProxyStyle::styleHint(hint, option, widget, data);
}

} // namespace photolex::ui
