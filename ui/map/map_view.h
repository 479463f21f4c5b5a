// The joint space in two dimensions: dots far out, thumbnails close up, words and names of groups as labels. It paints
// what a MapScene holds; it starts no work and asks no catalogue.
//
// Pointer: dragging moves the map, the wheel and two fingers zoom; with the lasso, or with Ctrl, Shift or Alt held,
// dragging draws a line around photos: they are selected, with Shift added, with Alt taken out. A click selects the
// nearest photo, or the group whose name was clicked. What is a thumbnail, a word, selected, or has its card open, can
// be dragged out. Keys: arrows go from photo to photo (with Shift they add, with Ctrl they move the map), + − zoom, 0
// shows all, L takes the lasso, Enter views, Space selects or leaves out, Ctrl+A takes what is seen, W asks what a
// photo would be (under the pointer, or at the current photo for those who use keys), Escape takes nothing.
#pragma once

#include "ui/map/map_scene.h"
#include "ui/widgets/viewport.h"

#include <QWidget>
#include <memory>
#include <vector>

namespace photolex::ui {

class ThumbnailLoader;

class MapView : public QWidget {
    Q_OBJECT
public:
    // Both outlive the view. What the loader has not loaded is drawn as a plain tile.
    MapView(MapScene *scene, const ThumbnailLoader *pictures, QWidget *parent = nullptr);
    ~MapView() override;

    MapScene *scene() const;
    const Viewport &viewport() const;
    QPointF mapPosition(QPointF widgetPosition) const;
    QPointF widgetPosition(QPointF mapPosition) const;
    // As large as it can be seen whole, but with some surroundings: never so near that only a few photos are seen.
    void zoomTo(const QRectF &mapRect);
    // From here on all is shown whatever comes and however the photos move, until somebody moves the map or zooms.
    // While the pointer holds something, the map does not move under it.
    void showAll();
    bool showsAll() const;
    void zoomBy(double factor); // around the middle
    void setViewport(const Viewport &viewport);
    void setLasso(bool on); // a drag draws a line around photos instead of moving the map
    bool hasLasso() const;
    void revealPhoto(PhotoId photo); // moves the map when it lies outside

    // What is seen now, as the next paint will show it.
    std::vector<std::uint32_t> visibleTiles() const;  // indices of photos
    std::vector<std::uint32_t> visibleLabels() const; // indices of scene()->labels()
    QRectF labelRect(std::uint32_t label) const;      // pixels
    std::vector<QRectF> wayChips() const;             // what is written at the steps, then at the query; pixels
    PhotoId photoAt(QPointF widgetPosition) const;    // a thumbnail, or a dot within reach; none
    std::int64_t labelAt(QPointF widgetPosition) const;
    PhotoId hovered() const; // whose card is open, none

    static constexpr double reach = 14; // pixels
    static constexpr int hoverDelayMilliseconds = 125;

Q_SIGNALS:
    void photoActivated(photolex::PhotoId photo);
    void selectionChosen(const std::vector<photolex::PhotoId> &photos, photolex::PhotoId current);
    void hoveredChanged(photolex::PhotoId photo, const QRect &around); // none: the card closes
    void wordActivated(const QString &word);
    // `word` empty: not on a word. `spot`: map units; a photo's place where there is one.
    void menuRequested(const QPoint &globalPosition, QPointF spot, const QString &word);
    void captionRequested(QPointF spot, const QString &word);         // what would a photo here be?
    void photosDragged(const std::vector<photolex::PhotoId> &photos); // carry them out, now
    void wordDragged(const QString &word);
    void tilesWanted(const std::vector<photolex::PhotoId> &photos, int physicalSide);
    void lassoToggled(bool on);
    void viewportChanged();

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void measureLabels();
    void viewMoved(); // by somebody: what is seen now is what is wanted
    void viewChanged();
    void fitAll();
    void askForTiles();
    void paintTiles(QPainter &painter);
    void paintLabels(QPainter &painter);
    void paintWays(QPainter &painter);
    QPixmap labelPicture(std::uint32_t label) const;
    QFont labelFont(MapLabel::Kind kind) const;
    void hoverAt(QPointF position);
    void endHover();
    void click(QPointF position, Qt::KeyboardModifiers modifiers);
    void closeLasso(Qt::KeyboardModifiers modifiers);
    void choose(std::vector<std::uint32_t> indices, Qt::KeyboardModifiers modifiers, std::int64_t current);
    void goTo(QPoint direction, bool extend);
    QString wordAt(QPointF position) const; // empty: none
    QPointF spotAt(QPointF position) const;
    QPointF keySpot() const; // pixels: what a key is meant for

    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace photolex::ui
