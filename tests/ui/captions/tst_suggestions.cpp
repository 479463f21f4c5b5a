// What is suggested for a photo: what lies in the catalogue, then captions of similar photos, nearest sentence first.
#include "tests/core/catalogue/photo_maker.h"
#include "tests/core/search/word_encoder.h"
#include "tests/support/support.h"
#include "ui/captions/suggestions.h"

using namespace photolex;
using namespace photolex::ui;
using catalogue::CaptionOrigin;

class TestSuggestions : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_catalogue = catalogue::Catalogue::open(m_scratch / "a.photolex", catalogue::Access::Write).value();
        const auto root = m_catalogue->addRoot("/p").value();
        const std::vector<std::string> shown = {"dog beach", "dog beach", "dog beach", "dog", "car", "dog beach"};
        std::vector<catalogue::Photo> photos;
        for (std::size_t i = 0; i < shown.size(); ++i)
            photos.push_back(test::makePhoto(root, std::to_string(i) + ".jpg"));
        VERIFY_OK(m_catalogue->save(photos));
        auto writer = embedding::RowWriter::open(m_catalogue->rowFile(embedding::pointRowsName(m_encoder->hash())),
                                                 m_encoder->dimension(), m_encoder->hash());
        VERIFY_OK(writer);
        for (std::size_t i = 0; i < shown.size(); ++i) {
            m_photos.push_back(photos[i].id);
            if (i != 5) // the last one waits to be indexed
                VERIFY_OK(writer->append(photos[i].id, m_encoder->photoOf(shown[i], static_cast<unsigned>(i))));
        }
        VERIFY_OK(writer->flush());
        VERIFY_OK(m_catalogue->setState(m_photos, catalogue::PhotoState::Ready));
        m_engine = search::Engine::create(m_catalogue, m_encoder).value();
        VERIFY_OK(m_catalogue->setUserCaption(m_photos[1], "the dog"));
        VERIFY_OK(m_catalogue->setUserCaption(m_photos[2], "dog on the beach"));
        VERIFY_OK(m_catalogue->setFileCaption(m_photos[3], "the dog", "xmp")); // the same text once
        VERIFY_OK(m_catalogue->setUserCaption(m_photos[4], "car"));
    }

    void theNearestSentenceComesFirst()
    {
        const auto found = retrievedSuggestions(m_catalogue, m_engine)->suggest(m_photos[0], {});
        VERIFY_OK(found);
        QCOMPARE(found->size(), 3U);
        QCOMPARE(found->at(0).text, "dog on the beach");
        QCOMPARE(found->at(0).from, m_photos[2]);
        QCOMPARE(found->at(1).text, "the dog");
        QCOMPARE(found->at(2).text, "car");
        for (const auto &suggestion : *found)
            QCOMPARE(suggestion.origin, CaptionOrigin::Retrieved);
    }

    void aPhotoThatWaitsToBeIndexedGetsNone()
    {
        const auto found = retrievedSuggestions(m_catalogue, m_engine)->suggest(m_photos[5], {});
        VERIFY_OK(found);
        QVERIFY(found->empty());
    }

    void sourcesAreJoinedWithoutWhatStandsThere()
    {
        VERIFY_OK(m_catalogue->setProposedCaption(m_photos[0], {.text = "a dog runs"}));
        const std::vector<std::shared_ptr<const SuggestionSource>> sources = {
            storedSuggestions(m_catalogue), retrievedSuggestions(m_catalogue, m_engine)};
        const auto found = suggestionsOf(sources, m_photos[0], "the dog", {});
        VERIFY_OK(found);
        QCOMPARE(found->size(), 3U);
        QCOMPARE(found->at(0).text, "a dog runs");
        QCOMPARE(found->at(0).origin, CaptionOrigin::Generated);
        QCOMPARE(found->at(1).text, "dog on the beach");
        QCOMPARE(found->at(2).text, "car");
    }

private:
    test::ScratchFolder m_scratch;
    std::shared_ptr<test::WordEncoder> m_encoder =
        std::make_shared<test::WordEncoder>(std::vector<std::string>{"dog", "beach", "car", "the", "on"});
    std::shared_ptr<catalogue::Catalogue> m_catalogue;
    std::shared_ptr<search::Engine> m_engine;
    std::vector<PhotoId> m_photos;
};

QTEST_GUILESS_MAIN(TestSuggestions)
#include "tst_suggestions.moc"
