#include "tests/support/pictures.h"
#include "tests/support/support.h"
#include "ui/common/commands.h"
#include "ui/common/photo_text.h"
#include "ui/common/selection.h"
#include "ui/common/session.h"
#include "ui/common/thumbnail_loader.h"
#include "ui/library/filter_bar.h"
#include "ui/library/folder_panel.h"
#include "ui/library/library_place.h"
#include "ui/library/timeline.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/photo_actions.h"
#include "ui/widgets/photo_grid.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QInputDialog>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QUrl>

using namespace photolex;
using namespace photolex::ui;

namespace {

constexpr std::int64_t day = 86'400;

// As the desktop does it: the drag enters, then drops.
void sendDrop(QWidget *widget, const QMimeData &data)
{
    const auto actions = Qt::CopyAction | Qt::MoveAction;
    QDragEnterEvent enter({50, 50}, actions, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(widget, &enter);
    QDropEvent drop(QPointF(50, 50), actions, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(widget, &drop);
}

// The place over a library of real files.
class Place {
public:
    explicit Place(int photos)
    {
        opened = session.openLibrary(folder / "library.photolex").has_value();
        if (photos > 0)
            add(photos);
        place = std::make_unique<LibraryPlace>(&session, &commands, &selection);
        place->resize(1200, 700);
        place->show();
        grid = place->findChild<PhotoGrid *>();
        empty = place->findChild<EmptyState *>();
        bar = place->findChild<FilterBar *>();
    }
    void add(int photos)
    {
        root = session.catalogue()->addRoot(folder / "photos").value();
        for (int i = 0; i < photos; ++i) {
            catalogue::Photo row;
            row.root = root;
            row.relativePath = (i % 2 ? "sub/p" : "p") + std::to_string(i) + ".jpg";
            folder.write("photos/" + row.relativePath, test::jpeg(test::scene(i, {64, 48})));
            row.takenAt = 40 * day * i;
            row.rating = i % 5;
            row.stamp.size = 100;
            rows.push_back(row);
        }
        opened = opened && session.catalogue()->save(rows).has_value();
    }
    test::ScratchFolder folder;
    Session session;
    Commands commands;
    Selection selection;
    std::vector<catalogue::Photo> rows;
    RootId root;
    std::unique_ptr<LibraryPlace> place;
    PhotoGrid *grid = nullptr;
    EmptyState *empty = nullptr;
    FilterBar *bar = nullptr;
    bool opened = false;
    int shown() const { return grid->photoModel()->rowCount(); }
};

} // namespace

class TestLibraryPlace : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void photosAreSeenBeforeTheyAreIndexed()
    {
        Place library(6);
        QVERIFY(library.opened);
        QTRY_COMPARE(library.shown(), 6);
        QTRY_VERIFY(library.grid->photoModel()->info(5));
        const auto newest = library.rows.back().id;
        QCOMPARE(library.grid->photoModel()->photoAt(0), newest);
        QTRY_VERIFY(!library.grid->loader()->pixmap(newest).isNull());
    }

    void emptyStatesSayWhatIsMissing()
    {
        Place library(0);
        QVERIFY(library.opened);
        QTRY_VERIFY(library.empty->isVisible());
        QCOMPARE(library.empty->title(), QStringLiteral("No photos yet"));
        QSignalSpy chosen(&library.commands, &Commands::folderChosen);
        library.empty->findChild<QPushButton *>()->click();
        QCOMPARE(chosen.size(), 1);
        library.add(3);
        Q_EMIT library.session.rootsChanged();
        Q_EMIT library.session.photosChanged({});
        QTRY_COMPARE(library.shown(), 3);
        library.bar->setFilter({.minimumRating = 5});
        QTRY_COMPARE(library.empty->title(), QStringLiteral("No photo passes the filter"));
        QVERIFY(library.empty->isVisible());
        library.empty->findChild<QPushButton *>()->click();
        QTRY_COMPARE(library.shown(), 3);
        QVERIFY(library.grid->isVisible());
    }

    void anOfflineRootKeepsItsPhotos()
    {
        Place library(2);
        QTRY_COMPARE(library.shown(), 2);
        VERIFY_OK(library.session.catalogue()->setRootState(library.root, catalogue::RootState::Offline));
        Q_EMIT library.session.rootsChanged();
        Q_EMIT library.session.photosChanged({});
        QTRY_VERIFY(library.grid->photoModel()->info(0) && !library.grid->photoModel()->info(0)->isReadable());
        QCOMPARE(library.shown(), 2);
    }

    void foldersNarrowTheGrid()
    {
        Place library(6);
        auto *panel = library.place->findChild<FolderPanel *>();
        auto *model = panel->findChild<FolderModel *>();
        const QAbstractItemModelTester tester(model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QTRY_COMPARE(model->rowCount(), 2);
        const auto sub = (library.folder / "photos/sub").native();
        QTRY_VERIFY(model->indexOf(sub).isValid());
        panel->choose(sub);
        QTRY_COMPARE(library.shown(), 3);
        library.place->revealPhoto(library.rows[0].id); // lies outside that folder
        QTRY_COMPARE(library.shown(), 6);
        QTRY_COMPARE(library.grid->currentPhoto(), library.rows[0].id);
    }

    void albumsAreMadeFilledAndShown()
    {
        Place library(6);
        QTRY_COMPARE(library.shown(), 6);
        auto *panel = library.place->findChild<FolderPanel *>();
        auto *model = panel->findChild<FolderModel *>();
        QSignalSpy told(&library.commands, &Commands::told);
        panel->findChild<QPushButton *>("newAlbum")->click();
        auto *dialog = library.place->window()->findChild<QInputDialog *>("albumDialog");
        QVERIFY(dialog);
        dialog->setTextValue("Trip");
        dialog->accept();
        QTRY_COMPARE(model->rowCount(), 3); // all, the root, the albums
        const AlbumId album = library.session.catalogue()->albums().value().front().id;
        const QModelIndex item = model->indexOf(album);
        QCOMPARE(item.data().toString(), "Trip");
        auto *view = panel->findChild<FolderView *>();
        QVERIFY(view->isExpanded(item.parent()));

        // Files from elsewhere that are in the library, dropped on its name.
        QMimeData data;
        data.setUrls({fileUrl((library.folder / "photos/p0.jpg").native()),
                      fileUrl((library.folder / "photos/sub/p1.jpg").native())});
        const QPoint at = view->visualRect(item).center();
        const QImage before = view->grab().toImage();
        QDragEnterEvent enter(at, Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(view->viewport(), &enter);
        QVERIFY(enter.isAccepted() && enter.dropAction() == Qt::CopyAction);
        QVERIFY(view->grab().toImage() != before); // it lights up
        QDropEvent drop(at, Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(view->viewport(), &drop);
        QTRY_COMPARE(library.session.catalogue()->albums().value().front().photos, 2);
        QTRY_COMPARE(told.size(), 1);
        panel->chooseAlbum(album);
        QTRY_COMPARE(library.shown(), 2);
        QVERIFY(!panel->chosen().size() && panel->chosenAlbum() == album);

        // Taken out again by the menu of the photos.
        library.grid->selectAll();
        auto *actions = library.place->findChild<PhotoActions *>();
        const std::unique_ptr<QMenu> menu(actions->createMenu(library.place.get()));
        menu->setAttribute(Qt::WA_DeleteOnClose, false);
        const auto entries = menu->actions();
        const auto remove = std::find_if(entries.begin(), entries.end(),
                                         [](const QAction *entry) { return entry->text() == "Remove from album"; });
        QVERIFY(remove != entries.end());
        (*remove)->trigger();
        QTRY_COMPARE(library.empty->title(), QStringLiteral("This album is empty"));
        QCOMPARE(library.session.catalogue()->counts().value().photos, 6);
        library.place->revealPhoto(library.rows[3].id);
        QTRY_COMPARE(library.shown(), 6);
        VERIFY_OK(library.session.catalogue()->removeAlbum(album));
        library.commands.changeAlbums();
        QTRY_COMPARE(model->rowCount(), 2);
    }

    void sortAndSelectionAreShared()
    {
        Place library(6);
        QTRY_COMPARE(library.shown(), 6);
        library.bar->setSort(catalogue::SortKey::TakenAt, false);
        Q_EMIT library.bar->sortChanged();
        QTRY_COMPARE(library.grid->photoModel()->photoAt(0), library.rows[0].id);
        library.grid->selectPhoto(library.rows[2].id);
        QCOMPARE(library.selection.current(), library.rows[2].id);
        library.grid->selectAll();
        QCOMPARE(library.selection.photos().size(), 6U);
        const auto state = library.place->saveState();
        library.place->setPreviewShown(false);
        library.place->restoreState(state);
        QVERIFY(library.place->isPreviewShown());
        library.place->restoreState("rubbish");
    }

    void theTimelineGoesToItsMonth()
    {
        Place library(300);
        QTRY_COMPARE(library.shown(), 300);
        auto *timeline = library.place->findChild<Timeline *>();
        QTRY_VERIFY(timeline->months().size() > 100);
        std::int64_t sum = 0;
        for (const auto &month : timeline->months())
            sum += month.photos;
        QCOMPARE(sum, 300);
        QCOMPARE(timeline->months().front().year, 1970);
        Q_EMIT timeline->monthChosen(0);
        QTRY_VERIFY(library.grid->lastVisibleRow() == 299); // newest first: the oldest month is at the end
    }

    void monthsRoundDownBefore1970()
    {
        const auto months = monthsOf({{-1, 2}, {0, 3}, {30, 1}, {31, 1}});
        QCOMPARE(months.size(), 3U);
        QCOMPARE(months[0].year, 1969);
        QCOMPARE(months[0].month, 12);
        QCOMPARE(months[1].photos, 4);
        QCOMPARE(months[2].month, 2);
    }

    void aDroppedFolderIsOfferedToTheLibrary()
    {
        Place library(2);
        QTRY_COMPARE(library.shown(), 2);
        const test::ScratchFolder other;
        QMimeData data;
        data.setUrls({fileUrl(other.path().native())});
        QSignalSpy added(&library.commands, &Commands::folderAdded);
        sendDrop(library.grid->viewport(), data);
        auto *question = library.place->findChild<QMessageBox *>();
        QVERIFY(question);
        QVERIFY(added.isEmpty()); // asked first
        question->defaultButton()->click();
        QCOMPARE(added.size(), 1);
        QCOMPARE(added.at(0).at(0).toString(), QString::fromStdString(other.path().native()));
    }

    void aDroppedPictureIsAQueryAndARemoteAddressIsRefused()
    {
        Place library(2);
        QTRY_COMPARE(library.shown(), 2);
        QSignalSpy searched(&library.commands, &Commands::pictureSearched), told(&library.commands, &Commands::told);
        QMimeData file;
        file.setUrls({fileUrl((library.folder / "photos/p0.jpg").native())});
        sendDrop(library.grid->viewport(), file);
        QCOMPARE(searched.size(), 1);
        QMimeData remote;
        remote.setUrls({QUrl("https://example.org/a.jpg")});
        sendDrop(library.grid->viewport(), remote);
        QCOMPARE(told.size(), 1);
        QVERIFY(told.at(0).at(0).toString().contains("save the picture first"));
    }

    void manyPhotosDoNotStopTheWindow()
    {
        Place library(0);
        const auto root = library.session.catalogue()->addRoot(library.folder / "many");
        VERIFY_OK(root);
        std::vector<catalogue::Photo> rows(20'000);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            rows[i].root = *root;
            rows[i].relativePath = std::to_string(i) + ".jpg"; // vanished: every tile says so
        }
        VERIFY_OK(library.session.catalogue()->save(rows));
        Q_EMIT library.session.rootsChanged();
        Q_EMIT library.session.photosChanged({});
        QTRY_COMPARE(library.shown(), 20'000);
        QTest::keyClick(library.grid, Qt::Key_End);
        QTRY_VERIFY(library.grid->loader()->failure(library.grid->photoModel()->photoAt(19'999)));
        library.grid->grab();
    }
};

QTEST_MAIN(TestLibraryPlace)
#include "tst_library_place.moc"
