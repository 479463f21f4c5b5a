// One photo over the whole screen. Keys: arrows, space and page keys turn; Home and End; + − 0 zoom, 1 shows pixels as
// they are; I shows information; S starts and stops the slide show; R changes between a photo and its RAW file; P plays
// the film of a Live Photo; M shows where on the map it lies; F and Escape leave. The wheel zooms, dragging moves.
// Animated pictures play.
#pragma once

#include "core/base/ids.h"

#include <QWidget>
#include <memory>
#include <vector>

namespace photolex::ui {

class PhotoGrid;
class Session;

enum class Viewing { Photo, SlideShow };

class PhotoViewer : public QWidget {
    Q_OBJECT
public:
    // A window of its own; deletes itself when it is closed.
    PhotoViewer(Session *session, std::vector<PhotoId> photos, PhotoId first, QWidget *parent = nullptr);
    ~PhotoViewer() override;

    // Over the screen that the grid is on, from `first` on; a slide show of the selected photos when there are several.
    // The photo that was looked at last is selected in the grid afterwards.
    static void open(Session *session, PhotoGrid *grid, PhotoId first, Viewing viewing = Viewing::Photo);

    PhotoId photo() const;
    void showPhoto(PhotoId photo);
    void setSlideShow(bool running);
    bool isSlideShow() const;
    double zoom() const; // 1: fits the window
    bool isRawShown() const;

Q_SIGNALS:
    void photoShown(photolex::PhotoId photo); // the picture of this photo, or why it cannot be shown, is on the screen
    void mapRequested(photolex::PhotoId photo);
    void closed(photolex::PhotoId last);

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace photolex::ui
