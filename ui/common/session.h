// What the window works on: one library, its bundle, and the running job. Lives on the window's thread; everything that
// blocks runs on workers, and answers come back as signals.
//
// Order of a start: the catalogue opens (milliseconds), thumbnails and names can be shown; after the first paint a
// worker opens the neural module, the network and the encoder; then queries by meaning answer and embedding begins.
#pragma once

#include "core/catalogue/catalogue.h"
#include "core/image/network.h"
#include "core/image/thumbnail_cache.h"
#include "core/indexing/indexer.h"
#include "core/joint/encoder.h"
#include "core/model/bundle.h"
#include "core/search/expression.h"
#include "core/search/search.h"

#include <QObject>
#include <QString>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace photolex::ui {

class Captioners;

struct JobState {
    bool running = false;
    bool paused = false;
    bool quiet = false;
    QString stage;  // "scan" | "index"
    QString bundle; // id of the bundle whose points are made; empty: the window's own
    qint64 done = 0, total = 0;
    double perSecond = 0;
    double secondsLeft = -1; // −1: not known yet
};

class Session : public QObject {
    Q_OBJECT
public:
    explicit Session(QObject *parent = nullptr);
    ~Session() override; // stops the job, waits for the workers

    // Blocks some milliseconds. Busy: another process writes to it.
    Result<> openLibrary(const std::filesystem::path &library);
    // The bundle that all places work with, by its id; before openModels. One that is not installed any more gives the
    // program's own.
    void setBundle(const std::string &id);
    // After the first paint. modelsReady or modelsFailed follows; may be called again after a failure. The roots are
    // scanned and watched from here on.
    void openModels();

    const std::shared_ptr<catalogue::Catalogue> &catalogue() const { return m_catalogue; }
    const std::shared_ptr<const image::ThumbnailCache> &thumbnails() const { return m_thumbnails; }
    std::shared_ptr<search::Engine> engine() const { return m_engine; }                // null until modelsReady
    std::shared_ptr<const image::Network> network() const { return m_models.network; } // null until modelsReady
    const indexing::Models &models() const { return m_models; }
    std::shared_ptr<const model::Bundle> bundle() const { return m_bundle; } // null until modelsReady
    // What writes captions; null until modelsReady.
    std::shared_ptr<const Captioners> captioners() const { return m_captioners; }
    // Reads the terms of expressions, for every place: what one has read, the others need not. Null until modelsReady.
    std::shared_ptr<const search::TermReader> termReader() const { return m_termReader; }

    // Jobs run one after another. What is asked for twice runs once.
    void addFolder(const std::filesystem::path &folder); // adds the root and indexes
    void rescan();                                       // every root
    void rescanFolder(const std::filesystem::path &root);
    // Gives the photos of the library the points of another installed bundle, where they lack them. What is cancelled
    // goes on there when it is asked for again. `indexedFor` follows, or jobFailed.
    void indexFor(const std::string &bundle);
    void removeRoot(RootId root);                  // forgets its photos; the files stay
    void retry(std::vector<PhotoId> photos);       // failed photos are tried again though they have not changed
    void markMissing(std::vector<PhotoId> photos); // moved to the trash: kept, with their captions, out of sight
    void pause(bool paused);
    void setQuiet(bool quiet);                                       // a running job goes on in the other mode
    void cancel();                                                   // the running job and those that wait
    void setScanOptions(indexing::ScanOptions options, int workers); // from the next job on; 0: one worker per core
    JobState job() const;
    void beginInteractive(); // a query runs: indexing lets it pass
    void endInteractive();
    QString watchNotice() const; // why changes are not seen at once; empty: they are

Q_SIGNALS:
    void modelsReady();
    void modelsFailed(const photolex::Error &error);
    void rootsChanged();
    void photosChanged(const std::vector<photolex::PhotoId> &photos); // empty: anything may have changed
    void jobChanged(const photolex::ui::JobState &job);
    void jobFinished(const photolex::indexing::IndexReport &report);
    void jobFailed(const photolex::Error &error);
    void indexedFor(const QString &bundle, const photolex::indexing::IndexReport &report);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
    std::shared_ptr<catalogue::Catalogue> m_catalogue;
    std::shared_ptr<const image::ThumbnailCache> m_thumbnails;
    std::shared_ptr<search::Engine> m_engine;
    std::shared_ptr<const search::TermReader> m_termReader;
    indexing::Models m_models;
    std::shared_ptr<const model::Bundle> m_bundle;
    std::shared_ptr<const Captioners> m_captioners;
};

// While it is on, indexing lets a query pass. Of one query at a time; off when it goes.
class Interactive {
public:
    explicit Interactive(Session *session) // outlives it
        : m_session(session)
    {
    }
    ~Interactive() { set(false); }
    Interactive(const Interactive &) = delete;
    Interactive &operator=(const Interactive &) = delete;

    void set(bool on)
    {
        if (on == m_on)
            return;
        m_on = on;
        on ? m_session->beginInteractive() : m_session->endInteractive();
    }

private:
    Session *m_session;
    bool m_on = false;
};

} // namespace photolex::ui
