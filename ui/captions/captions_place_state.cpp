// What the window asks of the Captions place: captions for some photos or for a point, and what is kept for the next
// start.
#include "ui/captions/bench/caption_bench.h"
#include "ui/captions/captions_place_p.h"
#include "ui/common/selection.h"
#include "ui/common/session.h"

#include <QAction>
#include <QDataStream>
#include <QSplitter>
#include <QTableView>
#include <utility>

namespace photolex::ui {

namespace {

constexpr quint32 stateVersion = 1;

} // namespace

PhotoId CaptionsPlace::photo() const
{
    return m_impl->shown;
}

CaptionField *CaptionsPlace::field() const
{
    return m_impl->field;
}

CaptionEdits *CaptionsPlace::edits() const
{
    return &m_impl->edits;
}

void CaptionsPlace::focusField()
{
    m_impl->wantsFocus = !m_impl->field->isEnabled(); // as soon as there is a photo
    m_impl->field->setFocus();
}

bool CaptionsPlace::isBench() const
{
    return m_impl->benchMode->isChecked();
}

CaptionBench *CaptionsPlace::bench() const
{
    return m_impl->bench;
}

void CaptionsPlace::writeAt(const std::vector<float> &point, const QString &name)
{
    m_impl->edits.commit();
    m_impl->keepsPoint = true;
    m_impl->benchMode->setChecked(true);
    m_impl->bench->setPoint(point, name);
    m_impl->showTop();
    m_impl->bench->table()->setFocus();
}

void CaptionsPlace::captionPhotos(const std::vector<PhotoId> &photos)
{
    auto &d = *m_impl;
    if (photos.empty())
        return;
    d.benchMode->setChecked(false);
    d.wanted = photos.front();
    if (photos.size() > 1) {
        d.bar->setSelected(photos);
        d.bar->chooseSelected();
    }
    d.insists = true;
    d.list();
    focusField();
}

bool CaptionsPlace::save()
{
    return m_impl->save();
}

QByteArray CaptionsPlace::saveState() const
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream << stateVersion << m_impl->bar->saveState() << m_impl->splitter->saveState()
           << static_cast<qint64>(m_impl->shown.value) << isBench() << m_impl->bench->saveState();
    return bytes;
}

void CaptionsPlace::restoreState(const QByteArray &state)
{
    QDataStream stream(state);
    quint32 version = 0;
    QByteArray bar, sizes, sliders;
    qint64 photo = 0;
    bool isBenchShown = false;
    stream >> version >> bar >> sizes >> photo >> isBenchShown >> sliders;
    if (stream.status() != QDataStream::Ok || version != stateVersion)
        return;
    if (const auto folders = m_impl->session->catalogue()->folders())
        m_impl->bar->setScopes(*folders, {});
    m_impl->bar->restoreState(bar);
    m_impl->splitter->restoreState(sizes);
    m_impl->wanted = {photo};
    m_impl->bench->restoreState(sliders);
    m_impl->benchMode->setChecked(isBenchShown);
}

void CaptionsPlace::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    auto &d = *m_impl;
    if (d.selection->current() && d.selection->current() != d.shown)
        d.wanted = d.selection->current();
    if (d.isStale)
        d.list();
    else if (d.wanted && d.model->rowOf(d.wanted) >= 0)
        d.select(std::exchange(d.wanted, {}));
    d.countingOwn.run([catalogue = d.session->catalogue()](
                          const std::stop_token &stop) { return search::countedWords(*catalogue, {}, stop); },
                      [this](Result<std::vector<search::CountedWord>> words) {
                          if (words)
                              m_impl->field->words().setOwn(*words);
                      });
    if (d.shown)
        d.suggest.start();
}

void CaptionsPlace::hideEvent(QHideEvent *event)
{
    m_impl->edits.commit();
    QWidget::hideEvent(event);
}

} // namespace photolex::ui
