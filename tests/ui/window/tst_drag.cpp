// Photos dragged for real, with the pointer: from the grid into the search field, and files from another window, as
// from a file manager. Runs on Qt's "minimal" screen: the offscreen one carries no drag.
#include "tests/support/pictures.h"
#include "tests/support/support.h"
#include "ui/common/session.h"
#include "ui/library/library_place.h"
#include "ui/search/search_field.h"
#include "ui/settings/preferences.h"
#include "ui/widgets/photo_grid.h"
#include "ui/window/drop_overlay.h"
#include "ui/window/language.h"
#include "ui/window/main_window.h"

#include <QApplication>
#include <QDrag>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QStandardPaths>
#include <QThreadPool>
#include <QTimer>
#include <QWindow>

using namespace photolex;
using namespace photolex::ui;

namespace {

QString pathText(const std::filesystem::path &path)
{
    return QString::fromStdString(path.string());
}

// Another program's window, from which addresses are dragged; it would let the originals be moved.
class FileManager : public QWidget {
public:
    explicit FileManager(const QList<QUrl> &urls)
        : m_urls(urls)
    {
        setGeometry(0, 0, 60, 60);
        show();
    }
    Qt::DropAction action = Qt::IgnoreAction;

protected:
    void mousePressEvent(QMouseEvent *) override
    {
        auto *addresses = new QMimeData;
        addresses->setUrls(m_urls);
        auto *drag = new QDrag(this);
        drag->setMimeData(addresses);
        action = drag->exec(Qt::CopyAction | Qt::MoveAction | Qt::LinkAction, Qt::MoveAction);
    }

private:
    QList<QUrl> m_urls;
};

// While a drag runs in its own loop: the pointer comes over `target`, `seen` looks, and the button is released there.
// With `escape` the drag is broken off instead.
void carryTo(QWidget *target, QPoint at, const std::function<void()> &seen, bool escape = false)
{
    QWindow *window = target->window()->windowHandle();
    const QPoint place = target->mapTo(target->window(), at);
    QTimer::singleShot(0, target, [=] {
        QTest::mouseMove(window, place - QPoint(3, 0));
        QTimer::singleShot(0, target, [=] {
            QTest::mouseMove(window, place);
            QTimer::singleShot(0, target, [=] {
                seen();
                if (escape)
                    QTest::keyClick(window, Qt::Key_Escape);
                else
                    QTest::mouseRelease(window, Qt::LeftButton, {}, place);
            });
        });
    });
}

} // namespace

class TestDrag : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        applyLanguage("en");
    }

    void init()
    {
        m_folder = std::make_unique<test::ScratchFolder>();
        for (int i = 0; i < 3; ++i)
            m_folder->write("photos/p" + std::to_string(i) + ".jpg", test::jpeg(test::scene(i)));
        m_preferences = std::make_unique<Preferences>(pathText(*m_folder / "photolex.conf"));
        m_session = std::make_unique<Session>();
        VERIFY_OK(m_session->openLibrary(*m_folder / "lib.photolex"));
        m_window = std::make_unique<MainWindow>(m_session.get(), m_preferences.get());
        m_window->setGeometry(100, 60, 1000, 640);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }

    void cleanup()
    {
        m_window.reset();
        m_session.reset();
        m_preferences.reset();
        QThreadPool::globalInstance()->waitForDone();
        m_folder.reset();
    }

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
        FileManager manager({QUrl::fromLocalFile(pathText(file))});
        QVERIFY(QTest::qWaitForWindowExposed(&manager));
        auto *view = grid()->viewport();
        const QImage before = view->grab().toImage();
        QImage lit;
        carryTo(view, view->rect().center(), [&] { lit = view->grab().toImage(); });
        QTest::mousePress(&manager, Qt::LeftButton);
        QVERIFY(lit != before);
        QCOMPARE(manager.action, Qt::CopyAction); // though moving was offered, and preferred
        QTRY_COMPARE(m_window->searchField()->request().pictureFile, pathText(file));
        QVERIFY(std::filesystem::exists(file));
    }

    void aFolderDroppedOnTheWelcomePageIsOffered()
    {
        QVERIFY(m_window->isWelcome());
        FileManager manager({QUrl::fromLocalFile(pathText(*m_folder / "photos"))});
        QVERIFY(QTest::qWaitForWindowExposed(&manager));
        auto *overlay = m_window->findChild<DropOverlay *>();
        QVERIFY(overlay && !overlay->isVisible());
        bool lit = false;
        carryTo(m_window->centralWidget(), QPoint(500, 300), [&] { lit = overlay->isVisible(); });
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
        FileManager manager({QUrl::fromLocalFile(pathText(*m_folder / "photos/p1.jpg"))});
        QVERIFY(QTest::qWaitForWindowExposed(&manager));
        auto *overlay = m_window->findChild<DropOverlay *>();
        bool lit = false;
        auto *status = m_window->findChild<QWidget *>("statusText");
        carryTo(status, QPoint(8, 8), [&] { lit = overlay->isVisible(); });
        QTest::mousePress(&manager, Qt::LeftButton);
        QVERIFY(lit);
        QTRY_VERIFY(m_window->searchField()->request().similarTo); // it is in the library
    }

private:
    void openPhotos()
    {
        m_window->openFolder(pathText(*m_folder / "photos"));
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
        carryTo(
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

    std::unique_ptr<test::ScratchFolder> m_folder;
    std::unique_ptr<Preferences> m_preferences;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;
};

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "minimal");
    QApplication application(argc, argv);
    TestDrag test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_drag.moc"
