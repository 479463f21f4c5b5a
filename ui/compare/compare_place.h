// The Compare place: two to four encoders on the same photos. One query with the photos of each encoder in a column of
// its own; a set of queries; what each says of a photo; recall on photos with captions; and two maps laid over each
// other.
#pragma once

#include "core/base/ids.h"
#include "ui/common/dropped.h"
#include "ui/compare/compare_run.h"
#include "ui/compare/encoder_choice.h"

#include <QWidget>
#include <memory>

namespace photolex::ui {

class CaptionedPanel;
class CaptionsPanel;
class Commands;
class CompareColumns;
class MapsPanel;
class QuerySetPanel;
class Selection;
class Session;

class ComparePlace : public QWidget {
    Q_OBJECT
public:
    // All three outlive the place.
    ComparePlace(Session *session, Commands *commands, Selection *selection, QWidget *parent = nullptr);
    ~ComparePlace() override;

    void ask(const CompareQuery &query);
    const CompareQuery &query() const;
    bool takeDropped(const Dropped &dropped); // false: it is neither text nor a photo of the library
    // Two to four of the bundle's; others are left out, and too few change nothing.
    void chooseEncoders(const QStringList &ids);
    QList<EncoderChoice> encoders() const; // those that are compared
    bool isRunning() const;
    const CompareOutcome &outcome() const;
    CompareColumns *columns() const;
    QuerySetPanel *querySet() const;
    CaptionsPanel *captions() const;
    CaptionedPanel *captioned() const;
    MapsPanel *maps() const;

    QByteArray saveState() const; // encoders, query, set of queries, tab
    void restoreState(const QByteArray &state);

Q_SIGNALS:
    void answered(); // the newest query has its answer on the screen

protected:
    void showEvent(QShowEvent *event) override;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace photolex::ui
