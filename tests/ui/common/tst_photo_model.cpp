#include "tests/support/support.h"
#include "ui/common/photo_model.h"
#include "ui/common/session.h"

#include <QAbstractItemModelTester>
#include <QMimeData>
#include <QSignalSpy>
#include <QUrl>

using namespace photolex;
using namespace photolex::ui;

namespace {

class Library {
public:
    explicit Library(int photos)
    {
        opened = session.openLibrary(folder / "library.photolex").has_value();
        if (!opened)
            return;
        root = session.catalogue()->addRoot("/photos").value();
        std::vector<catalogue::Photo> rows(static_cast<std::size_t>(photos));
        for (int i = 0; i < photos; ++i) {
            auto &photo = rows[static_cast<std::size_t>(i)];
            photo.root = root;
            photo.relativePath = "p" + std::to_string(i) + ".jpg";
            photo.stamp.size = i + 1;
            photo.takenAt = 86'400 * i;
        }
        opened = session.catalogue()->save(rows).has_value();
        for (const auto &photo : rows)
            ids.push_back(photo.id);
    }
    test::ScratchFolder folder;
    Session session;
    RootId root;
    std::vector<PhotoId> ids;
    bool opened = false;
};

} // namespace

class TestPhotoModel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void pagesComeWhenTheyAreAskedFor()
    {
        Library library(600);
        QVERIFY(library.opened);
        PhotoModel model(&library.session);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setPhotos(library.ids);
        QCOMPARE(model.rowCount(), 600);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        QVERIFY(!model.info(300));
        QTRY_VERIFY(model.info(300));
        QCOMPARE(model.info(300)->name, QStringLiteral("p300.jpg"));
        QCOMPARE(model.info(300)->path, std::string("/photos/p300.jpg"));
        // One announcement for the page, not one a row.
        for (const auto &arguments : changed) {
            const auto first = arguments.at(0).toModelIndex().row(), last = arguments.at(1).toModelIndex().row();
            QVERIFY(first % PhotoModel::pageRows == 0 && (last - first + 1 == PhotoModel::pageRows || last == 599));
        }
    }

    void aPageAskedForBeforeTheLibraryIsOpenComesLater()
    {
        const test::ScratchFolder folder;
        Session session;
        PhotoModel model(&session);
        model.setPhotos({PhotoId{1}});
        QVERIFY(!model.info(0));
        QCoreApplication::processEvents(); // the model looks for a library, and finds none
        VERIFY_OK(session.openLibrary(folder / "library.photolex"));
        std::vector<catalogue::Photo> rows(1);
        rows[0].root = session.catalogue()->addRoot("/photos").value();
        rows[0].relativePath = "p.jpg";
        VERIFY_OK(session.catalogue()->save(rows));
        QCOMPARE(rows[0].id, PhotoId{1});
        QTRY_VERIFY(model.info(0));
        QCOMPARE(model.info(0)->name, QStringLiteral("p.jpg"));
    }

    void unknownPhotosDoNotShiftTheOthers()
    {
        Library library(8);
        QVERIFY(library.opened);
        auto ids = library.ids;
        ids[3] = PhotoId{999'999};
        PhotoModel model(&library.session);
        model.setPhotos(ids);
        model.info(0);
        QTRY_VERIFY(model.info(7));
        QVERIFY(!model.info(3));
        for (const int row : {0, 2, 4, 7})
            QCOMPARE(model.info(row)->name, QStringLiteral("p%1.jpg").arg(row));
    }

    void changesAreReadAgain()
    {
        Library library(3);
        QVERIFY(library.opened);
        PhotoModel model(&library.session);
        model.setPhotos(library.ids);
        model.info(0);
        QTRY_VERIFY(model.info(1));
        VERIFY_OK(library.session.catalogue()->setState(std::array{library.ids[1]}, catalogue::PhotoState::Damaged));
        model.refresh({library.ids[1]});
        QTRY_COMPARE(model.info(1)->state, catalogue::PhotoState::Damaged);
        VERIFY_OK(library.session.catalogue()->setRootState(library.root, catalogue::RootState::Offline));
        model.refresh({});
        QTRY_VERIFY(!model.info(1)->isReadable());
    }

    void dragsOfferAddressesOfOriginalsToCopyOrLink()
    {
        Library library(300);
        QVERIFY(library.opened);
        PhotoModel model(&library.session);
        model.setPhotos(library.ids);
        QCOMPARE(model.supportedDragActions(), Qt::CopyAction | Qt::LinkAction);
        // Pages that were never read are no reason to lose a photo.
        const std::unique_ptr<QMimeData> data(model.mimeData({model.index(0), model.index(299)}));
        QVERIFY(data);
        QCOMPARE(data->urls(), (QList<QUrl>{QUrl("file:///photos/p0.jpg"), QUrl("file:///photos/p299.jpg")}));
    }

    void farPagesAreForgotten()
    {
        Library library(PhotoModel::pageRows * (PhotoModel::pagesKept + 10));
        QVERIFY(library.opened);
        PhotoModel model(&library.session);
        model.setPhotos(library.ids);
        const int last = model.rowCount() - 1;
        for (int row = 0; row <= last; row += PhotoModel::pageRows) {
            model.setVisibleRows(row, row);
            model.info(row);
            QTRY_VERIFY(model.info(row));
        }
        QVERIFY(model.info(last));
        QVERIFY(!model.info(0));
        QTRY_VERIFY(model.info(0) || (model.setVisibleRows(0, 0), false)); // and come back
    }

    void namesAreTextAndNotMarkup()
    {
        Library library(0);
        QVERIFY(library.opened);
        std::vector<catalogue::Photo> rows(1);
        rows[0].root = library.root;
        rows[0].relativePath = "<b>bold.jpg";
        VERIFY_OK(library.session.catalogue()->save(rows));
        PhotoModel model(&library.session);
        model.setPhotos({rows[0].id});
        model.info(0);
        QTRY_VERIFY(model.info(0));
        QVERIFY(model.index(0).data(Qt::ToolTipRole).toString().contains("&lt;b&gt;bold"));
        QCOMPARE(model.index(0).data(Qt::DisplayRole).toString(), QStringLiteral("<b>bold.jpg"));
    }
};

QTEST_MAIN(TestPhotoModel)
#include "tst_photo_model.moc"
