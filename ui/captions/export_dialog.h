// Captions out: sidecars and text files beside the photos or elsewhere, tables, a page for the browser, copies.
#pragma once

#include "ui/captions/exchange_dialog.h"

QT_BEGIN_NAMESPACE
class QComboBox;
class QLineEdit;
class QRadioButton;
QT_END_NAMESPACE

namespace photolex::ui {

class ExportDialog : public ExchangeDialog {
    Q_OBJECT
public:
    // `listed`: the photos of the list; `chosen`: some of them that are selected, or none.
    ExportDialog(Session *session, std::vector<PhotoId> listed, std::vector<PhotoId> chosen, QWidget *parent);

protected:
    void begin() override;
    QString theirsTitle() const override;
    bool keepsOnlyMine() const override { return true; }
    Work writeMine(std::vector<PhotoId> photos) override;
    void failed(const Error &error) override;

private:
    enum class Format : std::uint8_t { Xmp, Text, Csv, Json, Gallery, Copies };
    struct ReadOnly {
        std::string folder; // one of them; empty: all can be written to
        bool all = false;
    };

    Format format() const;
    bool isBeside() const; // sidecars where the photos are
    void follow();         // format and place as they are now
    void lookForReadOnly();
    void choosePlace();
    std::vector<PhotoId> photos() const;
    Work writing(std::vector<PhotoId> photos, exchange::Differing differing) const;

    std::vector<PhotoId> m_listed, m_chosen;
    QComboBox *m_format;
    QRadioButton *m_beside, *m_elsewhere, *m_onlyChosen;
    QLineEdit *m_place;
    QPushButton *m_choose;
    ReadOnly m_readOnly;
    Latest<ReadOnly> m_looking{this};
};

} // namespace photolex::ui
