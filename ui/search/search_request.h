// What is asked: words, a picture, or both. Made by the search field, answered in the Search place.
#pragma once

#include "core/base/ids.h"

#include <QImage>
#include <QString>

namespace photolex::ui {

struct SearchRequest {
    QString text;
    PhotoId similarTo;   // a photo of the library, or none
    QString pictureFile; // a file that need not be in the library, or empty
    QImage image;        // a pasted or dropped picture, or null
    bool hasPicture() const { return similarTo || !pictureFile.isEmpty() || !image.isNull(); }
    bool isEmpty() const { return text.trimmed().isEmpty() && !hasPicture(); }
    bool samePicture(const SearchRequest &other) const
    {
        return similarTo == other.similarTo && pictureFile == other.pictureFile &&
               image.cacheKey() == other.image.cacheKey();
    }
};

} // namespace photolex::ui
