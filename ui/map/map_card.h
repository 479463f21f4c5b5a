// What opens beside a dot under the pointer: the photo, its name, when it was taken, its group, and the words nearest
// to it. It takes no events: the pointer goes through it.
#pragma once

#include "core/search/search.h"
#include "ui/common/latest.h"
#include "ui/map/map_pictures.h"

#include <QString>
#include <QWidget>
#include <vector>

namespace photolex::ui {

class MapCard : public QWidget {
    Q_OBJECT
public:
    MapCard(Session *session, QWidget *parent);

    // Beside `around`, where it covers neither that nor the edge of the parent. No photo: it closes.
    void showPhoto(PhotoId photo, const QRect &around, const QString &group);
    PhotoId photo() const { return m_photo; }
    QString text() const; // all that is written on it

    static constexpr int pictureSide = 176;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void place();
    QStringList lines() const;
    Session *m_session;
    MapPictures m_pictures;
    Latest<std::vector<search::Engine::Word>> m_reading{this};
    PhotoId m_photo;
    QRect m_around;
    QString m_group, m_words;
};

} // namespace photolex::ui
