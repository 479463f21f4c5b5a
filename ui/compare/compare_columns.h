// The photos that each encoder finds, best first, in a column of its own; lines join the same photo from one column to
// the next. Where a photo is not among the next column's first ones, a stub says which rank it has there.
//
// A table like any other underneath: arrows move, a screen reader hears name, score and ranks of each cell.
#pragma once

#include "ui/compare/compare_run.h"

#include <QTableView>
#include <memory>

namespace photolex::ui {

class Session;

class CompareColumns : public QTableView {
    Q_OBJECT
public:
    explicit CompareColumns(Session *session, QWidget *parent = nullptr); // the session outlives it
    ~CompareColumns() override;

    void setOutcome(const CompareOutcome &outcome, const QStringList &encoderNames);
    PhotoId currentPhoto() const; // its places are marked in all columns
    void selectPhoto(PhotoId photo);

Q_SIGNALS:
    void photoChosen(photolex::PhotoId photo); // it became the current one
    void photoActivated(photolex::PhotoId photo);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void changeEvent(QEvent *event) override;

private:
    void arrange();
    void wantPictures();
    void paintLinks(QPainter &painter, int column) const;

    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace photolex::ui
