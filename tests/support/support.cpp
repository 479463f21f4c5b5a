#include "tests/support/support.h"

#include <QStandardPaths>
#include <cstdlib>
#include <fstream>

namespace photolex::test {

ScratchFolder::ScratchFolder()
{
    QTemporaryDir folder;
    folder.setAutoRemove(false);
    m_path = std::filesystem::path(folder.path().toStdString());
}

ScratchFolder::~ScratchFolder()
{
    if (QTest::currentTestFailed()) {
        qInfo("scratch folder kept: %s", m_path.c_str());
        return;
    }
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

std::filesystem::path ScratchFolder::write(std::string_view name, std::string_view bytes) const
{
    const auto file = m_path / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return file;
}

std::int64_t residentPages()
{
    std::ifstream file("/proc/self/statm");
    std::int64_t size = 0;
    std::int64_t resident = 0;
    file >> size >> resident;
    return resident;
}

std::filesystem::path sourceFolder()
{
    const char *folder = std::getenv("PHOTOLEX_SOURCE_DIR");
    return folder ? std::filesystem::path(folder) : std::filesystem::current_path();
}

std::optional<std::filesystem::path> sharedData()
{
    const char *given = std::getenv("PHOTOLEX_SHARED");
    const auto folder = given ? std::filesystem::path(given) : sourceFolder() / ".." / "shared" / "data";
    std::error_code ignored;
    if (!std::filesystem::is_directory(folder / "flickr8k", ignored))
        return std::nullopt;
    return std::filesystem::canonical(folder);
}

} // namespace photolex::test
