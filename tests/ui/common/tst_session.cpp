// The session with a real library, real files and the real models.
#include "tests/support/pictures.h"
#include "tests/support/support.h"
#include "ui/common/session.h"

#include <QSignalSpy>
#include <fstream>

using namespace photolex;
using namespace photolex::ui;

namespace {

void writePhotos(const test::ScratchFolder &folder, int first, int count)
{
    for (int i = first; i < first + count; ++i)
        folder.write("photos/p" + std::to_string(i) + ".jpg", test::jpeg(test::scene(i)));
}

std::int64_t photosOf(const Session &session)
{
    return session.catalogue()->counts().value().photos;
}

} // namespace

class TestSession : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aFolderIsIndexedAndToldOf()
    {
        const test::ScratchFolder folder;
        writePhotos(folder, 0, 5);
        Session session;
        VERIFY_OK(session.openLibrary(folder / "l.photolex"));
        QSignalSpy jobs(&session, &Session::jobChanged), finished(&session, &Session::jobFinished),
            roots(&session, &Session::rootsChanged), ready(&session, &Session::modelsReady);
        session.openModels();
        QVERIFY(ready.wait(60'000));
        QVERIFY(session.engine() && session.network() && session.bundle());
        QCOMPARE(session.bundle()->manifest().language, "en");
        QVERIFY(finished.isEmpty()); // a library without folders has nothing to do
        session.addFolder(folder / "photos");
        QVERIFY(finished.wait(60'000));
        QCOMPARE(finished.at(0).at(0).value<indexing::IndexReport>().added, 5);
        QTRY_VERIFY(!session.job().running);
        QVERIFY(!jobs.isEmpty() && !roots.isEmpty());
        QCOMPARE(session.catalogue()->counts().value().ready, 5);
    }

    void aNewFileIsFoundByItselfAndAVanishedOneMissed()
    {
        const test::ScratchFolder folder;
        writePhotos(folder, 0, 2);
        Session session;
        VERIFY_OK(session.openLibrary(folder / "l.photolex"));
        session.openModels(); // from here on roots are watched
        QSignalSpy finished(&session, &Session::jobFinished);
        session.addFolder(folder / "photos");
        QVERIFY(finished.wait(60'000));
        QCOMPARE(photosOf(session), 2);
        QCOMPARE(session.watchNotice(), QString());
        writePhotos(folder, 2, 1);
        QTRY_COMPARE(photosOf(session), 3);
        QVERIFY(std::filesystem::remove(folder / "photos/p0.jpg"));
        QTRY_COMPARE(photosOf(session), 2);
        QCOMPARE(session.catalogue()->counts().value().missing, 1);
    }

    void pauseHoldsTheJobAndCancelEndsIt()
    {
        const test::ScratchFolder folder;
        writePhotos(folder, 0, 60);
        Session session;
        VERIFY_OK(session.openLibrary(folder / "l.photolex"));
        QSignalSpy stored(&session, &Session::photosChanged), finished(&session, &Session::jobFinished),
            failed(&session, &Session::jobFailed);
        session.pause(true);
        session.addFolder(folder / "photos");
        QTRY_COMPARE(photosOf(session), 60); // the scan goes on, so that they can be browsed
        QTRY_VERIFY(session.job().running && session.job().paused);
        QCOMPARE(session.catalogue()->counts().value().ready, 0);
        session.cancel();
        QTRY_VERIFY(!session.job().running);
        QVERIFY(!session.job().paused); // what is cancelled does not wait
        QVERIFY(finished.isEmpty() && failed.isEmpty());
        session.rescan(); // and goes on from there
        QVERIFY(finished.wait(60'000));
        QCOMPARE(session.catalogue()->counts().value().ready, 60);
    }

    void aRunningJobGoesOnInTheOtherMode()
    {
        const test::ScratchFolder folder;
        writePhotos(folder, 0, 8);
        Session session;
        VERIFY_OK(session.openLibrary(folder / "l.photolex"));
        QSignalSpy finished(&session, &Session::jobFinished);
        session.addFolder(folder / "photos");
        QTRY_VERIFY(session.job().running);
        session.setQuiet(true);
        QVERIFY(session.job().quiet);
        // Quiet means: only what other programs leave, and a busy machine leaves little.
        QTRY_VERIFY_WITH_TIMEOUT(!finished.isEmpty(), 240'000);
        QTRY_VERIFY(!session.job().running);
        QCOMPARE(session.catalogue()->counts().value().ready, 8);
    }

    void removedRootsAndRetriedPhotosDoNotWaitForALongJob()
    {
        const test::ScratchFolder folder;
        writePhotos(folder, 0, 40);
        folder.write("other/broken.jpg", "no picture at all, but long enough to be looked at");
        Session session;
        VERIFY_OK(session.openLibrary(folder / "l.photolex"));
        QSignalSpy finished(&session, &Session::jobFinished);
        session.addFolder(folder / "other");
        QVERIFY(finished.wait(60'000));
        QCOMPARE(session.catalogue()->counts().value().failed, 1);
        session.pause(true); // the job over the photos would last for ever
        session.addFolder(folder / "photos");
        QTRY_COMPARE(photosOf(session), 41);
        const auto roots = session.catalogue()->roots().value();
        const auto other =
            std::find_if(roots.begin(), roots.end(), [](const auto &root) { return root.path.filename() == "other"; });
        QVERIFY(other != roots.end());
        session.removeRoot(other->id);
        QTRY_COMPARE(photosOf(session), 40);
    }

    // The window may be closed at any moment: what was told as done is there when it opens again.
    void endingWhileItIndexesKeepsWhatWasDone()
    {
        const test::ScratchFolder folder;
        writePhotos(folder, 0, 80);
        std::int64_t done = 0;
        {
            Session session;
            VERIFY_OK(session.openLibrary(folder / "l.photolex"));
            session.openModels();
            session.addFolder(folder / "photos");
            QTRY_VERIFY((done = session.catalogue()->counts().value().ready) > 0);
        }
        Session again;
        VERIFY_OK(again.openLibrary(folder / "l.photolex")); // nobody holds it any more
        QVERIFY(again.catalogue()->counts().value().ready >= done);
        QVERIFY(again.catalogue()->integrityFaults().value().empty());
        QSignalSpy finished(&again, &Session::jobFinished);
        again.openModels();
        QVERIFY(finished.wait(60'000));
        QCOMPARE(again.catalogue()->counts().value().ready, 80);
    }

    void endingBeforeAnythingBeganIsQuiet()
    {
        const test::ScratchFolder folder;
        Session session;
        VERIFY_OK(session.openLibrary(folder / "l.photolex"));
        session.openModels();
        session.addFolder(folder / "is not there");
    }
};

QTEST_MAIN(TestSession)
#include "tst_session.moc"
