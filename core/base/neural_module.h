// The part of core that needs LibTorch is one module beside the core library, opened with dlopen on first use: LibTorch
// brings some 300 shared objects and would delay the first paint. Each room that needs it keeps a plain interface and
// asks `openNeuralModule()` before it looks for its backend.
//
// The module exports one function, `photolex_neural_module`, that hands every room its backend.
#pragma once

#include "core/base/result.h"

namespace photolex {

// Blocks some 300 ms the first time, nothing later; any thread may call. Load Qt's plugins and call
// threads::prepareProcess() first. NotFound: the module is not where it was installed; Unsupported: it, or a library
// that it needs, cannot be loaded (the detail carries dlerror's text).
Result<> openNeuralModule();
bool neuralModuleIsOpen();

} // namespace photolex
