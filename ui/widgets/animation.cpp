#include "ui/widgets/animation.h"

#include "core/image/decode.h"
#include "ui/common/photo_text.h"

#include <QImageReader>
#include <QPainter>

namespace photolex::ui {

namespace {

// Old files say 0 or 10 ms and mean "as fast as it goes", which once was about this.
constexpr int shortestMilliseconds = 20, usualMilliseconds = 100;

} // namespace

struct Animation::Source {
    std::string path;
    std::unique_ptr<QImageReader> reader;
    int framesOfRound = 0, roundsLeft = 0; // below 0: for ever

    void open()
    {
        reader = std::make_unique<QImageReader>(nativePath(path));
        reader->setDecideFormatFromContent(true);
        reader->setAutoTransform(true);
    }

    Result<Frame> next()
    {
        if (!reader) {
            open();
            roundsLeft = reader->loopCount();
        }
        QImage image = reader->read();
        if (image.isNull() && framesOfRound > 1 && roundsLeft != 0) {
            --roundsLeft;
            framesOfRound = 0;
            open();
            image = reader->read();
        }
        if (image.isNull())
            return fail(Errc::NotFound, path, "no further frame");
        ++framesOfRound;
        const int said = reader->nextImageDelay();
        if (image.hasAlphaChannel()) { // on the ground that still pictures have, too
            const int grey = image::DecodeOptions{}.background;
            QImage opaque(image.size(), QImage::Format_RGB32);
            opaque.fill(QColor(grey, grey, grey));
            QPainter(&opaque).drawImage(0, 0, image);
            image = std::move(opaque);
        }
        return Frame{std::move(image), said < shortestMilliseconds ? usualMilliseconds : said};
    }
};

Animation::Animation(QObject *parent)
    : QObject(parent)
{
    m_clock.setSingleShot(true);
    m_clock.setTimerType(Qt::PreciseTimer);
    connect(&m_clock, &QTimer::timeout, this, [this] {
        m_due = true;
        if (m_hasNext)
            show(m_next);
    });
}

Animation::~Animation() = default;

void Animation::start(const std::string &path)
{
    stop();
    m_source = std::make_shared<Source>();
    m_source->path = path;
    m_due = true; // the first one, as soon as it is read
    readNext();
}

void Animation::stop()
{
    m_reading.cancel();
    m_clock.stop();
    m_source.reset();
    m_next = {};
    m_hasNext = m_due = false;
}

void Animation::readNext()
{
    m_reading.run([source = m_source](const std::stop_token &) { return source->next(); },
                  [this](Result<Frame> frame) {
                      if (!frame)
                          return stop();
                      m_next = std::move(*frame);
                      m_hasNext = true;
                      if (m_due)
                          show(m_next);
                  });
}

void Animation::show(const Frame &frame)
{
    m_hasNext = m_due = false;
    m_clock.start(frame.milliseconds);
    const QImage image = frame.image;
    readNext();
    Q_EMIT frameShown(image);
}

} // namespace photolex::ui
