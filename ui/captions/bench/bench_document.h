// What the user has decided on the bench: the structure and the words that are fixed, required or banned. Each change
// is a step of undo; what the models wrote is none.
#pragma once

#include <QObject>
#include <QString>
#include <QStringList>
#include <vector>

QT_BEGIN_NAMESPACE
class QUndoStack;
QT_END_NAMESPACE

namespace photolex::ui {

struct BenchPlace {
    QString tag;   // "NN"
    QString fixed; // the word that must stand here; empty: any
    bool operator==(const BenchPlace &) const = default;
};

struct BenchState {
    std::vector<BenchPlace> places; // empty: structures are drawn
    QStringList required, banned;   // words
    bool operator==(const BenchState &) const = default;
    bool hasOwnStructure() const { return !places.empty(); }
};

class BenchDocument : public QObject {
    Q_OBJECT
public:
    static constexpr int mostPlaces = 24; // as long as the longest sentence that the models were trained on

    explicit BenchDocument(QObject *parent = nullptr);

    const BenchState &state() const { return m_state; }
    QUndoStack *undoStack() const { return m_undo; }
    void set(BenchState state, const QString &what); // one step "undo `what`"; nothing when nothing differs
    void forget();                                   // of another photo: an empty state, and no steps

    // On a structure, which is the user's from then on. Indexes outside are ignored.
    void setTag(std::vector<BenchPlace> places, int index, const QString &tag);
    void setFixed(std::vector<BenchPlace> places, int index, const QString &word); // empty: free again
    void insert(std::vector<BenchPlace> places, int index, const QString &tag);
    void remove(std::vector<BenchPlace> places, int index); // the last one stays
    void move(std::vector<BenchPlace> places, int from, int to);
    void drawAgain(); // structures are drawn again; the words stay
    void setRequired(const QStringList &words);
    void setBanned(const QStringList &words);

Q_SIGNALS:
    void changed();

private:
    class Command;
    void setPlaces(std::vector<BenchPlace> places, const QString &what);

    BenchState m_state;
    QUndoStack *m_undo;
};

} // namespace photolex::ui
