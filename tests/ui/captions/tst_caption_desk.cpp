// The order of reading and writing, and what happens to texts that cannot be written.
#include "tests/core/catalogue/photo_maker.h"
#include "tests/support/support.h"
#include "ui/captions/caption_desk.h"

#include <QSignalSpy>

using namespace photolex;
using namespace photolex::ui;
using catalogue::Access;
using catalogue::CaptionEntry;
using catalogue::Catalogue;

class TestCaptionDesk : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_scratch = std::make_unique<test::ScratchFolder>();
        m_catalogue = Catalogue::open(*m_scratch / "a.photolex", Access::Write).value();
        std::vector<catalogue::Photo> photos = {test::makePhoto(m_catalogue->addRoot("/p").value(), "a.jpg")};
        VERIFY_OK(m_catalogue->save(photos));
        m_photo = photos[0].id;
    }
    void cleanup() { m_catalogue.reset(); }

    void whatIsReadHoldsWhatWasWrittenBefore()
    {
        CaptionDesk desk(m_catalogue);
        QList<QString> read;
        const auto ask = [&] {
            desk.read(m_photo, [&](const Result<CaptionTexts> &texts) {
                read.append(texts ? QString::fromStdString(texts->standing()) : QString("failed"));
            });
        };
        ask();
        QTRY_COMPARE(read, QList<QString>{""});
        for (const auto *text : {"one", "two", "three"}) {
            desk.keepDraft(m_photo, text);
            desk.write({{m_photo, text}}, CaptionEntry::Typed);
            ask();
        }
        QTRY_COMPARE(read.size(), 4);
        QCOMPARE(read.last(), QString("three"));
        QVERIFY(desk.flush());
        QVERIFY(m_catalogue->drafts()->empty()); // none came after the caption that it became
        desk.read({4711}, [&](const Result<CaptionTexts> &texts) { read.append(texts ? "found" : "gone"); });
        QTRY_COMPARE(read.last(), QString("gone"));
    }

    // A library that was opened for reading refuses every write, as a full disk does.
    void whatCannotBeWrittenIsSeenAndKept()
    {
        m_catalogue.reset();
        const auto reading = Catalogue::open(*m_scratch / "a.photolex", Access::Read).value();
        CaptionDesk desk(reading);
        QSignalSpy failed(&desk, &CaptionDesk::failed);
        desk.keepDraft(m_photo, "a t");
        QTRY_COMPARE(failed.count(), 1);
        desk.write({{m_photo, "a text"}}, CaptionEntry::Typed);
        QString seen;
        const auto ask = [&] {
            desk.read(m_photo, [&](const Result<CaptionTexts> &texts) {
                seen = texts ? QString::fromStdString(texts->own()) : QString("failed");
            });
        };
        ask();
        QTRY_COMPARE(seen, QString("a text"));
        desk.write({{m_photo, "a longer text"}}, CaptionEntry::Typed);
        ask();
        QTRY_COMPARE(seen, QString("a longer text"));
        QVERIFY(!desk.flush());
    }

    void proposalsAreChangedInTheirTurn()
    {
        CaptionDesk desk(m_catalogue);
        std::vector<PhotoId> passedOver{{1}};
        const auto note = [&](const catalogue::UserTextsSet &set) { passedOver = set.passedOver; };
        desk.propose({{m_photo, {}, {.text = "a dog", .bundle = "b"}}}, note);
        QTRY_VERIFY(passedOver.empty());
        QCOMPARE(m_catalogue->proposedCaption(m_photo)->text, "a dog");
        desk.propose({{m_photo, {.text = "something else"}, {}}}, note); // not what is proposed now
        QTRY_COMPARE(passedOver, std::vector<PhotoId>{m_photo});
        desk.write({{m_photo, "mine"}}, CaptionEntry::Typed);
        desk.propose({{m_photo, {.text = "a dog"}, {}}}, note);
        QTRY_VERIFY(passedOver.empty());
        QVERIFY(m_catalogue->proposedCaption(m_photo)->text.empty());
        QCOMPARE(m_catalogue->captions(m_photo)->at(0).text, "mine");
        QVERIFY(desk.flushFor(std::chrono::seconds(30))); // nothing waits
    }

    void destructionWritesEverything()
    {
        {
            CaptionDesk desk(m_catalogue);
            for (int i = 0; i < 20; ++i)
                desk.write({{m_photo, std::to_string(i)}}, CaptionEntry::Typed);
        }
        QCOMPARE(m_catalogue->captions(m_photo)->at(0).text, "19");
        QCOMPARE(m_catalogue->captionHistory(m_photo)->size(), 20U);
    }

private:
    std::unique_ptr<test::ScratchFolder> m_scratch;
    std::shared_ptr<Catalogue> m_catalogue;
    PhotoId m_photo;
};

QTEST_GUILESS_MAIN(TestCaptionDesk)
#include "tst_caption_desk.moc"
