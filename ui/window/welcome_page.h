// The first start: one button, and the Pictures folder when it holds photos.
#pragma once

#include "ui/common/latest.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QPushButton;
QT_END_NAMESPACE

namespace photolex::ui {

class WelcomePage : public QWidget {
    Q_OBJECT
public:
    // `pictures`: the folder offered, when it holds photos; looked at in a worker.
    explicit WelcomePage(const QString &pictures, QWidget *parent = nullptr);

Q_SIGNALS:
    void folderRequested();
    void folderChosen(const QString &folder);

private:
    QPushButton *m_offer;
    Latest<int> m_counting{this};
};

} // namespace photolex::ui
