// The command line as scripts see it: real processes, real files, the shipped bundle.
#include "core/base/bytes.h"
#include "core/base/hash.h"
#include "core/catalogue/catalogue_p.h"
#include "core/catalogue/schema_p.h"
#include "tests/support/support.h"

#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPainter>
#include <QProcess>
#include <SQLiteCpp/SQLiteCpp.h>
#include <csignal>
#include <map>
#include <sys/stat.h>

using namespace photolex;

namespace {

struct Finished {
    int exitCode = -1;
    QByteArray out, err;
    QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
};

// A picture that differs with `kind`, drawn here: nothing of anybody's.
void draw(const std::filesystem::path &file, int kind, const char *format = "JPEG")
{
    QImage image(320, 240, QImage::Format_RGB32);
    image.fill(QColor::fromHsv((kind * 47) % 360, 180, 200));
    QPainter painter(&image);
    painter.setBrush(QColor::fromHsv((kind * 91) % 360, 255, 120));
    painter.drawEllipse(20 + 10 * (kind % 9), 30, 90, 120);
    painter.drawRect(180, 40 + 8 * (kind % 7), 70, 100);
    painter.end();
    std::filesystem::create_directories(file.parent_path());
    QVERIFY(image.save(QString::fromStdString(file.native()), format, 90));
}

} // namespace

class TestCli : public QObject {
    Q_OBJECT

    std::unique_ptr<test::ScratchFolder> m_scratch;
    std::filesystem::path m_photos;

    QStringList withLibrary(QStringList arguments) const
    {
        return arguments << "--library" << QString::fromStdString((*m_scratch / "library.photolex").native())
                         << "--json";
    }

    static void start(QProcess &process, const QStringList &arguments)
    {
        process.start(qEnvironmentVariable("PHOTOLEX_CLI"), arguments);
        QVERIFY(process.waitForStarted());
    }

    static Finished finish(QProcess &process)
    {
        process.waitForFinished(300'000);
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardOutput(),
                process.readAllStandardError()};
    }

    static Finished run(const QStringList &arguments)
    {
        QProcess process;
        start(process, arguments);
        return finish(process);
    }

    Finished index() const { return run(withLibrary({"index", QString::fromStdString(m_photos.native())})); }

private Q_SLOTS:
    void init()
    {
        m_scratch = std::make_unique<test::ScratchFolder>();
        m_photos = *m_scratch / "photos";
        std::filesystem::create_directories(m_photos);
    }
    void cleanup() { m_scratch.reset(); }

    void exitCodesTellUsageFromFailure_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("exitCode");
        QTest::newRow("version") << QStringList{"--version"} << 0;
        QTest::newRow("help") << QStringList{"--help"} << 0;
        QTest::newRow("help of a command") << QStringList{"index", "--help"} << 0;
        QTest::newRow("no command") << QStringList{} << 2;
        QTest::newRow("unknown command") << QStringList{"paint"} << 2;
        QTest::newRow("unknown option") << QStringList{"doctor", "--colour"} << 2;
        QTest::newRow("argument missing") << QStringList{"index"} << 2;
        QTest::newRow("no library yet") << QStringList{"search", "dog", "--library", "/nonexistent/l.photolex"} << 1;
        QTest::newRow("no such bundle") << QStringList{"bundle", "verify", "no-such-bundle"} << 1;
        QTest::newRow("options before the command") << QStringList{"--json", "bundle", "list"} << 0;
        QTest::newRow("options after the command") << QStringList{"bundle", "list", "--json"} << 0;
    }
    void exitCodesTellUsageFromFailure()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, exitCode);
        const auto finished = run(arguments);
        QVERIFY2(finished.exitCode == exitCode, finished.err.constData());
        QVERIFY(exitCode == 0 || !finished.err.isEmpty());
    }

    void everyFileIsCountedOnceAndNoOriginalChanges()
    {
        for (int i = 0; i < 6; ++i)
            draw(m_photos / ("photo" + std::to_string(i) + ".jpg"), i);
        draw(m_photos / "sub" / "deep.png", 7, "PNG");
        std::filesystem::copy_file(m_photos / "photo0.jpg", m_photos / "sub" / "copy.jpg");
        m_scratch->write("photos/empty.jpg", "");
        m_scratch->write("photos/lies.jpg", "this is text");
        m_scratch->write("photos/notes.txt", "not a picture");
        m_scratch->write("photos/._photo1.jpg", "junk");
        m_scratch->write("photos/@eaDir/photo1.jpg/SYNO_THUMB_XL.jpg", "junk");

        std::map<std::string, std::pair<std::uint64_t, std::filesystem::file_time_type>> before;
        for (const auto &entry : std::filesystem::recursive_directory_iterator(m_photos))
            if (entry.is_regular_file())
                before[entry.path()] = {xxh3OfFile(entry.path()).value(), entry.last_write_time()};

        const auto finished = index();
        QVERIFY2(finished.exitCode == 0, finished.err.constData());
        const auto report = finished.json();
        int counted = 0;
        for (const auto *key : {"added", "updated", "unchanged", "moved", "failed", "skipped"}) {
            QVERIFY2(report.contains(key), key);
            counted += report[key].toInt();
        }
        QCOMPARE(report["added"].toInt(), 8);
        QCOMPARE(report["failed"].toInt(), 2);
        QCOMPARE(counted, static_cast<int>(before.size()));
        QCOMPARE(report["problems"].toArray().size(), 2);
        for (const auto &problem : report["problems"].toArray()) {
            QVERIFY(problem.toObject()["path"].toString().startsWith('/'));
            QVERIFY(!problem.toObject()["code"].toString().isEmpty());
        }
        for (const auto &[path, state] : before) {
            QCOMPARE(xxh3OfFile(path).value(), state.first);
            QVERIFY(std::filesystem::last_write_time(path) == state.second);
        }

        const auto again = index().json();
        QCOMPARE(again["added"].toInt(), 0);
        QCOMPARE(again["unchanged"].toInt() + again["failed"].toInt(), 10);
    }

    void aPhotoIsItsOwnNearest()
    {
        for (int i = 0; i < 8; ++i)
            draw(m_photos / ("photo" + std::to_string(i) + ".jpg"), i);
        m_scratch->write("photos/photo3.jpg", "unreadable, so that rows and files could fall out of step");
        QCOMPARE(index().exitCode, 0);
        for (const int i : {0, 2, 4, 7}) {
            const auto file = QString::fromStdString((m_photos / ("photo" + std::to_string(i) + ".jpg")).native());
            // A copy elsewhere has the same picture and is not in the library, so its nearest photo is the original.
            const auto copy = *m_scratch / "elsewhere.jpg";
            std::filesystem::copy_file(file.toStdString(), copy, std::filesystem::copy_options::overwrite_existing);
            const auto hits = run(withLibrary({"similar", QString::fromStdString(copy.native()), "-k", "3"}))
                                  .json()["hits"]
                                  .toArray();
            QCOMPARE(hits.size(), 3);
            QCOMPARE(hits[0].toObject()["path"].toString(), file);
        }
    }

    void searchGivesAsManyHitsAsAskedAndNamesUnknownWords()
    {
        for (int i = 0; i < 5; ++i)
            draw(m_photos / ("photo" + std::to_string(i) + ".jpg"), i);
        draw(m_photos / "zebra" / "stripes.jpg", 11);
        QCOMPARE(index().exitCode, 0);

        const auto answer = run(withLibrary({"search", "zxqv dog", "-k", "4"})).json();
        QCOMPARE(answer["hits"].toArray().size(), 4);
        QCOMPARE(answer["unknown"].toArray(), QJsonArray{"zxqv"});
        QVERIFY(answer.contains("cut"));
        double previous = 2;
        for (const auto &hit : answer["hits"].toArray()) {
            QVERIFY(hit.toObject()["score"].toDouble() <= previous);
            previous = hit.toObject()["score"].toDouble();
            QVERIFY(hit.toObject().contains("relevant"));
        }
        QCOMPARE(run(withLibrary({"search", "dog", "-k", "50"})).json()["hits"].toArray().size(), 6);

        // What the folder is called counts first, and a word after a minus sign filters.
        const auto named = run(withLibrary({"search", "zebra", "-k", "6"})).json()["hits"].toArray();
        QVERIFY(named[0].toObject()["path"].toString().endsWith("zebra/stripes.jpg"));
        for (const auto &hit : run(withLibrary({"search", "dog -zebra", "-k", "6"})).json()["hits"].toArray())
            QVERIFY(!hit.toObject()["path"].toString().contains("zebra"));
    }

    void expressionsAddPhotosAndWords()
    {
        for (int i = 0; i < 12; ++i)
            draw(m_photos / ("it's " + std::to_string(i) + ".jpg"), i);
        draw(*m_scratch / "outside.jpg", 3);
        QCOMPARE(index().exitCode, 0);
        const auto source = QString::fromStdString((m_photos / "it's 3.jpg").native());
        const auto expr = [this](const QString &text) {
            return run(withLibrary({}) + QStringList{"expr", "-k", "5", "--", text}); // what follows -- is no option
        };
        const auto full = run(withLibrary({"expr", "photo:\"" + source + "\" - 'blue' + 2*'red'", "-k", "5"}));
        QVERIFY2(full.exitCode == 0, full.err.constData());
        const auto json = full.json();
        QCOMPARE(json["hits"].toArray().size(), 5);
        for (const auto &hit : json["hits"].toArray())
            QVERIFY(hit.toObject()["path"].toString() != source);
        QVERIFY(!json["words"].toArray().isEmpty());
        QCOMPARE(json["steps"].toArray().size(), 3);
        for (const auto &step : json["steps"].toArray()) {
            QVERIFY(!step.toObject()["term"].toString().isEmpty());
            QCOMPARE(step.toObject()["hits"].toArray().size(), 5);
            QVERIFY(!step.toObject()["words"].toArray().isEmpty());
        }
        QCOMPARE(json["steps"].toArray().last().toObject()["hits"].toArray(), json["hits"].toArray());

        const auto outside = "photo:'" + QString::fromStdString((*m_scratch / "outside.jpg").native()) + "'";
        QCOMPARE(expr(outside).json()["hits"].toArray().first().toObject()["path"].toString(), source); // its copy
        const auto nothing = expr("'red' - 'red'");
        QCOMPARE(nothing.exitCode, 1);
        QCOMPARE(nothing.json()["cancels_out"].toBool(), true);
        QCOMPARE(nothing.json()["error"].toObject()["code"].toString(), "cancels-out");
        QVERIFY(nothing.json()["hits"].toArray().isEmpty());
        QCOMPARE(expr("'red' -").exitCode, 2);
        QCOMPARE(expr("photo:'/nonexistent/a.jpg'").exitCode, 1);
        QCOMPARE(expr("-'red' + 'zxqv blue'").json()["unknown"].toArray().size(), 1);
    }

    void encodersAreComparedOverTheLibrary()
    {
        for (int i = 0; i < 5; ++i)
            draw(m_photos / ("photo" + std::to_string(i) + ".jpg"), i);
        QCOMPARE(index().exitCode, 0);
        const auto first = run(withLibrary({"compare", "--encoders", "linear,lstm", "-k", "4"}));
        QVERIFY2(first.exitCode == 0, first.err.constData());
        const auto queries = first.json()["queries"].toArray();
        QVERIFY(queries.size() >= 10); // everyday ones
        for (const auto &query : queries)
            for (const auto &encoder : {QString("linear"), QString("lstm")}) { // the second one's rows were made for it
                const auto hits = query.toObject()["hits"][encoder].toArray();
                QCOMPARE(hits.size(), 4);
                QVERIFY(hits[0]["path"].toString().startsWith(QString::fromStdString(m_photos.native())));
            }
        QVERIFY(first.json()["recall"].toObject().isEmpty());
        QCOMPARE(run(withLibrary({"compare", "--encoders", "linear,lstm", "-k", "4"})).json(), first.json());
        QCOMPARE(run(withLibrary({"compare", "--encoders", "linear,zebra"})).exitCode, 1);
    }

    void theMapHasAPlaceForEveryPhoto()
    {
        for (int i = 0; i < 9; ++i)
            draw(m_photos / ("photo" + std::to_string(i) + ".jpg"), i);
        std::filesystem::copy_file(m_photos / "photo0.jpg", m_photos / "copy, of \"0\".jpg");
        QCOMPARE(run(withLibrary({"map"})).exitCode, 1); // no library yet
        QCOMPARE(index().exitCode, 0);
        for (const auto *method : {"pca", "umap", "tsne"}) {
            const auto map = run(withLibrary({"map", "--method", method})).json();
            const auto points = map["points"].toArray();
            QCOMPARE(points.size(), 10);
            std::map<QString, std::pair<double, double>> places;
            for (const auto &each : points) {
                const auto point = each.toObject();
                QVERIFY(std::abs(point["x"].toDouble()) <= 1.0001 && std::abs(point["y"].toDouble()) <= 1.0001);
                QVERIFY(point["cluster"].toInt() < map["clusters"].toArray().size());
                places[point["path"].toString().section('/', -1)] = {point["x"].toDouble(), point["y"].toDouble()};
            }
            QVERIFY(places["copy, of \"0\".jpg"] == places["photo0.jpg"]);
            QCOMPARE(run(withLibrary({"map", "--method", method})).json()["points"].toArray(), points);
        }
        const auto file = *m_scratch / "map.csv";
        QCOMPARE(run(withLibrary({"map", "--out", QString::fromStdString(file.native())})).exitCode, 0);
        const auto lines = QString::fromStdString(readTextFile(file).value()).split("\r\n", Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 11);
        QCOMPARE(lines.first(), QStringLiteral("path,x,y,cluster"));
        QCOMPARE(lines.filter(",\"").size() + lines.filter("\"\"0\"\"").size(), 1); // quoted as CSV wants it
        QCOMPARE(run(withLibrary({"map", "--method", "circle"})).exitCode, 2);
        QCOMPARE(run(withLibrary({"map", "--dimensions", "3"})).exitCode, 2);
    }

    void oddNamesComeThrough()
    {
        const std::vector<std::string> names = {"a\nb.jpg",     "-rf.jpg",      "100%.jpg",     "a#b.jpg",
                                                "\"q\".jpg",    " lead.jpg",    "\xd7\x90.jpg", "\xff.jpg",
                                                "\xc3\xa9.jpg", "e\xcc\x81.jpg"};
        for (std::size_t i = 0; i < names.size(); ++i)
            draw(m_photos / "plain.jpg", static_cast<int>(i)),
                std::filesystem::rename(m_photos / "plain.jpg", m_photos / names[i]);
        QCOMPARE(index().json()["added"].toInt(), static_cast<int>(names.size()));
        QStringList found;
        for (const auto &hit : run(withLibrary({"search", "dog", "-k", "50"})).json()["hits"].toArray())
            found << hit.toObject()["path"].toString();
        for (const auto &name : names)
            QVERIFY2(found.contains(QString::fromStdString(displayText(m_photos / name))), name.c_str());
    }

    void anOlderLibraryIsBroughtUpToDateByWhoeverReadsIt()
    {
        const auto library = *m_scratch / "library.photolex";
        {
            catalogue::Catalogue::Surroundings older;
            older.migrations = catalogue::migrations().first(4);
            VERIFY_OK(catalogue::Catalogue::open(library, catalogue::Access::Write, older));
        }
        QCOMPARE(run(withLibrary({"doctor"})).exitCode, 0);
        QVERIFY(std::filesystem::exists(library / "catalogue-schema4.sqlite"));
        // One of a later version is left as it is.
        SQLite::Database((library / "catalogue.sqlite").string(), SQLite::OPEN_READWRITE)
            .exec("PRAGMA user_version = 900");
        const auto newer = run(withLibrary({"doctor"}));
        QCOMPARE(newer.exitCode, 1);
        QVERIFY((newer.out + newer.err).contains("schema version 900"));
    }

    void twoIndexRunsAtOnceDoubleNothing()
    {
        for (int i = 0; i < 12; ++i)
            draw(m_photos / "sub" / ("photo" + std::to_string(i) + ".jpg"), i);
        QProcess first;
        QProcess second;
        start(first, withLibrary({"index", QString::fromStdString(m_photos.native())}));
        start(second, withLibrary({"index", QString::fromStdString((m_photos / "sub").native())}));
        const auto one = finish(first);
        const auto two = finish(second);
        QVERIFY2(one.exitCode == 0, one.err.constData());
        QVERIFY2(two.exitCode == 0, two.err.constData());
        QCOMPARE(one.json()["added"].toInt() + two.json()["added"].toInt(), 12);
        QCOMPARE(run(withLibrary({"search", "dog", "-k", "100"})).json()["hits"].toArray().size(), 12);
        QCOMPARE(run(withLibrary({"doctor"})).exitCode, 0);
    }

    void interruptKeepsWhatWasDone()
    {
        for (int i = 0; i < 80; ++i)
            draw(m_photos / ("photo" + std::to_string(i) + ".jpg"), i);
        QProcess process;
        start(process, withLibrary({"index", QString::fromStdString(m_photos.native())}));
        // As soon as the library exists the run is under way; wherever the signal falls, the result must be sound.
        QTRY_VERIFY(std::filesystem::exists(*m_scratch / "library.photolex" / "catalogue.sqlite"));
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        const auto stopped = finish(process);
        QVERIFY(stopped.exitCode == 0 || stopped.exitCode == 1);
        QCOMPARE(index().exitCode, 0);
        QCOMPARE(run(withLibrary({"search", "dog", "-k", "100"})).json()["hits"].toArray().size(), 80);
        QCOMPARE(run(withLibrary({"doctor"})).exitCode, 0);
    }

    void aVanishedFolderIsOffline()
    {
        for (int i = 0; i < 4; ++i)
            draw(m_photos / ("photo" + std::to_string(i) + ".jpg"), i);
        QCOMPARE(index().exitCode, 0);
        std::filesystem::rename(m_photos, *m_scratch / "away");
        const auto gone = index();
        QCOMPARE(gone.json()["removed"].toInt(), 0);
        std::filesystem::rename(*m_scratch / "away", m_photos);
        const auto back = index().json();
        QCOMPARE(back["unchanged"].toInt(), 4);
        QCOMPARE(back["added"].toInt(), 0);
    }

    void captionsComeInAndGoOut()
    {
        const auto text = [](const std::filesystem::path &path) { return QString::fromStdString(path.native()); };
        const auto photo = m_photos / "one.jpg";
        draw(photo, 1);
        draw(m_photos / "two.jpg", 2);
        QCOMPARE(index().exitCode, 0);
        const auto before = *readTextFile(photo);
        const auto table = m_scratch->write("in.csv", "path,caption\none.jpg,\"a \"\"red\"\" ball, twice\"\n");

        const auto in = run(withLibrary({"import", "--format", "csv", text(table)}));
        QCOMPARE(in.exitCode, 0);
        QCOMPARE(in.json()["written"].toInt(), 1);
        const auto out = run(withLibrary({"export", "--format", "xmp", text(m_photos)}));
        QCOMPARE(out.exitCode, 0);
        QCOMPARE(out.json()["written"].toInt(), 1);
        QCOMPARE(out.json()["without_caption"].toInt(), 1);
        QVERIFY(std::filesystem::exists(m_photos / "one.jpg.xmp"));
        QCOMPARE(*readTextFile(photo), before);
        QCOMPARE(index().json()["added"].toInt(), 0); // the sidecar is read again, and says the same
        QCOMPARE(run(withLibrary({"export", "--format", "xmp", text(m_photos)})).json()["unchanged"].toInt(), 1);

        const auto csv = *m_scratch / "out.csv";
        QCOMPARE(run(withLibrary({"export", "--format", "csv", text(csv)})).exitCode, 0);
        QCOMPARE(*readTextFile(csv), "path,caption\r\n" + photo.native() + ",\"a \"\"red\"\" ball, twice\"\r\n");
        // A bare name is a file of the folder one stands in, and is told whole.
        QProcess here;
        here.setWorkingDirectory(text(m_scratch->path()));
        start(here, withLibrary({"export", "--format", "csv", "bare.csv"}));
        const auto bare = finish(here);
        QCOMPARE(bare.exitCode, 0);
        QCOMPARE(bare.json()["place"].toString(), text(std::filesystem::canonical(m_scratch->path()) / "bare.csv"));
        QCOMPARE(*readTextFile(*m_scratch / "bare.csv"), *readTextFile(csv));
        const auto rows = run(withLibrary({"export", "--format", "npy", text(*m_scratch / "rows")}));
        QCOMPARE(rows.json()["written"].toInt(), 2);
        QVERIFY(std::filesystem::file_size(*m_scratch / "rows/rows.npy") > 2 * sizeof(float));
        QCOMPARE(run(withLibrary({"export", "--format", "html", text(*m_scratch / "html")})).exitCode, 0);
        QVERIFY(std::filesystem::exists(*m_scratch / "html/index.html"));
        QCOMPARE(run(withLibrary({"export", "--format", "odt", text(csv)})).exitCode, 2);
    }

    void bundleListNamesTheShippedEncoders()
    {
        const auto list = run({"bundle", "list", "--json"}).json();
        QStringList ids;
        for (const auto &bundle : list["bundles"].toArray())
            ids << bundle.toObject()["id"].toString();
        QVERIFY(ids.contains("photolex-en"));
        QVERIFY(list["encoders"].toArray().size() >= 2);
        QCOMPARE(run({"bundle", "verify", "photolex-en", "--json"}).exitCode, 0);
    }
};

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
