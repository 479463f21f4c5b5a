// caption, rank-captions and the tasks of captions as scripts see them.
#include "tests/app/cli_process.h"
#include "tests/support/captions.h"
#include "tests/support/pictures.h"
#include "tests/support/support.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <cmath>

using namespace photolex;
using test::Finished;
using test::run;

class TestCliCaptions : public QObject {
    Q_OBJECT

    test::ScratchFolder m_scratch;
    QStringList m_global;
    QString m_photo;

    Finished cli(const QStringList &arguments) const { return run(arguments + m_global); }

    static QJsonArray captionsOf(const Finished &finished)
    {
        return finished.json["photos"].toArray().at(0)["captions"].toArray();
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("XDG_CACHE_HOME", QByteArray::fromStdString((m_scratch / "cache").native()));
        VERIFY_OK(test::writeCaptionBundle(m_scratch / "bundle", /*realNetwork=*/true));
        m_global = {"--bundle", test::text(m_scratch / "bundle"), "--library", test::text(m_scratch / "library")};
        std::string table;
        for (const auto *name : {"a", "b", "c"}) {
            m_scratch.write(std::string("set/photos/") + name + ".jpg", test::jpeg(test::card()));
            table += std::string(name) + ".jpg\ttest\ta red dog runs\n";
        }
        m_scratch.write("set/captions.tsv", table);
        m_photo = test::text(m_scratch / "set/photos/a.jpg");
    }

    void aPhotoGetsCaptionsInTheStructureThatIsAskedFor()
    {
        const auto finished = cli({"caption", m_photo, "--structure", "DT JJ NN VBZ", "--alternatives", "2"});
        QCOMPARE(finished.exitCode, 0);
        const auto captions = captionsOf(finished);
        QCOMPARE(captions.size(), 2); // the one, and the nearest sentence
        const auto own = captions[0].toObject();
        QCOMPARE(own["origin"].toString(), QString("generated"));
        QCOMPARE(own["tags"].toArray().size(), 4);
        QCOMPARE(own["read_tags"], own["tags"]);
        QCOMPARE(own["text"].toString().split(' ').size(), 4);
        QVERIFY(own["parts"].toObject().contains("cosine") && own["parts"].toObject().contains("language"));
        QCOMPARE(own["alternatives"].toArray().at(2).toArray().size(), 2);
        QCOMPARE(captions[1].toObject()["origin"].toString(), QString("retrieved"));
        const auto again = cli({"caption", m_photo, "--structure", "DT JJ NN VBZ", "--alternatives", "2"});
        QCOMPARE(captionsOf(again), captions);
    }

    void wordsAreFixedIncludedAndBanned()
    {
        const QStringList command = {"caption", m_photo, "--structure", "DT JJ NN VBZ", "--retrieved", "0"};
        const auto fixed = captionsOf(cli(command + QStringList{"--fix", "1=small", "--include", "car"}));
        QCOMPARE(fixed[0].toObject()["text"].toString().section(' ', 1, 2), QString("small car"));
        const auto plain = captionsOf(cli(command))[0].toObject()["text"].toString();
        const auto banned =
            captionsOf(cli(command + QStringList{"--ban", plain.section(' ', 2, 2)}))[0].toObject()["text"].toString();
        QVERIFY(banned.section(' ', 2, 2) != plain.section(' ', 2, 2));
    }

    void whatMakesNoSenseIsRefusedByName()
    {
        QCOMPARE(cli({"caption"}).exitCode, 2);
        const auto tag = cli({"caption", m_photo, "--structure", "DT NOUN"});
        QCOMPARE(tag.exitCode, 2);
        QVERIFY2(tag.err.contains("NOUN"), tag.err);
        const auto word = cli({"caption", m_photo, "--include", "zebra"});
        QCOMPARE(word.exitCode, 2);
        QVERIFY2(word.err.contains("zebra"), word.err);
        QCOMPARE(cli({"caption", m_photo, "--fix", "dog"}).exitCode, 2);
        const auto missing = cli({"caption", test::text(m_scratch / "no.jpg")});
        QCOMPARE(missing.exitCode, 1);
        QVERIFY2(missing.err.contains("no.jpg"), missing.err);
    }

    void whatLiesBetweenPhotosIsCaptioned()
    {
        const auto other = test::text(m_scratch.write("other.jpg", test::jpeg(test::scene(3))));
        const QStringList how = {"--structure", "DT JJ NN VBZ", "--retrieved", "0"};
        const auto alone = captionsOf(cli(QStringList{"caption", m_photo} + how));
        const auto near =
            captionsOf(cli(QStringList{"caption", "--near", m_photo} + how)); // the mean of one is that one
        QCOMPARE(near[0].toObject()["text"], alone[0].toObject()["text"]);
        const auto between = cli(QStringList{"caption", "--near", m_photo, "--near", other} + how);
        QVERIFY2(between.exitCode == 0, between.err);
        QCOMPARE(between.json["photos"].toArray().at(0)["near"].toArray(), (QJsonArray{m_photo, other}));
        const auto cosine = [](const QJsonArray &captions) {
            return captions[0].toObject()["parts"].toObject()["cosine"].toDouble();
        };
        QVERIFY(std::abs(cosine(near) - cosine(alone)) < 1e-5);
        QVERIFY(std::abs(cosine(captionsOf(between)) - cosine(alone)) > 1e-5);
        const auto missing = cli({"caption", "--near", m_photo, "--near", test::text(m_scratch / "no.jpg")});
        QCOMPARE(missing.exitCode, 1);
        QVERIFY2(missing.err.contains("no.jpg"), missing.err);
    }

    void captionsOfAFileAreRanked()
    {
        m_scratch.write("list.txt", "a red dog runs\nthe car jumps\nqwertz\n");
        const auto finished = cli({"rank-captions", m_photo, "--captions", test::text(m_scratch / "list.txt")});
        QCOMPARE(finished.exitCode, 0);
        const auto captions = finished.json["captions"].toArray();
        QCOMPARE(captions.size(), 2);
        QVERIFY(captions[0].toObject()["score"].toDouble() >= captions[1].toObject()["score"].toDouble());
        QCOMPARE(finished.json["unreadable"].toInt(), 1);
        const auto nearest = cli({"caption", m_photo, "--sentences", test::text(m_scratch / "list.txt"), "-k", "1"});
        QVERIFY(captionsOf(nearest).last().toObject()["text"].toString() != QString("qwertz"));
    }

    void aLibraryIsCaptionedAndShown()
    {
        QCOMPARE(cli({"index", test::text(m_scratch / "set/photos")}).exitCode, 0);
        const auto first = cli({"caption", "--all", "--shortest", "3"});
        QVERIFY2(first.exitCode == 0, first.err);
        QCOMPARE(first.json["written"].toInt(), 3);
        const auto second = cli({"caption", "--all", "--shortest", "3"});
        QCOMPARE(second.json["written"].toInt(), 0);
        QCOMPARE(second.json["done_before"].toInt(), 3);
        QCOMPARE(cli({"export", "--format", "html", test::text(m_scratch / "page")}).exitCode, 0);
        QFile page(test::text(m_scratch / "page/index.html"));
        QVERIFY(page.open(QIODevice::ReadOnly));
        QCOMPARE(page.readAll().count("class=\"proposal\""), 3);
        const auto point = cli({"caption", "--expression", "'dog' + 'red'", "--retrieved", "0", "--shortest", "3"});
        QVERIFY2(point.exitCode == 0, point.err);
        QVERIFY(captionsOf(point)[0].toObject()["text"].toString().contains("dog"));
    }

    void captionsAndModelsAreMeasured()
    {
        const auto data = "tsv:" + test::text(m_scratch / "set");
        const auto language = cli({"eval", "--task", "language", "--data", data});
        QCOMPARE(language.exitCode, 0);
        const auto perplexity = language.json["language"].toObject()["perplexity"].toObject();
        QVERIFY(perplexity["sc-nlm"].toDouble() >= 1 && perplexity["sc-nlm"].toDouble() < perplexity["lbl"].toDouble());
        const auto captions = cli({"eval", "--task", "caption", "--data", data, "--shortest", "3", "--retrieve", data});
        QVERIFY2(captions.exitCode == 0, captions.err);
        const auto own = captions.json["caption"].toObject();
        QCOMPARE(own["adherence"].toDouble(), 1.0);
        QVERIFY(own["bleu1"].toDouble() > 0);
        QCOMPARE(captions.json["retrieved"].toObject()["bleu4"].toDouble(), 1.0); // the reference itself
    }
};

QTEST_GUILESS_MAIN(TestCliCaptions)
#include "tst_cli_captions.moc"
