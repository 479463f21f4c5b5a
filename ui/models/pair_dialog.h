// Asks for a pair of TorchScript modules (core/joint/outside.h), and says what running them means.
#pragma once

#include "core/joint/outside.h"

#include <QDialog>

QT_BEGIN_NAMESPACE
class QCheckBox;
class QComboBox;
class QLineEdit;
class QPushButton;
class QSpinBox;
QT_END_NAMESPACE

namespace photolex::ui {

class FileField;

class PairDialog : public QDialog {
    Q_OBJECT
public:
    explicit PairDialog(QWidget *parent = nullptr);
    joint::OutsidePair pair() const; // once it was accepted: its code, too

private:
    void follow();

    FileField *m_image, *m_text, *m_pieces;
    QComboBox *m_tokenizer;
    QSpinBox *m_side, *m_length;
    QLineEdit *m_means, *m_deviations, *m_name, *m_licence;
    QCheckBox *m_accept;
    QPushButton *m_go;
};

} // namespace photolex::ui
