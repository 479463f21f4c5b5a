// A queue that holds at most `capacity` items: who puts faster than the other side takes has to wait.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>

namespace photolex::indexing {

template <class T>
class BoundedQueue {
public:
    explicit BoundedQueue(std::size_t capacity)
        : m_capacity(capacity)
    {
    }

    // Waits for a free place. False: stopped or closed, and the value is dropped.
    bool push(T value, const std::stop_token &stop)
    {
        std::unique_lock lock(m_mutex);
        if (!m_places.wait(lock, stop, [this] { return m_closed || m_items.size() < m_capacity; }) || m_closed)
            return false;
        m_items.push_back(std::move(value));
        lock.unlock();
        m_filled.notify_one();
        return true;
    }

    // The next item; nothing when `deadline` passes first, or when the queue is closed and empty (see isDone).
    std::optional<T> popUntil(std::chrono::steady_clock::time_point deadline)
    {
        std::unique_lock lock(m_mutex);
        m_filled.wait_until(lock, deadline, [this] { return m_closed || !m_items.empty(); });
        if (m_items.empty())
            return std::nullopt;
        std::optional<T> item(std::move(m_items.front()));
        m_items.pop_front();
        lock.unlock();
        m_places.notify_one();
        return item;
    }

    // Nothing more is put in; what is inside can still be taken out.
    void close()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_closed = true;
        }
        m_filled.notify_all();
        m_places.notify_all();
    }

    bool isDone() const
    {
        const std::lock_guard lock(m_mutex);
        return m_closed && m_items.empty();
    }

private:
    mutable std::mutex m_mutex;
    std::condition_variable_any m_places, m_filled;
    std::deque<T> m_items;
    std::size_t m_capacity;
    bool m_closed = false;
};

} // namespace photolex::indexing
