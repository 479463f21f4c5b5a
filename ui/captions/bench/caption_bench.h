// One caption for an hour: the structure as a row of cards that can be changed, words that are fixed, required or
// banned, sliders, and a table of candidates with the parts of their score. Of a photo, or of any point: an expression,
// a place on the map.
//
// Structures are drawn until the user changes one; it is theirs from then on, and only the words are written anew.
#pragma once

#include "core/base/ids.h"
#include "ui/captions/bench/bench_document.h"
#include "ui/captions/bench/structure_row.h"
#include "ui/common/captioners.h"
#include "ui/common/latest.h"
#include "ui/common/session.h"

#include <QTimer>
#include <QWidget>
#include <memory>
#include <vector>

QT_BEGIN_NAMESPACE
class QLabel;
class QLineEdit;
class QPushButton;
class QScrollArea;
class QSortFilterProxyModel;
class QTableView;
class QToolButton;
QT_END_NAMESPACE

namespace photolex::ui {

class BenchControls;
class CandidateModel;

class CaptionBench : public QWidget {
    Q_OBJECT
public:
    explicit CaptionBench(Session *session, QWidget *parent = nullptr); // it outlives the bench
    ~CaptionBench() override;

    void setPhoto(PhotoId photo); // none: nothing is written
    // A point of the captions' encoder, length 1; `name` says what it is: "blue car − blue + red".
    void setPoint(std::vector<float> point, const QString &name);
    PhotoId photo() const { return m_photo; }
    const std::vector<float> &point() const { return m_point; } // that was handed over; empty: it is for a photo

    BenchDocument *document() const { return m_document; }
    StructureRow *structureRow() const { return m_row; }
    QTableView *table() const { return m_table; }
    bool isRunning() const { return m_writing.isRunning() || m_soon.isActive(); }
    QString chosenText() const; // of the candidate that is selected; empty: none

    QByteArray saveState() const; // of the sliders
    void restoreState(const QByteArray &state);

Q_SIGNALS:
    // The user wants this text for the photo.
    void accepted(photolex::PhotoId photo, const QString &text);
    void backRequested(); // from a point to the photos
    void written();       // the candidates are there, or why there are none

protected:
    void showEvent(QShowEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Written {
        std::vector<caption::Caption> captions; // generated ones first, then found ones
        std::size_t generated = 0;
    };
    void build();
    void changeSoon();
    void write();
    void take(Result<Written> written);
    void showCandidate(int row);            // of the model
    std::vector<BenchPlace> places() const; // of the cards as they are shown
    caption::Options options() const;
    void say(const QString &sentence);
    void adjustRow(); // as tall as its lines, two of them at most: then it scrolls
    void reset();

    Session *m_session;
    PhotoId m_photo;
    std::vector<float> m_point;
    QString m_pointName;
    bool m_isStale = true;
    std::uint64_t m_seed = 1;

    BenchDocument *m_document;
    StructureRow *m_row;
    QScrollArea *m_rowScroll;
    BenchControls *m_controls;
    CandidateModel *m_candidates;
    QSortFilterProxyModel *m_sorted;
    QTableView *m_table;
    QLabel *m_title, *m_where, *m_message;
    QLineEdit *m_required, *m_banned;
    QPushButton *m_draw, *m_accept, *m_back;
    QTimer m_soon; // sliders move faster than captions are written
    Latest<Written> m_writing{this};
};

} // namespace photolex::ui
