// How alike the encoders answered one query, pair by pair, and the photos that they place farthest apart.
#pragma once

#include "ui/compare/compare_run.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QTableWidget;
QT_END_NAMESPACE

namespace photolex::ui {

class AgreementPanel : public QWidget {
    Q_OBJECT
public:
    explicit AgreementPanel(QWidget *parent = nullptr);

    void setOutcome(const CompareOutcome &outcome, const QStringList &encoderNames);

Q_SIGNALS:
    void photoChosen(photolex::PhotoId photo);

private:
    void fillPairs(const CompareOutcome &outcome, const QStringList &names);
    void fillMoved(const CompareOutcome &outcome, const QStringList &names);

    QTableWidget *m_pairs, *m_moved;
};

} // namespace photolex::ui
