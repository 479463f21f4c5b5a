// Loops over ranges with a few threads. Work is cut the same way whatever the number of threads, so results are too.
#pragma once

#include "core/base/threads.h"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace photolex::projection {

inline int threadsOf(int wanted)
{
    return wanted > 0 ? wanted : threads::count();
}

// work(begin, end) for pieces of `grain` items. Pieces are taken in order by whoever is free.
template <class Work>
void parallelFor(std::size_t count, std::size_t grain, int threadCount, const Work &work)
{
    const std::size_t pieces = (count + grain - 1) / grain;
    const auto workers = std::min<std::size_t>(static_cast<std::size_t>(std::max(threadCount, 1)), pieces);
    std::atomic<std::size_t> next = 0;
    const auto run = [&] {
        for (std::size_t piece = next++; piece < pieces; piece = next++)
            work(piece * grain, std::min(count, (piece + 1) * grain));
    };
    std::vector<std::jthread> helpers;
    for (std::size_t i = 1; i < workers; ++i)
        helpers.emplace_back(run);
    run();
}

} // namespace photolex::projection
