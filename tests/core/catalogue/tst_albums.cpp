#include "core/catalogue/catalogue.h"
#include "tests/core/catalogue/photo_maker.h"
#include "tests/support/support.h"

using namespace photolex;
using namespace photolex::catalogue;
using photolex::test::makePhoto;

class TestAlbums : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_scratch = std::make_unique<test::ScratchFolder>();
        m_catalogue = Catalogue::open(*m_scratch / "a.photolex", Access::Write).value();
        const auto root = m_catalogue->addRoot("/p").value();
        std::vector<Photo> photos;
        for (int i = 0; i < 4; ++i)
            photos.push_back(makePhoto(root, "p" + std::to_string(i) + ".jpg", 1'000'000 + i));
        VERIFY_OK(m_catalogue->save(photos));
        m_photos.clear();
        for (const auto &photo : photos)
            m_photos.push_back(photo.id);
    }

    void namesAreThereOnce()
    {
        const auto trip = m_catalogue->addAlbum("  Trip ");
        VERIFY_OK(trip);
        QCOMPARE(m_catalogue->addAlbum("Trip").error().code, Errc::Invalid);
        QCOMPARE(m_catalogue->addAlbum(" \n").error().code, Errc::Invalid);
        const auto other = m_catalogue->addAlbum("animals");
        VERIFY_OK(other);
        QCOMPARE(names(), (std::vector<std::string>{"animals", "Trip"})); // as people sort
        QCOMPARE(m_catalogue->renameAlbum(*other, "Trip").error().code, Errc::Invalid);
        VERIFY_OK(m_catalogue->renameAlbum(*other, "animals")); // its own name is free to it
        VERIFY_OK(m_catalogue->renameAlbum(*other, "Zoo"));
        QCOMPARE(names(), (std::vector<std::string>{"Trip", "Zoo"}));
        QCOMPARE(m_catalogue->renameAlbum({99}, "x").error().code, Errc::NotFound);
    }

    void photosAreInItOnceAndFilterTheLibrary()
    {
        const auto album = m_catalogue->addAlbum("Trip").value();
        QCOMPARE(m_catalogue->addToAlbum(album, std::span(m_photos).first(3)).value(), 3);
        QCOMPARE(m_catalogue->addToAlbum(album, m_photos).value(), 1);
        QCOMPARE(m_catalogue->addToAlbum(album, std::vector<PhotoId>{{999}}).value(), 0);
        QCOMPARE(m_catalogue->addToAlbum({99}, m_photos).error().code, Errc::NotFound);
        VERIFY_OK(m_catalogue->removeFromAlbum(album, std::span(m_photos).first(1)));
        QCOMPARE(m_catalogue->albums().value().front().photos, 3);
        const auto inside = m_catalogue->photoIds({.album = album}, SortKey::TakenAt, false).value();
        QVERIFY(std::equal(inside.begin(), inside.end(), m_photos.begin() + 1, m_photos.end()));
        const auto both = m_catalogue->photoIds({.album = album, .since = 1'000'002}, SortKey::Path, false).value();
        QCOMPARE(both.size(), 2U);
        std::int64_t counted = 0;
        const auto days = m_catalogue->photosPerDay({.album = album});
        VERIFY_OK(days);
        for (const auto &[day, count] : *days)
            counted += count;
        QCOMPARE(counted, 3);
    }

    void itGoesWithoutItsPhotosAndTheyGoWithoutIt()
    {
        const auto album = m_catalogue->addAlbum("Trip").value();
        QCOMPARE(m_catalogue->addToAlbum(album, m_photos).value(), 4);
        VERIFY_OK(m_catalogue->setState(std::span(m_photos).first(1), PhotoState::Missing));
        QCOMPARE(m_catalogue->albums().value().front().photos, 3); // still in it, should the file come back
        VERIFY_OK(m_catalogue->removePhotos(std::span(m_photos).last(1)));
        QCOMPARE(m_catalogue->albums().value().front().photos, 2);
        VERIFY_OK(m_catalogue->setState(std::span(m_photos).first(1), PhotoState::Ready));
        QCOMPARE(m_catalogue->albums().value().front().photos, 3);
        const auto before = m_catalogue->revision();
        VERIFY_OK(m_catalogue->removeAlbum(album));
        QVERIFY(m_catalogue->revision() > before); // readers that keep a view learn of it
        QCOMPARE(m_catalogue->counts().value().photos, 3);
        QVERIFY(m_catalogue->integrityFaults().value().empty());
    }

private:
    std::vector<std::string> names() const
    {
        std::vector<std::string> names;
        const auto albums = m_catalogue->albums().value();
        for (const auto &album : albums)
            names.push_back(album.name);
        return names;
    }
    std::unique_ptr<test::ScratchFolder> m_scratch;
    std::shared_ptr<Catalogue> m_catalogue;
    std::vector<PhotoId> m_photos;
};

QTEST_GUILESS_MAIN(TestAlbums)
#include "tst_albums.moc"
