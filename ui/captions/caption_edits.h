// Changes of captions, each one step of undo that belongs to its photos wherever the view has gone since.
//
// 1. begin() says which photo is typed for and what stands there; type() keeps every keystroke as a draft of that
// photo.
// 2. commit() makes what was typed the user's text, one step. Leaving the photo commits; so does every other change.
// 3. change() is everything else: accepted suggestions, copies, bulk edits, imports. Undo and redo touch only texts
// that
//    are still what the step left behind; others are passed over, and that is told.
#pragma once

#include "ui/captions/caption_desk.h"

#include <QObject>
#include <QString>
#include <vector>

QT_BEGIN_NAMESPACE
class QUndoStack;
QT_END_NAMESPACE

namespace photolex::ui {

class CaptionEdits : public QObject {
    Q_OBJECT
public:
    explicit CaptionEdits(CaptionDesk *desk, QObject *parent = nullptr); // the desk outlives it
    ~CaptionEdits() override;                                            // commits

    QUndoStack *undoStack() const { return m_undo; }

    PhotoId photo() const { return m_photo; } // that is typed for; none
    void begin(const CaptionTexts &texts);
    void type(const std::string &text);
    const std::string &own() const { return m_own; } // the user's text of that photo, as it was last committed
    bool isTyping() const { return m_text != m_standing; }
    void commit();
    void leave(); // commits, and no photo is typed for

    struct Step {
        PhotoId photo;
        std::string before, after; // the user's text; empty: none
    };
    // As one step named `what` ("undo `what`"). Steps that change nothing are left out.
    void change(std::vector<Step> steps, catalogue::CaptionEntry entry, const QString &what);
    // As change(), of texts that are in the catalogue already.
    void remember(std::vector<Step> steps, const QString &what);
    // The same for what a model proposed. Only the latest proposal of a photo is taken back.
    void rememberProposals(std::vector<catalogue::ProposalChange> changes, const QString &what);

Q_SIGNALS:
    void written(const std::vector<photolex::PhotoId> &photos); // the catalogue has them now
    void led(const std::vector<photolex::PhotoId> &photos);     // undo or redo led back to these
    void passedOver(int count);                                 // texts that have changed since were left as they are

private:
    class Command;
    class ProposalCommand;
    CaptionDesk::Written telling(std::vector<PhotoId> photos);
    void write(const std::vector<Step> &steps, bool back, catalogue::CaptionEntry entry, bool checked);

    CaptionDesk *m_desk;
    QUndoStack *m_undo;
    PhotoId m_photo;
    std::string m_own, m_standing, m_text; // of m_photo: the user's, what the field began with, what it holds now
    bool m_hasDraft = false;
};

} // namespace photolex::ui
