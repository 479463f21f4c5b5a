// *Caption all*: captions are written for many photos in the background. It goes on when the dialog is closed, can be
// broken off at any time, and goes on where it was. What it writes are proposals beside the user's own texts.
#pragma once

#include "core/captioning/captioning.h"
#include "ui/common/latest.h"
#include "ui/common/session.h"

#include <QDialog>
#include <QTimer>
#include <memory>
#include <mutex>
#include <vector>

QT_BEGIN_NAMESPACE
class QCheckBox;
class QLabel;
class QProgressBar;
class QPushButton;
QT_END_NAMESPACE

namespace photolex::ui {

class CaptionJobDialog : public QDialog {
    Q_OBJECT
public:
    explicit CaptionJobDialog(Session *session, QWidget *parent = nullptr); // it outlives the dialog
    ~CaptionJobDialog() override;                                           // asks a running job to stop

    // Photos to write for, and what they are called: "12 selected photos", "All photos". A running job stays as it is.
    void setPhotos(std::vector<PhotoId> photos, const QString &name);
    bool isRunning() const { return m_job.isRunning(); }
    void start();
    void stop();

Q_SIGNALS:
    void proposed(const std::vector<photolex::catalogue::ProposalChange> &changes); // were written, all of this run
    void ended(const QString &sentence);

private:
    struct Live; // shared with the worker
    void follow();
    void finish(const Result<captioning::JobReport> &report);
    QString counts(const captioning::JobReport &report) const;

    Session *m_session;
    std::vector<PhotoId> m_photos;
    QString m_name;
    QLabel *m_title, *m_counts;
    QCheckBox *m_again, *m_withCaptioned;
    QProgressBar *m_bar;
    QPushButton *m_start;
    QTimer m_tick;
    std::shared_ptr<Live> m_live;
    Latest<captioning::JobReport> m_job{this};
};

} // namespace photolex::ui
