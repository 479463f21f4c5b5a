// What the dialogs for captions out and in share: the work goes on in the background and can be stopped; its report is
// read in the dialog, and where two texts differ both are seen side by side before one is taken.
#pragma once

#include "core/exchange/exchange.h"
#include "ui/captions/caption_edits.h"
#include "ui/common/latest.h"

#include <QDialog>
#include <functional>

QT_BEGIN_NAMESPACE
class QLabel;
class QProgressBar;
class QPushButton;
class QVBoxLayout;
QT_END_NAMESPACE

namespace photolex::ui {

class Session;

class ExchangeDialog : public QDialog {
    Q_OBJECT
Q_SIGNALS:
    // Texts of the user that are in the catalogue now, as one step that can be undone.
    void textsChanged(const std::vector<photolex::ui::CaptionEdits::Step> &steps, const QString &what);
    void told(const QString &sentence);

protected:
    ExchangeDialog(Session *session, const QString &name, const QString &title, const QString &go, QWidget *parent);

    using Work = std::function<Result<exchange::Report>(std::stop_token, const ProgressSink &)>;
    // `what` names the step of undo for texts that it changes.
    void work(Work work, const QString &what);
    void say(const QString &sentence);
    QVBoxLayout *column() const { return m_column; } // for what is asked
    Session *session() const { return m_session; }
    QPushButton *goButton() const { return m_go; }

    virtual void begin() = 0; // the button was pressed: checks, then work()
    // Texts that met: what is to be done with them.
    virtual QString theirsTitle() const = 0; // "In the file"
    virtual bool keepsOnlyMine() const = 0;  // keeping ours means writing it (out), not leaving all as it is (in)
    virtual Work writeMine(std::vector<PhotoId> photos) = 0;
    virtual void failed(const Error &error);

    void reject() override; // stops what runs, and closes once it has stopped: what came in till then can be undone

private:
    struct Outcome {
        Result<exchange::Report> report;
        std::vector<CaptionEdits::Step> steps; // also of work that failed, or was stopped, halfway
    };
    void take(Result<Outcome> outcome);
    void showReport(exchange::Report report);
    void showConflicts();

    Session *m_session;
    QString m_what;
    QVBoxLayout *m_column;
    QLabel *m_message;
    QProgressBar *m_progress;
    QPushButton *m_go, *m_differences, *m_close;
    bool m_isStopping = false;
    exchange::Report m_report;
    Latest<Outcome> m_working{this};
};

// Asks for each text that met another one. The answer has one choice for each conflict.
enum class Choice : std::uint8_t { Later, Mine, Theirs };
void askAboutConflicts(const std::vector<exchange::Conflict> &conflicts, const QString &theirsTitle, QWidget *parent,
                       std::function<void(const std::vector<Choice> &)> decided);

} // namespace photolex::ui
