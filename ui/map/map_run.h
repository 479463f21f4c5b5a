// How the map comes to be, step by step, off the window's thread:
//
// 1. The picture that was kept is shown at once, even before the encoder is open.
// 2. With the encoder, photos that the picture lacks are put into it; the rest stays where it is.
// 3. Without a picture (or when a new one is asked for) the PCA picture is shown at once, then the method's own picture
//    settles: positions come many times a second, may be held, and stopped where they are.
// 4. Groups get their names, and words and captions their places.
//
// The newest request wins. Answers come as signals on the window's thread.
#pragma once

#include "ui/map/map_work.h"

#include <QObject>
#include <memory>
#include <vector>

namespace photolex::ui {

class Session;

class MapRun : public QObject {
    Q_OBJECT
public:
    enum class Stage { Idle, Reading, Neighbours, Settling, Naming };
    Q_ENUM(Stage)

    explicit MapRun(Session *session, QObject *parent = nullptr); // the session outlives it
    ~MapRun() override;

    void open();                               // steps 1, 2 and 4; 3 where nothing was kept. Cheap when nothing changed
    void layOut(projection::Method method);    // steps 3 and 4
    void setMethod(projection::Method method); // for a first picture
    projection::Method method() const;
    void setPaused(bool paused); // while it settles
    bool isPaused() const;
    void settleHere(); // what is shown now is the picture
    void cancel();     // and wait for nothing
    Stage stage() const;
    bool isRunning() const { return stage() != Stage::Idle; }
    const MapPicture &picture() const; // what was shown last

Q_SIGNALS:
    void pictureCame();                                                                // photos, positions, groups
    void positionsMoved(const std::vector<photolex::projection::Position> &positions); // of the same photos
    void groupsCame();
    void settled(); // the picture moves no more, and has its tiles; names follow
    void tilesCame(const photolex::ui::TileSizes &sizes, const std::vector<float> &scales);
    void namesCame(const photolex::ui::MapNames &names);
    void progressed(photolex::ui::MapRun::Stage stage, int done, int total);
    void finished();
    void failed(const photolex::Error &error);

private:
    struct Shared;
    struct Job;
    void start(bool anew, projection::Method method);
    std::unique_ptr<Job> m_job;
};

} // namespace photolex::ui
