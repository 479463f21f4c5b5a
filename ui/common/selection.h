// The photos that are selected, shared by the places: one place sets them, preview and actions follow.
#pragma once

#include "core/base/ids.h"

#include <QObject>
#include <vector>

namespace photolex::ui {

class Selection : public QObject {
    Q_OBJECT
public:
    explicit Selection(QObject *parent = nullptr);

    const std::vector<PhotoId> &photos() const { return m_photos; } // in the order of the view they come from
    PhotoId current() const { return m_current; }                   // none when nothing is current

    // `changed` follows only when something differs.
    void set(std::vector<PhotoId> photos, PhotoId current);
    void clear() { set({}, {}); }

Q_SIGNALS:
    void changed();

private:
    std::vector<PhotoId> m_photos;
    PhotoId m_current;
};

} // namespace photolex::ui
