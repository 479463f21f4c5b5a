// The Map place in the real window, with the bundle that ships: photos come onto it, are kept, selected, and dragged
// out.
#include "core/projection/picture.h"
#include "tests/support/pictures.h"
#include "tests/support/support.h"
#include "tests/ui/window/window_support.h"
#include "ui/common/commands.h"
#include "ui/expression/expression_place.h"
#include "ui/library/library_place.h"
#include "ui/map/map_place.h"
#include "ui/map/map_run.h"
#include "ui/map/map_scene.h"
#include "ui/map/map_view.h"
#include "ui/map/selection_panel.h"
#include "ui/search/search_field.h"
#include "ui/search/search_place.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/photo_grid.h"
#include "ui/widgets/photo_preview.h"
#include "ui/widgets/photo_viewer.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>
#include <algorithm>
#include <cmath>
#include <limits>

using namespace photolex;
using namespace photolex::ui;

namespace {

constexpr int photoCount = 24;

} // namespace

class TestMapPlace : public test::ModelsWindowTest {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(openLibrary()); }
    void init() { QVERIFY(openWindow()); }
    void cleanup() { closeWindow(); }
    void cleanupTestCase() { closeLibrary(); }

    // First of all: the others need its photos.
    void photosComeOntoTheMapAndStay()
    {
        QTest::keyClick(m_window.get(), Qt::Key_5, Qt::ControlModifier);
        QTRY_COMPARE(m_window->place(), MainWindow::Place::Map);
        const auto *empty = map()->findChild<EmptyState *>();
        QTRY_COMPARE(empty->title(), QString("No photos on the map yet"));
        QVERIFY(empty->isVisible());

        addPhotos(0, 2);
        QTRY_COMPARE_WITH_TIMEOUT(scene()->photos().size(), std::size_t{2}, 60'000);
        QVERIFY(!empty->isVisible());
        addPhotos(2, photoCount - 2);
        QTRY_COMPARE_WITH_TIMEOUT(scene()->photos().size(), std::size_t{photoCount - 2}, 60'000);
        waitUntilIdle();
        QTRY_COMPARE(int(scene()->tileScales().size()), photoCount - 2);

        // What came when there were enough for a picture is put into it; nothing else moves.
        const auto photos = scene()->photos();
        const auto positions = scene()->positions();
        addPhotos(photoCount - 2, photoCount);
        QTRY_COMPARE_WITH_TIMEOUT(scene()->photos().size(), std::size_t{photoCount}, 60'000);
        waitUntilIdle();
        for (std::size_t i = 0; i < photos.size(); ++i)
            QCOMPARE(scene()->positions()[static_cast<std::size_t>(scene()->indexOf(photos[i]))], positions[i]);
    }

    void theKeptPictureIsShownAgain()
    {
        open();
        const auto positions = scene()->positions();
        cleanup();
        init();
        open();
        QCOMPARE(scene()->positions(), positions);
        // Asked for, it is made anew.
        QSignalSpy moved(map()->run(), &MapRun::positionsMoved), finished(map()->run(), &MapRun::finished);
        QTest::mouseClick(map()->findChild<QPushButton *>("mapAnew"), Qt::LeftButton);
        QVERIFY(finished.wait(60'000));
        QVERIFY(moved.count() > 5); // it settled before one's eyes
    }

    void itIsHeldAndLeftAsItIs()
    {
        open();
        auto *run = map()->run();
        bool held = false;
        connect(run, &MapRun::positionsMoved, run, [&] {
            if (!held)
                map()->findChild<QToolButton *>("mapPause")->setChecked(true);
            held = true;
        });
        run->layOut(projection::Method::Tsne);
        QTRY_VERIFY_WITH_TIMEOUT(held, 60'000);
        QVERIFY(run->isPaused());
        QTRY_COMPARE(run->stage(), MapRun::Stage::Settling);
        QSignalSpy finished(run, &MapRun::finished);
        QTest::mouseClick(map()->findChild<QToolButton *>("mapStop"), Qt::LeftButton);
        QVERIFY(finished.wait(60'000));
        const auto kept = projection::loadPicture(m_folder / "lib.photolex/map/picture.safetensors");
        VERIFY_OK(kept);
        QCOMPARE(kept->method, projection::Method::Tsne);
        QCOMPARE(kept->positions, scene()->positions());
        run->layOut(projection::Method::Umap);
        waitUntilIdle();
    }

    void whatIsSelectedIsSelectedEverywhere()
    {
        open();
        const PhotoId photo = loneliest();
        QTest::mouseClick(view(), Qt::LeftButton, {}, placeOf(photo));
        QCOMPARE(panel()->grid()->photoModel()->photos(), std::vector<PhotoId>{photo});
        QVERIFY(panel()->grid()->isVisible());
        QVERIFY(view()->accessibleDescription().contains(".jpg"));
        QTest::keyClick(view(), Qt::Key_Escape);
        QVERIFY(!panel()->grid()->isVisible());
        QCOMPARE(m_window->place(), MainWindow::Place::Map); // Escape took the selection, not the place
        QTest::keyClick(view(), Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(panel()->grid()->photoModel()->rowCount(), photoCount);
        QTest::mouseClick(panel()->findChild<QToolButton *>("mapExpression"), Qt::LeftButton);
        QCOMPARE(m_window->place(), MainWindow::Place::Expression);
        QCOMPARE(bench()->expression().terms.size(), std::size_t{photoCount});
        bench()->open({});
    }

    void whatIsSelectedOnTheMapIsMarkedInTheLibraryAndBack()
    {
        open();
        // A lasso around three photos, as far down in the library as can be.
        auto *library = gridIn(MainWindow::Place::Library);
        QTRY_COMPARE(library->photoModel()->rowCount(), photoCount);
        library->setTileSide(PhotoGrid::largestTile); // so that they are out of sight at first
        const auto &rows = library->photoModel()->photos();
        std::vector<PhotoId> chosen(rows.end() - 3, rows.end());
        open();
        Q_EMIT view()->selectionChosen(chosen, chosen.back());
        m_window->showPlace(MainWindow::Place::Library);
        QCOMPARE(library->selectedPhotos(), chosen);
        QCOMPARE(library->currentPhoto(), chosen.back());
        const auto *preview = library->window()->findChild<LibraryPlace *>()->findChild<PhotoPreview *>();
        QCOMPARE(preview->photo(), chosen.back());
        QVERIFY(preview->findChild<QLabel *>("selectedCount")->text().startsWith("3 "));
        QVERIFY(library->viewport()->rect().contains(
            library->visualRect(library->model()->index(photoCount - 1, 0)).center()));
        // A place that shows other photos marks those of them that it has, and the rest stays selected.
        m_window->searchField()->setText("red car"); // the window goes there; a new question begins afresh
        auto *found = gridIn(MainWindow::Place::Search);
        QTRY_VERIFY(!m_window->searchPlace()->isRunning() && found->photoModel()->rowCount() == photoCount);
        QVERIFY(found->selectedPhotos().empty());
        open();
        Q_EMIT view()->selectionChosen(chosen, chosen.back());
        m_window->showPlace(MainWindow::Place::Search);
        auto marked = found->selectedPhotos();
        std::ranges::sort(marked);
        auto wanted = chosen;
        std::ranges::sort(wanted);
        QCOMPARE(marked, wanted);
        // And the other way round.
        found->selectPhoto(found->photoModel()->photoAt(4));
        open();
        QCOMPARE(scene()->selected().size(), std::size_t{1});
        QCOMPARE(scene()->photos()[scene()->selected()[0]], found->photoModel()->photoAt(4));
        QVERIFY(view()->rect().contains(placeOf(found->photoModel()->photoAt(4))));
        m_window->searchField()->clear();
        QTest::keyClick(view(), Qt::Key_Escape);
        m_window->showPlace(MainWindow::Place::Library);
        QVERIFY(library->selectedPhotos().empty());
        library->setTileSide(160);
    }

    void actionsMeanOnlyWhatIsSeen()
    {
        open();
        const PhotoId photo = scene()->photos()[2];
        Q_EMIT view()->selectionChosen({photo}, photo);
        auto *grid = gridIn(MainWindow::Place::Search); // nothing is searched for: it has no photos
        QVERIFY(!grid->photoModel()->rowCount());
        for (auto *action : m_window->searchPlace()->findChildren<QAction *>("moveToTrash"))
            QVERIFY(!action->isEnabled());
        m_window->showPlace(MainWindow::Place::Library);
        auto *library = gridIn(MainWindow::Place::Library);
        library->setFocus();
        QTest::keyClick(library, Qt::Key_E, Qt::ControlModifier);
        QCOMPARE(bench()->expression().terms.size(), std::size_t{1});
        bench()->open({});
    }

    void photosAreShownOnTheMap()
    {
        open();
        view()->showAll();
        m_window->searchField()->setText("red car");
        QTRY_VERIFY(!m_window->searchPlace()->isRunning() && m_window->place() == MainWindow::Place::Search);
        gridIn(MainWindow::Place::Search)->clearSelection();
        const int likely = m_window->searchPlace()->likelyCount();
        m_window->searchPlace()->findChild<QAction *>("resultsOnMap")->trigger();
        QCOMPARE(m_window->place(), MainWindow::Place::Map);
        QCOMPARE(static_cast<int>(scene()->selected().size()), likely > 0 ? likely : photoCount);
        for (const auto index : scene()->selected())
            QVERIFY(view()->rect().contains(placeOf(scene()->photos()[index])));

        // One photo of the library, by its key: it is gone to, with what lies around it.
        m_window->searchField()->clear();
        m_window->showPlace(MainWindow::Place::Library);
        auto *library = gridIn(MainWindow::Place::Library);
        const PhotoId photo = library->photoModel()->photoAt(7);
        library->selectPhoto(photo);
        library->setFocus();
        QTest::keyClick(library, Qt::Key_M, Qt::ControlModifier);
        QCOMPARE(m_window->place(), MainWindow::Place::Map);
        QCOMPARE(scene()->current(), scene()->indexOf(photo));
        QVERIFY((placeOf(photo) - view()->rect().center()).manhattanLength() < view()->width() / 2);
        // And back, from the map.
        view()->setFocus();
        QTest::keyClick(view(), Qt::Key_L, Qt::ControlModifier);
        QVERIFY(!view()->hasLasso());
        QCOMPARE(m_window->place(), MainWindow::Place::Library);
        QCOMPARE(library->selectedPhotos(), std::vector<PhotoId>{photo});

        // While a photo is viewed.
        QTest::keyClick(library, Qt::Key_Return);
        auto *viewer = m_window->findChild<PhotoViewer *>();
        QTRY_VERIFY(viewer && viewer->isActiveWindow());
        QTest::keyClick(viewer, Qt::Key_M);
        QTRY_COMPARE(m_window->place(), MainWindow::Place::Map);
        QCOMPARE(scene()->current(), scene()->indexOf(photo));
    }

    void whatSettlesStaysInSight()
    {
        open();
        for (const auto method : {projection::Method::Tsne, projection::Method::Pca, projection::Method::Umap}) {
            view()->zoomBy(3);
            auto *box = map()->findChild<QComboBox *>("mapMethod");
            box->setCurrentIndex(box->findData(static_cast<int>(method)));
            Q_EMIT box->activated(box->currentIndex());
            QTRY_COMPARE(map()->run()->picture().method, method);
            waitUntilIdle();
            for (const auto photo : scene()->photos())
                QVERIFY(view()->rect().contains(placeOf(photo)));
        }
    }

    void photosAreDraggedIntoAnExpression()
    {
        open();
        const PhotoId photo = scene()->photos()[5];
        QTest::mouseClick(view(), Qt::LeftButton, {}, placeOf(photo));
        dragToExpression(placeOf(photo));
        QCOMPARE(bench()->expression().terms.size(), std::size_t{1});
        QCOMPARE(bench()->expression().terms[0].text, m_session->catalogue()->absolutePath(photo).value());
        QVERIFY(std::filesystem::exists(bench()->expression().terms[0].text));
        bench()->open({});
    }

    void wordsAreDraggedIntoAnExpression()
    {
        open();
        scene()->setLabels({{.kind = MapLabel::Kind::Word, .text = "beach", .at = {0, 0}, .photo = {}}});
        view()->zoomBy(1.6);
        QCOMPARE(view()->visibleLabels().size(), std::size_t{1});
        dragToExpression(view()->labelRect(0).center().toPoint());
        QCOMPARE(bench()->text(), QString("'beach'"));
        bench()->open({});
    }

    void theQueryAndTheExpressionLieOnTheMap()
    {
        open();
        m_window->searchField()->setText("red car");
        QTRY_VERIFY(!m_window->searchPlace()->isRunning() && m_window->place() == MainWindow::Place::Search);
        open();
        QTRY_COMPARE(scene()->query().size(), std::size_t{1});
        QCOMPARE(scene()->query()[0].text, QString("red car"));
        QSignalSpy answered(bench(), &ExpressionPlace::answered);
        bench()->open("'red' - 'blue'");
        QTRY_VERIFY(!answered.isEmpty() && !bench()->isRunning());
        QTRY_COMPARE(scene()->steps().size(), std::size_t{2});
        QCOMPARE(scene()->steps()[1].text, QString("− blue"));
        m_window->searchField()->clear();
        bench()->open({});
        open();
        QTRY_VERIFY(scene()->steps().empty() && scene()->query().empty());
    }

    void theWayIsFollowedOnTheMap()
    {
        open();
        view()->zoomTo(QRectF(-1, -1, 0, 0)); // a corner
        QSignalSpy answered(bench(), &ExpressionPlace::answered);
        bench()->open("'red' - 'blue' + 'night'");
        QTRY_VERIFY(!answered.isEmpty() && !bench()->isRunning());
        m_window->showPlace(MainWindow::Place::Expression);
        QTest::mouseClick(bench()->findChild<QToolButton *>("followOnMap"), Qt::LeftButton);
        QCOMPARE(m_window->place(), MainWindow::Place::Map);
        QTRY_COMPARE(scene()->steps().size(), std::size_t{3});
        const QRectF whole = mapRect(projection::boundsOf(scene()->positions()));
        for (const auto &step : scene()->steps())
            QVERIFY(whole.contains(QPointF(step.at.x, step.at.y))); // however far from every photo
        const auto areSeen = [this] { // asked anew each time: the steps are placed again meanwhile
            return std::ranges::all_of(scene()->steps(), [this](const MapStep &step) {
                return QRectF(view()->rect()).contains(view()->widgetPosition({step.at.x, step.at.y}));
            });
        };
        QTRY_VERIFY(areSeen());
        bench()->open({});
    }

    void aLanguageFromTheRightAndAnotherThemeAreFine()
    {
        QApplication::setLayoutDirection(Qt::RightToLeft);
        m_window->rebuild();
        open();
        const QImage picture = view()->grab().toImage();
        QVERIFY(picture.pixel(2, 2) == view()->palette().color(QPalette::Base).rgb());
        QVERIFY(panel()->x() < view()->x());
        QApplication::setLayoutDirection(Qt::LeftToRight);
    }

    // Last: it adds photos.
    void copiesDoNotHideEachOther()
    {
        for (const char *name : {"copy-1.jpg", "copy-2.jpg", "copy-3.jpg"})
            std::filesystem::copy_file(m_folder / "photos/p3.jpg", m_folder / "photos" / name);
        m_window->showPlace(MainWindow::Place::Map);
        m_session->addFolder(m_folder / "photos");
        QTRY_COMPARE_WITH_TIMEOUT(scene()->photos().size(), std::size_t{photoCount + 3}, 120'000);
        waitUntilIdle();
        const auto distinct = [this] {
            auto positions = scene()->positions();
            const auto key = [](const projection::Position &at) { return std::pair(at.x, at.y); };
            std::ranges::sort(positions, {}, key);
            return std::ranges::adjacent_find(positions) == positions.end();
        };
        QVERIFY(distinct());
        map()->run()->layOut(projection::Method::Pca); // where equal photos would fall on one place
        waitUntilIdle();
        QVERIFY(distinct());
        QTRY_COMPARE(scene()->tileScales().size(), scene()->photos().size());
        QVERIFY(std::ranges::all_of(scene()->tileScales(), [](float scale) { return std::isfinite(scale); }));
    }

private:
    MapPlace *map() const { return m_window->mapPlace(); }
    MapScene *scene() const { return map()->scene(); }
    MapView *view() const { return map()->view(); }
    SelectionPanel *panel() const { return map()->findChild<SelectionPanel *>(); }
    ExpressionPlace *bench() const { return m_window->findChild<ExpressionPlace *>(); }

    PhotoGrid *gridIn(MainWindow::Place place) const
    {
        m_window->showPlace(place);
        for (auto *grid : m_window->findChildren<PhotoGrid *>())
            if (grid->isVisible())
                return grid;
        return place == MainWindow::Place::Search ? m_window->searchPlace()->findChild<PhotoGrid *>() : nullptr;
    }

    void addPhotos(int from, int to)
    {
        for (int i = from; i < to; ++i)
            m_folder.write("photos/p" + std::to_string(i) + ".jpg", test::jpeg(test::scene(i)));
        m_session->addFolder(m_folder / "photos");
        QTRY_COMPARE_WITH_TIMEOUT(m_session->catalogue()->counts().value().ready, to, 120'000);
    }

    void waitUntilIdle() { QTRY_VERIFY_WITH_TIMEOUT(!map()->run()->isRunning(), 60'000); }

    void open()
    {
        m_window->showPlace(MainWindow::Place::Map);
        QTRY_COMPARE(scene()->photos().size(), std::size_t{photoCount});
        waitUntilIdle();
    }

    QPoint placeOf(PhotoId photo) const
    {
        return view()->widgetPosition(scene()->positionOf(static_cast<std::size_t>(scene()->indexOf(photo)))).toPoint();
    }

    // The photo that no other one covers and no group's name, whatever the picture: a click on a name takes the group.
    PhotoId loneliest() const
    {
        const auto &photos = scene()->photos();
        return *std::ranges::max_element(photos, {}, [&](PhotoId photo) {
            if (view()->labelAt(QPointF(placeOf(photo))) >= 0)
                return -1;
            int nearest = std::numeric_limits<int>::max();
            for (const auto other : photos)
                if (other != photo)
                    nearest = std::min(nearest, (placeOf(other) - placeOf(photo)).manhattanLength());
            return nearest;
        });
    }

    // Onto the place's name in the rail.
    void dragToExpression(QPoint from)
    {
        auto *rail = m_window->findChild<QWidget *>("rail");
        QPoint at;
        for (auto *button : rail->findChildren<QToolButton *>())
            if (button->text() == "Expression")
                at = button->geometry().center();
        test::carryTo(rail, at);
        QTest::mousePress(view(), Qt::LeftButton, {}, from);
        QTest::mouseMove(view(), from + QPoint(QApplication::startDragDistance() + 5, 5)); // returns after the drag
        QCOMPARE(m_window->place(), MainWindow::Place::Expression);
    }
};

int main(int argc, char **argv)
{
    return test::runOnMinimalScreen<TestMapPlace>(argc, argv);
}
#include "tst_map_place.moc"
