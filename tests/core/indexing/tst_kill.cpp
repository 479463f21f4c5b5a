// kill -9 at twenty different moments: the library opens, what was reported done is there, and the next run goes on.
// PHOTOLEX_KILLS asks for another number: the measuring programs run a thousand.
//
// The test starts itself again as the process that is killed. Its moment is counted in photos that reached the network,
// plus a seeded number of turns of an idle loop, so that it falls into decoding, writing rows and saving alike.
#include "tests/core/indexing/test_library.h"

#include <QCoreApplication>
#include <QProcess>
#include <csignal>
#include <cstdio>
#include <random>
#include <set>
#include <thread>
#include <unistd.h>

using namespace photolex;
using catalogue::PhotoState;

namespace {

int kills()
{
    return qEnvironmentVariableIsSet("PHOTOLEX_KILLS") ? qEnvironmentVariableIntValue("PHOTOLEX_KILLS") : 20;
}

// One round gets four photos at most, so that nearly all rounds find work.
int photoCount()
{
    return 3 * kills();
}

struct OpenLibrary {
    std::shared_ptr<catalogue::Catalogue> catalogue;
    std::shared_ptr<test::GridNetwork> network = std::make_shared<test::GridNetwork>();
    std::shared_ptr<test::GridEncoder> encoder = std::make_shared<test::GridEncoder>("e0e0e0e0e0e0e0e0e0e0");
    std::string networkHash = "abcdefabcdefabcdefab";

    Result<indexing::IndexReport> index(const std::filesystem::path &base, const indexing::IndexOptions &options)
    {
        auto opened = catalogue::Catalogue::open(base / "test.photolex", catalogue::Access::Write);
        if (!opened)
            return fail(opened.error());
        catalogue = *opened;
        auto thumbnails = image::ThumbnailCache::open(base / "thumbnails");
        if (!thumbnails)
            return fail(thumbnails.error());
        indexing::Indexer indexer(catalogue, std::make_shared<const image::ThumbnailCache>(*thumbnails),
                                  [this]() -> Result<indexing::Models> {
                                      return indexing::Models{network, encoder, networkHash};
                                  });
        const std::vector<std::filesystem::path> folders = {base / "photos"};
        return indexer.run(folders, options, {});
    }
};

// The process that is killed: prints the id of each photo once it is reported as stored.
int indexUntilKilled(const std::filesystem::path &base, int killAt, int turns)
{
    OpenLibrary library;
    std::atomic<bool> now = false;
    library.network->onRun = [&](int call) {
        if (call == killAt) {
            now = true;
            now.notify_all();
        }
    };
    std::jthread killer([&] {
        now.wait(false);
        volatile int idle = turns;
        while (idle > 0)
            idle = idle - 1;
        ::kill(::getpid(), SIGKILL);
    });
    killer.detach();
    indexing::IndexOptions options{.workers = 2, .commitPhotos = 3};
    options.stored = [](std::span<const PhotoId> ids) {
        std::string lines;
        for (const auto id : ids)
            lines += std::to_string(id.value) + "\n";
        (void)!::write(STDOUT_FILENO, lines.data(), lines.size());
    };
    const auto report = library.index(base, options);
    if (!report)
        std::fprintf(stderr, "%s: %s\n", report.error().subject.c_str(), report.error().detail.c_str());
    std::fflush(nullptr);
    std::_Exit(report ? 0 : 1);
}

} // namespace

class TestKill : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingReportedDoneIsLost()
    {
        test::ScratchFolder scratch;
        std::map<std::string, std::string> originals;
        for (int i = 0; i < photoCount(); ++i) {
            const auto name = "photos/" + std::to_string(1000 + i) + ".jpg";
            originals[name] = test::photoBytes(i, {80, 60});
            scratch.write(name, originals[name]);
        }
        std::mt19937 random(20141110);
        std::set<std::int64_t> reported;
        int killed = 0;
        for (int round = 0; round < kills(); ++round) {
            const int killAt = 1 + static_cast<int>(random() % 4);
            const int turns = static_cast<int>(random() % 8'000'000);
            QProcess child;
            child.start(QCoreApplication::applicationFilePath(),
                        {"--index-until-killed", QString::fromStdString(scratch.path().native()),
                         QString::number(killAt), QString::number(turns)});
            QVERIFY(child.waitForFinished(60'000));
            killed += child.exitStatus() == QProcess::CrashExit;
            if (child.exitStatus() != QProcess::CrashExit)
                QCOMPARE(child.exitCode(), 0);
            for (const auto &line : child.readAllStandardOutput().split('\n'))
                if (!line.isEmpty())
                    reported.insert(line.toLongLong());
            checkLibrary(scratch, reported);
            if (QTest::currentTestFailed())
                return;
        }
        QVERIFY2(killed >= kills() / 2, "most rounds have to end in a kill");

        OpenLibrary library;
        const auto report = library.index(scratch.path(), {.workers = 2});
        VERIFY_OK(report);
        QCOMPARE(library.catalogue->counts()->ready, photoCount());
        QVERIFY(library.catalogue->integrityFaults()->empty());
        qInfo("killed %d times, %zu photos reported as stored, none lost", killed, reported.size());
        for (const auto &[name, bytes] : originals)
            QVERIFY(test::readAll(scratch / name) == bytes);
    }

private:
    static void checkLibrary(const test::ScratchFolder &scratch, const std::set<std::int64_t> &reported)
    {
        const auto opened = catalogue::Catalogue::open(scratch / "test.photolex", catalogue::Access::Write);
        VERIFY_OK(opened);
        const auto &catalogue = **opened;
        QVERIFY(catalogue.integrityFaults()->empty());
        const OpenLibrary names;
        const auto features = embedding::Rows::open(catalogue.rowFile(embedding::featureRowsName(names.networkHash)));
        const auto points = embedding::Rows::open(catalogue.rowFile(embedding::pointRowsName(names.encoder->hash())));
        for (const auto value : reported) {
            const auto photo = catalogue.photo(PhotoId{value});
            VERIFY_OK(photo);
            QVERIFY(photo->has_value());
            QCOMPARE((*photo)->state, PhotoState::Ready);
        }
        // Also what was saved but not reported any more has its rows.
        const auto roots = catalogue.roots();
        if (roots->empty())
            return;
        const auto photos = catalogue.photosOfRoot(roots->front().id);
        for (const auto &photo : *photos) {
            if (photo.state != PhotoState::Ready)
                continue;
            VERIFY_OK(features);
            VERIFY_OK(points);
            QVERIFY((*features)->indexOf(photo.id) >= 0);
            QVERIFY((*points)->indexOf(photo.id) >= 0);
        }
    }
};

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const auto arguments = QCoreApplication::arguments();
    if (arguments.size() == 5 && arguments[1] == "--index-until-killed")
        return indexUntilKilled(arguments[2].toStdString(), arguments[3].toInt(), arguments[4].toInt());
    TestKill test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_kill.moc"
