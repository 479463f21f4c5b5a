// Holds the source against the rules of the house: which room may include which, what public headers may name, how long
// a file may be, what a test may not do.
#include "core/base/bytes.h"
#include "tests/support/support.h"

#include <QRegularExpression>
#include <map>
#include <set>

using namespace photolex;

namespace {

struct Source {
    std::filesystem::path path; // relative to the project
    QString text;
};

std::vector<Source> sources(std::initializer_list<const char *> folders)
{
    std::vector<Source> found;
    const auto root = test::sourceFolder();
    for (const auto *folder : folders) {
        for (const auto &entry : std::filesystem::recursive_directory_iterator(root / folder)) {
            const auto extension = entry.path().extension();
            if (extension == ".h" || extension == ".cpp")
                found.push_back({entry.path().lexically_relative(root),
                                 QString::fromStdString(readTextFile(entry.path()).value())});
        }
    }
    return found;
}

// The places where LibTorch may be named.
bool isTorchPlace(const std::string &path)
{
    return path.find("/nn/") != std::string::npos || path.starts_with("core/tensor/");
}

bool isPublicHeader(const std::filesystem::path &path)
{
    const auto text = path.generic_string();
    return path.extension() == ".h" && !text.ends_with("_p.h") && !isTorchPlace(text);
}

std::vector<std::string> includesOf(const QString &text)
{
    static const QRegularExpression include("^\\s*#\\s*include\\s*[<\"]([^>\"]+)[>\"]",
                                            QRegularExpression::MultilineOption);
    std::vector<std::string> found;
    for (auto match = include.globalMatch(text); match.hasNext();)
        found.push_back(match.next().captured(1).toStdString());
    return found;
}

// Room → rooms that its CMake file names.
std::map<std::string, std::set<std::string>> declaredRooms()
{
    std::map<std::string, std::set<std::string>> rooms;
    const auto text = readTextFile(qEnvironmentVariable("PHOTOLEX_ROOMS").toStdString()).value();
    for (const auto &line : QString::fromStdString(text).split('\n', Qt::SkipEmptyParts)) {
        const auto room = line.section(':', 0, 0).mid(QString("photolex_").size()).toStdString();
        auto &allowed = rooms[room];
        allowed.insert(room);
        for (const auto &target : line.section(':', 1).split(';'))
            if (target.startsWith("photolex::"))
                allowed.insert(target.mid(QString("photolex::").size()).toStdString());
    }
    return rooms;
}

} // namespace

class TestStructure : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void publicHeadersOfCoreNameNeitherTorchNorQt()
    {
        static const QRegularExpression forbidden(
            "^(torch|ATen|c10|caffe2|Qt\\w*/|Q[A-Z])|opencv2/|SQLiteCpp|sqlite3|exiv2");
        for (const auto &[path, text] : sources({"core"}))
            if (isPublicHeader(path))
                for (const auto &include : includesOf(text))
                    QVERIFY2(!QString::fromStdString(include).contains(forbidden),
                             (path.string() + " includes " + include).c_str());
    }

    void coreIsFreeOfQtAndTorchStaysInItsFolders()
    {
        static const QRegularExpression qt("^(Qt\\w*/|Q[A-Z])");
        static const QRegularExpression torch("^(torch|ATen|c10|caffe2)/");
        for (const auto &[path, text] : sources({"core"})) {
            const auto name = path.generic_string();
            const bool torchPlace =
                name.find("/nn/") != std::string::npos || name.find("core/tensor/") != std::string::npos;
            for (const auto &include : includesOf(text)) {
                const auto included = QString::fromStdString(include);
                QVERIFY2(!included.contains(qt), (name + " includes " + include).c_str());
                QVERIFY2(torchPlace || !included.contains(torch), (name + " includes " + include).c_str());
            }
        }
    }

    void roomsOfCoreIncludeOnlyWhatTheirCMakeFileNames()
    {
        const auto rooms = declaredRooms();
        QVERIFY(rooms.size() >= 2);
        for (const auto &[path, text] : sources({"core"})) {
            const auto room = std::next(path.begin())->string();
            if (!rooms.contains(room) || isTorchPlace(path.generic_string()))
                continue;
            for (const auto &include : includesOf(text)) {
                const auto included = QString::fromStdString(include);
                QVERIFY2(!included.startsWith("ui/") && !included.startsWith("app/"),
                         (path.string() + " includes " + include).c_str());
                if (!included.startsWith("core/"))
                    continue;
                const auto other = included.section('/', 1, 1).toStdString();
                QVERIFY2(rooms.at(room).contains(other),
                         (path.string() + " includes " + include + ", which its CMake file does not name").c_str());
            }
        }
    }

    void placesOfTheWindowDoNotIncludeEachOther()
    {
        static const std::set<std::string> shared = {"common", "widgets", "style"};
        for (const auto &[path, text] : sources({"ui"})) {
            const auto place = std::next(path.begin())->string();
            if (place == "window") // the main window holds all places
                continue;
            for (const auto &include : includesOf(text)) {
                const auto included = QString::fromStdString(include);
                QVERIFY2(!included.startsWith("app/"), (path.string() + " includes " + include).c_str());
                if (!included.startsWith("ui/"))
                    continue;
                const auto other = included.section('/', 1, 1).toStdString();
                QVERIFY2(other == place || shared.contains(other), (path.string() + " includes " + include).c_str());
            }
        }
    }

    void filesAreShortAndFinished()
    {
        // Spelled in two parts, so that this file passes its own rule.
        static const QRegularExpression unfinished(QString("\\b(TO") + "DO|FIX" + "ME|HA" + "CK|X{3})\\b");
        for (const auto &[path, text] : sources({"core", "ui", "app", "tests"})) {
            QVERIFY2(text.count('\n') <= 600, (path.string() + " has more than 600 lines").c_str());
            QVERIFY2(!text.contains(unfinished), path.c_str());
        }
    }

    void testsNeverSleep()
    {
        static const QRegularExpression sleeping(QString("\\b(q") + "Sleep|qWait|sleep_for|usleep|nanosleep)\\s*\\(");
        for (const auto &[path, text] : sources({"tests"}))
            QVERIFY2(!text.contains(sleeping),
                     (path.string() + " sleeps: wait with QSignalSpy::wait or QTRY_COMPARE").c_str());
    }
};

QTEST_GUILESS_MAIN(TestStructure)
#include "tst_structure.moc"
