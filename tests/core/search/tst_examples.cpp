// Examples over a library whose space is known: every word has a direction of its own, photos are sums of words.
#include "core/search/examples.h"

#include "core/search/expression.h"
#include "tests/core/catalogue/photo_maker.h"
#include "tests/core/search/word_encoder.h"
#include "tests/support/support.h"

#include <algorithm>

using namespace photolex;

class TestExamples : public QObject {
    Q_OBJECT

    test::ScratchFolder m_scratch;
    std::shared_ptr<test::WordEncoder> m_encoder = std::make_shared<test::WordEncoder>(
        std::vector<std::string>{"car", "red", "blue", "dog", "cat", "sofa", "garden", "beach", "night"});
    int m_libraries = 0;
    std::shared_ptr<catalogue::Catalogue> m_catalogue;
    std::map<std::int64_t, std::string> m_shown;

    // `shown`: what photos show, and how many of each; 300 of nothing that has a name beside them.
    std::shared_ptr<search::Engine> library(std::vector<std::pair<std::string, int>> shown)
    {
        auto opened = catalogue::Catalogue::open(m_scratch / std::to_string(++m_libraries), catalogue::Access::Write);
        if (!test::isOk(opened))
            return nullptr;
        m_catalogue = *opened;
        m_shown.clear();
        shown.emplace_back("", 300);
        const auto root = m_catalogue->addRoot("/p");
        if (!test::isOk(root))
            return nullptr;
        std::vector<catalogue::Photo> photos;
        std::vector<std::string> words;
        for (const auto &[what, count] : shown)
            for (int i = 0; i < count; ++i) {
                const auto number = static_cast<unsigned>(photos.size() + 1);
                photos.push_back(test::makePhoto(*root, std::to_string(number) + ".jpg", number));
                words.push_back(what);
            }
        if (!test::isOk(m_catalogue->save(photos)))
            return nullptr;
        auto writer = embedding::RowWriter::open(m_catalogue->rowFile(embedding::pointRowsName(m_encoder->hash())),
                                                 m_encoder->dimension(), m_encoder->hash());
        if (!test::isOk(writer))
            return nullptr;
        std::vector<PhotoId> ids;
        for (std::size_t i = 0; i < photos.size(); ++i) {
            (void)writer->append(photos[i].id, m_encoder->photoOf(words[i], static_cast<unsigned>(i)));
            ids.push_back(photos[i].id);
            m_shown[photos[i].id.value] = words[i];
        }
        if (!test::isOk(writer->flush()) || !test::isOk(m_catalogue->setState(ids, catalogue::PhotoState::Ready)))
            return nullptr;
        auto engine = search::Engine::create(m_catalogue, m_encoder);
        return test::isOk(engine) ? *engine : nullptr;
    }

    static std::vector<search::Example> all(const std::shared_ptr<search::Engine> &engine)
    {
        search::ExampleSearch examples(engine);
        for (;;) {
            const auto more = examples.step({});
            if (!test::isOk(more) || !*more)
                break;
        }
        if (examples.done() != examples.total())
            qFatal("done is not all");
        return examples.best(12);
    }

private Q_SLOTS:
    void aPairThatWorksIsFound()
    {
        const auto examples =
            all(library({{"red car", 8}, {"blue car", 8}, {"red sofa", 8}, {"blue sofa", 8}, {"dog garden", 8}}));
        QVERIFY(!examples.empty());
        for (const auto &example : examples) {
            const std::string &before = m_shown[example.photo.value];
            QCOMPARE(example.attribute, search::Attribute::Colour);
            QVERIFY(before.starts_with(example.from));
            const std::string rest = before.substr(before.find(' '));
            QCOMPARE(example.found.size(), std::size_t{3});
            QVERIFY(std::ranges::find(example.found, example.photo) == example.found.end());
            QCOMPARE(m_shown[example.found.front().value], example.to + rest);
            QVERIFY(example.score > 0 && example.score <= 1);
        }
        QVERIFY(std::ranges::is_sorted(examples, std::ranges::greater(), &search::Example::score));
    }

    // Blue things are there, but none that is like the red ones: what is found would be any blue thing.
    void aPairWhoseRestIsLostIsNotOffered()
    {
        QVERIFY(all(library({{"red car", 8}, {"blue sofa", 8}, {"dog garden", 8}})).empty());
    }

    // Two blue cars are there, and what comes third is no car: whoever looks at the three sees that it does not work.
    void twoGoodOnesAndAStrangerAreNotOffered()
    {
        const auto isOffered = [this](int blueCars) {
            const auto examples =
                all(library({{"red car", 8}, {"blue car", blueCars}, {"blue garden", 8}, {"dog sofa", 8}}));
            return std::ranges::any_of(examples, [&](const search::Example &example) {
                return m_shown[example.photo.value] == "red car" && example.to == "blue";
            });
        };
        QVERIFY(!isOffered(2));
        QVERIFY(isOffered(3));
    }

    void aWordThatNothingShowsIsNotOffered() { QVERIFY(all(library({{"red car", 8}, {"dog garden", 8}})).empty()); }

    void tinyLibraries()
    {
        for (const int count : {0, 1, 2, 3}) {
            auto opened =
                catalogue::Catalogue::open(m_scratch / std::to_string(++m_libraries), catalogue::Access::Write);
            VERIFY_OK(opened);
            auto writer = embedding::RowWriter::open((*opened)->rowFile(embedding::pointRowsName(m_encoder->hash())),
                                                     m_encoder->dimension(), m_encoder->hash());
            VERIFY_OK(writer);
            for (int i = 0; i < count; ++i)
                VERIFY_OK(writer->append({i + 1}, m_encoder->photoOf("red car", static_cast<unsigned>(i))));
            VERIFY_OK(writer->flush());
            const auto engine = search::Engine::create(*opened, m_encoder);
            VERIFY_OK(engine);
            QVERIFY(all(*engine).empty());
        }
    }

    void noPhotoAndNoPairTwice()
    {
        const auto examples = all(library({{"red car", 20}, {"blue car", 20}, {"dog sofa", 20}, {"cat sofa", 20}}));
        QVERIFY(examples.size() >= 2);
        for (std::size_t i = 0; i < examples.size(); ++i)
            for (std::size_t k = 0; k < i; ++k) {
                QVERIFY(examples[i].photo != examples[k].photo);
                QVERIFY(examples[i].from != examples[k].from || examples[i].to != examples[k].to);
            }
    }

    void aStopRequestEndsTheSlice()
    {
        search::ExampleSearch examples(library({{"red car", 2}}));
        std::stop_source source;
        source.request_stop();
        QCOMPARE(examples.step(source.get_token()).error().code, Errc::Cancelled);
        QCOMPARE(examples.done(), std::size_t{0});
        QVERIFY(*examples.step({})); // and it goes on
    }
};

QTEST_GUILESS_MAIN(TestExamples)
#include "tst_examples.moc"
