// Two encoders' maps of the same photos side by side, in step: one place, one zoom and one selection for both, and the
// photos that moved farthest from one to the other as a list.
#pragma once

#include "ui/compare/encoder_choice.h"
#include "ui/compare/paired_maps.h"

#include <QWidget>
#include <memory>

namespace photolex::ui {

class Commands;
class PairView;
class Selection;
class Session;

class MapsPanel : public QWidget {
    Q_OBJECT
public:
    MapsPanel(Session *session, Commands *commands, Selection *selection, QWidget *parent = nullptr); // outlive it
    ~MapsPanel() override;

    // The maps are made when the panel is seen, and made anew only for other encoders or on request.
    void setEncoders(std::shared_ptr<EncoderShelf> shelf, const QList<EncoderChoice> &encoders);
    void layOut();        // anew, with the photos of now
    void photosChanged(); // where there were too few for maps, there may be enough
    bool isRunning() const;
    const PairedMaps &maps() const; // as they are shown
    PairView *firstView() const;
    PairView *secondView() const;

Q_SIGNALS:
    void settled(); // or failed: what is on the screen is the newest

protected:
    void showEvent(QShowEvent *event) override;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace photolex::ui
