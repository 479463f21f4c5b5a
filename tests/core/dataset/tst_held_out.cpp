// No caption and no photo that figures are measured on may be trained on, under whatever name.
#include "core/dataset/held_out.h"
#include "core/dataset/table.h"
#include "tests/support/support.h"

using namespace photolex;
using dataset::Dataset;
using dataset::HeldOut;

namespace {

// keys and captions; the captions of one key stand together
Dataset texts(const std::vector<std::pair<std::string, std::vector<std::string>>> &groups, bool withImages = false)
{
    Dataset set;
    for (const auto &[key, captions] : groups) {
        for (const auto &caption : captions)
            set.captions.push_back({static_cast<std::int32_t>(set.keys.size()), caption});
        set.keys.push_back(key);
        set.splits.emplace_back("train");
        if (withImages)
            set.images.emplace_back("photos/" + key);
    }
    return set;
}

std::vector<std::string> captionsOf(const Dataset &set)
{
    std::vector<std::string> all;
    for (const auto &caption : set.captions)
        all.push_back(set.keys.at(static_cast<std::size_t>(caption.image)) + ": " + caption.text);
    return all;
}

using Lines = std::vector<std::string>;

} // namespace

class TestHeldOut : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aGroupWithASentenceInCommonGoesWhole()
    {
        HeldOut heldOut;
        QVERIFY(heldOut.isEmpty());
        heldOut.add(texts({{"1.jpg", {"A dog runs .", "The brown dog"}}}));
        QCOMPARE(heldOut.captions(), 2U);
        auto training =
            texts({{"x", {"Two cats", "Cats"}}, {"y", {"a DOG, runs!", "what else it does"}}, {"z", {"One"}}});
        QCOMPARE(heldOut.leaks(training).captions, 1);
        QCOMPARE(heldOut.leaks(training).first, std::string("a DOG, runs!"));
        const auto removed = heldOut.removeFrom(training);
        QCOMPARE(removed.byCaption, 1);
        QCOMPARE(removed.byName, 0);
        QCOMPARE(removed.captions, 2);
        QCOMPARE(captionsOf(training), (Lines{"x: Two cats", "x: Cats", "z: One"}));
        QCOMPARE(heldOut.leaks(training).captions, 0);
    }

    void aPhotoKeepsItsOtherCaptions()
    {
        HeldOut heldOut;
        heldOut.add(texts({{"1.jpg", {"A dog runs ."}}}));
        auto training = texts(
            {{"2.jpg", {"a dog runs", "a dog on grass"}}, {"3.jpg", {"a dog runs"}}, {"1.webp", {"a cat"}}}, true);
        const auto removed = heldOut.removeFrom(training);
        QCOMPARE(captionsOf(training), (Lines{"2.jpg: a dog on grass"}));
        QCOMPARE(training.images.size(), 1U);
        QCOMPARE(removed.byName, 1);    // the same photo in another format
        QCOMPARE(removed.byCaption, 1); // nothing was left to say of 3.jpg
        QCOMPARE(removed.captions, 3);
        const auto left = heldOut.leaks(training);
        QCOMPARE(left.captions + left.photos, 0);
    }

    void aTableGivesOtherNames()
    {
        const test::ScratchFolder scratch;
        const auto table = scratch.write("names.tsv", "here\tsplit\tthere\tsplit\tsame\n"
                                                      "1_a.jpg\tdev\t1.jpg\ttrain\t5\n"
                                                      "2_b.jpg\ttrain\t2.jpg\ttrain\t5\n");
        HeldOut heldOut;
        heldOut.add(texts({{"1_a.webp", {"a dog"}}}));
        VERIFY_OK(heldOut.addNames(table));
        QCOMPARE(heldOut.names(), 2U); // what is only a split or a number is no name
        auto training = texts({{"1.jpg", {"of the same photo"}}, {"2.jpg", {"of a train photo"}}, {"dev", {"five"}}});
        QCOMPARE(heldOut.leaks(training).photos, 1);
        QCOMPARE(heldOut.removeFrom(training).byName, 1);
        QCOMPARE(captionsOf(training), (Lines{"2.jpg: of a train photo", "dev: five"}));
        QVERIFY(!heldOut.addNames(scratch / "nothing.tsv"));
    }

    void nothingHeldOutRemovesNothing()
    {
        auto training = texts({{"x", {"a"}}, {"y", {"b", "c"}}});
        const auto removed = HeldOut().removeFrom(training);
        QCOMPARE(removed.captions, 0);
        QCOMPARE(training.captions.size(), 3U);
    }

    void tablesAreReadByColumn()
    {
        const test::ScratchFolder scratch;
        const auto table = dataset::loadTable(scratch.write("t.tsv", "word\tscore\r\ndog\t1.5\r\n\ncat\t\n"));
        VERIFY_OK(table);
        QCOMPARE(table->column("score"), std::optional<std::size_t>(1));
        QVERIFY(!table->column("Score"));
        QCOMPARE(table->rows, (std::vector<Lines>{{"dog", "1.5"}, {"cat", ""}}));
        QCOMPARE(dataset::number("1.5"), std::optional(1.5));
        for (const auto *wrong : {"", "1.5x", "nan", "inf", " 1", "1,5"})
            QVERIFY2(!dataset::number(wrong), wrong);
        const auto codeOf = [&](std::string_view content) {
            const auto loaded = dataset::loadTable(scratch.write("wrong.tsv", content));
            return loaded ? Errc::Internal : loaded.error().code;
        };
        QCOMPARE(codeOf("a\tb\n1\t2\t3\n"), Errc::Corrupt);
        QCOMPARE(codeOf("a\tb\nb\xe4r\t2\n"), Errc::Corrupt);
        QCOMPARE(codeOf("a\tb\n"), Errc::Invalid);
        QCOMPARE(codeOf(""), Errc::Invalid);
    }

    void namesComeFromTheirColumnOrFromLines()
    {
        const test::ScratchFolder scratch;
        const auto names = [&](std::string_view content) {
            const auto loaded = dataset::loadNames(scratch.write("names", content));
            return test::isOk(loaded) ? *loaded : Lines{};
        };
        QCOMPARE(names("index\tname\n0\tfire hydrant\n1\tcat\n"), (Lines{"fire hydrant", "cat"}));
        QCOMPARE(names("name\thex\nAliceBlue\t#F0F8FF\n"), Lines{"Alice Blue"});
        QCOMPARE(names("one\ttwo\na\tb\n"), Lines{"a"});
        QCOMPARE(names("boating\n\nsailing"), (Lines{"boating", "sailing"}));
        QVERIFY(!dataset::loadNames(scratch / "nothing"));
    }

    // The sets that the shipped encoders learn from: after what the tool takes out, nothing of Flickr8k's dev and test
    // photos is left in any of them.
    void noDevOrTestCaptionIsInAnyTrainingSet()
    {
        NEEDS_SHARED_DATA(data);
        const auto load = [](const std::string &specification) {
            auto set = dataset::load(specification);
            return test::isOk(set) ? std::move(*set) : Dataset{};
        };
        const auto flickr = load("tsv:" + (data / "flickr8k").native());
        HeldOut heldOut;
        for (const auto *name : {"dev", "test"}) {
            const auto part = dataset::split(flickr, name);
            VERIFY_OK(part);
            heldOut.add(*part);
        }
        VERIFY_OK(heldOut.addNames(data / "text/captions/flickr8k_in_flickr30k.tsv"));
        QCOMPARE(heldOut.names(), 4000U); // 2,000 photos, and their names in Flickr30k
        const auto train = dataset::split(flickr, "train");
        VERIFY_OK(train);
        std::vector<Dataset> sets = {*train, load("tsv:" + (data / "coco").native())};
        for (const auto *name :
             {"flickr30k", "coco_restval", "coco_lines", "multi30k_new", "pascal1k", "msvd", "msrvtt", "didemo"})
            sets.push_back(load("text:" + (data / "text/captions" / (std::string(name) + ".tsv")).native()));
        std::int64_t before = 0;
        for (auto &set : sets) {
            const auto leaks = heldOut.leaks(set);
            const auto removed = heldOut.removeFrom(set);
            const auto left = heldOut.leaks(set);
            qInfo("%s: %lld photos and %lld captions in common; taken out: %lld by name, %lld by caption, %lld "
                  "captions in "
                  "all; left: %lld photos, %lld captions of %zu",
                  set.name.c_str(), static_cast<long long>(leaks.photos), static_cast<long long>(leaks.captions),
                  static_cast<long long>(removed.byName), static_cast<long long>(removed.byCaption),
                  static_cast<long long>(removed.captions), static_cast<long long>(left.photos),
                  static_cast<long long>(left.captions), set.captions.size());
            before += leaks.captions;
            QCOMPARE(left.photos, 0);
            QCOMPARE(left.captions, 0);
            QVERIFY(set.captions.size() > 1000);
        }
        QVERIFY(before > 9000); // the check can see: nearly all 10,000 stand in Flickr30k
    }
};

QTEST_GUILESS_MAIN(TestHeldOut)
#include "tst_held_out.moc"
