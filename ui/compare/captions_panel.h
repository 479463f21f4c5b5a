// What each encoder says of the photo that is selected, in columns: the sentences that lie nearest to it, and those
// that were written for it. Where one says nothing, the cell says why.
//
// A table: arrows move, a screen reader hears encoder, kind and sentence.
#pragma once

#include "ui/compare/captions_run.h"
#include "ui/compare/encoder_choice.h"

#include <QWidget>
#include <memory>

namespace photolex::ui {

class Commands;
class Selection;
class Session;

class CaptionsPanel : public QWidget {
    Q_OBJECT
public:
    CaptionsPanel(Session *session, Commands *commands, Selection *selection, QWidget *parent = nullptr); // outlive it
    ~CaptionsPanel() override;

    void setEncoders(std::shared_ptr<EncoderShelf> shelf, const QList<EncoderChoice> &encoders);
    void photosChanged(); // points may have come
    bool isRunning() const;
    const CaptionsOutcome *outcome() const; // null: none yet

Q_SIGNALS:
    void said(); // or failed: what is on the screen is the newest

protected:
    void showEvent(QShowEvent *event) override; // what was chosen meanwhile is asked now

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace photolex::ui
