// One bundle, in full: what it is, under which terms, where it came from, how large and how fast it is, and what was
// measured of its encoders.
#pragma once

#include "ui/models/models_run.h"

#include <QScrollArea>

QT_BEGIN_NAMESPACE
class QFormLayout;
class QLabel;
class QTableWidget;
class QVBoxLayout;
QT_END_NAMESPACE

namespace photolex::ui {

class BundlePage : public QScrollArea {
    Q_OBJECT
public:
    explicit BundlePage(QWidget *parent = nullptr);

    void setBundle(const BundleInfo &bundle);
    void setSpeed(const joint::Speed &speed); // of the bundle that is shown

private:
    QLabel *addLine(const QString &title, const QString &text);
    void addEncoders(const std::vector<model::EncoderEntry> &encoders);

    QWidget *m_page = nullptr;
    QVBoxLayout *m_column = nullptr;
    QFormLayout *m_form = nullptr;
    QLabel *m_speed = nullptr;
    QTableWidget *m_encoders = nullptr;
    std::vector<std::string> m_ids; // of the encoders, row by row
};

} // namespace photolex::ui
