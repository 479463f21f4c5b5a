// Where a bundle from outside is made before it is installed.
#pragma once

#include <filesystem>
#include <system_error>
#include <utility>

namespace photolex::joint {

// A folder (model::stagingFolder) that is gone in the end, unless model::installStaged has taken it away before.
class Staging {
public:
    explicit Staging(std::filesystem::path folder)
        : m_folder(std::move(folder))
    {
    }
    ~Staging()
    {
        std::error_code ignored;
        std::filesystem::remove_all(m_folder, ignored);
        std::filesystem::remove(m_folder.parent_path(), ignored); // when nothing else is being made
    }
    Staging(const Staging &) = delete;
    Staging &operator=(const Staging &) = delete;
    const std::filesystem::path &folder() const { return m_folder; }

private:
    std::filesystem::path m_folder;
};

} // namespace photolex::joint
