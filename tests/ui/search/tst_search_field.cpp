#include "tests/support/support.h"
#include "ui/search/search_field.h"

#include <QApplication>
#include <QClipboard>
#include <QDragEnterEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QSignalSpy>

using namespace photolex;
using namespace photolex::ui;

class TestSearchField : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyKeyIsARequest()
    {
        SearchField field;
        QStringList asked;
        connect(&field, &SearchField::requested, this,
                [&](const SearchRequest &request) { asked.append(request.text); });
        QTest::keyClicks(field.lineEdit(), "dog");
        QCOMPARE(asked, QStringList({"d", "do", "dog"}));
    }

    void aPictureAndWordsGoTogetherAndBackspaceTakesThePictureAway()
    {
        SearchField field;
        int requests = 0;
        connect(&field, &SearchField::requested, this, [&] { ++requests; });
        field.setPicture({.text = "at night", .similarTo = {7}}, "street.jpg");
        QCOMPARE(requests, 1);
        QCOMPARE(field.lineEdit()->text(), QString("at night"));
        field.lineEdit()->setCursorPosition(0);
        QTest::keyClick(field.lineEdit(), Qt::Key_Backspace);
        QVERIFY(!field.request().hasPicture());
        QCOMPARE(field.request().text, QString("at night"));
    }

    void clearingAsksOnce()
    {
        SearchField field;
        field.setPicture({.text = "at night", .similarTo = {7}}, "street.jpg");
        int requests = 0;
        connect(&field, &SearchField::requested, this, [&] { ++requests; });
        field.clear();
        QCOMPARE(requests, 1);
        QVERIFY(field.request().isEmpty());
    }

    // File managers send the addresses and, beside them, the same as text: the addresses win, decoded once.
    void addressesWinOverText()
    {
        const test::ScratchFolder scratch;
        QList<QUrl> urls;
        for (const char *name : {"a b.jpg", "c%20d.jpg", "e.jpg"})
            urls.append(QUrl::fromLocalFile(QString::fromStdString(scratch.write(name, "x").string())));
        QMimeData data;
        data.setUrls(urls);
        data.setText(urls[0].toString());
        const Dropped dropped = drop(data);
        QCOMPARE(dropped.files.size(), 3);
        QVERIFY(dropped.files[0].endsWith("/a b.jpg"));
        QVERIFY(dropped.files[1].endsWith("/c%20d.jpg"));
    }

    void aPictureFromABrowserIsTakenAndABareAddressIsNot()
    {
        QMimeData bare;
        bare.setUrls({QUrl("https://example.org/a.jpg")});
        QVERIFY(drop(bare).remoteOnly);
        QMimeData with;
        with.setUrls({QUrl("https://example.org/a.jpg")});
        with.setImageData(QImage(8, 8, QImage::Format_RGB32));
        QCOMPARE(drop(with).image.size(), QSize(8, 8));
    }

    void lessThanWasPromisedIsIgnored()
    {
        SearchField field;
        QSignalSpy drops(&field, &SearchField::dropReceived);
        QMimeData full, none;
        full.setUrls({QUrl("file:///a.jpg")});
        none.setUrls({});
        QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &full, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&field, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent event(QPointF(5, 5), Qt::CopyAction, &none, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&field, &event);
        QCOMPARE(drops.count(), 0);
    }

    void originalsAreNeverMoved()
    {
        SearchField field;
        QMimeData data;
        data.setUrls({QUrl("file:///a.jpg")});
        QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, Qt::ShiftModifier);
        enter.setDropAction(Qt::MoveAction);
        QApplication::sendEvent(&field, &enter);
        QCOMPARE(enter.dropAction(), Qt::CopyAction);
        QDropEvent event(QPointF(5, 5), Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, Qt::ShiftModifier);
        event.setDropAction(Qt::MoveAction);
        QApplication::sendEvent(&field, &event);
        QCOMPARE(event.dropAction(), Qt::CopyAction);
    }

    void pasteTakesAPictureAndLeavesTextToTheField()
    {
        SearchField field;
        QList<QSize> pictures;
        connect(&field, &SearchField::dropReceived, this,
                [&](const Dropped &dropped) { pictures.append(dropped.image.size()); });
        QApplication::clipboard()->setImage(QImage(12, 9, QImage::Format_RGB32));
        QTest::keySequence(field.lineEdit(), QKeySequence::Paste);
        QCOMPARE(pictures, QList<QSize>({QSize(12, 9)}));
        QApplication::clipboard()->setText("a red car");
        QTest::keySequence(field.lineEdit(), QKeySequence::Paste);
        QCOMPARE(field.request().text, QString("a red car"));
        QCOMPARE(pictures.size(), 1);
    }

private:
    Dropped drop(QMimeData &data)
    {
        SearchField field;
        Dropped taken;
        connect(&field, &SearchField::dropReceived, &field, [&](const Dropped &dropped) { taken = dropped; });
        QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&field, &enter);
        QDropEvent event(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&field, &event);
        return taken;
    }
};

QTEST_MAIN(TestSearchField)
#include "tst_search_field.moc"
