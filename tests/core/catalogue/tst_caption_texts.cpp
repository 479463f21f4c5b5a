// Captions: of every origin one stands and the rest is history; the user's change together or not at all, lead back,
// and are kept while they are being typed.
#include "core/catalogue/catalogue_p.h"
#include "tests/core/catalogue/photo_maker.h"
#include "tests/support/support.h"

using namespace photolex;
using namespace photolex::catalogue;
using photolex::test::makePhoto;

class TestCaptionTexts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_catalogue.reset();
        m_scratch = std::make_unique<test::ScratchFolder>();
        m_catalogue = Catalogue::open(*m_scratch / "a.photolex", Access::Write).value();
        m_photos = add(*m_catalogue, 4);
    }

    void everyTextKeepsItsOrigin()
    {
        const auto photo = m_photos[0];
        VERIFY_OK(m_catalogue->setFileCaption(photo, "from the camera", "exif"));
        VERIFY_OK(m_catalogue->setProposedCaption(photo, {CaptionOrigin::Retrieved, "a cat runs"}));
        VERIFY_OK(m_catalogue->setProposedCaption(
            photo, {CaptionOrigin::Generated, "a dog runs", "photolex-en", "DT NN VBZ", 0.75}));
        VERIFY_OK(m_catalogue->setUserCaption(photo, "typed"));
        VERIFY_OK(m_catalogue->setUserCaption(photo, "a dog runs", CaptionEntry::Generated));
        VERIFY_OK(m_catalogue->setFileCaption(photo, "from a program", "xmp-sidecar"));
        const auto captions = m_catalogue->captions(photo).value();
        QCOMPARE(captions.size(), 3U);
        QCOMPARE(captions[0].text, "a dog runs");
        QCOMPARE(captions[0].entry, CaptionEntry::Generated);
        QCOMPARE(captions[1].text, "from a program");
        QCOMPARE(captions[2].detail, "photolex-en");
        QCOMPARE(captions[2].structure, "DT NN VBZ");
        QCOMPARE(captions[2].score, 0.75);
        const auto history = m_catalogue->captionHistory(photo).value();
        std::vector<std::pair<std::string, bool>> texts;
        for (const auto &caption : history)
            texts.emplace_back(caption.text, caption.stands);
        const decltype(texts) expected = {{"from a program", true}, {"a dog runs", true},  {"typed", false},
                                          {"a dog runs", true},     {"a cat runs", false}, {"from the camera", false}};
        QCOMPARE(texts, expected);
        // The same words in another field of the file are no other text.
        VERIFY_OK(m_catalogue->setFileCaption(photo, "from a program", "iptc"));
        QCOMPARE(m_catalogue->captionHistory(photo)->size(), 6U);
        QCOMPARE(m_catalogue->captions(photo)->at(1).detail, "iptc");
        QCOMPARE(m_catalogue->setProposedCaption(photo, {CaptionOrigin::User, "x"}).error().code, Errc::Invalid);
    }

    void proposalsOfAJobAreTakenBackTogether()
    {
        const ProposedCaption older{CaptionOrigin::Retrieved, "a cat", "older", "", 0.5};
        VERIFY_OK(m_catalogue->setProposedCaption(m_photos[1], older));
        std::vector<ProposalChange> changes;
        for (const auto photo : m_photos) {
            const auto before = m_catalogue->proposedCaption(photo).value();
            changes.push_back({photo, before, {CaptionOrigin::Generated, "a dog", "newer", "DT NN", 0.25}});
        }
        QCOMPARE(changes[1].before.bundle, "older");
        QVERIFY(changes[0].before.text.empty());
        QVERIFY(m_catalogue->setProposedCaptions(changes)->empty());
        QCOMPARE(m_catalogue->proposedCaption(m_photos[1])->bundle, "newer");
        VERIFY_OK(m_catalogue->setProposedCaption(m_photos[2], {CaptionOrigin::Generated, "another since"}));
        VERIFY_OK(m_catalogue->setUserCaption(m_photos[3], "mine"));
        for (auto &change : changes)
            std::swap(change.before, change.after);
        changes.push_back({{4711}, {}, {}});
        QCOMPARE(m_catalogue->setProposedCaptions(changes).value(), (std::vector<PhotoId>{m_photos[2], {4711}}));
        QVERIFY(m_catalogue->captions(m_photos[0])->empty());
        QCOMPARE(m_catalogue->proposedCaption(m_photos[1])->text, "a cat");
        QCOMPARE(m_catalogue->proposedCaption(m_photos[1])->score, 0.5);
        QCOMPARE(m_catalogue->proposedCaption(m_photos[2])->text, "another since");
        QCOMPARE(m_catalogue->captions(m_photos[3])->size(), 1U); // the user's own
        QCOMPARE(m_catalogue->captionHistory(m_photos[1])->size(), 3U);
    }

    void howFarAPhotoIsFromACaptionIsKnown()
    {
        using enum CaptionState;
        const auto states = [this] { return m_catalogue->captionStates(m_photos).value(); };
        QCOMPARE(states(), (std::vector{None, None, None, None}));
        VERIFY_OK(m_catalogue->setProposedCaption(m_photos[0], {CaptionOrigin::Generated, "a dog"}));
        VERIFY_OK(m_catalogue->keepDraft(m_photos[1], "a d"));
        VERIFY_OK(m_catalogue->setFileCaption(m_photos[2], "the file's", "xmp"));
        QCOMPARE(states(), (std::vector{Proposed, Draft, File, None}));
        VERIFY_OK(m_catalogue->setUserCaption(m_photos[0], "mine"));
        VERIFY_OK(m_catalogue->keepDraft(m_photos[0], "mine, too"));
        VERIFY_OK(m_catalogue->keepDraft(m_photos[2], "more"));
        QCOMPARE(states(), (std::vector{User, Draft, Draft, None}));
        QCOMPARE(m_catalogue->captionStates(std::vector<PhotoId>{{4711}, m_photos[0]}).value(),
                 (std::vector{None, User}));
    }

    void aProposalIsNoCaptionUntilItIsAccepted()
    {
        VERIFY_OK(m_catalogue->setFileCaption(m_photos[0], "the file's", "xmp"));
        VERIFY_OK(m_catalogue->setFileCaption(m_photos[1], "the file's", "xmp"));
        VERIFY_OK(m_catalogue->setUserCaption(m_photos[1], "mine"));
        VERIFY_OK(m_catalogue->setProposedCaption(m_photos[2], {CaptionOrigin::Retrieved, "a cat"}));
        QCOMPARE(m_catalogue->setProposedCaption({4711}, {.text = "x"}).error().code, Errc::NotFound);
        const auto without = [&](PhotoFilter filter) {
            return m_catalogue->photoIds(filter, SortKey::Added, false).value();
        };
        QCOMPARE(without({.withoutCaption = true}), (std::vector{m_photos[2], m_photos[3]}));
        QCOMPARE(without({.withoutCaption = true, .withoutProposal = true}), std::vector{m_photos[3]});
        VERIFY_OK(m_catalogue->setProposedCaption(m_photos[2], {})); // taken back
        QCOMPARE(without({.withoutProposal = true}).size(), 4U);
        VERIFY_OK(m_catalogue->setProposedCaption(m_photos[2], {CaptionOrigin::Retrieved, "a cat"}));
        const auto standing = m_catalogue->standingTexts({}, SortKey::TakenAt, true).value();
        QCOMPARE(standing.size(), 4U);
        for (std::size_t i = 0; i < 4; ++i)
            QCOMPARE(standing[i].photo, m_photos[3 - i]);
        QCOMPARE(standing[3].text, "the file's");
        QCOMPARE(standing[3].origin, CaptionOrigin::File);
        QCOMPARE(standing[2].text, "mine");
        QCOMPARE(standing[2].origin, CaptionOrigin::User);
        QCOMPARE(standing[1].text, "");
        QCOMPARE(standing[0].text, "");
    }

    void manyChangeTogetherAndLeadBack()
    {
        VERIFY_OK(m_catalogue->setUserCaption(m_photos[0], "one"));
        VERIFY_OK(m_catalogue->setUserCaption(m_photos[1], "two"));
        const std::vector<UserText> wanted = {
            {m_photos[0], "1"}, {m_photos[1], "2"}, {m_photos[2], "3"}, {m_photos[3], ""}};
        const auto set = m_catalogue->setUserCaptions(wanted, CaptionEntry::BulkEdit);
        VERIFY_OK(set);
        QCOMPARE(texts(), (std::vector<std::string>{"1", "2", "3", ""}));
        QCOMPARE(set->undo.size(), 3U); // the fourth had none and has none
        const auto redo = m_catalogue->setUserCaptions(set->undo, CaptionEntry::Undone);
        VERIFY_OK(redo);
        QCOMPARE(texts(), (std::vector<std::string>{"one", "two", "", ""}));
        VERIFY_OK(m_catalogue->setUserCaptions(redo->undo, CaptionEntry::Undone));
        QCOMPARE(texts(), (std::vector<std::string>{"1", "2", "3", ""}));
        QCOMPARE(m_catalogue->captionHistory(m_photos[0])->size(), 4U);
        QVERIFY(m_catalogue->integrityFaults()->empty());
    }

    void undoTakesNobodysText()
    {
        const std::vector<UserText> wanted = {{m_photos[0], "a"}, {m_photos[1], "b"}};
        const auto set = m_catalogue->setUserCaptions(wanted, CaptionEntry::Typed).value();
        VERIFY_OK(m_catalogue->setUserCaption(m_photos[0], "from elsewhere", CaptionEntry::Imported));
        VERIFY_OK(m_catalogue->removePhotos(std::vector{m_photos[3]}));
        auto undo = set.undo;
        undo.push_back({m_photos[3], "to nobody", ""});
        const auto back = m_catalogue->setUserCaptions(undo, CaptionEntry::Undone);
        VERIFY_OK(back);
        QCOMPARE(back->passedOver, (std::vector{m_photos[0], m_photos[3]}));
        m_photos.pop_back();
        QCOMPARE(texts(), (std::vector<std::string>{"from elsewhere", "", ""}));
    }

    void aDraftOutlivesTheProgramAndEndsWithItsCaption()
    {
        const auto revision = m_catalogue->revision();
        VERIFY_OK(m_catalogue->keepDraft(m_photos[1], "half a sen"));
        VERIFY_OK(m_catalogue->keepDraft(m_photos[1], "half a sentence"));
        VERIFY_OK(m_catalogue->keepDraft(m_photos[2], "another"));
        VERIFY_OK(m_catalogue->keepDraft({4711}, "of no photo"));
        QCOMPARE(m_catalogue->revision(), revision); // typing makes nobody read anew
        QCOMPARE(texts()[1], "");
        m_catalogue.reset();
        m_catalogue = Catalogue::open(*m_scratch / "a.photolex", Access::Write).value();
        auto drafts = m_catalogue->drafts().value();
        QCOMPARE(drafts.size(), 2U);
        QCOMPARE(drafts[0].photo, m_photos[1]);
        QCOMPARE(drafts[0].text, "half a sentence");
        VERIFY_OK(m_catalogue->setUserCaption(m_photos[1], "half a sentence"));
        VERIFY_OK(m_catalogue->setUserCaption(m_photos[2], "")); // what it was: the draft was taken back
        QVERIFY(m_catalogue->drafts()->empty());
        VERIFY_OK(m_catalogue->keepDraft(m_photos[3], "gone with its photo"));
        VERIFY_OK(m_catalogue->removePhotos(std::vector{m_photos[3]}));
        QVERIFY(m_catalogue->drafts()->empty());
    }

    // A library of schema 4, with captions in it.
    void olderCaptionsBecomeHistoryAndStandAsBefore()
    {
        const auto library = *m_scratch / "old.photolex";
        Catalogue::Surroundings older;
        older.migrations = migrations().first(4);
        {
            const auto old = Catalogue::open(library, Access::Write, older).value();
            QVERIFY(old);
        }
        {
            SQLite::Database database((library / "catalogue.sqlite").string(), SQLite::OPEN_READWRITE);
            database.exec("INSERT INTO root (path) VALUES (x'2f70');"
                          "INSERT INTO folder (root, absolute) VALUES (1, x'2f70');"
                          "INSERT INTO photo (folder, name, name_key, size, mtime_ns, ctime_ns, inode, device, "
                          "partial_hash, state, sort_time) VALUES (1, x'61', x'61', 1, 1, 1, 1, 1, 1, 1, 1);"
                          "INSERT INTO caption (photo, text, origin, detail, changed_at, current) VALUES "
                          "(1, 'earlier', 0, '', 5, 0), (1, 'mine', 0, '', 6, 1), (1, 'its', 1, 'xmp', 7, 1)");
        }
        const auto now = Catalogue::open(library, Access::Write);
        VERIFY_OK(now);
        QVERIFY(std::filesystem::exists(library / "catalogue-schema4.sqlite"));
        const auto captions = (*now)->captions({1}).value();
        QCOMPARE(captions.size(), 2U);
        QCOMPARE(captions[0].text, "mine");
        QCOMPARE(captions[0].entry, CaptionEntry::Typed);
        QCOMPARE(captions[0].changedAt, 6);
        QCOMPARE(captions[1].detail, "xmp");
        QCOMPARE((*now)->captionHistory({1})->back().text, "earlier");
        VERIFY_OK((*now)->keepDraft({1}, "typing"));
        QCOMPARE((*now)->drafts()->size(), 1U);
    }

private:
    static std::vector<PhotoId> add(Catalogue &catalogue, int count)
    {
        const auto root = catalogue.addRoot("/p").value();
        std::vector<Photo> photos;
        for (int i = 0; i < count; ++i)
            photos.push_back(makePhoto(root, "p" + std::to_string(i) + ".jpg", 1'000'000 + i));
        if (!test::isOk(catalogue.save(photos)))
            return {};
        std::vector<PhotoId> ids;
        for (const auto &photo : photos)
            ids.push_back(photo.id);
        return ids;
    }
    std::vector<std::string> texts() const // the user's
    {
        std::vector<std::string> found;
        for (const auto photo : m_photos) {
            const auto captions = m_catalogue->captions(photo).value();
            const bool own = !captions.empty() && captions[0].origin == CaptionOrigin::User;
            found.push_back(own ? captions[0].text : "");
        }
        return found;
    }

    std::unique_ptr<test::ScratchFolder> m_scratch;
    std::shared_ptr<Catalogue> m_catalogue;
    std::vector<PhotoId> m_photos;
};

QTEST_GUILESS_MAIN(TestCaptionTexts)
#include "tst_caption_texts.moc"
