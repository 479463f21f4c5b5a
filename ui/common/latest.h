// Runs one kind of core call off the window's thread; only the newest request may answer.
//
//     Latest<search::Answer> m_search{this};
//     m_search.run([=](const std::stop_token &stop) { return engine->search(query, stop); },
//                  [this](Result<search::Answer> answer) { show(answer); });
//
// An older request is asked to stop and its answer is dropped; nothing arrives once the owner is gone.
#pragma once

#include "core/base/result.h"

#include <QFutureWatcher>
#include <QObject>
#include <QtConcurrent>
#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <utility>

namespace photolex::ui {

template <class T>
class Latest : public QObject {
public:
    explicit Latest(QObject *parent = nullptr)
        : QObject(parent)
    {
    }
    ~Latest() override { m_stop.request_stop(); }

    void run(std::function<Result<T>(const std::stop_token &)> work, std::function<void(Result<T>)> done)
    {
        cancel(); // the older request ends early ...
        m_stop = std::stop_source();
        const auto request = m_request;
        m_running = true;
        // A Result may be movable only, and QFuture copies: the answer travels behind a pointer. A watcher and not
        // QFuture::then(), which calls at once, from inside run(), when the work was done by the time it was asked.
        using Answer = std::shared_ptr<Result<T>>;
        auto *watcher = new QFutureWatcher<Answer>(this);
        QObject::connect(watcher, &QFutureWatcher<Answer>::finished, this,
                         [this, watcher, request, done = std::move(done)] {
                             const Answer answer = watcher->result();
                             watcher->deleteLater();
                             if (request != m_request) // ... and its answer, if already on the way, is dropped
                                 return;
                             m_running = false;
                             done(std::move(*answer));
                         });
        // One that was overtaken while it waited for a thread does not start: else keys held down fill the pool.
        watcher->setFuture(QtConcurrent::run([work = std::move(work), stop = m_stop.get_token()]() -> Answer {
            return std::make_shared<Result<T>>(stop.stop_requested() ? Result<T>(fail(Errc::Cancelled, {}))
                                                                     : work(stop));
        }));
    }

    // Asks the work to end early; its answer still comes.
    void stop() { m_stop.request_stop(); }
    // Asks the work to end, and drops its answer.
    void cancel()
    {
        m_stop.request_stop();
        ++m_request;
        m_running = false;
    }
    bool isRunning() const { return m_running; }

private:
    std::stop_source m_stop;
    std::uint64_t m_request = 0;
    bool m_running = false;
};

} // namespace photolex::ui
