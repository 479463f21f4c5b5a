// Recall curves and histograms of ranks of several encoders, on a captioned set that the user chose, both ways.
#pragma once

#include "ui/compare/captioned_run.h"
#include "ui/compare/encoder_choice.h"

#include <QWidget>
#include <memory>

namespace photolex::ui {

class Chart;
class Commands;

class CaptionedPanel : public QWidget {
    Q_OBJECT
public:
    explicit CaptionedPanel(Commands *commands, QWidget *parent = nullptr); // outlives it
    ~CaptionedPanel() override;

    void setEncoders(std::shared_ptr<EncoderShelf> shelf, const QList<EncoderChoice> &encoders); // measures again
    void open(const QString &place); // a folder or file of captioned photos
    QString place() const;
    bool isRunning() const;
    const CaptionedOutcome *outcome() const; // null: none yet
    Chart *recallChart() const;
    Chart *rankChart() const;

Q_SIGNALS:
    void measured(); // or failed: what is on the screen is the newest

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace photolex::ui
