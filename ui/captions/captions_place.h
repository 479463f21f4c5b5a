// The Captions place: photos one after another with a field for their text, for whoever captions a folder all day.
// Everything has a key, and stands with it in the menu. What is typed is kept at every keystroke.
#pragma once

#include "core/base/ids.h"

#include <QWidget>
#include <memory>
#include <vector>

namespace photolex::ui {

class Session;
class Commands;
class Selection;
class CaptionBench;
class CaptionEdits;
class CaptionField;

class CaptionsPlace : public QWidget {
    Q_OBJECT
public:
    // All outlive the place.
    CaptionsPlace(Session *session, Commands *commands, Selection *selection, QWidget *parent = nullptr);
    ~CaptionsPlace() override; // everything typed is written

    PhotoId photo() const; // whose caption is in the field; none
    CaptionField *field() const;
    CaptionEdits *edits() const;
    void focusField();
    bool isBench() const;
    CaptionBench *bench() const;
    // The bench, for what is no photo: an expression. `point`: of the captions' encoder, length 1.
    void writeAt(const std::vector<float> &point, const QString &name);
    // Only these in the list, the first one in the field; one alone among the others.
    void captionPhotos(const std::vector<PhotoId> &photos);
    // Writes what is typed. False: it could not be (a full disk); it is kept, and tried again while the program runs.
    bool save();

    // Photos, order, sizes: for the settings.
    QByteArray saveState() const;
    void restoreState(const QByteArray &state);

Q_SIGNALS:
    void settled(); // a photo's text has come into the field

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace photolex::ui
