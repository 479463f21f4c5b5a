// Folders that change while the program runs. Real inotify, short settle times.
#include "core/indexing/indexer.h"
#include "tests/support/support.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <vector>

using namespace photolex;
namespace fs = std::filesystem;
using std::chrono::milliseconds;

namespace {

class Heard {
public:
    void operator()(std::vector<fs::path> folders)
    {
        const std::lock_guard lock(m_mutex);
        ++m_calls;
        m_folders.insert(m_folders.end(), folders.begin(), folders.end());
    }
    bool has(const fs::path &folder) const
    {
        const std::lock_guard lock(m_mutex);
        return std::find(m_folders.begin(), m_folders.end(), folder) != m_folders.end();
    }
    std::size_t count() const
    {
        const std::lock_guard lock(m_mutex);
        return m_folders.size();
    }
    void clear()
    {
        const std::lock_guard lock(m_mutex);
        m_folders.clear();
    }

private:
    mutable std::mutex m_mutex;
    std::vector<fs::path> m_folders;
    int m_calls = 0;
};

// Watches of this process, as the kernel counts them.
std::size_t watchesHeld()
{
    std::size_t watches = 0;
    for (const auto &entry : fs::directory_iterator("/proc/self/fdinfo")) {
        std::ifstream file(entry.path());
        for (std::string line; std::getline(file, line);)
            watches += line.starts_with("inotify wd:") ? 1 : 0;
    }
    return watches;
}

} // namespace

class TestWatcher : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void newChangedAndRemovedFilesAreSeen()
    {
        test::ScratchFolder scratch;
        scratch.write("photos/deep/a.jpg", "1");
        Heard heard;
        const indexing::Watcher watcher({scratch / "photos"}, {}, std::ref(heard), milliseconds(20));
        QCOMPARE(watcher.notice(), std::string()); // the first walk is done
        scratch.write("photos/b.jpg", "1");
        QTRY_VERIFY(heard.has(scratch / "photos"));
        heard.clear();
        scratch.write("photos/deep/a.jpg", "22");
        QTRY_VERIFY(heard.has(scratch / "photos" / "deep"));
        heard.clear();
        fs::remove(scratch / "photos" / "deep" / "a.jpg");
        QTRY_VERIFY(heard.has(scratch / "photos" / "deep"));
        heard.clear();
        scratch.write("photos/b.jpg.xmp", "<x/>");
        QTRY_VERIFY(heard.has(scratch / "photos"));
    }

    void newFoldersAreWatchedToo()
    {
        test::ScratchFolder scratch;
        fs::create_directories(scratch / "photos");
        Heard heard;
        const indexing::Watcher watcher({scratch / "photos"}, {}, std::ref(heard), milliseconds(20));
        QCOMPARE(watcher.notice(), std::string());
        fs::create_directories(scratch / "photos" / "x" / "y");
        QTRY_VERIFY(heard.has(scratch / "photos"));
        heard.clear();
        scratch.write("photos/x/y/a.jpg", "1");
        QTRY_VERIFY(heard.has(scratch / "photos" / "x" / "y"));
        heard.clear();
        fs::rename(scratch / "photos" / "x", scratch / "photos" / "z");
        QTRY_VERIFY(heard.has(scratch / "photos"));
        heard.clear();
        scratch.write("photos/z/y/b.jpg", "1");
        QTRY_VERIFY(heard.has(scratch / "photos" / "z" / "y"));
    }

    void whatIsNoPictureIsQuiet()
    {
        test::ScratchFolder scratch;
        fs::create_directories(scratch / "photos" / "@eaDir");
        Heard heard;
        const indexing::Watcher watcher({scratch / "photos"}, {}, std::ref(heard), milliseconds(20));
        QCOMPARE(watcher.notice(), std::string());
        scratch.write("photos/notes.txt", "1");
        scratch.write("photos/._a.jpg", "1");
        scratch.write("photos/@eaDir/a.jpg", "1");
        fs::create_directories(scratch / "photos" / "end");
        QTRY_VERIFY(heard.has(scratch / "photos"));
        QCOMPARE(heard.count(), 1U); // of the folder alone
    }

    void aFileThatGrowsIsNotHandedOn()
    {
        test::ScratchFolder scratch;
        fs::create_directories(scratch / "photos");
        fs::create_directories(scratch / "other");
        Heard heard;
        const indexing::Watcher watcher({scratch / "photos", scratch / "other"}, {}, std::ref(heard),
                                        milliseconds(400));
        QCOMPARE(watcher.notice(), std::string());
        std::ofstream growing((scratch / "photos" / "a.jpg").native());
        // The other folder has been still for the whole settle time while this one grew.
        scratch.write("other/b.jpg", "1");
        bool handedOnWhileGrowing = false;
        const auto otherIsHandedOn = [&] {
            growing << "more" << std::flush;
            handedOnWhileGrowing = handedOnWhileGrowing || heard.has(scratch / "photos");
            return heard.has(scratch / "other");
        };
        QTRY_VERIFY(otherIsHandedOn());
        QVERIFY(!handedOnWhileGrowing);
        growing.close();
        QTRY_VERIFY(heard.has(scratch / "photos"));
    }

    void watchesFoldersAndNeverFiles()
    {
        test::ScratchFolder scratch;
        for (int i = 0; i < 500; ++i)
            for (const char *name : {"/a.jpg", "/b.jpg", "/c.jpg"})
                scratch.write("photos/" + std::to_string(i) + name, "1");
        QCOMPARE(watchesHeld(), std::size_t(0));
        Heard heard;
        {
            const indexing::Watcher watcher({scratch / "photos"}, {}, std::ref(heard), milliseconds(20), 1000);
            QTRY_COMPARE(watchesHeld(), std::size_t(501));
            QCOMPARE(watcher.notice(), std::string());
        }
        QTRY_COMPARE(watchesHeld(), std::size_t(0));
        const indexing::Watcher watcher({scratch / "photos"}, {}, std::ref(heard), milliseconds(20), 200);
        QTRY_COMPARE(watchesHeld(), std::size_t(200)); // what is above the limit is left to others
        QTRY_VERIFY(watcher.notice().find("(200)") != std::string::npos);
        const auto said = watcher.notice();
        fs::create_directories(scratch / "photos/more/and/more");
        QTRY_VERIFY(heard.has(scratch / "photos"));
        QCOMPARE(watchesHeld(), std::size_t(200));
        QCOMPARE(watcher.notice(), said);
    }

    void keepsAReserveOfWatches()
    {
        test::ScratchFolder scratch;
        for (int i = 0; i < 30; ++i)
            fs::create_directories(scratch / ("photos/" + std::to_string(i)));
        Heard heard;
        const indexing::Watcher watcher({scratch / "photos"}, {}, std::ref(heard), milliseconds(20), 10);
        QVERIFY(watcher.notice().find("max_user_watches") != std::string::npos);
        scratch.write("photos/a.jpg", "1"); // what is watched still works
        QTRY_VERIFY(heard.has(scratch / "photos"));
    }
};

QTEST_GUILESS_MAIN(TestWatcher)
#include "tst_watcher.moc"
