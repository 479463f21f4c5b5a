// A bus of our own, and on it a file manager that writes down what it is asked for.
#include "tests/support/support.h"
#include "ui/common/photo_text.h"
#include "ui/common/show_in_folder.h"

#include <QDBusConnection>
#include <QDesktopServices>
#include <QProcess>

using namespace photolex;

class FileManager : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.FileManager1")
public:
    QStringList items;
public Q_SLOTS:
    void ShowItems(const QStringList &uris, const QString &) { items += uris; }
};

class TestShowInFolder : public QObject {
    Q_OBJECT
public Q_SLOTS:
    void open(const QUrl &url) { m_opened.append(url); } // in the place of the desktop

private Q_SLOTS:
    void initTestCase()
    {
        QDesktopServices::setUrlHandler("file", this, "open");
        m_bus.start("dbus-daemon", {"--session", "--nofork", "--print-address"});
        if (!m_bus.waitForStarted() || !m_bus.waitForReadyRead())
            QSKIP("there is no dbus-daemon here");
        m_address = QString::fromLatin1(m_bus.readLine()).trimmed();
        qputenv("DBUS_SESSION_BUS_ADDRESS", m_address.toLatin1());
    }

    void cleanupTestCase()
    {
        QDBusConnection::disconnectFromBus("manager");
        QDesktopServices::unsetUrlHandler("file");
        m_bus.terminate();
        m_bus.waitForFinished();
    }

    void init() { m_opened.clear(); }

    void withoutAFileManagerTheFolderIsOpened()
    {
        ui::showInFolder("/pictures/a b/dog.jpg");
        QTRY_COMPARE(m_opened.size(), 1);
        QCOMPARE(m_opened.front(), QUrl("file:///pictures/a%20b/"));
    }

    void theFileManagerSelectsTheFile()
    {
        auto bus = QDBusConnection::connectToBus(m_address, "manager");
        FileManager manager;
        QVERIFY(bus.registerObject("/org/freedesktop/FileManager1", &manager, QDBusConnection::ExportAllSlots));
        QVERIFY(bus.registerService("org.freedesktop.FileManager1"));
        ui::showInFolder("/pictures/a b/100%#\xff.jpg"); // a name outside UTF-8 too
        QTRY_COMPARE(manager.items.size(), 1);
        QCOMPARE(manager.items.front(), QString("file:///pictures/a%20b/100%25%23%FF.jpg"));
        QVERIFY(m_opened.isEmpty());

        ui::showInFolder(std::vector<std::string>{"/pictures/a.jpg", "/pictures/a.cr2"});
        QTRY_COMPARE(manager.items.size(), 3);
        QCOMPARE(manager.items.mid(1), QStringList({"file:///pictures/a.jpg", "file:///pictures/a.cr2"}));
    }

private:
    QProcess m_bus;
    QString m_address;
    QList<QUrl> m_opened;
};

QTEST_MAIN(TestShowInFolder)
#include "tst_show_in_folder.moc"
