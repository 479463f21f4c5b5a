// One change to many captions, seen before it is made.
#pragma once

#include "core/catalogue/bulk_edit.h"
#include "ui/common/latest.h"

#include <QDialog>
#include <QStringList>
#include <QTimer>
#include <vector>

QT_BEGIN_NAMESPACE
class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QRadioButton;
class QTableWidget;
QT_END_NAMESPACE

namespace photolex::ui {

class Session;

class BulkDialog : public QDialog {
    Q_OBJECT
public:
    // `listed`: the photos of the list; `chosen`: some of them that are selected, or none.
    BulkDialog(Session *session, std::vector<PhotoId> listed, std::vector<PhotoId> chosen, QWidget *parent);

Q_SIGNALS:
    // What was seen is what is wanted. `what` names the step: "undo `what`".
    void applied(const std::vector<photolex::catalogue::BulkChange> &changes, const QString &what);

private:
    void build();
    catalogue::BulkEdit edit() const;
    void follow();
    void preview();
    struct Seen {
        catalogue::BulkPreview preview;
        QStringList names; // of the photos that are listed
    };
    void take(Result<Seen> seen);
    void apply();

    Session *m_session;
    std::vector<PhotoId> m_listed, m_chosen;
    QComboBox *m_kind;
    QRadioButton *m_onlyChosen;
    QLabel *m_findTitle, *m_textTitle, *m_message;
    QLineEdit *m_find, *m_text;
    QCheckBox *m_isPattern, *m_matchCase, *m_wholeWords;
    QPushButton *m_fields, *m_apply;
    QTableWidget *m_table;
    std::vector<catalogue::BulkChange> m_changes; // that are seen, and no others are made
    QTimer m_soon;
    Latest<Seen> m_previewing{this};
};

} // namespace photolex::ui
