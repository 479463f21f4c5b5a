#include "core/base/threads.h"

#include <algorithm>
#include <cstdlib>
#include <malloc.h>
#include <sched.h>
#include <string>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace photolex::threads {

namespace {

int wantedCount = 0;

int processorsOfThisProcess()
{
    cpu_set_t set;
    CPU_ZERO(&set);
    if (::sched_getaffinity(0, sizeof(set), &set) == 0)
        return std::max(1, CPU_COUNT(&set));
    return std::max(1, static_cast<int>(::sysconf(_SC_NPROCESSORS_ONLN)));
}

constexpr int ioprioWhoProcess = 1; // a thread, in the kernel's words
constexpr int ioprioClassShift = 13;
constexpr int ioprioIdle = 3 << ioprioClassShift;
constexpr int ioprioNone = 0;

} // namespace

void prepareProcess(int count)
{
    wantedCount = count > 0 ? count : processorsOfThisProcess();
    const auto number = std::to_string(wantedCount);
    // Values that the user set win.
    ::setenv("GOMP_SPINCOUNT", "1000", 0);
    ::setenv("OMP_NUM_THREADS", number.c_str(), 0);
    ::setenv("OPENBLAS_NUM_THREADS", number.c_str(), 0);
    // Pictures are big blocks that come and go: giving each back to the system costs half of a full-size decode.
    ::mallopt(M_MMAP_THRESHOLD, 256 << 20);
    ::mallopt(M_TRIM_THRESHOLD, 512 << 20);
    ::mallopt(M_ARENA_MAX, wantedCount + 2);
}

int count()
{
    return wantedCount > 0 ? wantedCount : processorsOfThisProcess();
}

void makeThisThreadQuiet(bool quiet)
{
    const auto thread = static_cast<id_t>(::syscall(SYS_gettid));
    // An unprivileged thread may lower its priority, not raise it again: failure to raise is harmless.
    ::setpriority(PRIO_PROCESS, thread, quiet ? 15 : 0);
    ::syscall(SYS_ioprio_set, ioprioWhoProcess, thread, quiet ? ioprioIdle : ioprioNone);
}

} // namespace photolex::threads
