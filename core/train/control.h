// Lets a running training wait, or end early as though it were finished. Any thread may call.
//
//     train::Control control;          // outlives the training
//     control.setPaused(true);         // it waits after the step at hand, and holds its memory
//     control.finish();                // it ends after the step at hand, with the best epoch so far
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>

namespace photolex::train {

class Control {
public:
    void setPaused(bool paused)
    {
        const std::lock_guard lock(m_mutex);
        m_paused = paused;
        m_changed.notify_all();
    }
    bool isPaused() const
    {
        const std::lock_guard lock(m_mutex);
        return m_paused;
    }
    void finish()
    {
        const std::lock_guard lock(m_mutex);
        m_finishing = true;
        m_changed.notify_all();
    }
    bool isFinishing() const
    {
        const std::lock_guard lock(m_mutex);
        return m_finishing;
    }

    // Blocks while it is paused, not finishing and not stopped; the time that passed.
    std::chrono::duration<double> wait(const std::stop_token &stop)
    {
        std::unique_lock lock(m_mutex);
        if (!m_paused || m_finishing)
            return {};
        const auto begin = std::chrono::steady_clock::now();
        m_changed.wait(lock, stop, [this] { return !m_paused || m_finishing; });
        return std::chrono::steady_clock::now() - begin;
    }

private:
    mutable std::mutex m_mutex;
    std::condition_variable_any m_changed;
    bool m_paused = false, m_finishing = false;
};

} // namespace photolex::train
