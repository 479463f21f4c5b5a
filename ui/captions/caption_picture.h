// The photo above its caption, as large as there is space: the stored thumbnail at once, the sharp picture when it has
// been decoded for the size of now.
#pragma once

#include "ui/common/latest.h"
#include "ui/common/photo_model.h"
#include "ui/widgets/picture_view.h"

#include <QImage>
#include <QTimer>

namespace photolex::ui {

class Session;

class CaptionPicture : public PictureView {
    Q_OBJECT
public:
    explicit CaptionPicture(Session *session, QWidget *parent = nullptr); // it outlives the picture
    void setPhoto(PhotoId photo);                                         // none: nothing is shown
    bool hasHeightForWidth() const override { return false; }

Q_SIGNALS:
    void described(const photolex::ui::PhotoInfo &info); // what is known of the photo, before its picture

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void read();
    void decode();

    Session *m_session;
    PhotoInfo m_info;
    PhotoId m_photo;
    int m_side = 0;  // that the sharp picture was made for
    QTimer m_settle; // keys held down pass photos faster than they are read
    Latest<PhotoInfo> m_reading{this};
    Latest<QImage> m_quick{this}, m_sharp{this};
};

} // namespace photolex::ui
