// The row above the map: how it is laid out and coloured, lasso and zoom, and how far it has settled.
#pragma once

#include "ui/map/map_colours.h"
#include "ui/map/map_run.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QComboBox;
class QProgressBar;
class QPushButton;
class QToolButton;
QT_END_NAMESPACE

namespace photolex::ui {

class ElidedLabel;

class MapBar : public QWidget {
    Q_OBJECT
public:
    explicit MapBar(QWidget *parent = nullptr);

    projection::Method method() const;
    void setMethod(projection::Method method);
    ColourBy colourBy() const;
    void setColourBy(ColourBy by);
    void setLasso(bool on);
    void setStage(MapRun::Stage stage, int done, int total, std::size_t photos);

Q_SIGNALS:
    void layoutChosen(photolex::projection::Method method); // lay it out anew, so
    void colourChosen();
    void lassoToggled(bool on);
    void zoomed(double factor);
    void allRequested();
    void held(bool held); // while it settles
    void stopRequested(); // leave it as it is now

private:
    QComboBox *m_method, *m_colour;
    QToolButton *m_lasso, *m_farther, *m_closer, *m_all, *m_pause, *m_stop;
    QPushButton *m_anew;
    QProgressBar *m_progress;
    ElidedLabel *m_stage;
};

} // namespace photolex::ui
