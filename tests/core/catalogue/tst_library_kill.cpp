// A child process appends rows, saves their photos and reports each batch; it is killed twenty times, in the middle of
// whatever it does, and nothing that it reported may be missing.
#include "core/catalogue/catalogue_p.h"
#include "core/embedding/rows.h"
#include "tests/core/catalogue/photo_maker.h"
#include "tests/support/support.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTest>
#include <algorithm>
#include <cstdio>
#include <fmt/format.h>
#include <random>
#include <set>

using namespace photolex;
using namespace photolex::catalogue;
using photolex::test::makePhoto;

namespace {

constexpr int dimension = 16;

std::vector<float> rowOf(std::int64_t photo)
{
    std::vector<float> row(dimension, 1);
    row[0] = static_cast<float>(photo % 1024);
    return row;
}

// The place of the library, as the program would find it: a local disk or a network share.
Catalogue::Surroundings surroundingsOf(bool network)
{
    return {.isNetworkFileSystem = [network](const auto &) { return network; }};
}

// Saves and reports until it is killed. A photo is Ready only once its row is synced, as the indexer does it.
int writeForEver(const std::filesystem::path &library, int generation, const Catalogue::Surroundings &surroundings)
{
    auto catalogue = Catalogue::open(library, Access::Write, surroundings);
    if (!catalogue)
        return 1;
    auto writer = embedding::RowWriter::open((*catalogue)->rowFile("points"), dimension, "hash");
    const auto root = (*catalogue)->addRoot("/p");
    if (!writer || !root)
        return 1;
    for (int batch = 0;; ++batch) {
        std::vector<Photo> photos;
        for (int number = 0; number < 3; ++number) {
            photos.push_back(makePhoto(*root, fmt::format("{}/{}-{}", generation, batch, number)));
            photos.back().state = PhotoState::Found;
        }
        if (!(*catalogue)->save(photos))
            return 1;
        for (auto &photo : photos) {
            if (!writer->append(photo.id, rowOf(photo.id.value)))
                return 1;
            photo.state = PhotoState::Ready;
        }
        if (!writer->flush() || !(*catalogue)->save(photos))
            return 1;
        for (const auto &photo : photos)
            std::printf("%lld\n", static_cast<long long>(photo.id.value));
        std::fflush(stdout);
    }
}

} // namespace

class TestLibraryKill : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingReportedIsLost_data()
    {
        QTest::addColumn<bool>("network");
        QTest::newRow("local disk") << false;
        QTest::newRow("network share") << true; // another journal, one connection
    }
    void nothingReportedIsLost()
    {
        QFETCH(bool, network);
        const test::ScratchFolder scratch;
        const auto library = scratch / "a.photolex";
        std::mt19937 random(20141110);
        std::set<std::int64_t> reported;
        for (int kill = 0; kill < 20; ++kill) {
            QProcess child;
            child.start(QCoreApplication::applicationFilePath(),
                        {"--write", QString::fromStdString(library.native()), QString::number(kill),
                         network ? "network" : "local"});
            QVERIFY(child.waitForStarted());
            // The number of bytes to wait for is drawn; what the child does when they arrive is up to the machine.
            const auto enough = static_cast<qsizetype>(random() % 60);
            QByteArray output;
            while (output.size() < enough && child.waitForReadyRead())
                output += child.readAllStandardOutput();
            QCOMPARE(child.state(), QProcess::Running);
            child.kill();
            QVERIFY(child.waitForFinished());
            output += child.readAllStandardOutput();
            const auto lines = output.left(output.lastIndexOf('\n')).split('\n');
            for (const auto &line : lines) {
                if (!line.isEmpty())
                    QVERIFY2(reported.insert(line.toLongLong()).second, "an id was given out twice");
            }
            if (reported.empty())
                continue;

            const auto catalogue =
                Catalogue::open(library, Access::Write, surroundingsOf(network)); // the lock went with the process
            VERIFY_OK(catalogue);
            const auto rows = embedding::Rows::open((*catalogue)->rowFile("points"), "hash");
            VERIFY_OK(rows);
            for (const auto id : reported) {
                const auto photo = (*catalogue)->photo({id});
                VERIFY_OK(photo);
                QVERIFY(photo->has_value());
                QCOMPARE((*photo)->state, PhotoState::Ready);
            }
            const auto ids = (*catalogue)->photoIds({}, SortKey::Added, false);
            VERIFY_OK(ids);
            for (const auto id : *ids) {
                const auto state = (*(*catalogue)->photo(id))->state;
                const auto place = (*rows)->indexOf(id);
                QVERIFY(state != PhotoState::Ready || place >= 0);
                if (place >= 0)
                    QVERIFY((*rows)->row(static_cast<std::size_t>(place)) == rowOf(id.value));
            }
            const auto faults = (*catalogue)->integrityFaults();
            VERIFY_OK(faults);
            QVERIFY2(faults->empty(), faults->empty() ? "" : faults->front().c_str());
        }
        QVERIFY(!reported.empty());
    }
};

int main(int argc, char **argv)
{
    if (argc == 5 && std::string_view(argv[1]) == "--write")
        return writeForEver(argv[2], std::atoi(argv[3]), surroundingsOf(std::string_view(argv[4]) == "network"));
    QCoreApplication application(argc, argv);
    TestLibraryKill test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_library_kill.moc"
