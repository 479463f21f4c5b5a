// The caption models of the bundle, opened by whoever needs them first: a worker of any place.
#pragma once

#include "core/caption/captioner.h"

#include <memory>
#include <mutex>

namespace photolex::ui {

class Captioners {
public:
    explicit Captioners(std::shared_ptr<const model::Bundle> bundle)
        : m_bundle(std::move(bundle))
    {
    }

    bool areThere() const { return caption::Captioner::isIn(*m_bundle); }
    // Blocks some hundred milliseconds the first time. NotFound: the bundle has none. A failure is tried again.
    Result<std::shared_ptr<const caption::Captioner>> get() const
    {
        const std::lock_guard lock(m_mutex);
        if (!m_captioner) {
            auto opened = caption::Captioner::open(m_bundle);
            if (!opened)
                return fail(opened.error());
            m_captioner = std::move(*opened);
        }
        return m_captioner;
    }

private:
    std::shared_ptr<const model::Bundle> m_bundle;
    mutable std::mutex m_mutex;
    mutable std::shared_ptr<const caption::Captioner> m_captioner;
};

} // namespace photolex::ui
