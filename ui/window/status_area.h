// The line at the bottom: what the running job does, how fast, how long still, and its pause, quiet and cancel; else
// how many photos there are. The Problems button appears when there are problems.
#pragma once

#include <QTimer>
#include <QWidget>

QT_BEGIN_NAMESPACE
class QLabel;
class QProgressBar;
class QPushButton;
class QToolButton;
QT_END_NAMESPACE

namespace photolex::ui {

class Session;
struct JobState;

class StatusArea : public QWidget {
    Q_OBJECT
public:
    explicit StatusArea(Session *session, QWidget *parent = nullptr);

    enum class Lasting { Seconds, UntilNext }; // what someone must act on stays until something else is told
    void tell(const QString &message, Lasting lasting = Lasting::Seconds);
    void setProblems(qint64 count);
    void setPhotos(qint64 photos, qint64 waiting);
    QString text() const;

Q_SIGNALS:
    void problemsRequested();
    void quietChosen(bool quiet); // to be kept as a setting

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void showJob(const JobState &job);
    void refreshText();

    Session *m_session;
    QLabel *m_text, *m_rate;
    QProgressBar *m_bar;
    QToolButton *m_pause, *m_quiet, *m_cancel;
    QPushButton *m_problems;
    QTimer m_messageGone;
    QString m_message, m_jobText, m_photosText;
};

} // namespace photolex::ui
