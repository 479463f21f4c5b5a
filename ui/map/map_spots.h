// "What would a photo here be?": from a spot of the map back to a point of the joint space, for which captions can be
// written. The map is flat and the space is not, so the way back is a guess, made openly: the photos drawn nearest to
// the spot, mixed by the inverse square of their distances. On a photo that is the photo itself; on a word it is what
// the encoder makes of the word.
#pragma once

#include "ui/common/latest.h"

#include <QObject>
#include <QPointF>
#include <QString>
#include <vector>

namespace photolex::ui {

class Session;
class Commands;
class MapScene;

class MapSpots : public QObject {
    Q_OBJECT
public:
    MapSpots(Session *session, Commands *commands, const MapScene *scene); // all outlive it

    // Asks for captions there, through Commands::writeCaptionAt(); where that cannot be, why not is told. `spot`: map
    // units; `word`: that is written there, empty for none.
    void write(QPointF spot, const QString &word);

private:
    struct Found {
        std::vector<float> point; // length 1
        QString name;
    };
    Session *m_session;
    Commands *m_commands;
    const MapScene *m_scene;
    Latest<Found> m_finding{this};
};

} // namespace photolex::ui
