// Many queries at once: how alike the encoders answer each, least alike first. The set is text, one query a line; it is
// kept with the window, and can be opened from and saved to a file. What was found goes out as CSV.
#pragma once

#include "ui/compare/compare_run.h"
#include "ui/compare/encoder_choice.h"

#include <QWidget>
#include <memory>

namespace photolex::ui {

class Commands;

class QuerySetPanel : public QWidget {
    Q_OBJECT
public:
    explicit QuerySetPanel(Commands *commands, QWidget *parent = nullptr); // outlives it
    ~QuerySetPanel() override;

    void setEncoders(std::shared_ptr<EncoderShelf> shelf, const QList<EncoderChoice> &encoders);
    QString queries() const; // one a line
    void setQueries(const QString &text);
    void run();
    bool isRunning() const;
    // One line for each query and pair of encoders, with a head: query, a, b, overlap, rank_correlation, kendall,
    // rank_biased_overlap. Numbers are written for programs, not in the language of the window.
    std::string csv() const;

Q_SIGNALS:
    void queryChosen(const QString &query); // to be seen with its photos
    void finished();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace photolex::ui
