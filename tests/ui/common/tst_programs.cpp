// Programs of a desktop that is made here: entries, defaults, and a program that writes down what it is given.
#include "ui/common/programs.h"

#include "tests/support/pictures.h"
#include "tests/support/support.h"

#include <QFile>

using namespace photolex;

namespace {

test::ScratchFolder *desktop = nullptr;

void writeEntry(const char *id, const std::string &name, const std::string &exec, const std::string &more = {})
{
    desktop->write(std::string("data/applications/") + id, "[Desktop Entry]\nType=Application\nName=" + name +
                                                               "\nExec=" + exec + "\nMimeType=image/jpeg;\n" + more);
}

} // namespace

class TestPrograms : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theDefaultComesFirstAndOursIsLeftOut()
    {
        const auto photo = desktop->write("a.jpg", test::jpeg(test::card()));
        const auto programs = ui::programsFor(photo.native());
        QStringList names;
        for (const auto &program : programs)
            names += program.name;
        QCOMPARE(names.size(), 3);
        QCOMPARE(names.front(), QString("Second"));
        QVERIFY2(names.contains("First") && names.contains("One by one"), qPrintable(names.join(", ")));
        QVERIFY(programs.front().isDefault && !programs.back().isDefault);
        QVERIFY(ui::programsFor((*desktop / "none.xyz-unknown").native()).empty());
    }

    void whatIsOpenedArrivesByteByByte()
    {
        const std::vector<std::string> paths{
            desktop->write("with blank & \"quotes\" 100%f.jpg", test::jpeg(test::card())).native(),
            desktop->write("b\xff.jpg", test::jpeg(test::card())).native()};
        VERIFY_OK(ui::openWith("second.desktop", paths));
        QTRY_COMPARE(given("second"), std::string("[two words][") + paths[0] + "][" + paths[1] + "]\n");
        // A program that takes one file is started for each of them.
        VERIFY_OK(ui::openWith("onebyone.desktop", paths));
        QTRY_COMPARE(given("one").size(), paths[0].size() + paths[1].size() + 6);
    }

    void aProgramThatIsGoneIsSaid()
    {
        const std::vector<std::string> paths{"/a.jpg"};
        const auto gone = ui::openWith("gone.desktop", paths);
        QVERIFY(!gone && gone.error().code == Errc::NotFound);
        const auto broken = ui::openWith("broken.desktop", paths);
        QVERIFY(!broken);
    }

private:
    static std::string given(const char *name)
    {
        QFile file(QString::fromStdString((*desktop / (std::string("given-") + name)).native()));
        return file.open(QFile::ReadOnly) ? file.readAll().toStdString() : std::string();
    }
};

// GIO reads the desktop's folders once: they are named before it starts.
int main(int argc, char **argv)
{
    test::ScratchFolder folder;
    desktop = &folder;
    qputenv("XDG_DATA_HOME", (folder / "data").native().c_str());
    qputenv("XDG_CONFIG_HOME", (folder / "config").native().c_str());
    qputenv("XDG_DATA_DIRS", (folder / "system").native().c_str());
    const auto writer = [&](const char *name) {
        const auto script = folder.write(std::string(name) + ".sh",
                                         "#!/bin/sh\nout='" + (folder / (std::string("given-") + name)).native() +
                                             "'\n{ for each; do printf '[%s]' \"$each\"; done; echo; } >> \"$out\"\n");
        std::filesystem::permissions(script, std::filesystem::perms::owner_all);
        return script.native();
    };
    writeEntry("first.desktop", "First", "true %U");
    writeEntry("second.desktop", "Second", writer("second") + " \"two words\" %F");
    writeEntry("onebyone.desktop", "One by one", writer("one") + " %f");
    writeEntry("broken.desktop", "Broken", "/no/such/program %f");
    writeEntry("photolex.desktop", "Photolex", "photolex %F");
    // What update-desktop-database writes, and the kinds of files that the system knows.
    folder.write(
        "data/applications/mimeinfo.cache",
        "[MIME Cache]\nimage/jpeg=first.desktop;onebyone.desktop;second.desktop;broken.desktop;photolex.desktop;\n");
    std::filesystem::create_directories(folder / "system");
    std::filesystem::create_directory_symlink("/usr/share/mime", folder / "system/mime");
    folder.write("config/mimeapps.list", "[Default Applications]\nimage/jpeg=second.desktop;\n");
    QCoreApplication application(argc, argv);
    TestPrograms tests;
    return QTest::qExec(&tests, argc, argv);
}

#include "tst_programs.moc"
