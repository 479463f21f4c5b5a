#include "tests/support/support.h"
#include "ui/common/photo_text.h"
#include "ui/common/session.h"
#include "ui/common/thumbnail_loader.h"
#include "ui/widgets/photo_grid.h"

#include <QAccessible>
#include <QAccessibleInterface>
#include <QDropEvent>
#include <QMimeData>
#include <QScrollBar>
#include <QSignalSpy>
#include <QUrl>

using namespace photolex;
using namespace photolex::ui;

namespace {

// A grid on the screen with `count` photos of which nothing but the ids is known.
class Window {
public:
    explicit Window(int count)
        : grid(new ThumbnailLoader([](const ThumbnailRequest &, int side) -> Result<QImage> {
            return QImage(side, side, QImage::Format_RGB32);
        }))
    {
        std::vector<PhotoId> photos;
        for (int i = 1; i <= count; ++i)
            photos.push_back({i});
        model.setPhotos(std::move(photos));
        grid.setModel(&model);
        grid.resize(900, 600);
        grid.show();
        shown = QTest::qWaitForWindowExposed(&grid);
        grid.setFocus();
    }
    QPoint at(int row) const { return grid.visualRect(model.index(row)).center(); }
    std::vector<std::int64_t> selected() const
    {
        std::vector<std::int64_t> ids;
        for (const auto photo : grid.selectedPhotos())
            ids.push_back(photo.value);
        return ids;
    }
    PhotoModel model{nullptr};
    PhotoGrid grid;
    bool shown = false;
};

using Ids = std::vector<std::int64_t>;

bool sendDrop(QWidget *widget, const QMimeData &data, Qt::DropActions actions, Qt::DropAction *accepted = nullptr)
{
    const QPoint at = widget->rect().center();
    QDragEnterEvent enter(at, actions, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(widget, &enter);
    if (accepted)
        *accepted = enter.isAccepted() ? enter.dropAction() : Qt::IgnoreAction;
    QDropEvent drop(at, actions, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(widget, &drop);
    return enter.isAccepted();
}

} // namespace

class TestPhotoGrid : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keysMoveAndShiftExtendsInReadingOrder()
    {
        Window window(50);
        QVERIFY(window.shown);
        QTest::mouseClick(window.grid.viewport(), Qt::LeftButton, {}, window.at(1));
        QCOMPARE(window.selected(), (Ids{2}));
        QTest::keyClick(&window.grid, Qt::Key_Right);
        QCOMPARE(window.selected(), (Ids{3}));
        QTest::keyClick(&window.grid, Qt::Key_Right, Qt::ShiftModifier);
        QTest::keyClick(&window.grid, Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(window.selected(), (Ids{3, 4, 5}));
        // Over the end of a line: all between, not those in the rectangle.
        QTest::keyClick(&window.grid, Qt::Key_Down, Qt::ShiftModifier);
        const auto selected = window.selected();
        QCOMPARE(selected.front(), 3);
        QCOMPARE(static_cast<std::int64_t>(selected.size()), selected.back() - 3 + 1);
        QTest::keyClick(&window.grid, Qt::Key_End);
        QCOMPARE(window.selected(), (Ids{50}));
        QVERIFY(window.grid.viewport()->rect().contains(window.at(49)));
        QTest::keyClick(&window.grid, Qt::Key_Home);
        QCOMPARE(window.selected(), (Ids{1}));
    }

    void clicksWithControlAndShift()
    {
        Window window(50);
        QTest::mouseClick(window.grid.viewport(), Qt::LeftButton, {}, window.at(2));
        QTest::mouseClick(window.grid.viewport(), Qt::LeftButton, Qt::ControlModifier, window.at(4));
        QCOMPARE(window.selected(), (Ids{3, 5}));
        QTest::mouseClick(window.grid.viewport(), Qt::LeftButton, {}, window.at(1));
        QTest::mouseClick(window.grid.viewport(), Qt::LeftButton, Qt::ShiftModifier, window.at(7));
        QCOMPARE(window.selected(), (Ids{2, 3, 4, 5, 6, 7, 8}));
        QTest::mouseClick(window.grid.viewport(), Qt::LeftButton, {}, {2, 2}); // beside all tiles
        QVERIFY(window.selected().empty());
    }

    void aRubberBandSelects()
    {
        Window window(50);
        const QRect from = window.grid.visualRect(window.model.index(0)),
                    to = window.grid.visualRect(window.model.index(1));
        auto *view = window.grid.viewport();
        QTest::mousePress(view, Qt::LeftButton, {}, from.topLeft() - QPoint(4, 4));
        QTest::mouseMove(view, from.center());
        QTest::mouseMove(view, QPoint(to.center().x(), from.center().y()));
        QTest::mouseRelease(view, Qt::LeftButton, {}, QPoint(to.center().x(), from.center().y()));
        QCOMPARE(window.selected(), (Ids{1, 2}));
    }

    void everyThingInAHugeFolderIsShort()
    {
        Window window(300'000);
        QTest::keyClick(&window.grid, Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(window.grid.selectionModel()->selection().size(), 1); // one range
        QTest::keyClick(&window.grid, Qt::Key_End);
        QVERIFY(window.grid.viewport()->rect().contains(window.at(299'999)));
        auto *bar = window.grid.verticalScrollBar();
        QSignalSpy visible(&window.grid, &PhotoGrid::visibleRowsChanged);
        bar->setValue(bar->maximum() / 2);
        QVERIFY(visible.wait());
        const int first = visible.last().at(0).toInt(), last = visible.last().at(1).toInt();
        QVERIFY(first > 100'000 && last - first < 200);
        window.grid.grab();
    }

    void enterAndDoubleClickActivate()
    {
        Window window(10);
        QSignalSpy activated(&window.grid, &PhotoGrid::photoActivated);
        QTest::mouseDClick(window.grid.viewport(), Qt::LeftButton, {}, window.at(3));
        window.grid.selectPhoto({6});
        QTest::keyClick(&window.grid, Qt::Key_Return);
        QCOMPARE(activated.size(), 2);
        QCOMPARE(activated.at(0).at(0).value<PhotoId>(), PhotoId{4});
        QCOMPARE(activated.at(1).at(0).value<PhotoId>(), PhotoId{6});
    }

    void tilesGrowUnderTheWheelAndStayInTheirBounds()
    {
        Window window(100);
        const int before = window.grid.tileSide();
        QTest::keyClick(&window.grid, Qt::Key_Plus, Qt::ControlModifier);
        QVERIFY(window.grid.tileSide() > before);
        window.grid.setTileSide(100'000);
        QCOMPARE(window.grid.tileSide(), int(PhotoGrid::largestTile));
        window.grid.setTileSide(1);
        QCOMPARE(window.grid.tileSide(), int(PhotoGrid::smallestTile));
    }

    void picturesAreAskedForAtPhysicalSize()
    {
        Window window(10);
        const double ratio = window.grid.devicePixelRatioF();
        const int side = window.grid.visualRect(window.model.index(0)).width();
        QVERIFY(std::abs(side - window.grid.tileSide()) < window.grid.tileSide() / 4);
        QTRY_VERIFY(std::abs(window.grid.loader()->side() - (side - 12) * ratio) <= 1);
    }

    void selectionAndPlaceOutliveANewList()
    {
        Window window(500);
        window.grid.selectPhoto({300});
        const int before = window.grid.visualRect(window.grid.currentIndex()).top();
        std::vector<PhotoId> fewer;
        for (int i = 51; i <= 500; ++i)
            fewer.push_back({i});
        window.grid.setPhotosKeepingPlace(fewer);
        QCOMPARE(window.selected(), (Ids{300}));
        QCOMPARE(window.grid.currentPhoto(), PhotoId{300});
        QVERIFY(std::abs(window.grid.visualRect(window.grid.currentIndex()).top() - before) <=
                window.grid.tileSide() + 8);
        window.grid.setPhotosKeepingPlace({{1}, {2}});
        QVERIFY(window.selected().empty());
    }

    void dropsAreCopiedOrLinkedNeverMoved()
    {
        Window window(10);
        const test::ScratchFolder folder;
        QMimeData data;
        data.setUrls({fileUrl(folder.path().native())});
        QSignalSpy received(&window.grid, &PhotoGrid::dropReceived);
        auto accepted = Qt::IgnoreAction;
        QVERIFY(sendDrop(window.grid.viewport(), data, Qt::CopyAction | Qt::MoveAction | Qt::LinkAction, &accepted));
        QCOMPARE(accepted, Qt::CopyAction);
        QCOMPARE(received.size(), 1);
        QCOMPARE(received.at(0).at(0).value<Dropped>().folders.size(), 1);
        QVERIFY(!sendDrop(window.grid.viewport(), data, Qt::MoveAction));
        QCOMPARE(received.size(), 1);
    }

    void aDropThatBringsNothingIsIgnored()
    {
        Window window(10);
        QSignalSpy received(&window.grid, &PhotoGrid::dropReceived);
        QMimeData promised, nothing;
        promised.setUrls({QUrl("file:///x.jpg")});
        const QPoint at(50, 50);
        QDragEnterEvent enter(at, Qt::CopyAction, &promised, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(window.grid.viewport(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(at, Qt::CopyAction, &nothing, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(window.grid.viewport(), &drop);
        QVERIFY(received.isEmpty());
    }

    void rightToLeftMirrorsLinesAndKeys()
    {
        Window window(20);
        window.grid.setLayoutDirection(Qt::RightToLeft);
        QVERIFY(window.at(0).x() > window.at(1).x());
        window.grid.selectPhoto({1});
        QTest::keyClick(&window.grid, Qt::Key_Left);
        QCOMPARE(window.selected(), (Ids{2}));
    }

    void screenReadersFindThePhotos()
    {
        Window window(5);
        auto *interface = QAccessible::queryAccessibleInterface(&window.grid);
        QVERIFY(interface);
        QCOMPARE(interface->text(QAccessible::Name), QStringLiteral("Photos"));
        QCOMPARE(interface->role(), QAccessible::List);
        QCOMPARE(interface->childCount(), 5);
        window.grid.selectPhoto({3});
        auto *photo = interface->child(2);
        QVERIFY(photo && photo->isValid());
        QCOMPARE(photo->role(), QAccessible::ListItem);
        QVERIFY(!photo->text(QAccessible::Name).isEmpty());
        QVERIFY(photo->state().selected && photo->state().focused);
        QCOMPARE(interface->focusChild(), photo);
        QCOMPARE(interface->indexOfChild(photo), 2);
        QCOMPARE(photo->parent(), interface);
        window.model.setPhotos({{1}});
        QVERIFY(!photo->isValid());
    }
};

QTEST_MAIN(TestPhotoGrid)
#include "tst_photo_grid.moc"
