#include "core/search/search.h"
#include "core/search/snapshot_p.h"

#include "tests/core/catalogue/photo_maker.h"
#include "tests/core/search/word_encoder.h"
#include "tests/support/support.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <numeric>
#include <set>
#include <thread>

using namespace photolex;

namespace {

const std::vector<std::string> names{"dog", "cat", "beach", "people", "mountain", "the", "on", "dogs", "car", "tree"};

} // namespace

class TestEngine : public QObject {
    Q_OBJECT

    test::ScratchFolder m_scratch;
    std::shared_ptr<test::WordEncoder> m_encoder = std::make_shared<test::WordEncoder>(names);
    std::shared_ptr<catalogue::Catalogue> m_catalogue;
    std::shared_ptr<search::Engine> m_engine;
    RootId m_root;
    int m_libraries = 0;
    unsigned m_photos = 0;

    // Photos that show these words; with `embedded` false they are in the catalogue alone.
    std::vector<PhotoId> add(const std::string &shown, std::size_t count, const std::string &folder = "plain",
                             bool embedded = true)
    {
        std::vector<catalogue::Photo> photos;
        for (std::size_t i = 0; i < count; ++i) {
            ++m_photos;
            photos.push_back(test::makePhoto(m_root, folder + "/" + std::to_string(m_photos) + ".jpg", m_photos));
        }
        if (!test::isOk(m_catalogue->save(photos)))
            return {};
        std::vector<PhotoId> ids;
        for (const auto &photo : photos)
            ids.push_back(photo.id);
        if (embedded)
            embed(ids, shown);
        return ids;
    }

    void embed(const std::vector<PhotoId> &ids, const std::string &shown)
    {
        auto writer = embedding::RowWriter::open(m_catalogue->rowFile(embedding::pointRowsName(m_encoder->hash())),
                                                 m_encoder->dimension(), m_encoder->hash());
        VERIFY_OK(writer);
        for (const auto id : ids)
            VERIFY_OK(writer->append(id, m_encoder->photoOf(shown, static_cast<unsigned>(id.value))));
        VERIFY_OK(writer->flush());
        VERIFY_OK(m_catalogue->setState(ids, catalogue::PhotoState::Ready)); // moves the revision
    }

    search::Answer ask(const search::Query &query)
    {
        auto answer = m_engine->search(query, {});
        if (!test::isOk(answer))
            return {};
        return std::move(*answer);
    }

    static std::set<std::int64_t> idsOf(const search::Answer &answer, bool onlyRelevant = false)
    {
        std::set<std::int64_t> ids;
        for (const auto &match : answer.matches)
            if (match.relevant || !onlyRelevant)
                ids.insert(match.photo.value);
        return ids;
    }

private Q_SLOTS:
    void init()
    {
        const auto opened =
            catalogue::Catalogue::open(m_scratch / std::to_string(++m_libraries), catalogue::Access::Write);
        VERIFY_OK(opened);
        m_catalogue = *opened;
        const auto root = m_catalogue->addRoot("/home/me/Pictures");
        VERIFY_OK(root);
        m_root = *root;
        const auto engine = search::Engine::create(m_catalogue, m_encoder);
        VERIFY_OK(engine);
        m_engine = *engine;
    }

    void emptyLibrary()
    {
        QVERIFY(ask({.text = "dog"}).matches.empty());
        QVERIFY(ask({.text = ""}).matches.empty());
        QVERIFY(ask({.text = "dog -cat"}).matches.empty());
    }

    void tenDogsAmongAThousand()
    {
        add("", 990);
        const auto dogs = add("dog", 10);
        const auto answer = ask({.text = "the dog", .count = 50});
        QCOMPARE(answer.matches.size(), std::size_t{50});
        for (std::size_t i = 0; i < answer.matches.size(); ++i) {
            const auto &match = answer.matches[i];
            QCOMPARE(match.relevant, match.score >= answer.cut);
            QVERIFY(i == 0 || match.score <= answer.matches[i - 1].score);
            const auto row = m_engine->pointOf(match.photo);
            VERIFY_OK(row);
            const float product = std::inner_product(row->begin(), row->end(), answer.point.begin(), 0.0F);
            QVERIFY(std::abs(match.similarity - product) < 1e-3F);
        }
        const auto relevant = idsOf(answer, true);
        for (const auto dog : dogs)
            QVERIFY(relevant.contains(dog.value));
        QVERIFY2(relevant.size() <= 15, qPrintable(QString::number(relevant.size())));
    }

    // One photo shows all that is asked for, and a cat, as nearly everything that is ever said of photos does.
    void photosThatFitEverySentenceStandBack()
    {
        add("", 300);
        const auto withCat = add("dog beach car cat", 1).front();
        const auto without = add("dog beach", 1).front();
        const search::Query sentence{.text = "a dog on the beach and a car", .count = 5};
        auto answer = ask(sentence);
        QCOMPARE(answer.matches[0].photo, withCat); // nothing is known of what is usual
        QCOMPARE(answer.matches[0].score, answer.matches[0].similarity);

        m_encoder->typical = {"cat", "the cat", "a cat on the mountain", "cat and people", "the cat, a tree"};
        const auto engine = search::Engine::create(m_catalogue, m_encoder);
        VERIFY_OK(engine);
        const auto lowered = (*engine)->search(sentence, {});
        m_encoder->typical = {};
        VERIFY_OK(lowered);
        QCOMPARE(lowered->matches[0].photo, without);
        QCOMPARE(lowered->matches[1].photo, withCat);
        QVERIFY(lowered->matches[0].similarity < lowered->matches[1].similarity);
        // A photo as the query is compared with photos: nothing is lowered.
        auto alike = (*engine)->search({.point = answer.point, .count = 5}, {});
        VERIFY_OK(alike);
        QCOMPARE(alike->matches[0].photo, withCat);
    }

    void nothingRelevantWithoutAnyDog()
    {
        add("beach", 1);
        add("mountain", 1);
        add("people", 1);
        add("car", 1);
        const auto answer = ask({.text = "dog"});
        QCOMPARE(answer.matches.size(), std::size_t{4}); // all are shown, none as likely
        QVERIFY(idsOf(answer, true).empty());
        QCOMPARE(idsOf(ask({.text = "beach"}), true).size(), std::size_t{1});
    }

    void betterNamesEndTheLine()
    {
        // The photos score for "dog beach tree" above what is noise, but "cat" fits every one of them better.
        add("", 300);
        add("dog cat", 20);
        QVERIFY(idsOf(ask({.text = "dog cat"}), true).size() >= 20);
        const auto none = ask({.text = "dog beach tree", .count = 10});
        QVERIFY(none.matches.front().score > 0.3F);
        QVERIFY(idsOf(none, true).empty());
        QVERIFY(none.cut > none.matches.front().score);
        // One that is there is found among them, and the line ends behind it, however many hits are asked for.
        const auto both = add("dog beach tree", 1);
        for (const std::size_t count : {1, 50, 300}) {
            const auto relevant = idsOf(ask({.text = "dog beach tree", .count = count}), true);
            QVERIFY(relevant.contains(both.front().value));
            QVERIFY2(relevant.size() <= 8, qPrintable(QString::number(relevant.size())));
        }
    }

    void listsOfPassingPhotosFollowTheCatalogue()
    {
        add("", 20);
        search::PassingPhotos passing(m_catalogue);
        const auto first = passing.photos({});
        VERIFY_OK(first);
        QCOMPARE((*first)->size(), std::size_t{20});
        QCOMPARE(*passing.photos({}), *first); // the very same list
        const auto dated = passing.photos({.since = m_photos - 5});
        QVERIFY(*dated != *first);
        QVERIFY((*dated)->size() < 20);
        const auto more = add("dog", 3, "other");
        QCOMPARE((*passing.photos({}))->size(), std::size_t{23});
        QCOMPARE((*passing.photos({.folder = "/home/me/Pictures/other"}))->size(), std::size_t{3});
        VERIFY_OK(m_catalogue->setState(more, catalogue::PhotoState::Missing));
        QCOMPARE((*passing.photos({}))->size(), std::size_t{20});
    }

    void similarPhotosEndToo()
    {
        add("", 200);
        const auto dogs = add("dog", 5);
        const auto point = m_engine->pointOf(dogs.front());
        VERIFY_OK(point);
        const auto answer = ask({.point = *point, .similarTo = dogs.front(), .count = 20});
        QCOMPARE(answer.matches.size(), std::size_t{20});
        QVERIFY(!idsOf(answer).contains(dogs.front().value));
        const auto relevant = idsOf(answer, true);
        for (std::size_t i = 1; i < dogs.size(); ++i)
            QVERIFY(relevant.contains(dogs[i].value));
        QVERIFY(relevant.size() <= 8);
        QCOMPARE(m_engine->pointOf({123456}).error().code, Errc::NotFound);
    }

    void negativesNeverAddAndNeverShow()
    {
        add("", 300);
        const auto both = add("beach people", 5);
        const auto empty = add("beach", 5);
        const auto named = add("beach", 1);
        VERIFY_OK(m_catalogue->setUserCaption(named.front(), "some people I know"));
        const auto with = idsOf(ask({.text = "beach", .count = 1000}));
        const auto without = ask({.text = "beach -people", .count = 1000});
        const auto ids = idsOf(without);
        QVERIFY(std::includes(with.begin(), with.end(), ids.begin(), ids.end()));
        for (const auto photo : both)
            QVERIFY(!ids.contains(photo.value));
        QVERIFY(!ids.contains(named.front().value));
        for (const auto photo : empty)
            QVERIFY(ids.contains(photo.value));
        // A negative alone filters the whole library; a word that nobody knows filters nothing.
        for (const auto photo : both)
            QVERIFY(!idsOf(ask({.text = "-people", .count = 1000})).contains(photo.value));
        QCOMPARE(ask({.text = "beach -zxqv", .count = 1000}).matches.size(), with.size());
    }

    void negativesAreWholeWords()
    {
        const auto photos = add("", 4);
        const std::vector<std::string> captions{"a carpet", "my car", "two cars", "nothing"};
        for (std::size_t i = 0; i < photos.size(); ++i)
            VERIFY_OK(m_catalogue->setUserCaption(photos[i], captions[i]));
        const auto ids = idsOf(ask({.text = "beach -car", .count = 10}));
        QVERIFY(ids == (std::set<std::int64_t>{photos[0].value, photos[3].value}));
    }

    void anUnknownWordInANameFillsTheRest()
    {
        const auto named = add("dog", 1, "zxqv");
        add("dog", 5);
        const auto answer = ask({.text = "zxqv", .count = 4});
        QCOMPARE(answer.matches.size(), std::size_t{4});
        QCOMPARE(answer.matches.front().photo, named.front());
        QVERIFY(idsOf(answer, true) == std::set<std::int64_t>{named.front().value});
    }

    void ownWordsComeFirst()
    {
        add("", 20);
        const auto seen = add("dog", 3);
        const auto folder = add("", 1, "dog");
        const auto caption = add("", 1);
        const auto keyword = add("", 1);
        const auto waiting = add("", 1, "plain", false); // not embedded yet
        VERIFY_OK(m_catalogue->setUserCaption(caption.front(), "our dog in the garden"));
        VERIFY_OK(m_catalogue->setUserCaption(waiting.front(), "a dog"));
        auto photo = m_catalogue->photo(keyword.front());
        VERIFY_OK(photo);
        (*photo)->keywords = {"dog"};
        VERIFY_OK(m_catalogue->save({&**photo, 1}));

        const auto answer = ask({.text = "dog", .count = 10});
        QCOMPARE(answer.matches.size(), std::size_t{10});
        QCOMPARE(answer.withoutRow, std::int64_t{1});
        using search::Why;
        std::vector<Why> kinds;
        for (const auto &match : answer.matches)
            kinds.push_back(match.kind);
        const std::vector<Why> expected{Why::Caption, Why::Caption, Why::Keyword, Why::Folder, Why::Meaning};
        QVERIFY(std::equal(expected.begin(), expected.end(), kinds.begin()));
        QCOMPARE(answer.matches[2].photo, keyword.front());
        QCOMPARE(answer.matches[3].photo, folder.front());
        for (std::size_t i = 0; i < 4; ++i)
            QVERIFY(answer.matches[i].relevant && answer.matches[i].score > 1);
        const auto relevant = idsOf(answer, true);
        for (const auto each : seen)
            QVERIFY(relevant.contains(each.value));
    }

    void unknownWords()
    {
        add("", 50);
        add("dog", 2);
        const auto part = ask({.text = "zxqv dgo dog"});
        QVERIFY(part.unknown == (std::vector<std::string>{"zxqv", "dgo"}));
        QCOMPARE(part.suggestions.size(), std::size_t{1});
        QCOMPARE(part.suggestions.front().first, std::string("dgo"));
        QCOMPARE(part.suggestions.front().second.front(), std::string("dog"));
        QVERIFY(idsOf(part, true) == idsOf(ask({.text = "dog"}), true));
        const auto none = ask({.text = "zxqv blorf"});
        QVERIFY(none.mostlyUnknown);
        QVERIFY(idsOf(none, true).empty());
        QVERIFY(ask({.text = "ein Hund am Strand"}).mostlyUnknown);
        QVERIFY(!ask({.text = "the dog on the beach"}).mostlyUnknown);
    }

    void blankQueriesAnswerNothing()
    {
        add("dog", 3);
        for (const auto *text : {"", "   ", "-", "!!!"}) {
            const auto answer = ask({.text = text});
            QVERIFY(answer.matches.empty());
            QVERIFY(answer.parsed.isBlank || answer.parsed.hasNoWords);
        }
    }

    void filtersHold()
    {
        add("dog", 30, "a");
        const auto inB = add("dog", 5, "b");
        const auto answer = ask({.text = "dog", .count = 20, .filter = {.folder = "/home/me/Pictures/b"}});
        QCOMPARE(answer.matches.size(), std::size_t{5}); // min(count, photos that pass)
        for (const auto photo : inB)
            QVERIFY(idsOf(answer).contains(photo.value));
        const auto late = ask({.text = "dog", .count = 20, .filter = {.since = m_photos - 1}});
        QCOMPARE(late.matches.size(), std::size_t{2});
        QVERIFY(ask({.text = "dog", .filter = {.folder = "/elsewhere"}}).matches.empty());
    }

    void reasonsNameTheWords()
    {
        add("dog beach", 3);
        const auto answer = ask({.text = "the dog on the beach", .count = 3});
        for (const auto &match : answer.matches) {
            std::set<std::string> strongest;
            for (std::size_t i = 0; i < 2; ++i)
                strongest.insert(match.why.at(i).word);
            QVERIFY(strongest == (std::set<std::string>{"dog", "beach"}));
        }
        QVERIFY(ask({.text = "dog", .count = 3, .explain = false}).matches.front().why.empty());
    }

    void pointsOfAnotherEncoderAreRefused()
    {
        const auto answer = m_engine->search({.point = std::vector<float>(7, 1.0F)}, {});
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, Errc::Invalid);
        QVERIFY(!m_engine->nearestWords(std::vector<float>(7, 1.0F), 5));
    }

    void nearestWords()
    {
        const auto photos = add("dog beach", 1);
        add("", 50);
        const auto point = m_engine->pointOf(photos.front());
        VERIFY_OK(point);
        const auto words = m_engine->nearestWords(*point, 10);
        VERIFY_OK(words);
        QCOMPARE(words->size(), std::size_t{10});
        QVERIFY((std::set<std::string>{(*words)[0].word, (*words)[1].word}) == (std::set<std::string>{"dog", "beach"}));
        for (std::size_t i = 1; i < words->size(); ++i) {
            QVERIFY((*words)[i].score <= (*words)[i - 1].score);
            QVERIFY((*words)[i].word != "the" && (*words)[i].word != "dogs");
        }
    }

    void aStopRequestEndsTheQuery()
    {
        add("dog", 3);
        std::stop_source source;
        source.request_stop();
        const auto answer = m_engine->search({.text = "dog"}, source.get_token());
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, Errc::Cancelled);
    }

    void rowsThatWereAddedAreSeen()
    {
        add("", 20);
        QVERIFY(idsOf(ask({.text = "dog"}), true).empty());
        const auto dog = add("dog", 1);
        QVERIFY(idsOf(ask({.text = "dog"}), true) == std::set<std::int64_t>{dog.front().value});
    }

    void queriesWhilePhotosAreAdded()
    {
        const auto dogs = add("dog", 5);
        add("", 50);
        std::atomic<int> wrong = 0;
        {
            std::vector<std::jthread> threads;
            for (int t = 0; t < 3; ++t)
                threads.emplace_back([&](const std::stop_token &stop) {
                    while (!stop.stop_requested()) {
                        const auto answer = m_engine->search({.text = "dog", .count = 5}, {});
                        if (!answer || answer->matches.size() != 5)
                            ++wrong;
                        else
                            for (const auto &match : answer->matches)
                                wrong += std::ranges::find(dogs, match.photo) == dogs.end() ? 1 : 0;
                    }
                });
            for (int i = 0; i < 10; ++i)
                add("", 5);
        }
        QCOMPARE(wrong.load(), 0);
        QCOMPARE(idsOf(ask({.text = "dog", .count = 1000})).size(), std::size_t{105});
    }
};

QTEST_GUILESS_MAIN(TestEngine)
#include "tst_engine.moc"
