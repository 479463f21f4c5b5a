// What stands in the Expression place before anything is put together: what it is for, and examples that were found in
// the user's own photos. They are looked for in slices while nobody waits for an answer, and only while this is seen.
#pragma once

#include "core/search/examples.h"
#include "ui/common/latest.h"
#include "ui/common/photo_model.h"

#include <QTimer>
#include <QWidget>
#include <memory>
#include <vector>

QT_BEGIN_NAMESPACE
class QLabel;
class QProgressBar;
QT_END_NAMESPACE

namespace photolex::ui {

class Session;
class ThumbnailLoader;

class ExampleGallery : public QWidget {
    Q_OBJECT
public:
    explicit ExampleGallery(Session *session, QWidget *parent = nullptr);
    ~ExampleGallery() override;

    const std::vector<search::Example> &examples() const { return m_examples; }
    bool isSearching() const { return m_isSearching; }

    static constexpr std::size_t shown = 12;

Q_SIGNALS:
    void chosen(const photolex::search::Example &example);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    class Card;
    struct Slice {
        std::vector<search::Example> best;
        std::size_t done = 0, total = 0;
        bool more = false;
    };
    void begin();
    void goOn();
    void take(const Slice &slice);
    void showExamples();
    void loadPictures();

    Session *m_session;
    ThumbnailLoader *m_loader;
    QLabel *m_found;
    QProgressBar *m_progress;
    QWidget *m_cards;
    std::vector<Card *> m_shownCards;
    std::vector<search::Example> m_examples;
    struct Work; // shared with the worker, which may still be at a slice that nobody waits for any more
    std::shared_ptr<Work> m_work;
    std::size_t m_photos = 0; // that were there when the search began
    bool m_isSearching = false;
    QTimer m_next;
    QTimer m_again; // photos came: look again, not at every one of them
    Latest<Slice> m_slice{this};
    Latest<std::vector<PhotoInfo>> m_infos{this};
};

} // namespace photolex::ui
