// One photo large, and what is known of it: captions, nearest words, EXIF. For the side of a place.
//
// Everything is read in workers; a photo that is left before its answers came drops them.
#pragma once

#include "core/base/ids.h"

#include <QWidget>
#include <memory>

namespace photolex::ui {

class Session;
class Commands;

class PhotoPreview : public QWidget {
    Q_OBJECT
public:
    PhotoPreview(Session *session, Commands *commands, QWidget *parent = nullptr);
    ~PhotoPreview() override;

    // None: the panel says that nothing is selected. `selected`: how many photos are, said when more than one.
    void setPhoto(PhotoId photo, int selected = 1);
    PhotoId photo() const;

    QSize sizeHint() const override { return {304, 600}; }

Q_SIGNALS:
    void activated(photolex::PhotoId photo); // the picture was double-clicked

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace photolex::ui
