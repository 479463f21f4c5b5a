// Photos by their captions, and the words in them.
#include "core/search/captioned.h"
#include "tests/core/catalogue/photo_maker.h"
#include "tests/support/support.h"

using namespace photolex;
using namespace photolex::search;
using photolex::test::makePhoto;

class TestCaptioned : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_catalogue = catalogue::Catalogue::open(m_scratch / "a.photolex", catalogue::Access::Write).value();
        const auto root = m_catalogue->addRoot("/p").value();
        std::vector<catalogue::Photo> photos;
        for (int i = 0; i < 6; ++i)
            photos.push_back(makePhoto(root, (i < 3 ? "a/p" : "b/p") + std::to_string(i) + ".jpg"));
        VERIFY_OK(m_catalogue->save(photos));
        for (const auto &photo : photos)
            m_photos.push_back(photo.id);
        VERIFY_OK(m_catalogue->setUserCaption(m_photos[0], "Two dogs, and a Dog."));
        VERIFY_OK(m_catalogue->setFileCaption(m_photos[1], "The dog's ball", "xmp"));
        VERIFY_OK(m_catalogue->setFileCaption(m_photos[3], "overridden by the user", "xmp"));
        VERIFY_OK(m_catalogue->setUserCaption(m_photos[3], "süße Hunde"));
        VERIFY_OK(m_catalogue->setProposedCaption(m_photos[4], {.text = "a dog"}));
    }

    void photosAreFound_data()
    {
        QTest::addColumn<CaptionQuery>("query");
        QTest::addColumn<QList<int>>("expected");
        QTest::newRow("all") << CaptionQuery{} << QList{0, 1, 2, 3, 4, 5};
        QTest::newRow("without; a proposal is none") << CaptionQuery{.which = Captioned::Without} << QList{2, 4, 5};
        QTest::newRow("with") << CaptionQuery{.which = Captioned::With} << QList{0, 1, 3};
        QTest::newRow("of a folder") << CaptionQuery{.filter = {.folder = "/p/b"}, .which = Captioned::Without}
                                     << QList{4, 5};
        QTest::newRow("shortest first, without one before all")
            << CaptionQuery{.byLength = ByLength::ShortestFirst} << QList{2, 4, 5, 3, 1, 0};
        QTest::newRow("longest first, letters and not bytes")
            << CaptionQuery{.which = Captioned::With, .byLength = ByLength::LongestFirst} << QList{0, 1, 3};
        QTest::newRow("the other way round")
            << CaptionQuery{.descending = true, .which = Captioned::Without} << QList{5, 4, 2};
        QTest::newRow("a word") << CaptionQuery{.words = "DOG"} << QList{0, 1};
        QTest::newRow("two words") << CaptionQuery{.words = "ball dog"} << QList{1};
        QTest::newRow("a whole word") << CaptionQuery{.words = "do"} << QList<int>{};
        QTest::newRow("beyond ASCII") << CaptionQuery{.words = "SÜSSE"} << QList{3};
        QTest::newRow("only signs find all") << CaptionQuery{.words = "…"} << QList{0, 1, 2, 3, 4, 5};
    }
    void photosAreFound()
    {
        QFETCH(CaptionQuery, query);
        QFETCH(QList<int>, expected);
        const auto found = captionedPhotos(*m_catalogue, query, {});
        VERIFY_OK(found);
        QList<int> rows;
        for (const auto photo : found->photos)
            rows.append(static_cast<int>(std::ranges::find(m_photos, photo) - m_photos.begin()));
        QCOMPARE(rows, expected);
        QCOMPARE(found->with + found->without, query.filter.folder.empty() ? 6 : 3);
    }

    void onlyThoseAmongWhichOneLooksAreFound()
    {
        const std::vector<PhotoId> among = {m_photos[3], m_photos[0], m_photos[2], {4711}};
        const auto found = captionedPhotos(*m_catalogue, {.among = among}, {});
        VERIFY_OK(found);
        QCOMPARE(found->photos, (std::vector{m_photos[0], m_photos[2], m_photos[3]})); // in the wanted order
        QCOMPARE(found->with, 2);
        QCOMPARE(found->without, 1);
        QCOMPARE(captionedPhotos(*m_catalogue, {.among = among, .words = "dog"}, {})->photos.size(), 1U);
        QVERIFY(captionedPhotos(*m_catalogue, {.among = std::vector<PhotoId>()}, {})->photos.empty());
        const auto words = countedWords(*m_catalogue, {.among = std::vector{m_photos[3]}}, {});
        QCOMPARE(words->size(), 2U);
    }

    void theNextOneWithoutACaptionIsFoundAndRoundAgain()
    {
        const auto next = [this](std::span<const PhotoId> photos, std::size_t from) {
            const auto found = nextWithoutCaption(*m_catalogue, photos, from, {}).value();
            return found ? static_cast<int>(std::ranges::find(m_photos, *found) - m_photos.begin()) : -1;
        };
        QCOMPARE(next(m_photos, 0), 2);
        QCOMPARE(next(m_photos, 2), 4); // a proposal is none
        QCOMPARE(next(m_photos, 5), 2);
        const std::vector<PhotoId> captioned = {m_photos[0], m_photos[1], m_photos[3]};
        QCOMPARE(next(captioned, 1), -1);
        QCOMPARE(next(std::span(m_photos).subspan(2, 1), 0), -1); // itself is no other one
        QCOMPARE(next({}, 0), -1);
        VERIFY_OK(m_catalogue->keepDraft(m_photos[4], "is being ty"));
        QCOMPARE(next(m_photos, 2), 5);
        VERIFY_OK(m_catalogue->setUserCaption(m_photos[4], {}));
        // Far away, where not every photo is looked at one by one.
        std::vector<PhotoId> many(10'000, m_photos[0]);
        many[9'000] = m_photos[2];
        QCOMPARE(next(many, 5), 2);
        QCOMPARE(next(many, 9'500), 2);
        many[9'000] = m_photos[1];
        QCOMPARE(next(many, 5), -1);
        std::stop_source stopped;
        stopped.request_stop();
        QCOMPARE(nextWithoutCaption(*m_catalogue, many, 0, stopped.get_token()).error().code, Errc::Cancelled);
    }

    void wordsAreCounted()
    {
        const auto words = countedWords(*m_catalogue, {}, {});
        VERIFY_OK(words);
        QVERIFY(words->size() > 4);
        QCOMPARE((*words)[0].word, "dog");
        QCOMPARE((*words)[0].photos, 2);
        QCOMPARE((*words)[0].times, 2);
        for (const auto &[word, photos, times] : *words)
            QVERIFY(word != "overridden");
        const auto there = countedWords(*m_catalogue, {.filter = {.folder = "/p/b"}}, {}).value();
        QCOMPARE(there.size(), 2U);
        std::stop_source stopped;
        stopped.request_stop();
        QCOMPARE(countedWords(*m_catalogue, {}, stopped.get_token()).error().code, Errc::Cancelled);
        QCOMPARE(captionedPhotos(*m_catalogue, {.words = "\xff"}, {}).error().code, Errc::Invalid);
    }

private:
    test::ScratchFolder m_scratch;
    std::shared_ptr<catalogue::Catalogue> m_catalogue;
    std::vector<PhotoId> m_photos;
};

QTEST_GUILESS_MAIN(TestCaptioned)
#include "tst_captioned.moc"
