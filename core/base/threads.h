// All thread pools are sized here, once, at the start of main, before the neural module is opened: libgomp and
// OpenBLAS read their environment only when they load. Inside a worker of our own every pool counts one thread.
#pragma once

namespace photolex::threads {

// count 0: one worker per processor this process may use. Also sets GOMP_SPINCOUNT (a spinning libgomp halves
// whatever else runs) and glibc's malloc thresholds.
void prepareProcess(int count = 0);

int count(); // workers wanted, at least 1

// Lowers this thread's CPU and disk priority ("quiet" mode). Linux only; elsewhere nothing happens.
void makeThisThreadQuiet(bool quiet);

} // namespace photolex::threads
