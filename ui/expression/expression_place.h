// The Expression place: a bench on which photos and words are added and subtracted, and what lies at the point that
// comes out: photos and words, live while a weight is moved. Empty, it shows examples from the user's own photos.
// It listens to the commands that add to an expression, and asks to be shown when one came.
#pragma once

#include "core/base/ids.h"
#include "core/search/expression.h"
#include "ui/common/dropped.h"

#include <QWidget>
#include <memory>
#include <vector>

namespace photolex::ui {

class Session;
class Commands;
class Selection;
class PointPath;

class ExpressionPlace : public QWidget {
    Q_OBJECT
public:
    // All four outlive the place.
    ExpressionPlace(Session *session, Commands *commands, Selection *selection, PointPath *path,
                    QWidget *parent = nullptr);
    ~ExpressionPlace() override;

    const search::Expression &expression() const;
    QString text() const; // as it is written
    // One step of undo each. At the end when the index is below 0.
    void addDropped(const Dropped &dropped, int index = -1);
    void addPhotos(const std::vector<PhotoId> &photos);
    void addTerms(const std::vector<search::Term> &terms, int index = -1);
    void open(const QString &text); // what does not read as an expression is taken as words
    void focusBench();
    bool isRunning() const;

    // The expression, tile size, panels: for the settings.
    QByteArray saveState() const;
    void restoreState(const QByteArray &state);

Q_SIGNALS:
    void answered();                                         // the newest expression has its answer on the screen
    void dropReceived(const photolex::ui::Dropped &dropped); // what is no term, such as a folder
    void showRequested();

protected:
    void showEvent(QShowEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace photolex::ui
