#include "core/base/neural_module.h"

#include "core/base/bytes.h"
#include "core/base/paths.h"

#include <atomic>
#include <dlfcn.h>
#include <mutex>

namespace photolex {

namespace {
std::mutex moduleMutex;
std::atomic<bool> moduleOpen = false;
} // namespace

Result<> openNeuralModule()
{
    if (moduleOpen)
        return {};
    const std::lock_guard lock(moduleMutex);
    if (moduleOpen)
        return {};
    const auto path = paths::neuralModule();
    if (!std::filesystem::exists(path))
        return fail(Errc::NotFound, displayText(path), "the neural module is missing; install Photolex again");
    void *handle = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!handle)
        return fail(Errc::Unsupported, displayText(path), dlerror());
    using Entry = void (*)();
    const auto entry = reinterpret_cast<Entry>(dlsym(handle, "photolex_neural_module"));
    if (!entry)
        return fail(Errc::Corrupt, displayText(path), "the entry point photolex_neural_module is missing");
    entry();
    moduleOpen = true;
    return {};
}

bool neuralModuleIsOpen()
{
    return moduleOpen;
}

} // namespace photolex
