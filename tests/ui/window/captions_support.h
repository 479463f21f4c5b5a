// What tests of the Captions place share: photos in the library of the window, the place, and its field.
#pragma once

#include "core/catalogue/catalogue.h"
#include "tests/support/pictures.h"
#include "tests/ui/window/window_support.h"
#include "ui/captions/caption_field.h"
#include "ui/captions/captions_place.h"

#include <vector>

namespace photolex::test {

class CaptionsTest : public WindowTest {
protected:
    ui::CaptionsPlace *place() const { return m_window->captionsPlace(); }
    ui::CaptionField *field() const { return place()->field(); }

    // true: the place is shown, with the first of `count` photos in the field.
    bool enter(int count)
    {
        if (!open({60, 40, 1100, 700}))
            return false;
        m_window->activateWindow();
        if (!QTest::qWaitForWindowActive(m_window.get()) || !addPhotos(count))
            return false;
        QTest::keyClick(m_window.get(), Qt::Key_6, Qt::ControlModifier);
        const bool shown = QTest::qWaitFor(
            [this] { return place()->isVisible() && place()->photo() == m_photos[0] && !field()->isWaiting(); },
            60'000);
        return shown && field()->hasFocus(); // one can type at once
    }
    void type(const QString &text)
    {
        for (const QChar letter : text)
            letter == QLatin1Char('\n') ? QTest::keyClick(field(), Qt::Key_Return, Qt::ShiftModifier)
                                        : QTest::keyClick(field(), letter.toLatin1());
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::keyClick(field(), key, modifiers);
    }
    void refresh() { Q_EMIT m_session->photosChanged(m_photos); }
    std::vector<catalogue::Caption> captions(std::size_t index) const
    {
        return m_session->catalogue()->captions(m_photos[index]).value();
    }
    QString own(std::size_t index) const
    {
        const auto found = captions(index);
        return found.empty() || found.front().origin != catalogue::CaptionOrigin::User
                   ? QString()
                   : QString::fromStdString(found.front().text);
    }

    std::vector<PhotoId> m_photos;

private:
    bool addPhotos(int count)
    {
        const auto root = m_session->catalogue()->addRoot(*m_folder / "photos").value();
        std::vector<catalogue::Photo> rows;
        for (int i = 0; i < count; ++i) {
            catalogue::Photo row;
            row.root = root;
            row.relativePath = "p" + std::to_string(i) + ".jpg";
            m_folder->write("photos/" + row.relativePath, jpeg(scene(i, {64, 48})));
            row.takenAt = 86'400 * i;
            row.state = catalogue::PhotoState::Ready;
            rows.push_back(row);
        }
        const auto saved = m_session->catalogue()->save(rows);
        m_photos.clear();
        for (const auto &row : rows)
            m_photos.push_back(row.id);
        return isOk(saved);
    }
};

} // namespace photolex::test
