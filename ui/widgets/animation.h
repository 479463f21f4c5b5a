// An animated picture (GIF, WebP) in motion: frame after frame, each for as long as the file says.
//
// Frames are read in a worker, one ahead of the one that is shown. A file that ends early, or that Qt cannot read,
// stops where it is: what was shown before stays.
#pragma once

#include "ui/common/latest.h"

#include <QImage>
#include <QObject>
#include <QTimer>
#include <memory>
#include <string>

namespace photolex::ui {

class Animation : public QObject {
    Q_OBJECT
public:
    explicit Animation(QObject *parent = nullptr);
    ~Animation() override;

    void start(const std::string &path); // bytes; ends what ran before
    void stop();
    bool isRunning() const { return m_source != nullptr; }

Q_SIGNALS:
    void frameShown(const QImage &frame); // upright, opaque, as large as the picture

private:
    struct Source;
    struct Frame {
        QImage image;
        int milliseconds = 0; // until the next one
    };
    void readNext();
    void show(const Frame &frame);

    std::shared_ptr<Source> m_source; // used by one worker at a time
    Latest<Frame> m_reading{this};
    Frame m_next;
    bool m_hasNext = false, m_due = false; // the next frame is here; its time has come
    QTimer m_clock;
};

} // namespace photolex::ui
