// What every test needs: scratch folders, the shared data when it is there, and a check that prints an error.
#pragma once

#include "core/base/result.h"

#include <QTemporaryDir>
#include <QTest>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace photolex::test {

// A folder that goes with the object; kept, and named, when the test failed.
class ScratchFolder {
public:
    ScratchFolder();
    ~ScratchFolder();
    std::filesystem::path path() const { return m_path; }
    std::filesystem::path operator/(std::string_view name) const { return m_path / name; }
    std::filesystem::path write(std::string_view name, std::string_view bytes) const; // makes parent folders

private:
    std::filesystem::path m_path;
};

// ../shared/data beside the project, or nothing. PHOTOLEX_SHARED overrides it.
std::optional<std::filesystem::path> sharedData();
std::filesystem::path sourceFolder();
std::int64_t residentPages(); // of this process

template <class T>
bool isOk(const Result<T> &result)
{
    if (!result)
        qWarning("%s: %s (%s)", result.error().subject.c_str(), result.error().detail.c_str(),
                 std::string(errcName(result.error().code)).c_str());
    return result.has_value();
}

} // namespace photolex::test

// Tests wait for what must come, however busy the machine is: Qt's own five seconds are less than a starved worker
// takes.
#undef QTRY_VERIFY
#undef QTRY_VERIFY2
#undef QTRY_COMPARE
#define QTRY_VERIFY(condition) QTRY_VERIFY_WITH_TIMEOUT(condition, 60'000)
#define QTRY_VERIFY2(condition, message) QTRY_VERIFY2_WITH_TIMEOUT(condition, message, 60'000)
#define QTRY_COMPARE(value, expected) QTRY_COMPARE_WITH_TIMEOUT(value, expected, 60'000)
#define VERIFY_OK(result) QVERIFY(photolex::test::isOk(result))
#define NEEDS_SHARED_DATA(name)                                                                                        \
    const auto name##Folder = photolex::test::sharedData();                                                            \
    if (!name##Folder)                                                                                                 \
        QSKIP("the shared data is not beside the project");                                                            \
    const std::filesystem::path &name = *name##Folder
