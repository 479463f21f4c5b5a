// The three calls of the system through which a row file changes, so that tests can make each of them fail.
#pragma once

#include <cstddef>
#include <functional>
#include <sys/types.h>

namespace photolex::embedding {

struct FileCalls {
    std::function<ssize_t(int, const void *, std::size_t)> write;
    std::function<int(int)> sync;
    std::function<int(int, off_t)> truncate;
};

// The system's own by default. Only tests set others.
FileCalls &fileCalls();

} // namespace photolex::embedding
