// The Captions place with the models that ship, in the real window: captions for a spot of the map, for photos one
// after another on the bench, and for all in the background, each of which can be undone.
#include "core/projection/points.h"
#include "tests/support/pictures.h"
#include "tests/support/support.h"
#include "tests/ui/window/window_support.h"
#include "ui/captions/bench/caption_bench.h"
#include "ui/captions/bench/caption_job_dialog.h"
#include "ui/captions/caption_edits.h"
#include "ui/captions/caption_field.h"
#include "ui/captions/captions_place.h"
#include "ui/map/map_place.h"
#include "ui/map/map_run.h"
#include "ui/map/map_scene.h"
#include "ui/map/map_view.h"
#include "ui/window/language.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTableView>
#include <QUndoStack>

using namespace photolex;
using namespace photolex::ui;

namespace {

constexpr int photoCount = 6;

} // namespace

class TestCaptionsModels : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // One library for all: opening the models and indexing is what takes time.
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        applyLanguage("en");
        m_preferences = std::make_unique<Preferences>(test::pathText(m_folder / "photolex.conf"));
        m_session = std::make_unique<Session>();
        VERIFY_OK(m_session->openLibrary(m_folder / "lib.photolex"));
        QSignalSpy ready(m_session.get(), &Session::modelsReady);
        m_session->openModels();
        QVERIFY(ready.wait(60'000));
        for (int i = 0; i < photoCount; ++i)
            m_folder.write("photos/p" + std::to_string(i) + ".jpg", test::jpeg(test::scene(i)));
        m_session->addFolder(m_folder / "photos");
        QTRY_COMPARE_WITH_TIMEOUT(m_session->catalogue()->counts().value().ready, photoCount, 120'000);
        m_photos = m_session->catalogue()->photoIds({}, catalogue::SortKey::Path, false).value();
        m_window = std::make_unique<MainWindow>(m_session.get(), m_preferences.get());
        m_window->setGeometry(100, 60, 1100, 720);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        m_window->activateWindow();
    }

    void cleanupTestCase()
    {
        m_window.reset();
        m_session.reset();
        QThreadPool::globalInstance()->waitForDone();
    }

    void anEmptySpotOfTheMapIsCaptioned()
    {
        openMap();
        const QPoint spot = emptySpot();
        QVERIFY(!spot.isNull());
        Q_EMIT view()->selectionChosen({}, {});
        QAction *here = openMenu(spot);
        QVERIFY(here);
        QSignalSpy written(bench(), &CaptionBench::written);
        here->trigger();
        QTRY_COMPARE(m_window->place(), MainWindow::Place::Captions);
        QVERIFY(captions()->isBench());
        QVERIFY2(title().contains("on the map near “p") && title().contains("and 4 more photos"), qPrintable(title()));
        QVERIFY(written.wait(60'000));
        QVERIFY(bench()->table()->model()->rowCount() >= 10);
        QVERIFY(!bench()->photo());
        QVERIFY(!captions()->field()->isVisible()); // it is of no photo, and no photo's text stands beside it

        // The point is the mean of the photos around, by the inverse square of their distances.
        const QPointF at = view()->mapPosition(spot);
        const projection::Position position{static_cast<float>(at.x()), static_cast<float>(at.y())};
        std::vector<float> values, shares;
        for (const auto &[index, share] : projection::sharesAt(scene()->positions(), position)) {
            const auto point = m_session->engine()->pointOf(scene()->photos()[index]).value();
            values.insert(values.end(), point.begin(), point.end());
            shares.push_back(share);
        }
        QCOMPARE(bench()->point(), projection::meanDirection({values, values.size() / shares.size()}, shares).value());
    }

    void aPhotosOwnSpotIsItsPoint()
    {
        openMap();
        const PhotoId photo = scene()->photos()[2];
        Q_EMIT view()->selectionChosen({photo}, photo);
        view()->setFocus();
        QTest::keyClick(view(), Qt::Key_Right); // by keys from here on
        QTest::keyClick(view(), Qt::Key_W);
        QTRY_COMPARE(m_window->place(), MainWindow::Place::Captions);
        const auto current = static_cast<std::size_t>(scene()->current());
        const auto file = m_session->catalogue()->absolutePath(scene()->photos()[current]).value();
        const QString name = QString::fromStdString(std::filesystem::path(file).filename().string());
        QVERIFY2(title().contains("where “" + name + "” lies on the map"), qPrintable(title()));
        const auto point = m_session->engine()->pointOf(scene()->photos()[current]).value();
        QCOMPARE(bench()->point().size(), point.size());
        for (std::size_t i = 0; i < point.size(); ++i)
            QVERIFY(std::abs(bench()->point()[i] - point[i]) < 1e-5F);
        QTest::mouseClick(bench()->findChild<QPushButton *>("benchBack"), Qt::LeftButton);
        QVERIFY(!isForPoint() && captions()->field()->isVisible());
        QCOMPARE(bench()->photo(), captions()->photo());
        // With the pointer, from the menu of a photo.
        openMap();
        QAction *here = openMenu(placeOf(photo));
        QVERIFY(here);
        here->trigger();
        QTRY_VERIFY(isForPoint());
        QVERIFY(title().contains("lies on the map"));
        // Nothing is done to a photo that is not seen: it is shown.
        const auto undo = captions()->edits()->undoStack()->count();
        captions()->findChild<QAction *>("captionAccept1")->trigger();
        QTRY_VERIFY(!isForPoint() && captions()->field()->isVisible());
        QCOMPARE(captions()->edits()->undoStack()->count(), undo);
    }

    void aWordOnTheMapIsItsPoint()
    {
        openMap();
        scene()->setLabels({{.kind = MapLabel::Kind::Word, .text = "beach", .at = {0, 0}, .photo = {}}});
        view()->zoomBy(1.6);
        QCOMPARE(view()->visibleLabels().size(), std::size_t{1});
        QAction *here = openMenu(view()->labelRect(0).center().toPoint());
        QVERIFY(here);
        here->trigger();
        QTRY_VERIFY2(title().contains("at the word “beach” on the map"), qPrintable(title()));
        QCOMPARE(bench()->point(), m_session->engine()->encoder().sentencePoint("beach")->point);
        view()->showAll();
    }

    void aCandidateIsTakenAndTakenBack()
    {
        captions()->captionPhotos({m_photos[1]});
        QTRY_COMPARE(captions()->photo(), m_photos[1]);
        QVERIFY(!captions()->isBench()); // one writes; the bench is a key away
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QTRY_VERIFY(captions()->field()->hasFocus());
        QTRY_VERIFY(!captions()->field()->isWaiting());
        QTest::keyClick(captions()->field(), Qt::Key_B, Qt::ControlModifier);
        QVERIFY(captions()->isBench());
        QTRY_COMPARE(bench()->photo(), m_photos[1]);
        QTRY_VERIFY_WITH_TIMEOUT(!bench()->chosenText().isEmpty() && !bench()->isRunning(), 60'000);
        const auto text = bench()->chosenText();
        QTest::mouseClick(bench()->findChild<QPushButton *>("acceptCaption"), Qt::LeftButton);
        QTRY_COMPARE(own(1), text);
        QTRY_COMPARE(captions()->field()->toPlainText(), text);
        QTRY_VERIFY(!captions()->field()->isWaiting());
        QTest::keyClick(captions()->field(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(own(1), QString());
        QTest::keyClick(captions()->field(), Qt::Key_B, Qt::ControlModifier);
    }

    void allAreCaptionedAndTakenBackAsOneStep()
    {
        VERIFY_OK(m_session->catalogue()->setUserCaption(m_photos[0], "my own"));
        m_window->showPlace(MainWindow::Place::Captions);
        QTRY_VERIFY(captions()->photo());
        captions()->findChild<QAction *>("captionAll")->trigger(); // which waits for the texts of the photo
        QTRY_VERIFY(m_window->findChild<CaptionJobDialog *>());
        auto *job = m_window->findChild<CaptionJobDialog *>();
        QVERIFY(job->isVisible());
        QSignalSpy ended(job, &CaptionJobDialog::ended);
        QTest::mouseClick(job->findChild<QPushButton *>("jobStart"), Qt::LeftButton);
        QVERIFY(ended.wait(120'000));
        for (std::size_t i = 1; i < m_photos.size(); ++i)
            QVERIFY(!proposal(i).isEmpty());
        QVERIFY(proposal(0).isEmpty());
        job->close();
        const auto *undo = captions()->edits()->undoStack();
        QCOMPARE(undo->undoText(), QString("captioning all"));
        captions()->findChild<QAction *>("captionUndo")->trigger();
        for (std::size_t i = 1; i < m_photos.size(); ++i)
            QTRY_COMPARE(proposal(i), QString());
        QCOMPARE(own(0), QString("my own"));
        captions()->findChild<QAction *>("captionRedo")->trigger();
        QTRY_VERIFY(!proposal(5).isEmpty());
    }

    // Broken off before its end, the part that was written is one step, too.
    void aJobThatIsBrokenOffIsTakenBackTogether()
    {
        captions()->findChild<QAction *>("captionUndo")->trigger();
        for (std::size_t i = 1; i < m_photos.size(); ++i)
            QTRY_COMPARE(proposal(i), QString());
        auto *job = m_window->findChild<CaptionJobDialog *>();
        captions()->findChild<QAction *>("captionAll")->trigger();
        QTRY_VERIFY(job->isVisible());
        QSignalSpy ended(job, &CaptionJobDialog::ended);
        job->start();
        QTRY_VERIFY_WITH_TIMEOUT(!proposal(1).isEmpty(), 60'000);
        job->stop();
        QTRY_COMPARE(ended.count(), 1);
        QVERIFY(!job->isRunning());
        job->close();
        captions()->findChild<QAction *>("captionUndo")->trigger();
        for (std::size_t i = 1; i < m_photos.size(); ++i)
            QTRY_COMPARE(proposal(i), QString());
    }

private:
    MapScene *scene() const { return m_window->mapPlace()->scene(); }
    MapView *view() const { return m_window->mapPlace()->view(); }
    CaptionsPlace *captions() const { return m_window->captionsPlace(); }
    CaptionBench *bench() const { return captions()->bench(); }
    bool isForPoint() const { return bench()->findChild<QLabel *>("benchWhere")->isVisible(); }
    QString title() const { return bench()->findChild<QLabel *>("benchWhere")->text(); }
    QString own(std::size_t index) const
    {
        const auto found = m_session->catalogue()->captions(m_photos[index]).value();
        return found.empty() || found.front().origin != catalogue::CaptionOrigin::User
                   ? QString()
                   : QString::fromStdString(found.front().text);
    }
    QString proposal(std::size_t index) const
    {
        return QString::fromStdString(m_session->catalogue()->proposedCaption(m_photos[index])->text);
    }

    void openMap()
    {
        m_window->showPlace(MainWindow::Place::Map);
        QTRY_COMPARE(scene()->photos().size(), std::size_t{photoCount});
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->mapPlace()->run()->isRunning(), 60'000);
    }
    QPoint placeOf(PhotoId photo) const
    {
        return view()->widgetPosition(scene()->positionOf(static_cast<std::size_t>(scene()->indexOf(photo)))).toPoint();
    }
    QPoint emptySpot() const
    {
        for (int y = 40; y < view()->height(); y += 7)
            for (int x = 40; x < view()->width(); x += 7)
                if (!view()->photoAt(QPointF(x, y)) && view()->labelAt(QPointF(x, y)) < 0)
                    return {x, y};
        return {};
    }
    QAction *openMenu(QPoint at) const
    {
        QContextMenuEvent asked(QContextMenuEvent::Mouse, at, view()->mapToGlobal(at));
        QCoreApplication::sendEvent(view(), &asked);
        for (auto *menu : m_window->findChildren<QMenu *>("mapMenu"))
            if (menu->isVisible())
                for (auto *action : menu->actions())
                    if (action->objectName() == QLatin1String("mapCaptionHere")) {
                        menu->close();
                        return action;
                    }
        return nullptr;
    }

    test::ScratchFolder m_folder;
    std::unique_ptr<Preferences> m_preferences;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;
    std::vector<PhotoId> m_photos;
};

QTEST_MAIN(TestCaptionsModels)
#include "tst_captions_models.moc"
