// Photos dragged for real, with the pointer: from the grid into the search field, and files from another window, as
// from a file manager.
#include "tests/support/pictures.h"
#include "tests/support/support.h"
#include "tests/ui/window/window_support.h"
#include "ui/library/library_place.h"
#include "ui/search/search_field.h"
#include "ui/widgets/photo_grid.h"
#include "ui/window/drop_overlay.h"
#include "ui/window/language.h"

#include <QApplication>
#include <QMessageBox>
#include <QPushButton>
#include <QStandardPaths>

using namespace photolex;
using namespace photolex::ui;

class TestDrag : public test::WindowTest {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        applyLanguage("en");
    }

    void init()
    {
        QVERIFY(open({100, 60, 1000, 640}));
        for (int i = 0; i < 3; ++i)
            m_folder->write("photos/p" + std::to_string(i) + ".jpg", test::jpeg(test::scene(i)));
    }

    void cleanup() { close(); }

    void aPhotoOfTheGridBecomesTheQuery()
    {
        openPhotos();
        auto *field = m_window->searchField();
        const QImage before = field->grab().toImage();
        QImage lit;
        dragFromGrid(field, field->rect().center(), [&] { lit = field->grab().toImage(); });
        QVERIFY(field->request().similarTo);
        QCOMPARE(field->request().similarTo, grid()->photoModel()->photoAt(0));
        QCOMPARE(m_window->place(), MainWindow::Place::Search);
        QVERIFY(lit != before); // the target lights up
        QCOMPARE(filesLeft(), 3);
    }

    void aPhotoDroppedOnItsOwnGridOrLetGoDoesNothing()
    {
        openPhotos();
        dragFromGrid(grid()->viewport(), QPoint(300, 300), [] {});
        QVERIFY(m_window->searchField()->request().isEmpty());
        QCOMPARE(m_window->place(), MainWindow::Place::Library);
        dragFromGrid(
            m_window->searchField(), m_window->searchField()->rect().center(), [] {}, true);
        QVERIFY(m_window->searchField()->request().isEmpty());
        QCOMPARE(filesLeft(), 3);
    }

    void aFileFromAnotherWindowIsSearchedAndNeverMoved()
    {
        openPhotos();
        const auto file = m_folder->write("elsewhere/a b.jpg", test::jpeg(test::scene(9)));
        test::DragSource manager({QUrl::fromLocalFile(test::pathText(file))});
        QVERIFY(QTest::qWaitForWindowExposed(&manager));
        auto *view = grid()->viewport();
        const QImage before = view->grab().toImage();
        QImage lit;
        test::carryTo(view, view->rect().center(), [&] { lit = view->grab().toImage(); });
        QTest::mousePress(&manager, Qt::LeftButton);
        QVERIFY(lit != before);
        QCOMPARE(manager.action, Qt::CopyAction); // though moving was offered, and preferred
        QTRY_COMPARE(m_window->searchField()->request().pictureFile, test::pathText(file));
        QVERIFY(std::filesystem::exists(file));
    }

    void aFolderDroppedOnTheWelcomePageIsOffered()
    {
        QVERIFY(m_window->isWelcome());
        test::DragSource manager({QUrl::fromLocalFile(test::pathText(*m_folder / "photos"))});
        QVERIFY(QTest::qWaitForWindowExposed(&manager));
        auto *overlay = m_window->findChild<DropOverlay *>();
        QVERIFY(overlay && !overlay->isVisible());
        bool lit = false;
        test::carryTo(m_window->centralWidget(), QPoint(500, 300), [&] { lit = overlay->isVisible(); });
        QTest::mousePress(&manager, Qt::LeftButton);
        QVERIFY(lit);
        QVERIFY(!overlay->isVisible());
        auto *question = m_window->findChild<QMessageBox *>("addFolderDialog");
        QVERIFY(question && question->isVisible());
        question->defaultButton()->click();
        QTRY_COMPARE(m_session->catalogue()->counts().value().photos, 3);
        QTRY_VERIFY(!m_window->isWelcome());
    }

    void besideTheGridTheWholeWindowTakesADrop()
    {
        openPhotos();
        test::DragSource manager({QUrl::fromLocalFile(test::pathText(*m_folder / "photos/p1.jpg"))});
        QVERIFY(QTest::qWaitForWindowExposed(&manager));
        auto *overlay = m_window->findChild<DropOverlay *>();
        bool lit = false;
        auto *status = m_window->findChild<QWidget *>("statusText");
        test::carryTo(status, QPoint(8, 8), [&] { lit = overlay->isVisible(); });
        QTest::mousePress(&manager, Qt::LeftButton);
        QVERIFY(lit);
        QTRY_VERIFY(m_window->searchField()->request().similarTo); // it is in the library
    }

private:
    void openPhotos()
    {
        m_window->openFolder(test::pathText(*m_folder / "photos"));
        QTRY_COMPARE(m_session->catalogue()->counts().value().photos, 3);
        QTRY_VERIFY(!m_window->isWelcome());
        QTRY_COMPARE(grid()->photoModel()->rowCount(), 3);
        QTRY_VERIFY(grid()->photoModel()->info(2));
    }

    PhotoGrid *grid() const { return m_window->findChild<LibraryPlace *>()->findChild<PhotoGrid *>(); }

    int filesLeft() const
    {
        int files = 0;
        for (const auto &entry : std::filesystem::directory_iterator(*m_folder / "photos"))
            files += entry.is_regular_file() ? 1 : 0;
        return files;
    }

    void dragFromGrid(QWidget *target, QPoint at, const std::function<void()> &seen, bool escape = false)
    {
        auto *view = grid()->viewport();
        const QPoint from = grid()->visualRect(grid()->model()->index(0, 0)).center();
        bool reached = false;
        QTest::mousePress(view, Qt::LeftButton, {}, from);
        QTest::mouseMove(view, from + QPoint(2, 2)); // from here on the view thinks of a drag
        test::carryTo(
            target, at,
            [&] {
                reached = true;
                seen();
            },
            escape);
        QTest::mouseMove(view, from + QPoint(QApplication::startDragDistance() + 5, 5)); // returns after the drag
        QVERIFY(reached);
        if (escape)
            QTest::mouseRelease(view, Qt::LeftButton, {}, from);
    }
};

int main(int argc, char **argv)
{
    return test::runOnMinimalScreen<TestDrag>(argc, argv);
}
#include "tst_drag.moc"
