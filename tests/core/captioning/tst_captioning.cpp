// The job that writes captions for a library: what it passes over, how it goes on, what it never touches.
#include "core/captioning/captioning.h"
#include "tests/support/captions.h"
#include "tests/support/pictures.h"
#include "tests/support/support.h"

#include <QtTest>

using namespace photolex;
using catalogue::CaptionOrigin;

class TestCaptioning : public QObject {
    Q_OBJECT

    test::ScratchFolder m_bundleFolder;
    std::shared_ptr<const caption::Captioner> m_captioner;
    std::unique_ptr<test::ScratchFolder> m_scratch;
    std::shared_ptr<catalogue::Catalogue> m_catalogue;
    std::shared_ptr<const embedding::Rows> m_rows;
    std::vector<PhotoId> m_photos; // the last one has no row

    std::vector<catalogue::Caption> generated(PhotoId photo) const
    {
        auto captions = m_catalogue->captions(photo).value();
        std::erase_if(captions, [](const auto &one) { return one.origin != CaptionOrigin::Generated; });
        return captions;
    }

    Result<captioning::JobReport> run(const captioning::JobOptions &options = {}, const std::stop_token &stop = {},
                                      const captioning::JobSink &report = {})
    {
        auto all = options;
        all.captions.shortest = 1;
        return captioning::captionPhotos(*m_catalogue, *m_captioner, *m_rows, m_photos, all, stop, {}, report);
    }

private Q_SLOTS:
    void initTestCase()
    {
        VERIFY_OK(test::writeCaptionBundle(m_bundleFolder / "bundle"));
        const auto bundle = model::Bundle::open(m_bundleFolder / "bundle");
        VERIFY_OK(bundle);
        const auto captioner = caption::Captioner::open(*bundle);
        VERIFY_OK(captioner);
        m_captioner = *captioner;
    }

    void init()
    {
        m_scratch = std::make_unique<test::ScratchFolder>();
        const auto catalogue = catalogue::Catalogue::open(*m_scratch / "library", catalogue::Access::Write);
        VERIFY_OK(catalogue);
        m_catalogue = *catalogue;
        std::filesystem::create_directories(*m_scratch / "photos");
        const auto root = m_catalogue->addRoot(*m_scratch / "photos");
        VERIFY_OK(root);
        m_photos.clear();
        const auto &hash = m_captioner->encoder()->hash();
        const auto file = m_catalogue->rowFile(embedding::pointRowsName(hash));
        std::filesystem::create_directories(file.parent_path());
        auto writer = embedding::RowWriter::open(file, m_captioner->encoder()->dimension(), hash);
        VERIFY_OK(writer);
        for (const auto *sentence : {"red dog runs", "car jumps", "small ball", "beach"}) {
            const auto name = std::to_string(m_photos.size()) + ".jpg";
            m_scratch->write("photos/" + name, test::jpeg(test::card()));
            catalogue::Photo photo;
            photo.root = *root;
            photo.relativePath = name;
            photo.state = catalogue::PhotoState::Ready;
            std::vector photos{photo};
            VERIFY_OK(m_catalogue->save(photos));
            m_photos.push_back(photos[0].id);
            if (m_photos.size() < 4)
                VERIFY_OK(writer->append(m_photos.back(), m_captioner->encoder()->sentencePoint(sentence)->point));
        }
        VERIFY_OK(writer->flush());
        const auto rows = embedding::Rows::open(file, hash);
        VERIFY_OK(rows);
        m_rows = *rows;
    }

    void everyPhotoWithoutACaptionGetsAProposal()
    {
        VERIFY_OK(m_catalogue->setUserCaption(m_photos[1], "my own words"));
        const auto job = run();
        VERIFY_OK(job);
        QCOMPARE(job->written, 2);
        QCOMPARE(job->captioned, 1);
        QCOMPARE(job->withoutPoint, 1);
        QVERIFY(job->distinctShare > 0 && job->distinctShare <= 1);
        const auto written = generated(m_photos[0]);
        QCOMPARE(written.size(), 1U);
        QVERIFY(written[0].text.find("dog") != std::string::npos);
        QCOMPARE(std::ranges::count(written[0].structure, ' '), std::ranges::count(written[0].text, ' '));
        QVERIFY(generated(m_photos[1]).empty());
        QCOMPARE(m_catalogue->captions(m_photos[1])->front().text, std::string("my own words"));
    }

    void aSecondRunWritesNothingAndThirdOnlyWhenAsked()
    {
        VERIFY_OK(run());
        const auto before = generated(m_photos[0])[0];
        const auto second = run();
        VERIFY_OK(second);
        QCOMPARE(second->written, 0);
        QCOMPARE(second->doneBefore, 3);
        const auto third = run({.again = true});
        VERIFY_OK(third);
        QCOMPARE(third->written, 3);
        QCOMPARE(generated(m_photos[0])[0].text, before.text); // the same seed
    }

    void whatWasWrittenBeforeItWasBrokenOffStays()
    {
        std::stop_source source;
        const auto broken = run({}, source.get_token(), [&](const auto &, const auto *) { source.request_stop(); });
        QCOMPARE(broken.error().code, Errc::Cancelled);
        QCOMPARE(generated(m_photos[0]).size(), 1U);
        QVERIFY(generated(m_photos[1]).empty());
        const auto rest = run();
        VERIFY_OK(rest);
        QCOMPARE(rest->doneBefore, 1);
        QCOMPARE(rest->written, 2);
    }

    void whatWasWrittenIsToldAndLeadsBack()
    {
        VERIFY_OK(m_catalogue->setProposedCaption(m_photos[1], {.text = "of another bundle", .bundle = "other"}));
        VERIFY_OK(m_catalogue->setUserCaption(m_photos[2], "my own words"));
        std::vector<catalogue::ProposalChange> changes;
        VERIFY_OK(run({}, {}, [&](const captioning::JobReport &, const catalogue::ProposalChange *change) {
            if (change)
                changes.push_back(*change);
        }));
        QCOMPARE(changes.size(), 2U);
        QCOMPARE(changes[1].before.bundle, std::string("other"));
        QCOMPARE(changes[0].after.text, generated(m_photos[0])[0].text);
        for (auto &change : changes)
            std::swap(change.before, change.after);
        QVERIFY(m_catalogue->setProposedCaptions(changes)->empty());
        QVERIFY(generated(m_photos[0]).empty());
        QCOMPARE(m_catalogue->proposedCaption(m_photos[1])->text, std::string("of another bundle"));
    }

    void onesOwnTextStaysBesideAProposalThatWasAskedFor()
    {
        VERIFY_OK(m_catalogue->setUserCaption(m_photos[1], "my own words"));
        const auto job = run({.withCaptioned = true});
        VERIFY_OK(job);
        QCOMPARE(job->written, 3);
        const auto captions = m_catalogue->captions(m_photos[1]);
        VERIFY_OK(captions);
        QCOMPARE(captions->front().text, std::string("my own words"));
        QCOMPARE(generated(m_photos[1]).size(), 1U);
    }

    void rowsOfAnotherEncoderAreRefused()
    {
        const auto other = embedding::Rows::fromMemory({m_photos[0]}, std::vector<float>(24, 0.2F), 24);
        QCOMPARE(captioning::captionPhotos(*m_catalogue, *m_captioner, *other, m_photos, {}, {}, {}, {}).error().code,
                 Errc::Invalid);
    }
};

QTEST_GUILESS_MAIN(TestCaptioning)
#include "tst_captioning.moc"
