// What the colours of the dots stand for, in a corner of the map: a ramp with its two ends, or the largest kinds.
#pragma once

#include "ui/map/map_colours.h"

#include <QWidget>

namespace photolex::ui {

class MapLegend : public QWidget {
    Q_OBJECT
public:
    explicit MapLegend(QWidget *parent);
    // Groups have their list beside the map: nothing is shown for them.
    void setColours(const DotColours &colours);
    QStringList texts() const { return m_texts; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    ColourBy m_by = ColourBy::Group;
    QStringList m_texts;
};

} // namespace photolex::ui
