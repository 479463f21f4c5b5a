// The map by pointer and keys, over a scene of five photos in a cross:
//
//          2                 1 at (−0.8, 0), 2 at (0, −0.8), 3 at (0.8, 0), 4 at (0, 0.8), 5 in the middle
//      1   5   3
//          4
#include "ui/map/map_view.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace photolex;
using namespace photolex::ui;

class TestMapView : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_scene = std::make_unique<MapScene>();
        m_scene->setPhotos({{1}, {2}, {3}, {4}, {5}}, {{-0.8F, 0}, {0, -0.8F}, {0.8F, 0}, {0, 0.8F}, {0, 0}},
                           {0, 0, 1, 1, 1});
        m_scene->setLabels(
            {{.kind = MapLabel::Kind::Group, .text = "dogs", .at = {-0.5F, -0.5F}, .group = 0, .photo = {}},
             {.kind = MapLabel::Kind::Group, .text = "cats", .at = {0.5F, 0.5F}, .group = 1, .photo = {}}});
        m_view = std::make_unique<MapView>(m_scene.get(), nullptr);
        m_view->resize(600, 500);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
        connect(m_view.get(), &MapView::selectionChosen, m_view.get(), [this](const auto &photos, PhotoId current) {
            ++m_choices;
            m_scene->setSelected(photos, current);
        });
        m_choices = 0;
        QTest::mouseMove(m_view.get(), {1, 1});
    }

    void cleanup()
    {
        m_view.reset();
        m_scene.reset();
    }

    void allIsSeenAtFirst()
    {
        for (std::size_t i = 0; i < 5; ++i)
            QVERIFY(m_view->rect().contains(at(i)));
        QCOMPARE(m_view->photoAt(at(2)), PhotoId{3});
        QCOMPARE(m_view->photoAt(at(2) + QPoint(10, 8)), PhotoId{3}); // within reach
        QVERIFY(!m_view->photoAt(at(2) + QPoint(12, 12)));
    }

    void aClickSelectsAndAClickBesideSelectsNothing()
    {
        QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, at(0));
        QCOMPARE(selected(), (std::vector<PhotoId>{{1}}));
        QTest::mouseClick(m_view.get(), Qt::LeftButton, Qt::ControlModifier, at(2));
        QCOMPARE(selected(), (std::vector<PhotoId>{{1}, {3}}));
        QTest::mouseClick(m_view.get(), Qt::LeftButton, Qt::ControlModifier, at(0));
        QCOMPARE(selected(), (std::vector<PhotoId>{{3}}));
        QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, QPoint(5, 5));
        QVERIFY(selected().empty());
        QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, m_view->labelRect(1).center().toPoint());
        QCOMPARE(selected(), (std::vector<PhotoId>{{3}, {4}, {5}}));
    }

    void everyLassoCounts()
    {
        m_view->setLasso(true);
        lasso({0});
        QCOMPARE(selected(), (std::vector<PhotoId>{{1}}));
        lasso({2}); // once more: it replaces
        QCOMPARE(selected(), (std::vector<PhotoId>{{3}}));
        lasso({3}, Qt::ShiftModifier);
        QCOMPARE(selected(), (std::vector<PhotoId>{{3}, {4}}));
        lasso({2}, Qt::AltModifier);
        QCOMPARE(selected(), (std::vector<PhotoId>{{4}}));
        QCOMPARE(m_choices, 4); // one each, when it closes
        m_view->setLasso(false);
        lasso({0}, Qt::ShiftModifier); // without the lasso's mode, with a key
        QCOMPARE(selected(), (std::vector<PhotoId>{{4}, {1}}));
        QTest::keyClick(m_view.get(), Qt::Key_L);
        lasso({}); // around nothing
        QVERIFY(selected().empty());
    }

    void draggingMovesTheMap()
    {
        const auto before = at(4);
        const QPoint from(40, 40);
        QTest::mousePress(m_view.get(), Qt::LeftButton, {}, from);
        QTest::mouseMove(m_view.get(), from + QPoint(30, 0));
        QTest::mouseMove(m_view.get(), from + QPoint(90, 20));
        QTest::mouseRelease(m_view.get(), Qt::LeftButton, {}, from + QPoint(90, 20));
        QVERIFY((at(4) - before - QPoint(90, 20)).manhattanLength() <= 2);
        QCOMPARE(m_choices, 0);
    }

    void theWheelZoomsAtThePointer()
    {
        const QPoint pointer = at(2);
        const double before = m_view->viewport().scale();
        QWheelEvent event(pointer, m_view->mapToGlobal(pointer), {}, {0, 240}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(m_view.get(), &event);
        QVERIFY(m_view->viewport().scale() > before * 1.4);
        QVERIFY((at(2) - pointer).manhattanLength() <= 2);
    }

    void theKeyboardDoesEverything()
    {
        QTest::keyClick(m_view.get(), Qt::Key_Down); // from nowhere: the one in the middle
        QCOMPARE(selected(), (std::vector<PhotoId>{{5}}));
        QTest::keyClick(m_view.get(), Qt::Key_Left);
        QCOMPARE(selected(), (std::vector<PhotoId>{{1}}));
        QTest::keyClick(m_view.get(), Qt::Key_Left); // nothing lies farther
        QCOMPARE(selected(), (std::vector<PhotoId>{{1}}));
        QTest::keyClick(m_view.get(), Qt::Key_Right);
        QTest::keyClick(m_view.get(), Qt::Key_Up, Qt::ShiftModifier);
        QCOMPARE(selected(), (std::vector<PhotoId>{{5}, {2}}));
        QTest::keyClick(m_view.get(), Qt::Key_Space); // the current one leaves
        QCOMPARE(selected(), (std::vector<PhotoId>{{5}}));
        const double before = m_view->viewport().scale();
        for (int i = 0; i < 6; ++i)
            QTest::keyClick(m_view.get(), Qt::Key_Plus);
        QVERIFY(m_view->viewport().scale() > before * 4);
        QTest::keyClick(m_view.get(), Qt::Key_Up); // what is gone to comes into sight
        QVERIFY(m_view->rect().contains(at(1)));
        const auto place = at(1);
        QTest::keyClick(m_view.get(), Qt::Key_Right, Qt::ControlModifier);
        QVERIFY(at(1).x() < place.x());
        QTest::keyClick(m_view.get(), Qt::Key_0);
        QVERIFY(qAbs(m_view->viewport().scale() - before) < 1e-6);
        QTest::keyClick(m_view.get(), Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(selected().size(), std::size_t{5});
        QSignalSpy activated(m_view.get(), &MapView::photoActivated);
        QTest::keyClick(m_view.get(), Qt::Key_Return);
        QCOMPARE(activated.count(), 1);
        QTest::keyClick(m_view.get(), Qt::Key_Escape);
        QVERIFY(selected().empty());
    }

    void theCardOpensWhereThePointerRests()
    {
        QSignalSpy hovered(m_view.get(), &MapView::hoveredChanged);
        QTest::mouseMove(m_view.get(), at(3) + QPoint(4, 4));
        QVERIFY(!m_view->hovered()); // not at once
        QTRY_COMPARE(m_view->hovered(), PhotoId{4});
        QTest::mouseMove(m_view.get(), QPoint(3, 3));
        QTRY_VERIFY(!m_view->hovered());
        QCOMPARE(hovered.count(), 2);
    }

    void whatIsSelectedIsDraggedAndTheRestMovesTheMap()
    {
        QSignalSpy dragged(m_view.get(), &MapView::photosDragged);
        QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, at(0));
        drag(at(0));
        QCOMPARE(dragged.count(), 1);
        QCOMPARE(dragged.first().first().value<std::vector<PhotoId>>(), (std::vector<PhotoId>{{1}}));
        drag(at(2)); // a dot like any other
        QCOMPARE(dragged.count(), 1);
    }

    void wordsAreDragged()
    {
        m_scene->setLabels({{.kind = MapLabel::Kind::Word, .text = "beach", .at = {0.3F, 0.3F}, .photo = {}}});
        m_view->zoomBy(1.6);
        QCOMPARE(m_view->visibleLabels().size(), std::size_t{1});
        QSignalSpy dragged(m_view.get(), &MapView::wordDragged);
        drag(m_view->labelRect(0).center().toPoint());
        QCOMPARE(dragged.count(), 1);
        QCOMPARE(dragged.first().first().toString(), QString("beach"));
    }

    void tilesComeCloseUp()
    {
        const auto sizes = tileSizes(m_scene->positions());
        m_scene->setTiles(sizes, tileScales(m_scene->positions(), sizes));
        QSignalSpy wanted(m_view.get(), &MapView::tilesWanted);
        m_view->showAll();
        QVERIFY(wanted.wait());
        QCOMPARE(wanted.last().first().value<std::vector<PhotoId>>().size(), m_view->visibleTiles().size());
        QCOMPARE(m_view->visibleTiles().size(), std::size_t{5}); // so few are pictures at once
        QCOMPARE(m_view->photoAt(at(1) + QPoint(20, 20)), PhotoId{2});
    }

    void allStaysSeenUntilSomebodyMovesTheMap()
    {
        const auto seen = [this] {
            for (std::size_t i = 0; i < 5; ++i)
                if (!m_view->rect().contains(at(i)))
                    return false;
            return true;
        };
        m_scene->setPositions({{-0.2F, 0}, {0, -1}, {0.2F, 0}, {0, 1}, {0, 0}}); // it settles: higher than wide
        QVERIFY(seen());
        m_view->resize(400, 300);
        QVERIFY(seen());
        // What the pointer holds does not slip away from under it.
        QTest::mousePress(m_view.get(), Qt::LeftButton, {}, {5, 5});
        const auto before = m_view->viewport();
        m_scene->setPositions({{-0.6F, 0}, {0, -0.3F}, {0.6F, 0}, {0, 0.3F}, {0, 0}});
        QVERIFY(m_view->viewport() == before);
        QTest::mouseRelease(m_view.get(), Qt::LeftButton, {}, {5, 5});
        QVERIFY(m_view->viewport() != before);
        QVERIFY(seen());
        m_view->zoomBy(1.5);
        QVERIFY(!m_view->showsAll());
        const auto chosen = m_view->viewport();
        m_scene->setPositions({{-1, 0}, {0, -1}, {1, 0}, {0, 1}, {0, 0}});
        QVERIFY(m_view->viewport() == chosen);
        QTest::keyClick(m_view.get(), Qt::Key_0);
        QVERIFY(seen());
    }

    void whatIsGoneToKeepsSurroundings()
    {
        m_view->zoomTo(QRectF(0.8, 0, 0, 0)); // a single photo
        const auto seen = m_view->viewport().visible();
        QVERIFY(seen.contains(QPointF(0.8, 0)));
        QVERIFY(seen.width() > 0.5); // about as far as the next ones
        m_view->zoomTo(QRectF(-0.8, -0.8, 1.6, 1.6));
        QVERIFY(m_view->viewport().visible().contains(QRectF(-0.8, -0.8, 1.6, 1.6)));
    }

    void whatIsAskedIsReadable()
    {
        // The steps of an expression lie close together, and on a label.
        m_scene->setSteps({{{0.5F, 0.5F}, "p1.jpg"}, {{0.51F, 0.5F}, "− blue"}, {{0.5F, 0.51F}, "+ 2× red"}});
        m_scene->setQuery({{{0.5F, 0.49F}, "red car"}});
        for (const double closer : {1.0, 1.7, 3.0}) {
            m_view->zoomBy(closer);
            const auto chips = m_view->wayChips();
            QCOMPARE(chips.size(), std::size_t{4});
            for (std::size_t i = 0; i < chips.size(); ++i) {
                for (std::size_t j = 0; j < i; ++j)
                    QVERIFY(!chips[i].intersects(chips[j]));
                for (const auto label : m_view->visibleLabels())
                    QVERIFY(!chips[i].intersects(m_view->labelRect(label)));
            }
        }
        m_view->showAll();
        QCOMPARE(m_view->visibleLabels(), (std::vector<std::uint32_t>{0})); // the other made room
        m_scene->setSteps({});
        m_scene->setQuery({});
        QCOMPARE(m_view->visibleLabels().size(), std::size_t{2});
    }

private:
    QPoint at(std::size_t index) const { return m_view->widgetPosition(m_scene->positionOf(index)).toPoint(); }

    std::vector<PhotoId> selected() const
    {
        std::vector<PhotoId> photos;
        for (const auto index : m_scene->selected())
            photos.push_back(m_scene->photos()[index]);
        return photos;
    }

    void drag(QPoint from)
    {
        QTest::mousePress(m_view.get(), Qt::LeftButton, {}, from);
        QTest::mouseMove(m_view.get(), from + QPoint(QApplication::startDragDistance() + 5, 5));
        QTest::mouseRelease(m_view.get(), Qt::LeftButton, {}, from + QPoint(30, 5));
    }

    // Around these photos, each within a loop of 60 pixels.
    void lasso(const std::vector<std::size_t> &photos, Qt::KeyboardModifiers modifiers = {})
    {
        const QPoint middle = photos.empty() ? QPoint(60, 60) : at(photos.front());
        const QList<QPoint> corners = {{-30, -30}, {30, -30}, {30, 30}, {-30, 30}};
        QTest::mousePress(m_view.get(), Qt::LeftButton, modifiers, middle + corners[0]);
        for (const QPoint &corner : corners)
            QTest::mouseMove(m_view.get(), middle + corner);
        QTest::mouseRelease(m_view.get(), Qt::LeftButton, modifiers, middle + corners[3]);
    }

    std::unique_ptr<MapScene> m_scene;
    std::unique_ptr<MapView> m_view;
    int m_choices = 0;
};

QTEST_MAIN(TestMapView)
#include "tst_map_view.moc"
