// Captions in: sidecars, text files, tables, Google Takeout.
#pragma once

#include "ui/captions/exchange_dialog.h"

QT_BEGIN_NAMESPACE
class QComboBox;
class QLineEdit;
QT_END_NAMESPACE

namespace photolex::ui {

class ImportDialog : public ExchangeDialog {
    Q_OBJECT
public:
    ImportDialog(Session *session, QWidget *parent);

protected:
    void begin() override;
    QString theirsTitle() const override;
    bool keepsOnlyMine() const override { return false; }
    Work writeMine(std::vector<PhotoId>) override { return {}; }

private:
    enum class Format : std::uint8_t { Xmp, Text, Csv, Takeout };
    void follow();
    void choosePlace();

    QComboBox *m_format;
    QLineEdit *m_place;
};

} // namespace photolex::ui
