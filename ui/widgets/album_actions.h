// Albums as a person changes them: made, filled, emptied. Each is done in a worker and told in the status area.
#pragma once

#include "core/base/ids.h"

#include <QString>
#include <string>
#include <vector>

QT_BEGIN_NAMESPACE
class QWidget;
QT_END_NAMESPACE

namespace photolex::ui {

class Session;
class Commands;

void addToAlbum(Session *session, Commands *commands, AlbumId album, const std::string &name,
                std::vector<PhotoId> photos);
void removeFromAlbum(Session *session, Commands *commands, AlbumId album, std::vector<PhotoId> photos);
// Asks for a name, makes the album, and puts the photos into it.
void askForAlbum(Session *session, Commands *commands, QWidget *parent, std::vector<PhotoId> photos = {});
void askForAlbumName(Session *session, Commands *commands, QWidget *parent, AlbumId album, const std::string &name);
// Asked first; the photos stay.
void askToRemoveAlbum(Session *session, Commands *commands, QWidget *parent, AlbumId album, const std::string &name);

} // namespace photolex::ui
