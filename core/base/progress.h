// How far a blocking call has come. Rate and time left are computed where they are shown.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

namespace photolex {

struct Progress {
    std::string stage;      // stable English key: "scan", "index", "train", ...
    std::int64_t done = 0;  // items of this stage
    std::int64_t total = 0; // 0: not known yet
};

// Called from any worker thread, at most ten times a second, and once at the end of each stage.
using ProgressSink = std::function<void(const Progress &)>;

// Holds a sink to ten calls a second. Not thread-safe: one throttle per reporting thread.
class ProgressThrottle {
public:
    explicit ProgressThrottle(ProgressSink sink)
        : m_sink(std::move(sink))
    {
    }

    void report(const Progress &progress)
    {
        const auto now = std::chrono::steady_clock::now();
        const bool last = progress.total > 0 && progress.done >= progress.total;
        if (!m_sink || (!last && now - m_previous < std::chrono::milliseconds(100)))
            return;
        m_previous = now;
        m_sink(progress);
    }

private:
    ProgressSink m_sink;
    std::chrono::steady_clock::time_point m_previous;
};

} // namespace photolex
