// Expressions over a library whose space is known: every word has a direction of its own.
#include "core/search/expression.h"

#include "tests/core/catalogue/photo_maker.h"
#include "tests/core/search/word_encoder.h"
#include "tests/support/support.h"

#include <algorithm>

using namespace photolex;
using search::SumState;

class TestExpressionPoints : public QObject {
    Q_OBJECT

    test::ScratchFolder m_scratch;
    std::shared_ptr<test::WordEncoder> m_encoder = std::make_shared<test::WordEncoder>(
        std::vector<std::string>{"car", "red", "blue", "dog", "cat", "beach", "street"});
    std::shared_ptr<catalogue::Catalogue> m_catalogue;
    std::shared_ptr<search::Engine> m_engine;
    std::unique_ptr<search::TermReader> m_reader;
    int m_networksOpened = 0;

    // Blue and red cars and dogs, ten of each, and 200 photos of nothing that has a name.
    void fill()
    {
        const auto root = m_catalogue->addRoot("/home/me/Pictures");
        VERIFY_OK(root);
        std::vector<catalogue::Photo> photos;
        std::vector<std::string> shown;
        for (const std::string colour : {"red", "blue"})
            for (const std::string thing : {"car", "dog"})
                for (int i = 0; i < 10; ++i) {
                    photos.push_back(test::makePhoto(*root, colour + " " + thing + "/" + std::to_string(i) + ".jpg",
                                                     static_cast<unsigned>(photos.size() + 1)));
                    shown.push_back(colour + " " + thing);
                }
        for (int i = 0; i < 200; ++i) {
            photos.push_back(test::makePhoto(*root, "other/" + std::to_string(i) + ".jpg",
                                             static_cast<unsigned>(photos.size() + 1)));
            shown.push_back("");
        }
        photos.push_back(test::makePhoto(*root, "waiting.jpg", 9999)); // not embedded yet
        VERIFY_OK(m_catalogue->save(photos));
        auto writer = embedding::RowWriter::open(m_catalogue->rowFile(embedding::pointRowsName(m_encoder->hash())),
                                                 m_encoder->dimension(), m_encoder->hash());
        VERIFY_OK(writer);
        std::vector<PhotoId> ids;
        for (std::size_t i = 0; i < shown.size(); ++i) {
            VERIFY_OK(writer->append(photos[i].id, m_encoder->photoOf(shown[i], static_cast<unsigned>(i))));
            ids.push_back(photos[i].id);
        }
        VERIFY_OK(writer->flush());
        VERIFY_OK(m_catalogue->setState(ids, catalogue::PhotoState::Ready));
    }

    Result<search::ExpressionAnswer> ask(const std::string &text, search::ExpressionQuery query = {.photos = 10})
    {
        const auto expression = search::parseExpression(text);
        if (!expression)
            return fail(expression.error());
        const auto points = m_reader->read(*expression, {});
        if (!points)
            return fail(points.error());
        return search::answerExpression(*m_engine, *expression, *points, query, {});
    }

    std::string pathOf(PhotoId photo) const { return m_catalogue->absolutePath(photo).value_or("?"); }

private Q_SLOTS:
    void initTestCase()
    {
        const auto opened = catalogue::Catalogue::open(m_scratch / "a.photolex", catalogue::Access::Write);
        VERIFY_OK(opened);
        m_catalogue = *opened;
        const auto engine = search::Engine::create(m_catalogue, m_encoder);
        VERIFY_OK(engine);
        m_engine = *engine;
        m_reader = std::make_unique<search::TermReader>(m_catalogue, m_engine,
                                                        [this]() -> Result<std::shared_ptr<const image::Network>> {
                                                            ++m_networksOpened;
                                                            return fail(Errc::NotFound, "network");
                                                        });
        fill();
    }

    void aBlueCarLessBlueAndRedIsARedCar()
    {
        const std::string source = "/home/me/Pictures/blue car/3.jpg";
        const auto answer = ask("photo:'" + source + "' - 'blue' + 'red'");
        VERIFY_OK(answer);
        QCOMPARE(answer->result.state, SumState::Point);
        QCOMPARE(answer->result.hits.size(), std::size_t{10});
        int redCars = 0;
        for (const auto &hit : answer->result.hits) {
            QVERIFY(pathOf(hit.photo) != source); // the photo itself is left out
            redCars += pathOf(hit.photo).find("/red car/") != std::string::npos ? 1 : 0;
        }
        QVERIFY2(redCars >= 8, qPrintable(QString::number(redCars)));
        QVERIFY(std::ranges::is_sorted(answer->result.hits, std::ranges::greater(), &search::Hit::score));
        const auto &words = answer->result.words;
        const auto has = [&words](const char *word, std::size_t first) {
            return std::any_of(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(first),
                               [word](const auto &each) { return each.word == word; });
        };
        QVERIFY(has("red", 2) && has("car", 2) && !has("blue", words.size()));
        QCOMPARE(m_networksOpened, 0);
    }

    void whatIsTakenAndGivenBackChangesNothing()
    {
        const auto plain = ask("photo:'/home/me/Pictures/blue car/3.jpg'");
        const auto there = ask("photo:'/home/me/Pictures/blue car/3.jpg' - 2*'blue' + 'dog' + 2*'blue' - 'dog'");
        VERIFY_OK(plain);
        VERIFY_OK(there);
        QCOMPARE(plain->result.hits.size(), there->result.hits.size());
        for (std::size_t i = 0; i < plain->result.hits.size(); ++i)
            QCOMPARE(plain->result.hits[i].photo, there->result.hits[i].photo);
    }

    void stepsArePartialSums()
    {
        const auto answer = ask("'dog' - 'dog' + 'red car'", {.photos = 5, .words = 3, .steps = true});
        VERIFY_OK(answer);
        QCOMPARE(answer->steps.size(), std::size_t{3});
        QCOMPARE(answer->steps[0].state, SumState::Point);
        QCOMPARE(answer->steps[0].words.front().word, "dog");
        QCOMPARE(answer->steps[1].state, SumState::CancelsOut);
        QVERIFY(answer->steps[1].hits.empty() && answer->steps[1].words.empty());
        QVERIFY(answer->steps[2].point == answer->result.point);
        QVERIFY(pathOf(answer->result.hits.front().photo).find("/red car/") != std::string::npos);
        QVERIFY(ask("'dog'")->steps.empty());
    }

    void whatCancelsOutHasNoHits()
    {
        for (const char *text : {"'blue' - 'blue'", "0*'dog'",
                                 "photo:'/home/me/Pictures/red dog/1.jpg' - photo:'/home/me/Pictures/red dog/1.jpg'"}) {
            const auto answer = ask(text);
            VERIFY_OK(answer);
            QCOMPARE(answer->result.state, SumState::CancelsOut);
            QVERIFY(answer->result.hits.empty() && answer->result.words.empty() && answer->result.point.empty());
        }
    }

    void unknownWordsAreNamed()
    {
        const auto some = ask("'zxqv dog' - 'blorf' - 'zxqv'");
        VERIFY_OK(some);
        QCOMPARE(some->result.state, SumState::Point);
        QVERIFY(some->unknown == (std::vector<std::string>{"zxqv", "blorf"}));
        const auto none = ask("'zxqv'");
        VERIFY_OK(none);
        QCOMPARE(none->result.state, SumState::NothingKnown);
        QVERIFY(none->result.hits.empty());
    }

    void savedExpressionsAreTerms()
    {
        VERIFY_OK(m_catalogue->saveExpression("red one", "photo:'/home/me/Pictures/blue car/0.jpg' - 'blue' + 'red'"));
        const auto saved = ask("saved:'red one'");
        const auto written = ask("photo:'/home/me/Pictures/blue car/0.jpg' - 'blue' + 'red'");
        VERIFY_OK(saved);
        VERIFY_OK(written);
        for (std::size_t i = 0; i < saved->result.hits.size(); ++i)
            QCOMPARE(saved->result.hits[i].photo, written->result.hits[i].photo); // its photo is left out too
        VERIFY_OK(m_catalogue->saveExpression("two", "saved:'red one' + 'dog'"));
        VERIFY_OK(ask("2*saved:'two' - 'street'"));
        QCOMPARE(ask("saved:'none'").error().code, Errc::NotFound);
        VERIFY_OK(m_catalogue->saveExpression("a", "saved:'b'"));
        VERIFY_OK(m_catalogue->saveExpression("b", "'dog' + saved:'a'"));
        QCOMPARE(ask("saved:'a'").error().code, Errc::Invalid);
        // Not remembered: it may change.
        VERIFY_OK(m_catalogue->saveExpression("a", "'dog'"));
        VERIFY_OK(ask("saved:'a'"));
    }

    void photosWithoutARowAreLookedAt()
    {
        m_networksOpened = 0;
        QCOMPARE(ask("photo:'/home/me/Pictures/waiting.jpg'").error().subject, "network");
        QCOMPARE(ask("photo:'/nowhere/a.jpg' - 'dog'").error().subject, "network");
        QCOMPARE(m_networksOpened, 2);
    }

    void aStopRequestEndsIt()
    {
        std::stop_source source;
        source.request_stop();
        const auto expression = search::parseExpression("'dog' - 'cat'").value();
        QCOMPARE(m_reader->read(expression, source.get_token()).error().code, Errc::Cancelled);
        const auto points = m_reader->read(expression, {});
        VERIFY_OK(points);
        const auto answer = search::answerExpression(*m_engine, expression, *points, {}, source.get_token());
        QCOMPARE(answer.error().code, Errc::Cancelled);
    }

    void pointsOfAnotherEncoderAreRefused()
    {
        const auto expression = search::parseExpression("'dog'").value();
        const std::vector<search::TermPoint> points{{{1, 0}, {}, {}}};
        QCOMPARE(search::answerExpression(*m_engine, expression, points, {}, {}).error().code, Errc::Invalid);
        QCOMPARE(search::answerExpression(*m_engine, expression, {}, {}, {}).error().code, Errc::Invalid);
    }
};

QTEST_GUILESS_MAIN(TestExpressionPoints)
#include "tst_expression_points.moc"
