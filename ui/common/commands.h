// What one place asks of another. Places never include one another: they ask here, and the window carries it out.
#pragma once

#include "core/base/ids.h"

#include <QImage>
#include <QObject>
#include <QString>
#include <QStringList>
#include <vector>

namespace photolex::ui {

class Commands : public QObject {
    Q_OBJECT
public:
    explicit Commands(QObject *parent = nullptr);

    // Each only emits the signal of its name, so that a place needs no more than this object.
    void searchText(const QString &text) { Q_EMIT textSearched(text); }
    void searchSimilar(PhotoId photo) { Q_EMIT similarSearched(photo); }
    void searchPicture(const QString &file) { Q_EMIT pictureSearched(file); }
    void searchImage(const QImage &image) { Q_EMIT imageSearched(image); }
    void typeIntoSearch(const QString &text) { Q_EMIT typedIntoSearch(text); }
    void addToExpression(const std::vector<PhotoId> &photos) { Q_EMIT addedToExpression(photos); }
    void openExpression(const QString &text) { Q_EMIT expressionOpened(text); }
    void showInLibrary(PhotoId photo) { Q_EMIT shownInLibrary(photo); }
    void showOnMap(const std::vector<PhotoId> &photos) { Q_EMIT shownOnMap(photos); }
    void showWayOnMap() { Q_EMIT wayShownOnMap(); }
    void addFolder(const QString &folder) { Q_EMIT folderAdded(folder); }
    void chooseFolder() { Q_EMIT folderChosen(); }
    void writeCaptionAt(const std::vector<float> &point, const QString &name) { Q_EMIT captionAtWanted(point, name); }
    void compareEncoders(const QStringList &encoders) { Q_EMIT encodersCompared(encoders); }
    void captionPhotos(const std::vector<PhotoId> &photos) { Q_EMIT captionsWanted(photos); }
    void changeAlbums() { Q_EMIT albumsChanged(); }
    void tell(const QString &message) { Q_EMIT told(message); }

Q_SIGNALS:
    void textSearched(const QString &text);        // run this query in the Search place
    void similarSearched(photolex::PhotoId photo); // photos like this one
    void pictureSearched(const QString &file);     // photos like this file, which need not be in the library
    void imageSearched(const QImage &image);       // photos like this pasted or dropped picture
    void typedIntoSearch(const QString &text);     // keys typed over a grid: the search field takes focus and text
    // As terms of the expression on the bench, and an expression instead of what is there.
    void addedToExpression(const std::vector<photolex::PhotoId> &photos);
    void expressionOpened(const QString &text);
    void shownInLibrary(photolex::PhotoId photo);                  // switch to the Library place and reveal
    void shownOnMap(const std::vector<photolex::PhotoId> &photos); // select them, and show where on the map they lie
    void wayShownOnMap();                                          // that of the expression, step by step
    void folderAdded(const QString &folder);                       // the user agreed already: add and index
    void folderChosen();                                           // ask for a folder, then add it
    // What a photo at this point would be; of the default encoder, length 1. `name` says what it is.
    void captionAtWanted(const std::vector<float> &point, const QString &name);
    void encodersCompared(const QStringList &encoders);                // as the Compare place names them
    void captionsWanted(const std::vector<photolex::PhotoId> &photos); // by the user, one after another
    void albumsChanged();              // an album came, went, was renamed, or holds other photos
    void told(const QString &message); // one sentence for the status area
};

} // namespace photolex::ui
