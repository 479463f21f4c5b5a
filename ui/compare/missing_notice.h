// A line above the panels: what an encoder cannot read, and which photos it has no point of, with the button that
// indexes them. Hidden while there is nothing to say.
#pragma once

#include "ui/compare/compare_run.h"
#include "ui/compare/encoder_choice.h"

#include <QWidget>
#include <memory>

QT_BEGIN_NAMESPACE
class QLabel;
class QPushButton;
QT_END_NAMESPACE

namespace photolex::ui {

class Session;

class MissingNotice : public QWidget {
    Q_OBJECT
public:
    explicit MissingNotice(Session *session, QWidget *parent = nullptr); // outlives it

    // `isShown`: the answer is on the screen, so that what was not understood of the query matters.
    void setOutcome(const CompareOutcome &outcome, const QList<EncoderChoice> &encoders,
                    std::shared_ptr<EncoderShelf> shelf, bool isShown);
    // Jobs for the encoders that lack points: the library's own, or that of their bundle.
    void indexNow();

private:
    void tell();
    QString queryLine(std::size_t encoder) const;
    QString missingLine(std::size_t encoder) const;
    bool canBeIndexed(std::size_t encoder) const;
    bool isOwn(std::size_t encoder) const;
    std::shared_ptr<const model::Bundle> bundleOf(std::size_t encoder) const;
    QString nameOf(std::size_t encoder) const { return m_encoders.value(static_cast<qsizetype>(encoder)).name; }

    Session *m_session;
    QLabel *m_text;
    QPushButton *m_button;
    CompareOutcome m_outcome;
    QList<EncoderChoice> m_encoders;
    std::shared_ptr<EncoderShelf> m_shelf;
    bool m_isShown = false;
};

} // namespace photolex::ui
