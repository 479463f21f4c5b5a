#include "tests/support/support.h"
#include "ui/common/dropped.h"
#include "ui/common/photo_text.h"

#include <QUrl>

using namespace photolex;
using namespace photolex::ui;

class TestDropped : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void fileManagersSendAddressesAndText()
    {
        const test::ScratchFolder folder;
        QMimeData data;
        QList<QUrl> urls;
        for (const auto *name : {"with space.jpg", "100%.jpg", "a#b.jpg"})
            urls += fileUrl(folder.write(name, "x").native());
        data.setUrls(urls);
        data.setText("file:///garbled%2520path.jpg");
        const auto dropped = readDropped(&data);
        QCOMPARE(dropped.files.size(), 3);
        for (const auto &file : dropped.files)
            QVERIFY2(QFile::exists(file), qPrintable(file)); // decoded once, not twice
        QVERIFY(dropped.text.isEmpty());
    }

    void foldersAreToldFromFiles()
    {
        const test::ScratchFolder folder;
        QMimeData data;
        data.setUrls({fileUrl(folder.path().native()), fileUrl(folder.write("a.jpg", "x").native())});
        const auto dropped = readDropped(&data);
        QCOMPARE(dropped.folders.size(), 1);
        QCOMPARE(dropped.files.size(), 1);
    }

    void nothingIsIgnoredQuietly()
    {
        QVERIFY(!mayBeDropped(nullptr));
        QVERIFY(readDropped(nullptr).isEmpty());
        QMimeData nothing;
        QVERIFY(!mayBeDropped(&nothing));
        QVERIFY(readDropped(&nothing).isEmpty());
        QMimeData emptyList;
        emptyList.setUrls({});
        emptyList.setData("text/uri-list", "");
        QVERIFY(readDropped(&emptyList).isEmpty());
        QMimeData gone;
        gone.setUrls({QUrl("file:///there/is/no/such.jpg")});
        QVERIFY(readDropped(&gone).isEmpty());
    }

    void browsersSendTheAddressWithOrWithoutThePicture()
    {
        QMimeData remote;
        remote.setUrls({QUrl("https://example.org/a.jpg")});
        QVERIFY(readDropped(&remote).remoteOnly);

        QMimeData picture;
        picture.setUrls({QUrl("https://example.org/a.jpg")});
        QImage image(3, 2, QImage::Format_RGB32);
        image.fill(Qt::red);
        picture.setImageData(image);
        const auto withPicture = readDropped(&picture);
        QVERIFY(!withPicture.remoteOnly);
        QCOMPARE(withPicture.image.size(), QSize(3, 2));

        const test::ScratchFolder folder;
        picture.setUrls({QUrl("https://example.org/a.jpg"), fileUrl(folder.write("temporary.png", "x").native())});
        const auto withFile = readDropped(&picture);
        QCOMPARE(withFile.files.size(), 1);
        QVERIFY(withFile.image.isNull());
    }

    void addressesNameTheirBytes_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("plain") << QByteArray("a.jpg");
        QTest::newRow("percent") << QByteArray("100%20.jpg");
        QTest::newRow("hash and question mark") << QByteArray("a#b?c.jpg");
        QTest::newRow("line break") << QByteArray("a\nb.jpg");
        QTest::newRow("Hebrew") << QByteArray("א.jpg");
        QTest::newRow("not UTF-8") << QByteArray("\xff\xfe.jpg");
    }
    void addressesNameTheirBytes()
    {
        QFETCH(QByteArray, name);
        const QByteArray path = "/photos/" + name;
        const QUrl url = fileUrl(path.toStdString());
        QVERIFY(url.isValid());
        QVERIFY(url.isLocalFile());
        const QByteArray encoded = url.toEncoded();
        QCOMPARE(QByteArray::fromPercentEncoding(encoded.mid(int(strlen("file://")))), path);
    }
};

QTEST_MAIN(TestDropped)
#include "tst_dropped.moc"
