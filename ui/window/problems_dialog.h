// Photos that could not be read: which, why, and what to do. Each can be tried again, or shown in its folder.
#pragma once

#include "core/catalogue/catalogue.h"
#include "ui/common/latest.h"

#include <QDialog>
#include <vector>

QT_BEGIN_NAMESPACE
class QLabel;
class QPushButton;
class QTreeWidget;
QT_END_NAMESPACE

namespace photolex::ui {

class Session;

class ProblemsDialog : public QDialog {
    Q_OBJECT
public:
    explicit ProblemsDialog(Session *session, QWidget *parent = nullptr);

    int count() const; // rows shown

private:
    void refresh();
    void show(std::vector<catalogue::Problem> problems);
    void followSelection();
    std::vector<PhotoId> chosen() const; // selected, or all when none is

    Session *m_session;
    std::vector<catalogue::Problem> m_problems;
    Latest<std::vector<catalogue::Problem>> m_reading{this};
    QLabel *m_sentence;
    QTreeWidget *m_list;
    QLabel *m_details; // the current row in full
    QPushButton *m_retry, *m_showInFolder;
};

} // namespace photolex::ui
