#include "tests/support/pictures.h"
#include "tests/support/support.h"
#include "ui/common/session.h"
#include "ui/widgets/photo_viewer.h"

#include <QPointer>
#include <QSignalSpy>

using namespace photolex;
using namespace photolex::ui;

class TestPhotoViewer : public QObject {
    Q_OBJECT
private:
    test::ScratchFolder m_folder;
    Session m_session;
    std::vector<PhotoId> m_photos;

    PhotoViewer *open(PhotoId first)
    {
        auto *viewer = new PhotoViewer(&m_session, m_photos, first);
        viewer->resize(800, 600);
        viewer->show();
        return viewer;
    }

private Q_SLOTS:
    void initTestCase()
    {
        VERIFY_OK(m_session.openLibrary(m_folder / "library.photolex"));
        const auto root = m_session.catalogue()->addRoot(m_folder / "photos");
        VERIFY_OK(root);
        m_folder.write("photos/a.jpg", test::jpeg(test::scene(1)));
        m_folder.write("photos/b.jpg", "not a picture");
        m_folder.write("photos/c.jpg", test::jpeg(test::scene(2)));
        std::vector<catalogue::Photo> rows(4); // the fourth is not there any more
        for (std::size_t i = 0; i < rows.size(); ++i) {
            rows[i].root = *root;
            rows[i].relativePath = std::string(1, static_cast<char>('a' + i)) + ".jpg";
        }
        VERIFY_OK(m_session.catalogue()->save(rows));
        for (const auto &row : rows)
            m_photos.push_back(row.id);
    }

    void keysTurnThroughGoodBrokenAndVanishedPhotos()
    {
        const QPointer<PhotoViewer> viewer = open(m_photos[0]);
        QSignalSpy shown(viewer, &PhotoViewer::photoShown);
        QVERIFY(shown.wait());
        QCOMPARE(viewer->photo(), m_photos[0]);
        for (std::size_t i = 1; i < m_photos.size(); ++i) {
            const auto before = shown.size();
            QTest::keyClick(viewer, Qt::Key_Right);
            QTRY_VERIFY(shown.size() > before);
            QCOMPARE(viewer->photo(), m_photos[i]);
            viewer->grab(); // shows the picture, or says why not
        }
        QTest::keyClick(viewer, Qt::Key_Right); // the end stays the end
        QCOMPARE(viewer->photo(), m_photos.back());
        QTest::keyClick(viewer, Qt::Key_Home);
        QCOMPARE(viewer->photo(), m_photos.front());
        QSignalSpy closed(viewer, &PhotoViewer::closed);
        QTest::keyClick(viewer, Qt::Key_Escape);
        QCOMPARE(closed.size(), 1);
        QTRY_VERIFY(!viewer);
    }

    void fastTurningWhileResizingAndZooming()
    {
        const QPointer<PhotoViewer> viewer = open(m_photos[0]);
        for (int i = 0; i < 200; ++i) {
            QTest::keyClick(viewer, i % 3 ? Qt::Key_Right : Qt::Key_Left);
            QTest::keyClick(viewer, i % 2 ? Qt::Key_Plus : Qt::Key_Minus);
            viewer->resize(400 + i, 300 + i);
            QCoreApplication::processEvents();
        }
        QVERIFY(viewer);
        delete viewer; // with pictures still on their way
    }

    void zoomGoesBackToTheWholePicture()
    {
        const QPointer<PhotoViewer> viewer = open(m_photos[0]);
        QSignalSpy shown(viewer, &PhotoViewer::photoShown);
        QVERIFY(shown.wait());
        QTest::keyClick(viewer, Qt::Key_Plus);
        QVERIFY(viewer->zoom() > 1);
        QTest::keyClick(viewer, Qt::Key_0);
        QCOMPARE(viewer->zoom(), 1.0);
        QVERIFY(QTest::qWaitForWindowActive(viewer)); // shortcuts belong to the window that is active
        QTest::keyClick(viewer, Qt::Key_S);
        QVERIFY(viewer->isSlideShow());
        QTest::keyClick(viewer, Qt::Key_S);
        QVERIFY(!viewer->isSlideShow());
        viewer->close();
    }
};

QTEST_MAIN(TestPhotoViewer)
#include "tst_photo_viewer.moc"
