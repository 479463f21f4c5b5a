// One change to many captions: what it would do, what it refuses, and that it ends.
#include "core/catalogue/bulk_edit.h"
#include "tests/core/catalogue/photo_maker.h"
#include "tests/support/support.h"

using namespace photolex;
using namespace photolex::catalogue;
using photolex::test::makePhoto;

class TestBulkEdit : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_catalogue.reset();
        m_scratch = std::make_unique<test::ScratchFolder>();
        m_catalogue = Catalogue::open(*m_scratch / "a.photolex", Access::Write).value();
        const auto root = m_catalogue->addRoot("/photos/trips").value();
        std::vector<Photo> photos = {makePhoto(root, "Rome 2019/IMG_2.jpg", 1'571'234'567), // 16 October 2019, 14:02
                                     makePhoto(root, "Rome 2019/IMG_10.jpg", -1), makePhoto(root, "x.jpg")};
        photos[0].camera = "Pinhole";
        photos[2].takenAt.reset();
        VERIFY_OK(m_catalogue->save(photos));
        m_photos = {photos[0].id, photos[1].id, photos[2].id};
    }

    void replaces_data()
    {
        QTest::addColumn<QString>("caption");
        QTest::addColumn<BulkEdit>("edit");
        QTest::addColumn<QString>("expected");
        using enum BulkKind;
        QTest::newRow("every place") << "a dog and a dog" << BulkEdit{Replace, "dog", "cat"} << "a cat and a cat";
        QTest::newRow("any case") << "Dog" << BulkEdit{Replace, "dog", "cat"} << "cat";
        QTest::newRow("this case") << "Dog dog" << BulkEdit{.find = "dog", .text = "cat", .matchCase = true}
                                   << "Dog cat";
        QTest::newRow("whole words") << "dogs, dog, Dog." << BulkEdit{.find = "dog", .text = "cat", .wholeWords = true}
                                     << "dogs, cat, cat.";
        QTest::newRow("a word of signs") << "C++ and C++11" << BulkEdit{.find = "C++", .text = "D", .wholeWords = true}
                                         << "D and C++11";
        QTest::newRow("whole words beyond ASCII")
            << QString::fromUtf8("Süß, süßer") << BulkEdit{.find = "süß", .text = "sweet", .wholeWords = true}
            << QString::fromUtf8("sweet, süßer");
        QTest::newRow("signs are signs") << "cost $1 (a.b)" << BulkEdit{.find = "(a.b)", .text = "$1\\n"}
                                         << "cost $1 $1\\n";
        QTest::newRow("a pattern") << "IMG_0042 beach"
                                   << BulkEdit{.find = "^img_\\d+\\s*", .text = "", .isPattern = true} << "beach";
        QTest::newRow("groups") << "Smith, Anna"
                                << BulkEdit{.find = "(\\w+), (\\w+)", .text = "$2 $1", .isPattern = true}
                                << "Anna Smith";
        QTest::newRow("begin and end of the caption")
            << "a\nb" << BulkEdit{.find = "^|$", .text = "|", .isPattern = true} << "|a\nb|";
        QTest::newRow("an emoji") << QString::fromUtf8("🐶 runs 🐶") << BulkEdit{.find = "🐶", .text = "dog"}
                                  << "dog runs dog";
        QTest::newRow("nothing left") << "draft" << BulkEdit{.find = "draft", .text = ""} << "";
    }
    void replaces()
    {
        QFETCH(QString, caption);
        QFETCH(BulkEdit, edit);
        QFETCH(QString, expected);
        VERIFY_OK(m_catalogue->setUserCaption(m_photos[0], caption.toStdString()));
        const auto preview = bulkChanges(*m_catalogue, m_photos, edit, {});
        VERIFY_OK(preview);
        QCOMPARE(preview->changes.size(), 1U);
        QCOMPARE(preview->changes[0].photo, m_photos[0]);
        QCOMPARE(QString::fromStdString(preview->changes[0].after), expected);
        QCOMPARE(preview->unchanged, 2);                                                 // without captions
        QCOMPARE(m_catalogue->captions(m_photos[0])->at(0).text, caption.toStdString()); // seen, not done
    }

    void badPatternsAreNamed_data()
    {
        QTest::addColumn<BulkEdit>("edit");
        QTest::newRow("nothing to find") << BulkEdit{};
        QTest::newRow("open bracket") << BulkEdit{.find = "a(b", .isPattern = true};
        QTest::newRow("open bracket among whole words")
            << BulkEdit{.find = "a(b", .isPattern = true, .wholeWords = true};
        QTest::newRow("a group that is not there") << BulkEdit{.find = "a", .text = "$3", .isPattern = true};
        QTest::newRow("not UTF-8") << BulkEdit{.find = "\xff"};
        QTest::newRow("unknown field") << BulkEdit{.kind = BulkKind::Template, .text = "{nam}"};
        QTest::newRow("open field") << BulkEdit{.kind = BulkKind::Append, .text = "a {name"};
    }
    void badPatternsAreNamed()
    {
        QFETCH(BulkEdit, edit);
        VERIFY_OK(m_catalogue->setUserCaption(m_photos[0], "a"));
        const auto preview = bulkChanges(*m_catalogue, m_photos, edit, {});
        QVERIFY(!preview);
        QCOMPARE(preview.error().code, Errc::Invalid);
        QVERIFY(!preview.error().detail.empty());
    }

    // Each of these would take longer than the world is old.
    void aPatternThatRunsAwayEnds_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::newRow("nested") << "(a+)+b";
        QTest::newRow("alternatives") << "(a|aa)+$b";
        QTest::newRow("copies") << "(.*)*\\1b";
        QTest::newRow("deep") << "(?:a|(?:b))*c";
    }
    void aPatternThatRunsAwayEnds()
    {
        QFETCH(QString, pattern);
        VERIFY_OK(m_catalogue->setUserCaption(m_photos[0], std::string(60'000, 'a')));
        const auto preview =
            bulkChanges(*m_catalogue, m_photos, {.find = pattern.toStdString(), .isPattern = true}, {});
        QVERIFY(!preview);
        QCOMPARE(preview.error().code, Errc::TooLarge);
    }

    void itIsCancelledFromInsideAMatch()
    {
        VERIFY_OK(m_catalogue->setUserCaption(m_photos[0], std::string(40, 'a')));
        std::stop_source source;
        source.request_stop();
        QCOMPARE(
            bulkChanges(*m_catalogue, m_photos, {.find = "(a+)+b", .isPattern = true}, source.get_token()).error().code,
            Errc::Cancelled);
    }

    void growthIsBounded()
    {
        VERIFY_OK(m_catalogue->setUserCaption(m_photos[0], std::string(5000, 'a')));
        const auto preview = bulkChanges(*m_catalogue, m_photos, {.find = "a", .text = std::string(1000, 'b')}, {});
        QVERIFY(!preview);
        QCOMPARE(preview.error().code, Errc::TooLarge);
    }

    void templatesKnowThePhoto_data()
    {
        QTest::addColumn<BulkEdit>("edit");
        QTest::addColumn<QStringList>("expected"); // of the three photos; null: unchanged
        using enum BulkKind;
        QTest::newRow("folder and name") << BulkEdit{.kind = Template, .text = "{folder}: {name} {{{number}}"}
                                         << QStringList{"Rome 2019: IMG_2 {1}", "Rome 2019: IMG_10 {2}",
                                                        "trips: x {3}"};
        QTest::newRow("date, which one lacks")
            << BulkEdit{.kind = Template, .text = "{date} {time} {year}/{month}/{day}"}
            << QStringList{"2019-10-16 14:02 2019/10/16", "1969-12-31 23:59 1969/12/31", {}};
        QTest::newRow("in front") << BulkEdit{.kind = Prepend, .text = "{year}:"}
                                  << QStringList{"2019: by the river", "1969:", {}};
        QTest::newRow("in front, with its own line")
            << BulkEdit{.kind = Prepend, .text = "Rome\n"} << QStringList{"Rome\nby the river", "Rome\n", "Rome\n"};
        QTest::newRow("behind") << BulkEdit{.kind = Append, .text = "({camera})"}
                                << QStringList{"by the river (Pinhole)", {}, {}};
        QTest::newRow("around") << BulkEdit{.kind = Template, .text = "“{caption}”"}
                                << QStringList{QString::fromUtf8("“by the river”"), {}, {}};
        QTest::newRow("above") << BulkEdit{.kind = Template, .text = "{parent}/{file}"}
                               << QStringList{"trips/IMG_2.jpg", "trips/IMG_10.jpg", "photos/x.jpg"};
    }
    void templatesKnowThePhoto()
    {
        QFETCH(BulkEdit, edit);
        QFETCH(QStringList, expected);
        VERIFY_OK(m_catalogue->setFileCaption(m_photos[0], "by the river", "xmp"));
        const auto preview = bulkChanges(*m_catalogue, m_photos, edit, {});
        VERIFY_OK(preview);
        QStringList found(3);
        for (const auto &change : preview->changes)
            found[static_cast<int>(std::ranges::find(m_photos, change.photo) - m_photos.begin())] =
                QString::fromStdString(change.after);
        QCOMPARE(found, expected);
        QCOMPARE(preview->unknown, expected.count(QString()));
    }

    // What is made is what was seen, as one step that leads back; a caption that has moved on since is left alone.
    void itIsMadeAndUndone()
    {
        VERIFY_OK(m_catalogue->setFileCaption(m_photos[0], "a dog", "xmp"));
        VERIFY_OK(m_catalogue->setUserCaption(m_photos[1], "the dog"));
        VERIFY_OK(m_catalogue->setUserCaption(m_photos[2], "no dog"));
        const auto preview = bulkChanges(*m_catalogue, m_photos, {.find = "dog", .text = "cat"}, {}).value();
        QCOMPARE(preview.changes.size(), 3U);
        VERIFY_OK(m_catalogue->setUserCaption(m_photos[2], "no dog here"));
        const auto made = m_catalogue->setUserCaptions(userTexts(preview.changes), CaptionEntry::BulkEdit).value();
        QCOMPARE(made.passedOver, std::vector{m_photos[2]});
        QCOMPARE(standing(), (std::vector<std::string>{"a cat", "the cat", "no dog here"}));
        VERIFY_OK(m_catalogue->setUserCaptions(made.undo, CaptionEntry::Undone));
        QCOMPARE(standing(), (std::vector<std::string>{"a dog", "the dog", "no dog here"}));
        QCOMPARE(m_catalogue->captions(m_photos[0])->at(0).origin, CaptionOrigin::File);
    }

private:
    std::vector<std::string> standing() const
    {
        std::vector<std::string> texts;
        const auto found = m_catalogue->standingTexts({}, SortKey::Added, false).value();
        for (const auto &text : found)
            texts.push_back(text.text);
        return texts;
    }

    std::unique_ptr<test::ScratchFolder> m_scratch;
    std::shared_ptr<Catalogue> m_catalogue;
    std::vector<PhotoId> m_photos;
};

QTEST_GUILESS_MAIN(TestBulkEdit)
#include "tst_bulk_edit.moc"
