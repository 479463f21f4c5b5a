#include "ui/captions/caption_picture.h"

#include "core/image/decode.h"
#include "ui/common/photo_text.h"
#include "ui/common/session.h"
#include "ui/common/thumbnail_loader.h"

#include <algorithm>

namespace photolex::ui {

namespace {

constexpr int quickSide = 512;

} // namespace

CaptionPicture::CaptionPicture(Session *session, QWidget *parent)
    : PictureView(parent)
    , m_session(session)
{
    setAccessibleName(tr("Picture"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setMinimumSize(120, 80);
    m_settle.setSingleShot(true);
    m_settle.setInterval(40);
    connect(&m_settle, &QTimer::timeout, this, [this] {
        if (m_info.photo == m_photo && m_photo)
            decode();
        else
            read();
    });
}

void CaptionPicture::setPhoto(PhotoId photo)
{
    if (photo == m_photo)
        return;
    m_photo = photo;
    m_quick.cancel();
    m_sharp.cancel();
    m_reading.cancel();
    m_info = {};
    m_side = 0;
    setText({});
    if (photo)
        m_settle.start();
    else
        setPicture({});
}

void CaptionPicture::read()
{
    m_reading.run([catalogue = m_session->catalogue(),
                   photo = m_photo](const std::stop_token &) { return readInfo(*catalogue, photo); },
                  [this](Result<PhotoInfo> info) {
                      setPicture({}); // another photo's would belie the text below
                      if (!info)
                          return setText(shortReason(info.error()));
                      m_info = std::move(*info);
                      Q_EMIT described(m_info);
                      decode();
                  });
}

void CaptionPicture::decode()
{
    const int side = static_cast<int>(std::max({width(), height(), 64}) * devicePixelRatioF());
    if (side <= m_side)
        return;
    m_side = side;
    const auto request = thumbnailRequest(m_info);
    if (!hasPicture())
        m_quick.run(
            [cache = m_session->thumbnails(), request](const std::stop_token &) {
                auto cached = request;
                cached.mayDecode = false;
                return loadThumbnail(cache.get(), cached, quickSide);
            },
            [this](Result<QImage> image) {
                if (image && !hasPicture())
                    setPicture(*image);
            });
    if (!m_info.isReadable())
        return setText(tr("The drive or folder that holds this photo is not connected."));
    m_sharp.run(
        [path = m_info.path, side](const std::stop_token &) -> Result<QImage> {
            auto decoded = image::decode(path, {.wantedShortSide = side});
            if (!decoded)
                return fail(decoded.error());
            return toImage(image::fitted(decoded->pixels, {side, side}));
        },
        [this](Result<QImage> image) {
            if (image)
                setPicture(*image);
            else if (!hasPicture())
                setText(shortReason(image.error()));
        });
}

void CaptionPicture::resizeEvent(QResizeEvent *event)
{
    PictureView::resizeEvent(event);
    if (m_info.photo)
        m_settle.start();
}

} // namespace photolex::ui
