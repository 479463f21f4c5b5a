// Bytes as a file, for readers that take a path: in memory, gone with the object.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <sys/mman.h>
#include <unistd.h>

namespace photolex::fuzz {

class InputFile {
public:
    InputFile(const std::uint8_t *data, std::size_t size)
        : m_descriptor(memfd_create("input", 0))
    {
        if (write(m_descriptor, data, size) != static_cast<ssize_t>(size))
            _exit(1); // memory is short: nothing to learn from this run
    }
    InputFile(const InputFile &) = delete;
    InputFile &operator=(const InputFile &) = delete;
    ~InputFile() { close(m_descriptor); }

    std::filesystem::path path() const { return "/proc/self/fd/" + std::to_string(m_descriptor); }

private:
    int m_descriptor;
};

} // namespace photolex::fuzz
