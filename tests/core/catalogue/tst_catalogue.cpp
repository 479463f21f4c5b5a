#include "core/catalogue/catalogue.h"
#include "tests/core/catalogue/photo_maker.h"
#include "tests/support/support.h"

#include <QTest>
#include <algorithm>
#include <thread>

using namespace photolex;
using namespace photolex::catalogue;
using photolex::test::makePhoto;

namespace {

struct Library {
    test::ScratchFolder scratch;
    std::shared_ptr<Catalogue> catalogue;
    RootId root;

    Library()
    {
        auto opened = Catalogue::open(scratch / "a.photolex", Access::Write);
        if (!test::isOk(opened))
            return;
        catalogue = *opened;
        root = catalogue->addRoot("/photos").value_or(RootId{});
    }

    PhotoId add(Photo photo)
    {
        if (!test::isOk(catalogue->save({&photo, 1})))
            return {};
        return photo.id;
    }

    std::vector<std::string> paths(const PhotoFilter &filter, SortKey sort = SortKey::Path, bool descending = false)
    {
        std::vector<std::string> paths;
        const auto ids = catalogue->photoIds(filter, sort, descending);
        if (!test::isOk(ids))
            return {"failed"};
        for (const auto id : *ids)
            paths.push_back(catalogue->absolutePath(id).value_or("none"));
        return paths;
    }
};

using Paths = std::vector<std::string>;

} // namespace

class TestCatalogue : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void photoComesBackAsItWasSaved()
    {
        Library library;
        QVERIFY(library.catalogue);
        Photo photo = makePhoto(library.root, "holiday/a\nb \xff.jpg");
        photo.state = PhotoState::Failed;
        photo.error = Error{Errc::TooLarge, "a", "60,000 × 60,000 pixels"};
        photo.takenAt = -5;
        photo.takenAtSource = 3;
        photo.camera = "Canon";
        photo.title = "A <b>title</b>";
        photo.keywords = {"dog", "zwei Wörter", "a,b;c\n"};
        photo.rating = -1;
        photo.animated = true;
        photo.sidecarMtimeNs = 99;
        VERIFY_OK(library.catalogue->save({&photo, 1}));
        QVERIFY(photo.id);
        for (const auto &found :
             {library.catalogue->photo(photo.id), library.catalogue->photoAt("/photos/holiday/a\nb \xff.jpg")}) {
            VERIFY_OK(found);
            QVERIFY(found->has_value());
            const Photo &back = **found;
            QCOMPARE(back.id, photo.id);
            QCOMPARE(back.root, photo.root);
            QCOMPARE(back.relativePath, photo.relativePath);
            QVERIFY(back.stamp == photo.stamp);
            QCOMPARE(back.partialHash, photo.partialHash);
            QCOMPARE(back.contentHash, photo.contentHash);
            QCOMPARE(back.state, photo.state);
            QVERIFY(back.error == photo.error);
            QCOMPARE(back.takenAt, photo.takenAt);
            QCOMPARE(back.takenAtSource, 3);
            QCOMPARE(back.camera, photo.camera);
            QCOMPARE(back.title, photo.title);
            QVERIFY(back.keywords == photo.keywords);
            QCOMPARE(back.rating, photo.rating);
            QVERIFY(back.animated);
            QCOMPARE(back.sidecarMtimeNs, 99);
        }
        QVERIFY(!library.catalogue->photo({photo.id.value + 1})->has_value());
        QVERIFY(!library.catalogue->absolutePath({photo.id.value + 1}));
    }

    void aFileIsNeverThereTwice()
    {
        Library library;
        const auto first = library.add(makePhoto(library.root, "a.jpg"));
        QCOMPARE(library.add(makePhoto(library.root, "a.jpg")), first);
        // The same folder seen from a nested root, and from one around it.
        const auto inner = library.catalogue->addRoot("/photos/in");
        const auto outer = library.catalogue->addRoot("/");
        const auto nested = library.add(makePhoto(library.root, "in/b.jpg"));
        QCOMPARE(library.add(makePhoto(*inner, "b.jpg")), nested);
        QCOMPARE(library.add(makePhoto(*outer, "photos/in/b.jpg")), nested);
        QCOMPARE(library.catalogue->counts()->photos, 2);
        // A scan of either compares with the folders that were found under it, so that none is taken for removed.
        QCOMPARE(library.catalogue->photosOfRoot(library.root)->size(), 2U);
        QCOMPARE(library.catalogue->photosOfRoot(library.root)->back().relativePath, "in/b.jpg");
        QVERIFY(library.catalogue->photosOfRoot(*inner)->empty());
        // Without the root it was found under, a photo stays as long as another root holds it.
        VERIFY_OK(library.catalogue->removeRoot(library.root));
        QCOMPARE(library.catalogue->counts()->photos, 2);
        VERIFY_OK(library.catalogue->removeRoot(*outer));
        QCOMPARE(library.paths({}), Paths{"/photos/in/b.jpg"});
        VERIFY_OK(library.catalogue->removeRoot(*inner));
        QCOMPARE(library.catalogue->counts()->photos, 0);
        QVERIFY(library.catalogue->integrityFaults()->empty());
    }

    void movedPhotoKeepsIdAndCaption()
    {
        Library library;
        const auto id = library.add(makePhoto(library.root, "old/a.jpg"));
        const auto rival = library.add(makePhoto(library.root, "new/a.jpg"));
        VERIFY_OK(library.catalogue->setUserCaption(id, "the lake"));
        auto photo = **library.catalogue->photo(id);
        photo.relativePath = "new/a.jpg";
        VERIFY_OK(library.catalogue->save({&photo, 1}));
        QCOMPARE(library.paths({}), Paths{"/photos/new/a.jpg"});
        QCOMPARE(library.catalogue->captions(id)->size(), 1U);
        QVERIFY(!library.catalogue->photo(rival)->has_value());
        QVERIFY(library.catalogue->integrityFaults()->empty());
    }

    void saveIsAllOrNothing()
    {
        Library library;
        std::vector<Photo> photos{makePhoto(library.root, "a.jpg"), makePhoto({99}, "b.jpg")};
        const auto saved = library.catalogue->save(photos);
        QVERIFY(!saved && saved.error().code == Errc::Invalid);
        QVERIFY(!photos[0].id);
        QCOMPARE(library.catalogue->counts()->photos, 0);
        photos = {makePhoto(library.root, "a.jpg"), makePhoto(library.root, "b.jpg")};
        photos[1].id = {77};
        const auto unknown = library.catalogue->save(photos);
        QVERIFY(!unknown && unknown.error().code == Errc::NotFound);
        QCOMPARE(library.catalogue->counts()->photos, 0);
    }

    void orders()
    {
        Library library;
        auto second = makePhoto(library.root, "IMG_10.jpg", 20);
        second.stamp.size = 5;
        library.add(second);
        library.add(makePhoto(library.root, "sub/img_2.jpg", 30));
        auto undated = makePhoto(library.root, "b.jpg");
        undated.takenAt.reset(); // sorts by its file's time, 5 s
        library.add(undated);
        QCOMPARE(library.paths({}, SortKey::TakenAt),
                 (Paths{"/photos/b.jpg", "/photos/IMG_10.jpg", "/photos/sub/img_2.jpg"}));
        QCOMPARE(library.paths({}, SortKey::TakenAt, true),
                 (Paths{"/photos/sub/img_2.jpg", "/photos/IMG_10.jpg", "/photos/b.jpg"}));
        QCOMPARE(library.paths({}, SortKey::Name),
                 (Paths{"/photos/b.jpg", "/photos/sub/img_2.jpg", "/photos/IMG_10.jpg"}));
        QCOMPARE(library.paths({}, SortKey::Path),
                 (Paths{"/photos/b.jpg", "/photos/IMG_10.jpg", "/photos/sub/img_2.jpg"}));
        QCOMPARE(library.paths({}, SortKey::Added).front(), "/photos/IMG_10.jpg");
        QCOMPARE(library.paths({}, SortKey::FileSize).front(), "/photos/IMG_10.jpg");
    }

    void filters()
    {
        Library library;
        auto rated = makePhoto(library.root, "a/x.jpg", 100);
        rated.rating = 4;
        const auto captioned = library.add(rated);
        VERIFY_OK(library.catalogue->setFileCaption(captioned, "text", "xmp"));
        auto failed = makePhoto(library.root, "a/sub/y.jpg", 200);
        failed.state = PhotoState::Failed;
        failed.error = Error{Errc::Corrupt, "y", "ends early"};
        library.add(failed);
        auto missing = makePhoto(library.root, "ab/z.jpg", 300);
        missing.state = PhotoState::Missing;
        library.add(missing);
        const auto other = library.catalogue->addRoot("/photosX");
        library.add(makePhoto(*other, "w.jpg", 400));

        QCOMPARE(library.paths({}), (Paths{"/photos/a/x.jpg", "/photos/a/sub/y.jpg", "/photosX/w.jpg"}));
        QCOMPARE(library.paths({.root = library.root}), (Paths{"/photos/a/x.jpg", "/photos/a/sub/y.jpg"}));
        QCOMPARE(library.paths({.folder = "/photos/a"}), (Paths{"/photos/a/x.jpg", "/photos/a/sub/y.jpg"}));
        QCOMPARE(library.paths({.folder = "/photos/a/sub/"}), (Paths{"/photos/a/sub/y.jpg"}));
        QCOMPARE(library.paths({.folder = "/"}).size(), 3U);
        QCOMPARE(library.paths({.since = 100, .until = 200}).size(), 2U);
        QCOMPARE(library.paths({.since = 101, .until = 200}).size(), 1U);
        QCOMPARE(library.paths({.minimumRating = 4}), (Paths{"/photos/a/x.jpg"}));
        QCOMPARE(library.paths({.withoutCaption = true}).size(), 2U);
        QCOMPARE(library.paths({.includeFailed = false}).size(), 2U);
        QCOMPARE(library.paths({.includeMissing = true}).size(), 4U);
        QCOMPARE(library.paths({.root = RootId{99}}).size(), 0U);
        QCOMPARE(*library.catalogue->folders(), (Paths{"/photos/a", "/photos/a/sub", "/photosX"}));
        const auto days = library.catalogue->photosPerDay({});
        VERIFY_OK(days);
        QCOMPARE(days->at(0), 3);
        const auto problems = library.catalogue->problems();
        VERIFY_OK(problems);
        QCOMPARE(problems->size(), 1U);
        QCOMPARE(problems->front().path, "/photos/a/sub/y.jpg");
        QCOMPARE(problems->front().error.detail, "ends early");
        const auto counts = *library.catalogue->counts();
        QCOMPARE(counts.photos, 3);
        QCOMPARE(counts.failed, 1);
        QCOMPARE(counts.missing, 1);
        QCOMPARE(library.catalogue->roots()->front().photos, 2);
    }

    void userCaptionIsKeptWithItsHistory()
    {
        Library library;
        const auto id = library.add(makePhoto(library.root, "a.jpg"));
        const std::string odd = "a\nb <b>x</b> & \"y\" 🏖️ שלום";
        VERIFY_OK(library.catalogue->setUserCaption(id, "first"));
        VERIFY_OK(library.catalogue->setUserCaption(id, odd));
        VERIFY_OK(library.catalogue->setFileCaption(id, "from the file", "xmp"));
        VERIFY_OK(library.catalogue->setFileCaption(id, "from the file again", "iptc"));
        auto captions = *library.catalogue->captions(id);
        QCOMPARE(captions.size(), 2U);
        QCOMPARE(captions[0].text, odd);
        QCOMPARE(captions[0].origin, CaptionOrigin::User);
        QCOMPARE(captions[1].text, "from the file again");
        QCOMPARE(captions[1].detail, "iptc");
        VERIFY_OK(library.catalogue->setUserCaption(id, ""));
        VERIFY_OK(library.catalogue->setFileCaption(id, "", ""));
        QVERIFY(library.catalogue->captions(id)->empty());
        const auto history = *library.catalogue->captionHistory(id);
        std::vector<std::string> texts;
        for (const auto &caption : history) {
            texts.push_back(caption.text);
            QVERIFY(!caption.stands);
        }
        QCOMPARE(texts, (std::vector<std::string>{"from the file again", "from the file", odd, "first"}));
        QVERIFY(library.catalogue->integrityFaults()->empty());
    }

    void searchesAndSettings()
    {
        Library library;
        auto &catalogue = *library.catalogue;
        for (const char *query : {"dog", "cat", "dog"})
            VERIFY_OK(catalogue.rememberSearch(query));
        QCOMPARE(*catalogue.recentSearches(), (Paths{"dog", "cat"}));
        QCOMPARE(*catalogue.recentSearches(1), (Paths{"dog"}));
        VERIFY_OK(catalogue.saveSearch("red car"));
        VERIFY_OK(catalogue.saveSearch("cat"));
        QCOMPARE(*catalogue.savedSearches(), (Paths{"red car", "cat"}));
        VERIFY_OK(catalogue.removeSavedSearch("red car"));
        QCOMPARE(*catalogue.savedSearches(), (Paths{"cat"}));
        for (int number = 0; number < 300; ++number)
            VERIFY_OK(catalogue.rememberSearch(std::to_string(number)));
        QCOMPARE(catalogue.recentSearches(1000)->size(), 200U);
        QCOMPARE(*catalogue.savedSearches(), (Paths{"cat"}));
        VERIFY_OK(catalogue.saveExpression("b", "'dog'"));
        VERIFY_OK(catalogue.saveExpression("a", "'cat'"));
        VERIFY_OK(catalogue.saveExpression("b", "'dog' - 'cat'")); // keeps its place
        QVERIFY(!catalogue.saveExpression("", "'dog'"));
        QCOMPARE(catalogue.savedExpressions()->size(), 2U);
        QCOMPARE(catalogue.savedExpressions()->front().name, "b");
        QCOMPARE(**catalogue.savedExpression("b"), "'dog' - 'cat'");
        VERIFY_OK(catalogue.removeSavedExpression("b"));
        QVERIFY(!catalogue.savedExpression("b")->has_value());
        QCOMPARE(catalogue.savedExpressions()->size(), 1U);
        QVERIFY(!catalogue.setting("x")->has_value());
        VERIFY_OK(catalogue.setSetting("x", "1"));
        VERIFY_OK(catalogue.setSetting("x", "2"));
        QCOMPARE(**catalogue.setting("x"), "2");
    }

    void revisionMovesForReadersElsewhere()
    {
        Library library;
        const auto reader = Catalogue::open(library.catalogue->library(), Access::Read);
        VERIFY_OK(reader);
        const auto before = (*reader)->revision();
        library.add(makePhoto(library.root, "a.jpg"));
        QVERIFY((*reader)->revision() > before);
        QCOMPARE((*reader)->counts()->photos, 1);
        const auto denied = (*reader)->setSetting("x", "1");
        QVERIFY(!denied && denied.error().code == Errc::Denied);
    }

    void manyThreadsReadWhileOneWrites()
    {
        Library library;
        std::atomic<bool> sound = true;
        std::atomic<bool> done = false;
        std::vector<std::jthread> readers;
        for (int number = 0; number < 12; ++number) {
            readers.emplace_back([&] {
                do {
                    const auto counts = library.catalogue->counts();
                    // Batches of ten: a reader never sees a part of one.
                    if (!counts || counts->photos % 10 != 0)
                        sound = false;
                } while (!done);
            });
        }
        for (int batch = 0; batch < 20; ++batch) {
            std::vector<Photo> photos;
            for (int number = 0; number < 10; ++number)
                photos.push_back(makePhoto(library.root, std::to_string(batch * 10 + number)));
            if (!test::isOk(library.catalogue->save(photos)))
                sound = false;
        }
        done = true;
        readers.clear();
        QVERIFY(sound);
        QCOMPARE(library.catalogue->counts()->photos, 200);
    }

    void rawFilesGoWithTheirPicture()
    {
        Library library;
        const auto exif = [&](std::string path, std::string format, std::int64_t takenAt = 1'000'000) {
            auto photo = makePhoto(library.root, std::move(path), takenAt);
            photo.format = std::move(format);
            photo.takenAtSource = 1;
            photo.camera = "Canon EOS D60";
            return photo;
        };
        auto raw = exif("IMG_1.CR2", "RAW");
        QVERIFY(library.catalogue->save({&raw, 1}));
        const auto shown = library.add(exif("IMG_1.JPG", "JPEG", 1'000'001));
        // Strangers: another time, camera, folder, stem; a time that is only the file's; another kind of file.
        library.add(exif("IMG_2.CR2", "RAW"));
        library.add(exif("IMG_2.JPG", "JPEG", 1'000'060));
        library.add(exif("IMG_3.CR2", "RAW"));
        auto otherCamera = exif("IMG_3.JPG", "JPEG");
        otherCamera.camera = "Nikon";
        library.add(otherCamera);
        library.add(exif("copy/IMG_1.JPG", "JPEG"));
        library.add(exif("IMG_1.edited.JPG", "JPEG"));
        auto undated = exif("IMG_4.CR2", "RAW");
        undated.takenAtSource = 4;
        library.add(undated);
        library.add(exif("IMG_4.JPG", "JPEG"));
        library.add(exif("IMG_5.CR2", "RAW"));
        library.add(exif("IMG_5.tif", "TIFF"));

        QCOMPARE((*library.catalogue->photo(raw.id))->companionOf, shown);
        QVERIFY(*library.catalogue->companions(shown) == std::vector<PhotoId>{raw.id});
        const auto all = library.paths({});
        auto expected = all;
        std::erase(expected, "/photos/IMG_1.CR2");
        QVERIFY(library.paths({.includeCompanions = false}) == expected);
        QCOMPARE(all.size(), expected.size() + 1);

        // Without the picture the RAW file stands for itself, and again when the two part.
        VERIFY_OK(library.catalogue->setState({&shown, 1}, PhotoState::Missing));
        QCOMPARE(library.paths({.includeCompanions = false}).size(), all.size() - 1);
        VERIFY_OK(library.catalogue->setState({&shown, 1}, PhotoState::Ready));
        raw.relativePath = "other/IMG_1.CR2";
        VERIFY_OK(library.catalogue->save({&raw, 1}));
        QVERIFY(!(*library.catalogue->photo(raw.id))->companionOf);
        QCOMPARE(library.paths({.includeCompanions = false}).size(), all.size());
        raw.relativePath = "IMG_1.CR2";
        VERIFY_OK(library.catalogue->save({&raw, 1}));
        auto picture = **library.catalogue->photo(shown);
        picture.relativePath = "IMG_9.JPG";
        VERIFY_OK(library.catalogue->save({&picture, 1}));
        QVERIFY(!(*library.catalogue->photo(raw.id))->companionOf);
    }

    void backupIsALibraryOfItsOwn()
    {
        Library library;
        library.add(makePhoto(library.root, "a.jpg"));
        const auto copy = library.scratch / "copy.photolex" / "catalogue.sqlite";
        std::filesystem::create_directories(copy.parent_path());
        VERIFY_OK(library.catalogue->backup(copy));
        const auto opened = Catalogue::open(copy.parent_path(), Access::Read);
        VERIFY_OK(opened);
        QCOMPARE((*opened)->counts()->photos, 1);
        QVERIFY(!library.catalogue->backup(library.scratch / "no such folder" / "x"));
        QVERIFY(!library.catalogue->backup(library.catalogue->library() / "catalogue.sqlite"));
    }
};

QTEST_GUILESS_MAIN(TestCatalogue)
#include "tst_catalogue.moc"
