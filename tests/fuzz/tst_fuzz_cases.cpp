// The inputs in cases/, and small changes of each, through the functions that the fuzz targets call. A crash here is a
// crash of the program that reads such a file.
#include "core/base/bytes.h"
#include "core/base/log.h"
#include "tests/support/support.h"

#include <QTest>
#include <algorithm>
#include <cstdint>
#include <random>

namespace {

struct Target {
    const char *kind; // folder below cases/
    int (*run)(const std::uint8_t *, std::size_t);
};

} // namespace

#include "fuzz_table.h"

using namespace photolex;

class TestFuzzCases : public QObject {
    Q_OBJECT

    static void run(const Target &target, const std::string &bytes)
    {
        target.run(reinterpret_cast<const std::uint8_t *>(bytes.data()), bytes.size());
    }

    // One to four of: a byte changed, a piece taken out, a piece doubled, a number set to an extreme, the end cut off.
    static std::string changed(std::string bytes, std::mt19937 &random)
    {
        const auto below = [&](std::size_t limit) { return limit == 0 ? 0 : random() % limit; };
        for (auto count = 1 + below(4); count > 0 && !bytes.empty(); --count) {
            const auto at = below(bytes.size());
            const auto length = 1 + below(std::min<std::size_t>(bytes.size() - at, 16));
            switch (below(5)) {
            case 0:
                bytes[at] = static_cast<char>(random());
                break;
            case 1:
                bytes.erase(at, length);
                break;
            case 2:
                bytes.insert(at, bytes.substr(at, length));
                break;
            case 3:
                std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), length, below(2) ? '\xff' : '\0');
                break;
            default:
                bytes.resize(at);
                break;
            }
        }
        return bytes;
    }

private Q_SLOTS:
    void initTestCase() { log::setLevel(log::Level::Off); }

    void holds_data()
    {
        QTest::addColumn<int>("target");
        QTest::addColumn<QString>("file");
        for (int index = 0; index < static_cast<int>(std::size(targets)); ++index) {
            const auto folder = test::sourceFolder() / "tests" / "fuzz" / "cases" / targets[index].kind;
            QVERIFY2(std::filesystem::is_directory(folder), folder.c_str());
            for (const auto &entry : std::filesystem::directory_iterator(folder)) {
                const auto name = std::string(targets[index].kind) + "/" + entry.path().filename().string();
                QTest::newRow(name.c_str()) << index << QString::fromStdString(entry.path().native());
            }
        }
    }

    void holds()
    {
        QFETCH(int, target);
        QFETCH(QString, file);
        const auto bytes = readTextFile(file.toStdString());
        VERIFY_OK(bytes);
        run(targets[target], *bytes);
        std::mt19937 random(20141110);
        for (int change = 0; change < 100; ++change)
            run(targets[target], changed(*bytes, random));
    }

    void nothingAtAllHolds()
    {
        for (const auto &target : targets)
            run(target, {});
    }
};

QTEST_GUILESS_MAIN(TestFuzzCases)
#include "tst_fuzz_cases.moc"
