// Captioned sets in each of the forms in which they are published, and what is refused before training.
#include "core/dataset/dataset.h"
#include "core/text/text.h"
#include "tests/support/support.h"

#include <algorithm>
#include <set>

using namespace photolex;
using dataset::Dataset;

namespace {

std::string specification(const char *kind, const std::filesystem::path &place)
{
    return std::string(kind) + ":" + place.native();
}

std::vector<std::string> captionsOf(const Dataset &set, const std::string &key)
{
    std::vector<std::string> found;
    for (const auto &caption : set.captions)
        if (set.keys.at(static_cast<std::size_t>(caption.image)) == key)
            found.push_back(caption.text);
    return found;
}

// The promises of the header that every reader must keep.
bool isConsistent(const Dataset &set)
{
    if (set.keys.size() != set.splits.size() || (set.hasImages() && set.images.size() != set.keys.size()))
        return false;
    return std::ranges::all_of(set.captions, [&](const auto &caption) {
        return caption.image >= 0 && static_cast<std::size_t>(caption.image) < set.keys.size();
    });
}

bool isInvalid(const auto &result, Errc code = Errc::Invalid)
{
    return !result && result.error().code == code;
}

using Lines = std::vector<std::string>;

} // namespace

class TestDataset : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tsvKeepsCaptionsVerbatim()
    {
        const test::ScratchFolder scratch;
        scratch.write("set/captions.tsv", "a.webp\ttrain\tA dog .\r\n"
                                          "b.webp\tdev\tOne\ttab inside\n"
                                          "\n"
                                          "a.webp\ttrain\tGrüße, \"zitiert\"\n"
                                          "c.webp\ttest\tthe last line has no end");
        const auto set = dataset::load(specification("tsv", scratch / "set"));
        VERIFY_OK(set);
        QVERIFY(isConsistent(*set));
        QCOMPARE(set->name, std::string("set"));
        QCOMPARE(set->keys, (Lines{"a.webp", "b.webp", "c.webp"}));
        QCOMPARE(set->splits, (Lines{"train", "dev", "test"}));
        QVERIFY(set->images.front() == scratch / "set" / "photos" / "a.webp");
        QCOMPARE(captionsOf(*set, "a.webp"), (Lines{"A dog .", "Grüße, \"zitiert\""}));
        QCOMPARE(captionsOf(*set, "b.webp"), Lines{"One\ttab inside"});
        QCOMPARE(captionsOf(*set, "c.webp"), Lines{"the last line has no end"});
        // A slash at the end names the same folder.
        const auto again = dataset::load(specification("tsv", scratch / "set") + "/");
        VERIFY_OK(again);
        QCOMPARE(again->name, std::string("set"));
        const auto elsewhere = dataset::load(specification("tsv", scratch / "set"), "/photos/elsewhere");
        VERIFY_OK(elsewhere);
        QVERIFY(elsewhere->images.front() == "/photos/elsewhere/a.webp");
    }

    void aBrokenTableIsRefusedByLine()
    {
        const test::ScratchFolder scratch;
        scratch.write("one/captions.tsv", "a.webp\ttrain\tA dog\nb.webp A cat\n");
        const auto columns = dataset::load(specification("tsv", scratch / "one"));
        QVERIFY(isInvalid(columns, Errc::Corrupt));
        QVERIFY(columns.error().detail.find("line 2") != std::string::npos);
        scratch.write("two/captions.tsv", "a.webp\ttrain\tA d\xffog\n");
        QVERIFY(isInvalid(dataset::load(specification("tsv", scratch / "two")), Errc::Corrupt));
        scratch.write("three/captions.tsv", "");
        QVERIFY(isInvalid(dataset::load(specification("tsv", scratch / "three"))));
        QVERIFY(isInvalid(dataset::load(specification("tsv", scratch / "nowhere")), Errc::NotFound));
    }

    void karpathy()
    {
        const test::ScratchFolder scratch;
        const auto file = scratch.write("dataset.json", R"({"dataset": "flickr8k", "images": [
            {"filename": "a.jpg", "split": "train", "sentids": [0, 1], "sentences": [
                {"raw": "A dog .", "tokens": ["a", "dog"]}, {"raw": "A hound .", "tokens": ["a", "hound"]}]},
            {"filename": "b.jpg", "split": "val", "sentences": [{"raw": "A cat ."}]}]})");
        const auto set = dataset::load(specification("karpathy", file), scratch / "pictures");
        VERIFY_OK(set);
        QVERIFY(isConsistent(*set));
        QCOMPARE(captionsOf(*set, "a.jpg"), (Lines{"A dog .", "A hound ."}));
        QCOMPARE(set->splits, (Lines{"train", "val"}));
        QVERIFY(set->images.back() == scratch / "pictures" / "b.jpg");
    }

    void flickrTokens()
    {
        const test::ScratchFolder scratch;
        const auto file =
            scratch.write("results.token", "a.jpg#0\tA dog .\na.jpg#1\tA hound # 2 .\nb.jpg#0\tA cat .\n");
        const auto set = dataset::load(specification("flickr", file));
        VERIFY_OK(set);
        QVERIFY(isConsistent(*set));
        QCOMPARE(captionsOf(*set, "a.jpg"), (Lines{"A dog .", "A hound # 2 ."}));
        QVERIFY(set->images.front() == scratch / "a.jpg");
    }

    void cocoCaptions()
    {
        const test::ScratchFolder scratch;
        const auto file = scratch.write("captions_train2017.json", R"({
            "images": [{"id": 7, "file_name": "000000000007.jpg"}, {"id": 9, "file_name": "000000000009.jpg"}],
            "annotations": [{"id": 1, "image_id": 9, "caption": "A bus."}, {"id": 2, "image_id": 7, "caption": "A bed."},
                            {"id": 3, "image_id": 9, "caption": "A red bus."}]})");
        const auto set = dataset::load(specification("coco", file));
        VERIFY_OK(set);
        QVERIFY(isConsistent(*set));
        QCOMPARE(set->keys, (Lines{"000000000009.jpg", "000000000007.jpg"}));
        QCOMPARE(captionsOf(*set, "000000000009.jpg"), (Lines{"A bus.", "A red bus."}));
    }

    void jsonThatIsNoneOrOfAnotherKindIsCorrupt()
    {
        const test::ScratchFolder scratch;
        for (const auto *text : {"{", "[]", "{\"images\": 5}", "{\"images\": [{\"filename\": 3}]}", "<html>"}) {
            const auto file = scratch.write("x.json", text);
            for (const auto *kind : {"karpathy", "coco"}) {
                const auto set = dataset::load(specification(kind, file));
                QVERIFY2(isInvalid(set, Errc::Corrupt) || isInvalid(set), text);
            }
        }
    }

    void aFolderWithTextsBesideThePhotos()
    {
        const test::ScratchFolder scratch;
        scratch.write("holiday/a.jpg", "x");
        scratch.write("holiday/a.txt", "A dog on the beach\nA wet dog\n\n");
        scratch.write("holiday/day 2/b.png", "x");
        scratch.write("holiday/day 2/b.txt", "A red car");
        scratch.write("holiday/notes.txt", "no photo beside it");
        const auto set = dataset::load(specification("folder", scratch / "holiday"));
        VERIFY_OK(set);
        QVERIFY(isConsistent(*set));
        QCOMPARE(set->keys.size(), std::size_t(2));
        QCOMPARE(captionsOf(*set, "a.jpg"), (Lines{"A dog on the beach", "A wet dog"}));
        QCOMPARE(captionsOf(*set, "day 2/b.png"), Lines{"A red car"});
        QVERIFY(std::ranges::all_of(set->images, [](const auto &photo) { return std::filesystem::exists(photo); }));
        // What the photos say of themselves counts where no text lies beside them.
        scratch.write("holiday/c.JPG", "x");
        const auto own = dataset::load(specification("folder", scratch / "holiday"), {}, [](const auto &photo) {
            return photo.filename() == "day.jpg" ? std::string() : "Two lines,\none caption";
        });
        VERIFY_OK(own);
        QCOMPARE(own->keys.size(), std::size_t(3));
        QCOMPARE(captionsOf(*own, "a.jpg"), (Lines{"A dog on the beach", "A wet dog"}));
        QCOMPARE(captionsOf(*own, "c.JPG"), Lines{"Two lines, one caption"});
    }

    void sentencesOfOneKeyBelongTogether()
    {
        const test::ScratchFolder scratch;
        const auto table = scratch.write("video.tsv", "v1\tval\ta man eats\nv2\tval\ta cat\nv1\tval\tsomeone eats\n");
        const auto grouped = dataset::load(specification("text", table));
        VERIFY_OK(grouped);
        QVERIFY(isConsistent(*grouped) && !grouped->hasImages());
        QCOMPARE(captionsOf(*grouped, "v1"), (Lines{"a man eats", "someone eats"}));
        const auto plain = dataset::load(specification("text", scratch.write("plain.txt", "a man eats\na cat\n")));
        VERIFY_OK(plain);
        QVERIFY(isConsistent(*plain) && !plain->hasImages());
        QCOMPARE(plain->keys.size(), std::size_t(2));
    }

    void theContentTellsTheKind()
    {
        const test::ScratchFolder scratch;
        const auto kindOf = [&](const std::filesystem::path &place) {
            const auto found = dataset::recognise(place);
            return found ? found->substr(0, found->find(':')) : std::string();
        };
        QCOMPARE(kindOf(scratch.write("a/some.data", "photo.jpg#0\tA dog .\n")), std::string("flickr"));
        QCOMPARE(kindOf(scratch.write("b/list.txt", "Image;Description\r\nphoto.jpg;A dog\r\n")), std::string("table"));
        QCOMPARE(kindOf(scratch.write("c/x.json", R"({"images": [{"filename": "a", "sentences": []}]})")),
                 std::string("karpathy"));
        QCOMPARE(kindOf(scratch.write("d/y.json", R"({"annotations": [], "images": []})")), std::string("coco"));
        QCOMPARE(kindOf(scratch.write("e/z.json", R"({"photos": [{"path": "a.jpg", "caption": "A dog"}]})")),
                 std::string("table"));
        QVERIFY(isInvalid(dataset::recognise(scratch.write("f/letter.txt", "Dear friend,\nhow are you?\n"))));
        QVERIFY(isInvalid(dataset::recognise(scratch.write("f/empty.csv", ""))));
        QVERIFY(isInvalid(dataset::recognise(scratch / "nowhere"), Errc::NotFound));
        // A folder is what its one file of captions is; else the texts beside its photos count.
        scratch.write("g/captions.tsv", "a.jpg\ttrain\tA dog\n");
        QCOMPARE(kindOf(scratch / "g"), std::string("tsv"));
        QCOMPARE(kindOf(scratch / "c"), std::string("karpathy"));
        QCOMPARE(kindOf(scratch / "f"), std::string("folder"));
    }

    void aTableOfCaptions()
    {
        const test::ScratchFolder scratch;
        scratch.write("pictures/a b.jpg", "x");
        const auto file = scratch.write("list.csv", "path,caption,split\na b.jpg,\"A dog, wet\",train\n"
                                                    "c.jpg,\"two\nlines\",dev\n");
        const auto set = dataset::loadPlace(file);
        VERIFY_OK(set);
        QVERIFY(isConsistent(*set));
        QCOMPARE(captionsOf(*set, "a b.jpg"), std::vector<std::string>{"A dog, wet"});
        QCOMPARE(captionsOf(*set, "c.jpg"), std::vector<std::string>{"two\nlines"});
        QCOMPARE(set->splits, (std::vector<std::string>{"train", "dev"}));
        QCOMPARE(set->images[0], scratch / "pictures/a b.jpg"); // found in the folder beside the file
        const auto json = scratch.write("own.json", R"({"photos": [{"path": "/x/a.jpg", "caption": "A dog"}]})");
        const auto own = dataset::loadPlace(json);
        VERIFY_OK(own);
        QCOMPARE(own->images[0], std::filesystem::path("/x/a.jpg"));
        const auto torn = dataset::loadPlace(scratch.write("torn.csv", "path,caption\na.jpg,A dog,more\n"));
        QVERIFY(isInvalid(torn, Errc::Corrupt));
        QVERIFY(torn.error().detail.find("record 1") != std::string::npos);
        QVERIFY(isInvalid(dataset::load("table:" + scratch.write("no.csv", "a,b\n1,2\n").native())));
    }

    void unknownKindsAreNamed()
    {
        for (const auto *wrong : {"tsv", "tsv:", "csv:/tmp/x", ""})
            QVERIFY2(isInvalid(dataset::load(wrong)), wrong);
        QVERIFY(dataset::load("csv:/tmp/x").error().detail.find("karpathy") != std::string::npos);
    }

    void splitsAreRenumbered()
    {
        const test::ScratchFolder scratch;
        scratch.write("set/captions.tsv", "a\ttrain\tone\nb\ttest\ttwo\nc\ttrain\tthree\nb\ttest\tfour\n");
        const auto whole = dataset::load(specification("tsv", scratch / "set"));
        VERIFY_OK(whole);
        const auto test = dataset::split(*whole, "test");
        VERIFY_OK(test);
        QVERIFY(isConsistent(*test));
        QCOMPARE(test->keys, Lines{"b"});
        QCOMPARE(captionsOf(*test, "b"), (Lines{"two", "four"}));
        const auto train = dataset::split(*whole, "train");
        VERIFY_OK(train);
        QCOMPARE(train->captions.size() + test->captions.size(), whole->captions.size());
        QCOMPARE(captionsOf(*train, "c"), Lines{"three"});
        const auto none = dataset::split(*whole, "dev");
        QVERIFY(isInvalid(none));
        QVERIFY(none.error().detail.find("test, train") != std::string::npos);
    }

    void classNamesWithTheirSynonyms()
    {
        const test::ScratchFolder scratch;
        const auto names = scratch.write("classes.tsv", "index\twnid\tclip_name\tsimple_name\tsynonyms\n"
                                                        "0\tn1\ttench\ttench\ttench|Tinca tinca\n"
                                                        "1\tn2\tstudio couch\tstudio couch\tstudio couch|day bed\n");
        const auto templates =
            scratch.write("templates.tsv", "set\ttemplate\nx\ta photo of a {}.\nx\titap of my {}.\n");
        const auto classes = dataset::loadClassNames(names, templates);
        VERIFY_OK(classes);
        QCOMPARE(classes->names.size(), std::size_t(2));
        QCOMPARE(classes->names[0], (Lines{"tench", "Tinca tinca"}));
        QCOMPARE(classes->names[1], (Lines{"studio couch", "day bed"}));
        QCOMPARE(classes->templates, (Lines{"a photo of a {}.", "itap of my {}."}));
        const auto plain = dataset::loadClassNames(names, {});
        VERIFY_OK(plain);
        QCOMPARE(plain->templates, Lines{"a photo of a {}."});
        QVERIFY(isInvalid(dataset::loadClassNames(scratch.write("empty.tsv", "index\n"), {})));
        QVERIFY(isInvalid(dataset::loadClassNames(names, scratch.write("none.tsv", "x\ta photo\n"))));
    }

    void checkCounts()
    {
        const test::ScratchFolder scratch;
        for (const auto *name : {"set/photos/a", "set/photos/b"})
            scratch.write(name, "x");
        scratch.write("set/captions.tsv", "a\ttrain\tA dog runs\nb\ttrain\tA dog runs\nb\ttrain\t!!!\nb\ttrain\tdog\n");
        const auto set = dataset::load(specification("tsv", scratch / "set"));
        VERIFY_OK(set);
        const auto report = dataset::check(*set);
        VERIFY_OK(report);
        QCOMPARE(report->captions, 4);
        QCOMPARE(report->emptyCaptions, 1);
        QCOMPARE(report->duplicateCaptions, 1);
        QCOMPARE(report->words, 7);
        QCOMPARE(report->lengthHistogram, (std::vector<std::int64_t>{1, 1, 0, 2}));
        QCOMPARE(report->missingPhotos, 0);
    }

    void aShareOfASplitIsEveryNth()
    {
        const test::ScratchFolder scratch;
        scratch.write("set/captions.tsv", "a\ttrain\t1\nx\ttest\t0\nb\ttrain\t2\nc\ttrain\t3\nd\ttrain\t4\n");
        const auto set = dataset::load(specification("tsv", scratch / "set"));
        VERIFY_OK(set);
        const auto keys = [&](const char *name) {
            const auto part = dataset::split(*set, name);
            return part && isConsistent(*part) ? part->keys : Lines{};
        };
        QCOMPARE(keys("train:1/3"), (Lines{"a", "d"}));
        QCOMPARE(keys("train:3/3"), (Lines{"c"}));
        QCOMPARE(keys("train:1/1"), keys("train"));
        for (const auto *wrong :
             {"train:0/3", "train:4/3", "train:1/0", "train:x/3", "train:1/", "dev:1/3", "train:1/3x"})
            QVERIFY2(isInvalid(dataset::split(*set, wrong)), wrong);
    }

    void senselessDataIsRefusedBeforeTraining()
    {
        const test::ScratchFolder scratch;
        scratch.write("set/photos/a", "x");
        // The wrong column: nearly every caption is empty.
        scratch.write("set/captions.tsv", "a\ttrain\t\na\ttrain\t.\na\ttrain\tdog\n");
        const auto empty = dataset::load(specification("tsv", scratch / "set"));
        VERIFY_OK(empty);
        QVERIFY(isInvalid(dataset::check(*empty)));
        // Photos that are not there, the first of them by name.
        scratch.write("set/captions.tsv", "a\ttrain\tdog\nb\ttrain\tdog\nc\ttrain\tcat\n");
        const auto missing = dataset::load(specification("tsv", scratch / "set"));
        VERIFY_OK(missing);
        const auto checked = dataset::check(*missing);
        QVERIFY(isInvalid(checked, Errc::NotFound));
        QVERIFY(checked.error().detail.find("photos/b") != std::string::npos);
        QVERIFY(isInvalid(dataset::check(Dataset{})));
    }

    void wordsOfAnotherVocabularyAreRefused()
    {
        const test::ScratchFolder scratch;
        scratch.write("set/photos/a", "x");
        scratch.write("set/captions.tsv", "a\ttrain\ta dog runs fast\na\ttrain\ta dog sleeps here now\n");
        const auto set = dataset::load(specification("tsv", scratch / "set"));
        VERIFY_OK(set);
        const auto most = text::Vocabulary::create({"a", "dog", "runs", "fast", "sleeps", "here"}); // 8 of 9
        const auto few = text::Vocabulary::create({"a", "dog", "runs", "fast", "sleeps"});          // 7 of 9
        VERIFY_OK(most);
        VERIFY_OK(few);
        const auto known = dataset::check(*set, &*most);
        VERIFY_OK(known);
        QCOMPARE(known->unknownWords, 1);
        const auto unknown = dataset::check(*set, &*few);
        QVERIFY(isInvalid(unknown));
        QVERIFY(unknown.error().detail.find("2 of 9") != std::string::npos);
    }

    void theSharedSetsAreWhole()
    {
        NEEDS_SHARED_DATA(data);
        const auto flickr = dataset::load(specification("tsv", data / "flickr8k"));
        VERIFY_OK(flickr);
        QVERIFY(isConsistent(*flickr));
        QCOMPARE(flickr->keys.size(), std::size_t(8091));
        QCOMPARE(flickr->captions.size(), std::size_t(40455));
        for (const auto &[name, count] : {std::pair("train", 6000), {"dev", 1000}, {"test", 1000}}) {
            const auto part = dataset::split(*flickr, name);
            VERIFY_OK(part);
            QCOMPARE(part->keys.size(), static_cast<std::size_t>(count));
            VERIFY_OK(dataset::check(*part));
        }
        const auto classes =
            dataset::loadClassNames(data / "text/words/imagenet1k.tsv", data / "text/words/prompt_templates.tsv");
        VERIFY_OK(classes);
        QCOMPARE(classes->names.size(), std::size_t(1000));
        QVERIFY(std::ranges::none_of(classes->names, [](const auto &names) { return names.empty(); }));
    }
};

QTEST_GUILESS_MAIN(TestDataset)
#include "tst_dataset.moc"
