#include "core/catalogue/catalogue.h"
#include "core/catalogue/catalogue_p.h"
#include "tests/core/catalogue/photo_maker.h"
#include "tests/support/support.h"

#include <QTest>

using namespace photolex;
using namespace photolex::catalogue;
using photolex::test::makePhoto;

using Words = std::vector<std::string>;

class TestCatalogueWords : public QObject {
    Q_OBJECT

    test::ScratchFolder m_scratch;
    std::shared_ptr<Catalogue> m_catalogue;
    RootId m_root;
    int m_libraries = 0;

    PhotoId add(const std::string &path, const std::string &title = {}, const Words &keywords = {})
    {
        auto photo = makePhoto(m_root, path);
        photo.title = title;
        photo.keywords = keywords;
        return m_catalogue->save({&photo, 1}) ? photo.id : PhotoId{};
    }

    // "path (where)" of each hit, best first.
    QStringList find(const Words &words, std::size_t limit = 10)
    {
        QStringList lines;
        const auto hits = m_catalogue->findText(words, limit);
        if (!test::isOk(hits))
            return {"failed"};
        for (const auto &hit : *hits) {
            const auto photo = m_catalogue->photo(hit.photo);
            lines += QString::fromStdString((*photo)->relativePath + " (" + hit.where + ")");
        }
        return lines;
    }

private Q_SLOTS:
    void init()
    {
        auto opened = Catalogue::open(m_scratch / std::to_string(++m_libraries), Access::Write);
        VERIFY_OK(opened);
        m_catalogue = *opened;
        m_root = m_catalogue->addRoot("/home/me/Pictures").value_or(RootId{});
    }

    void namesAreSplit_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("words");
        QTest::newRow("camera") << "IMG_2041"
                                << "IMG 2041";
        QTest::newRow("no separator") << "DSC0012"
                                      << "DSC 0012 DSC0012";
        QTest::newRow("capitals") << "holiday/BeachHouse-2"
                                  << "holiday Beach House 2 BeachHouse";
        QTest::newRow("shouted beginning") << "HDRPhoto"
                                           << "HDR Photo HDRPhoto";
        QTest::newRow("composed") << "caf\u0065\u0301.x"
                                  << "caf\u00e9 x";
        QTest::newRow("Hangul in parts") << "\u1112\u1161\u11ab"
                                         << "\ud55c";
        QTest::newRow("nothing") << "_-. "
                                 << "";
    }

    void namesAreSplit()
    {
        QFETCH(QString, name);
        QFETCH(QString, words);
        QCOMPARE(QString::fromStdString(wordsOfName(name.toStdString())), words);
    }

    void numbersSortAsPeopleCount()
    {
        QVERIFY(naturalKey("img_2.jpg") < naturalKey("IMG_10.jpg"));
        QVERIFY(naturalKey("IMG_0010.jpg") > naturalKey("img_9.jpg"));
        QVERIFY(naturalKey("a.jpg") != naturalKey("A.jpg"));
        QVERIFY(naturalKey("\xff"
                           "1") != naturalKey("\xfe"
                                              "1"));
    }

    void everyPlaceIsFoundAndNamed()
    {
        add("2014 Alps/IMG_2041.jpg");
        add("x/sunset.jpg");
        add("x/a.jpg", "Red sunset");
        add("x/b.jpg", "", {"sunset", "two words"});
        const auto captioned = add("x/c.jpg");
        VERIFY_OK(m_catalogue->setUserCaption(captioned, "A sunset over the lake"));
        // What people wrote comes before what a file happens to be called.
        auto found = find({"sunset"});
        QCOMPARE(found.size(), 4);
        QCOMPARE(found.back(), "x/sunset.jpg (name)");
        found.sort();
        QCOMPARE(found,
                 (QStringList{"x/a.jpg (title)", "x/b.jpg (keyword)", "x/c.jpg (caption)", "x/sunset.jpg (name)"}));
        QCOMPARE(find({"alps"}), QStringList{"2014 Alps/IMG_2041.jpg (folder)"});
        QCOMPARE(find({"2041"}), QStringList{"2014 Alps/IMG_2041.jpg (name)"});
        QCOMPARE(find({"img2041"}), QStringList{"2014 Alps/IMG_2041.jpg (name)"});
        QCOMPARE(find({"words"}), QStringList{"x/b.jpg (keyword)"});
        QCOMPARE(find({"sunset"}, 2).size(), 2);
        // Where the disk is mounted says nothing about a photo.
        QVERIFY(find({"home"}).isEmpty());
        const auto hits = m_catalogue->findText(Words{"sunset"}, 10);
        for (std::size_t index = 1; index < hits->size(); ++index)
            QVERIFY((*hits)[index - 1].rank > (*hits)[index].rank);
    }

    void everyWordMustOccurAndTheLastMayGoOn()
    {
        const auto id = add("a.jpg");
        VERIFY_OK(m_catalogue->setFileCaption(id, "Two brown dogs, running", "xmp"));
        QCOMPARE(find({"dogs", "run"}).size(), 1);
        QVERIFY(find({"run", "dogs"}).isEmpty()); // "run" is whole here
        QVERIFY(find({"dogs", "cat"}).isEmpty());
        QVERIFY(find({}).isEmpty());
    }

    void bothSpellingsOfAnAccentAreFound()
    {
        add("caf\u00e9 1.jpg");
        add("cafe\u0301 2.jpg"); // the same letter in two parts
        add("M\u00fcnchen.jpg");
        for (const char *word : {"caf\u00e9", "cafe\u0301", "cafe", "CAF\u00c9"})
            QCOMPARE(find({word}).size(), 2);
        QCOMPARE(find({"munchen"}).size(), 1);
    }

    void nothingInAQueryIsSyntax_data()
    {
        QTest::addColumn<QString>("word");
        for (const char *word : {"\"", "*", "dog*", "AND", "NEAR(", "name:dog", "^dog", "-", "\U0001F436",
                                 "'; DROP TABLE", "(", "\xff\xfe", "a\"b"})
            QTest::newRow(word) << QString::fromUtf8(word);
        QTest::newRow("NUL") << QString::fromUtf8("a\0b", 3);
        QTest::newRow("very long") << QString(20000, 'x');
    }

    void nothingInAQueryIsSyntax()
    {
        QFETCH(QString, word);
        add("dog.jpg");
        VERIFY_OK(m_catalogue->findText(Words{word.toStdString(), "dog"}, 10));
        VERIFY_OK(m_catalogue->findText(Words{"dog", word.toStdString()}, 10));
    }

    void wordsFollowTheirPhoto()
    {
        auto photo = makePhoto(m_root, "old name.jpg");
        VERIFY_OK(m_catalogue->save({&photo, 1}));
        VERIFY_OK(m_catalogue->setUserCaption(photo.id, "lake"));
        photo.relativePath = "new name.jpg";
        VERIFY_OK(m_catalogue->save({&photo, 1}));
        QVERIFY(find({"old"}).isEmpty());
        QCOMPARE(find({"new"}).size(), 1);
        QCOMPARE(find({"lake"}).size(), 1);
        VERIFY_OK(m_catalogue->setUserCaption(photo.id, "river"));
        QVERIFY(find({"lake"}).isEmpty());
        VERIFY_OK(m_catalogue->removePhotos(std::vector{photo.id}));
        QVERIFY(find({"river"}).isEmpty());
        QVERIFY(m_catalogue->integrityFaults()->empty());
    }
};

QTEST_GUILESS_MAIN(TestCatalogueWords)
#include "tst_catalogue_words.moc"
