// Asks for the files of ready-made rows (core/joint/ready_rows.h).
#pragma once

#include "core/joint/ready_rows.h"

#include <QDialog>

QT_BEGIN_NAMESPACE
class QLineEdit;
class QPushButton;
QT_END_NAMESPACE

namespace photolex::ui {

class FileField;

class RowsDialog : public QDialog {
    Q_OBJECT
public:
    explicit RowsDialog(QWidget *parent = nullptr);
    joint::RowFiles files() const; // once it was accepted

private:
    void follow();

    FileField *m_rows, *m_paths, *m_root, *m_texts, *m_sentences;
    QLineEdit *m_name, *m_licence;
    QPushButton *m_go;
    bool m_isNamed = false; // by hand
};

} // namespace photolex::ui
