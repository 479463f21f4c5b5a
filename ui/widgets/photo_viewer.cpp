#include "ui/widgets/photo_viewer.h"

#include "core/image/decode.h"
#include "core/image/metadata.h"
#include "ui/common/latest.h"
#include "ui/common/photo_model.h"
#include "ui/common/photo_text.h"
#include "ui/common/session.h"
#include "ui/common/thumbnail_loader.h"
#include "ui/widgets/animation.h"
#include "ui/widgets/photo_facts.h"
#include "ui/widgets/photo_grid.h"

#include <QDesktopServices>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <QScreen>
#include <QShortcut>
#include <QTimer>
#include <algorithm>
#include <cmath>
#include <optional>

namespace photolex::ui {

namespace {

constexpr auto slideTime = std::chrono::seconds(4);
constexpr auto pointerTime = std::chrono::seconds(2);
constexpr auto hintTime = std::chrono::seconds(4);
constexpr double largestZoom = 32;
constexpr std::int64_t mostPixels = 80'000'000; // a picture of more is shown smaller than it is

enum class Source : std::uint8_t { Photo, RawFile };

struct Shown {
    PhotoInfo info;
    std::string path; // of the file that is shown: the photo's, or that of its RAW file
    Source source = Source::Photo;
    QImage picture;
    bool isFull = false; // every pixel of the file
    std::optional<Error> error;
};

// `shortSide` 0: every pixel, as far as memory is spent on it.
Result<Shown> readPicture(const catalogue::Catalogue &catalogue, const image::ThumbnailCache *cache, PhotoId photo,
                          Source source, int shortSide)
{
    auto info = readInfo(catalogue, photo);
    if (!info)
        return fail(info.error());
    Shown shown;
    shown.info = std::move(*info);
    findCompanions(catalogue, std::span(&shown.info, 1));
    shown.source = shown.info.rawFiles.empty() ? Source::Photo : source;
    shown.path = shown.source == Source::RawFile ? shown.info.rawFiles.front().path : shown.info.path;
    const auto pixels = static_cast<std::int64_t>(shown.info.width) * shown.info.height;
    if (shortSide == 0 && pixels > mostPixels)
        shortSide = static_cast<int>(std::min(shown.info.width, shown.info.height) *
                                     std::sqrt(static_cast<double>(mostPixels) / static_cast<double>(pixels)));
    auto decoded = shown.info.isReadable()
                       ? image::decode(shown.path, {.wantedShortSide = shortSide})
                       : Result<image::Decoded>(fail(Errc::NotFound, shown.path, "its drive is not connected"));
    if (decoded) {
        shown.info.width = decoded->fullSize.width;
        shown.info.height = decoded->fullSize.height;
        shown.info.animated = decoded->animated;
        shown.picture = toImage(decoded->pixels);
        shown.isFull = decoded->pixels.size == decoded->fullSize;
        return shown;
    }
    auto request = thumbnailRequest(shown.info);
    request.mayDecode = false;
    if (shown.source == Source::RawFile) // the thumbnail is that of the photo
        shown.error = decoded.error();
    else if (auto thumbnail = loadThumbnail(cache, request, 512))
        shown.picture = std::move(*thumbnail);
    else
        shown.error = decoded.error();
    return shown;
}

} // namespace

struct PhotoViewer::Impl {
    PhotoViewer *q;
    Session *session;
    std::vector<PhotoId> photos;
    std::size_t position = 0;

    std::optional<Shown> shown; // of photos[position], or of the photo before until it comes
    PhotoId shownPhoto;
    std::optional<Shown> ahead; // the next one, read while this one is looked at
    PhotoId aheadPhoto;
    QImage fitted; // `shown` at exactly the window's physical size
    image::Metadata metadata;
    bool infoShown = false;
    int forward = 1; // the direction that was turned last

    double zoom = 1; // 1 fits
    QPointF offset;  // of the picture's middle from the window's, device-independent pixels
    QPointF grabbed;
    bool dragging = false;

    QTimer slides, pointer, hint;
    Animation animation;
    Latest<Shown> reading{nullptr}, readingAhead{nullptr}, readingFull{nullptr};
    Latest<image::Metadata> readingFacts{nullptr};

    int screenSide() const;
    void turn(int by);
    void go(std::size_t to);
    void read(Source source);
    void changeFile();
    void playFilm() const;
    void addLetters();
    QString hintText() const;
    void take(Shown picture, PhotoId photo);
    void readAhead();
    void setZoom(double wanted, QPointF around);
    double fitScale() const; // device-independent pixels per pixel of the file, at zoom 1
    QRectF target() const;
    void clampOffset();
    void paintInfo(QPainter &painter) const;
    void paintText(QPainter &painter, const QString &text, Qt::Alignment where) const;
};

PhotoViewer::PhotoViewer(Session *session, std::vector<PhotoId> photos, PhotoId first, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_impl(std::make_unique<Impl>())
{
    auto &d = *m_impl;
    d.q = this;
    d.session = session;
    d.photos = std::move(photos);
    setAttribute(Qt::WA_DeleteOnClose);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setMinimumSize(320, 240);
    if (const auto *on =
            parent ? parent->screen() : screen()) // right from the first frame, with or without a window manager
        setGeometry(on->geometry());
    d.slides.setInterval(slideTime);
    d.slides.setSingleShot(true); // starts again when the next photo is on the screen
    connect(&d.slides, &QTimer::timeout, this, [this] { m_impl->turn(1); });
    d.pointer.setSingleShot(true);
    d.pointer.setInterval(pointerTime);
    connect(&d.pointer, &QTimer::timeout, this, [this] { setCursor(Qt::BlankCursor); });
    d.pointer.start();
    d.hint.setSingleShot(true);
    d.hint.setInterval(hintTime);
    connect(&d.hint, &QTimer::timeout, this, qOverload<>(&QWidget::update));
    d.hint.start();
    d.addLetters();
    connect(&d.animation, &Animation::frameShown, this, [this](const QImage &frame) {
        m_impl->shown->picture = frame;
        m_impl->shown->isFull = true;
        m_impl->fitted = {};
        update();
    });
    showPhoto(first);
}

PhotoViewer::~PhotoViewer() = default;

void PhotoViewer::open(Session *session, PhotoGrid *grid, PhotoId first, Viewing viewing)
{
    auto photos = grid->photoModel()->photos();
    if (viewing == Viewing::SlideShow) {
        if (auto selected = grid->selectedPhotos(); selected.size() > 1)
            photos = std::move(selected);
        if (!first && !photos.empty())
            first = photos.front();
    }
    if (photos.empty())
        return;
    auto *viewer = new PhotoViewer(session, std::move(photos), first, grid->window());
    if (viewing == Viewing::Photo)
        connect(viewer, &PhotoViewer::closed, grid, &PhotoGrid::selectPhoto);
    connect(viewer, &PhotoViewer::mapRequested, grid, &PhotoGrid::mapRequested);
    viewer->setSlideShow(viewing == Viewing::SlideShow);
    viewer->showFullScreen();
}

PhotoId PhotoViewer::photo() const
{
    return m_impl->position < m_impl->photos.size() ? m_impl->photos[m_impl->position] : PhotoId{};
}

double PhotoViewer::zoom() const
{
    return m_impl->zoom;
}

bool PhotoViewer::isRawShown() const
{
    return m_impl->shown && m_impl->shown->source == Source::RawFile;
}

bool PhotoViewer::isSlideShow() const
{
    return m_impl->slides.isActive();
}

void PhotoViewer::setSlideShow(bool running)
{
    running ? m_impl->slides.start() : m_impl->slides.stop();
    update();
}

void PhotoViewer::showPhoto(PhotoId photo)
{
    auto &d = *m_impl;
    const auto found = std::find(d.photos.begin(), d.photos.end(), photo);
    if (found == d.photos.end() && !d.photos.empty())
        d.go(0);
    else if (found != d.photos.end())
        d.go(static_cast<std::size_t>(found - d.photos.begin()));
}

int PhotoViewer::Impl::screenSide() const
{
    const QSize screen = q->screen() ? q->screen()->size() : q->size();
    return static_cast<int>(std::max({screen.width(), screen.height(), 640}) * q->devicePixelRatioF());
}

void PhotoViewer::Impl::turn(int by)
{
    if (photos.empty())
        return;
    forward = by;
    const auto count = static_cast<std::ptrdiff_t>(photos.size());
    auto to = static_cast<std::ptrdiff_t>(position) + by;
    if (slides.isActive() || by == 0)
        to = (to + count) % count; // a slide show goes round
    go(static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(to, 0, count - 1)));
}

void PhotoViewer::Impl::go(std::size_t to)
{
    position = to;
    animation.stop();
    const PhotoId photo = photos[position];
    q->setWindowTitle(tr("Photo %1 of %2").arg(position + 1).arg(photos.size()));
    readingFull.cancel();
    zoom = 1;
    offset = {};
    if (aheadPhoto == photo && ahead) {
        auto next = std::move(*ahead);
        ahead.reset();
        reading.cancel();
        return take(std::move(next), photo);
    }
    read(Source::Photo);
}

void PhotoViewer::Impl::read(Source source)
{
    const PhotoId photo = photos[position];
    readingAhead.cancel(); // the one that is looked at comes first
    readingFull.cancel();
    animation.stop();
    reading.run([catalogue = session->catalogue(), cache = session->thumbnails(), photo, source, side = screenSide()](
                    std::stop_token) { return readPicture(*catalogue, cache.get(), photo, source, side); },
                [this, photo](Result<Shown> picture) {
                    if (picture)
                        return take(std::move(*picture), photo);
                    Shown failed;
                    failed.error = picture.error();
                    take(std::move(failed), photo);
                });
}

// Between the photo and its RAW file.
void PhotoViewer::Impl::changeFile()
{
    if (!shown || shownPhoto != q->photo() || shown->info.rawFiles.empty())
        return;
    read(shown->source == Source::RawFile ? Source::Photo : Source::RawFile);
    hint.start(); // says what is shown now
}

// Shortcuts, not key events: Qt finds the letter by the place of its key where the layout is not a Latin one.
void PhotoViewer::Impl::addLetters()
{
    const auto add = [this](Qt::Key letter, auto pressed) {
        QObject::connect(new QShortcut(letter, q), &QShortcut::activated, q, pressed);
    };
    add(Qt::Key_I, [this] { infoShown = !infoShown, q->update(); });
    add(Qt::Key_S, [this] { q->setSlideShow(!q->isSlideShow()); });
    add(Qt::Key_R, [this] { changeFile(); });
    add(Qt::Key_P, [this] { playFilm(); });
    add(Qt::Key_M, [this] {
        q->close(); // selects it first
        Q_EMIT q->mapRequested(q->photo());
    });
    add(Qt::Key_F, [this] { q->close(); });
}

void PhotoViewer::Impl::playFilm() const
{
    if (shown && shownPhoto == q->photo() && !shown->info.film.empty())
        QDesktopServices::openUrl(fileUrl(shown->info.film));
}

void PhotoViewer::Impl::take(Shown picture, PhotoId photo)
{
    shown = std::move(picture);
    shownPhoto = photo;
    fitted = {};
    zoom = 1;
    offset = {};
    metadata = {};
    const QString name = shown->source == Source::RawFile ? fileName(shown->path) : shown->info.name;
    q->setWindowTitle(tr("%1 (%2 of %3)", "file name, position, count").arg(name).arg(position + 1).arg(photos.size()));
    q->setAccessibleName(q->windowTitle());
    readingFacts.run([path = shown->path](const std::stop_token &) { return image::readMetadata(path); },
                     [this](Result<image::Metadata> facts) {
                         if (facts)
                             metadata = std::move(*facts);
                         if (infoShown)
                             q->update();
                     });
    if (shown->info.animated && !shown->error)
        animation.start(shown->path);
    if (slides.isActive())
        slides.start();
    q->update();
    readAhead();
    Q_EMIT q->photoShown(photo);
}

void PhotoViewer::Impl::readAhead()
{
    const auto next = static_cast<std::ptrdiff_t>(position) + (forward < 0 ? -1 : 1);
    if (next < 0 || next >= static_cast<std::ptrdiff_t>(photos.size()))
        return;
    const PhotoId photo = photos[static_cast<std::size_t>(next)];
    readingAhead.run([catalogue = session->catalogue(), cache = session->thumbnails(), photo, side = screenSide()](
                         std::stop_token) { return readPicture(*catalogue, cache.get(), photo, Source::Photo, side); },
                     [this, photo](Result<Shown> picture) {
                         ahead.reset();
                         if (picture)
                             ahead = std::move(*picture);
                         aheadPhoto = photo;
                     });
}

double PhotoViewer::Impl::fitScale() const
{
    if (!shown || shown->info.width <= 0 || shown->info.height <= 0)
        return 1;
    const double scale = std::min(static_cast<double>(q->width()) / shown->info.width,
                                  static_cast<double>(q->height()) / shown->info.height);
    return std::min(scale, 2 / q->devicePixelRatioF()); // a small picture is not blown up
}

QRectF PhotoViewer::Impl::target() const
{
    if (!shown)
        return {};
    const double scale = fitScale() * zoom;
    const QSizeF size = shown->info.width > 0 ? QSizeF(shown->info.width * scale, shown->info.height * scale)
                                              : QSizeF(shown->picture.size()).scaled(q->size(), Qt::KeepAspectRatio);
    return {QPointF(q->width() / 2.0 - size.width() / 2, q->height() / 2.0 - size.height() / 2) + offset, size};
}

void PhotoViewer::Impl::clampOffset()
{
    const QSizeF size = target().size();
    const double x = std::max((size.width() - q->width()) / 2, 0.0),
                 y = std::max((size.height() - q->height()) / 2, 0.0);
    offset = {std::clamp(offset.x(), -x, x), std::clamp(offset.y(), -y, y)};
}

void PhotoViewer::Impl::setZoom(double wanted, QPointF around)
{
    wanted = std::clamp(wanted, 1.0, largestZoom);
    const QPointF middle(q->width() / 2.0, q->height() / 2.0);
    // The point of the picture under `around` stays there.
    offset = (around - middle) - (around - middle - offset) * (wanted / zoom);
    zoom = wanted;
    clampOffset();
    q->update();
    if (zoom > 1 && shown && !shown->isFull && shown->info.isReadable() && !readingFull.isRunning()) {
        const PhotoId photo = shownPhoto;
        readingFull.run(
            [catalogue = session->catalogue(), cache = session->thumbnails(), photo, source = shown->source](
                std::stop_token) { return readPicture(*catalogue, cache.get(), photo, source, 0); },
            [this, photo](Result<Shown> picture) {
                if (!picture || picture->picture.isNull() || photo != shownPhoto)
                    return;
                shown = std::move(*picture);
                shown->isFull = true;
                q->update();
            });
    }
}

void PhotoViewer::paintEvent(QPaintEvent *)
{
    auto &d = *m_impl;
    QPainter painter(this);
    painter.fillRect(rect(), Qt::black); // in both themes: nothing beside the photo
    painter.setRenderHints(QPainter::SmoothPixmapTransform | QPainter::Antialiasing);
    painter.setPen(QColor(220, 220, 220));
    if (!d.shown)
        return;
    if (d.shown->picture.isNull()) {
        const QString text = d.shown->error
                                 ? errorSentence(*d.shown->error) + QLatin1Char('\n') + errorRemedy(*d.shown->error)
                                 : tr("This photo cannot be shown.");
        painter.drawText(rect().adjusted(48, 48, -48, -48), Qt::AlignCenter | Qt::TextWordWrap, text);
    } else {
        const double ratio = devicePixelRatioF();
        const QRectF target = d.target();
        const QSize physical = (target.size() * ratio).toSize();
        if (d.zoom == 1) { // scaled once with averaging: sharper and quicker than at every paint
            if (d.fitted.size() != physical)
                d.fitted = d.shown->picture.scaled(physical, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
            d.fitted.setDevicePixelRatio(ratio);
            painter.drawImage(QPointF(std::round(target.x() * ratio) / ratio, std::round(target.y() * ratio) / ratio),
                              d.fitted);
        } else {
            painter.drawImage(target, d.shown->picture);
        }
    }
    if (d.infoShown)
        d.paintInfo(painter);
    if (d.hint.isActive())
        d.paintText(painter, d.hintText(), Qt::AlignHCenter | Qt::AlignBottom);
}

QString PhotoViewer::Impl::hintText() const
{
    QString text = tr("Arrow keys turn · S slide show · I information · M map · + − zoom · Esc back");
    if (!shown->info.rawFiles.empty())
        text += QLatin1Char('\n') +
                (shown->source == Source::RawFile ? tr("R back to the photo") : tr("R shows the RAW file"));
    if (!shown->info.film.empty())
        text += QLatin1Char('\n') + tr("P plays the film");
    return text;
}

void PhotoViewer::Impl::paintInfo(QPainter &painter) const
{
    QStringList lines{shown->source == Source::RawFile ? fileName(shown->path) : shown->info.name};
    if (shown->info.hasCompanions())
        lines += companionLine(shown->info);
    if (const auto line = summaryLine(shown->info); !line.isEmpty())
        lines += line;
    if (const auto exposure = exposureText(metadata); !exposure.isEmpty())
        lines += exposure;
    if (!metadata.camera.empty())
        lines += displayPath(metadata.camera);
    if (shown->info.state == catalogue::PhotoState::Damaged)
        lines += tr("Damaged: a part of the picture is missing");
    lines += tr("%1 of %2", "position in the row of photos").arg(position + 1).arg(photos.size());
    paintText(painter, lines.join(QLatin1Char('\n')),
              Qt::AlignLeft | (hint.isActive() ? Qt::AlignTop : Qt::AlignBottom));
}

void PhotoViewer::Impl::paintText(QPainter &painter, const QString &text, Qt::Alignment where) const
{
    const QRect box = q->rect().adjusted(40, 36, -40, -36);
    const QRect area = painter.boundingRect(box, static_cast<int>(where), text);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0, 0, 0, 170));
    painter.drawRoundedRect(area.adjusted(-16, -12, 16, 12), 8, 8);
    painter.setPen(Qt::white);
    painter.drawText(area, static_cast<int>(where), text);
}

void PhotoViewer::keyPressEvent(QKeyEvent *event)
{
    auto &d = *m_impl;
    const QPointF middle(width() / 2.0, height() / 2.0);
    const int right = isRightToLeft() ? -1 : 1;
    switch (event->key()) {
    case Qt::Key_Right:
        d.turn(right);
        break;
    case Qt::Key_Left:
        d.turn(-right);
        break;
    case Qt::Key_Space:
    case Qt::Key_Down:
    case Qt::Key_PageDown:
        d.turn(1);
        break;
    case Qt::Key_Backspace:
    case Qt::Key_Up:
    case Qt::Key_PageUp:
        d.turn(-1);
        break;
    case Qt::Key_Home:
        d.forward = 1, d.go(0);
        break;
    case Qt::Key_End:
        d.forward = -1, d.go(d.photos.size() - 1);
        break;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        d.setZoom(d.zoom * 1.25, middle);
        break;
    case Qt::Key_Minus:
        d.setZoom(d.zoom / 1.25, middle);
        break;
    case Qt::Key_0:
        d.setZoom(1, middle);
        break;
    case Qt::Key_1:
        d.setZoom(1 / (d.fitScale() * devicePixelRatioF()), middle);
        break;
    case Qt::Key_Escape:
        close();
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

void PhotoViewer::wheelEvent(QWheelEvent *event)
{
    m_impl->setZoom(m_impl->zoom * std::pow(1.25, event->angleDelta().y() / 120.0), event->position());
    event->accept();
}

void PhotoViewer::mousePressEvent(QMouseEvent *event)
{
    m_impl->dragging = event->button() == Qt::LeftButton;
    m_impl->grabbed = event->position();
    if (event->button() == Qt::BackButton || event->button() == Qt::ForwardButton)
        m_impl->turn(event->button() == Qt::BackButton ? -1 : 1);
}

void PhotoViewer::mouseMoveEvent(QMouseEvent *event)
{
    auto &d = *m_impl;
    setCursor(d.zoom > 1 ? (d.dragging ? Qt::ClosedHandCursor : Qt::OpenHandCursor) : Qt::ArrowCursor);
    d.pointer.start();
    if (!d.dragging)
        return;
    d.offset += event->position() - d.grabbed;
    d.grabbed = event->position();
    d.clampOffset();
    update();
}

void PhotoViewer::mouseReleaseEvent(QMouseEvent *)
{
    m_impl->dragging = false;
}

void PhotoViewer::mouseDoubleClickEvent(QMouseEvent *event)
{
    auto &d = *m_impl;
    d.setZoom(d.zoom > 1 ? 1 : std::max(1 / (d.fitScale() * devicePixelRatioF()), 2.0), event->position());
}

void PhotoViewer::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_impl->clampOffset();
}

void PhotoViewer::closeEvent(QCloseEvent *event)
{
    m_impl->slides.stop();
    Q_EMIT closed(photo());
    QWidget::closeEvent(event);
}

} // namespace photolex::ui
