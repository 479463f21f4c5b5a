// The Library place: every photo of the roots in one grid, folders on one side, a preview on the other, time above.
#pragma once

#include "core/base/ids.h"
#include "core/catalogue/catalogue.h"

#include <QWidget>
#include <memory>

namespace photolex::ui {

class Session;
class Commands;
class Selection;

class LibraryPlace : public QWidget {
    Q_OBJECT
public:
    // All three outlive the place.
    LibraryPlace(Session *session, Commands *commands, Selection *selection, QWidget *parent = nullptr);
    ~LibraryPlace() override;

    void revealPhoto(PhotoId photo); // clears filters that hide it
    void focusGrid();
    bool isPreviewShown() const;
    void setPreviewShown(bool shown);
    const catalogue::PhotoFilter &filter() const;

    // Sort, tile size, panels: for QSettings.
    QByteArray saveState() const;
    void restoreState(const QByteArray &state);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace photolex::ui
