// One's own captions to an installed bundle: what is found in them, and a job that outlives restarts and lost folders.
#include "core/base/bytes.h"
#include "core/base/paths.h"
#include "core/base/random.h"
#include "core/base/threads.h"
#include "core/embedding/rows.h"
#include "core/indexing/indexer.h"
#include "core/joint/encoder.h"
#include "core/training/job.h"
#include "tests/support/bundles.h"
#include "tests/support/pictures.h"
#include "tests/support/support.h"

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace photolex;
using training::Settings;
using training::Source;

namespace {

constexpr int photoCount = 20;

const std::vector<std::string> things = {"dog", "car", "beach", "bello", "schnorchel"}; // the last two are new

Settings quick(const std::string &name, const std::string &from)
{
    Settings settings;
    settings.name = name;
    settings.from = from;
    settings.dimension = 16;
    settings.epochs = 4;
    settings.patience = 4;
    return settings;
}

} // namespace

class TestTraining : public QObject {
    Q_OBJECT

    test::ScratchFolder m_scratch;
    std::filesystem::path m_photos; // with a .txt beside each

    std::string given() const { return (m_scratch / "given").native(); }

    Result<training::Outcome> runAll(const Source &source, const Settings &settings,
                                     catalogue::Catalogue *library = nullptr) const
    {
        const auto material = training::gather(source, settings, library, {});
        if (!material)
            return fail(material.error());
        const auto job = training::create(*material, settings);
        if (!job)
            return fail(job.error());
        return training::run(*job, library, {}, {});
    }

    static std::string weightsOf(const training::Outcome &outcome)
    {
        const auto bundle = model::Bundle::open(outcome.bundle.folder);
        return bundle ? (*bundle)->manifest().encoders.front().sha256 : std::string();
    }

private Q_SLOTS:
    void initTestCase()
    {
        threads::prepareProcess(1);
        qputenv("XDG_DATA_HOME", QByteArray::fromStdString((m_scratch / "data").native()));
        qputenv("XDG_CACHE_HOME", QByteArray::fromStdString((m_scratch / "cache").native()));
        auto manifest = test::writeBundle(m_scratch / "given", {.realNetwork = true});
        VERIFY_OK(manifest);
        VERIFY_OK(joint::writeSelfTests(m_scratch / "given", *manifest));
        m_photos = m_scratch / "holiday";
        for (int i = 0; i < photoCount; ++i) {
            const auto name = "holiday/p" + std::to_string(i);
            m_scratch.write(name + ".jpg", test::jpeg(test::scene(i, {64, 48})));
            m_scratch.write(name + ".txt",
                            "a " + things[static_cast<std::size_t>(i) % things.size()] + " on the red ball\n");
        }
    }

    void whatIsWrongIsFound()
    {
        m_scratch.write("odd/a.jpg", test::jpeg(test::scene(1, {64, 48})));
        m_scratch.write("odd/copy of a.jpg", test::jpeg(test::scene(1, {64, 48})));
        m_scratch.write("odd/b.jpg", test::jpeg(test::scene(2, {64, 48})));
        m_scratch.write("odd/list.csv", "image,caption\na.jpg,a dog\ncopy of a.jpg,Bello runs\nb.jpg, - !\n"
                                        "gone.jpg,a car\nb.jpg,\"Bello, on the beach\"\n");
        const auto found = training::gather({.place = m_scratch / "odd"}, quick("x", given()), nullptr, {});
        VERIFY_OK(found);
        const auto &findings = found->findings;
        QCOMPARE(findings.missingPhotos.count, std::int64_t(1));
        QVERIFY(findings.missingPhotos.examples.front().ends_with("gone.jpg"));
        QCOMPARE(findings.emptyCaptions.count, std::int64_t(1));
        QCOMPARE(findings.repeatedPhotos.count, std::int64_t(1));
        QCOMPARE(findings.unknownWords.count, std::int64_t(1));
        QCOMPARE(findings.unknownWords.examples.front(), std::string("bello"));
        QCOMPARE(findings.unknownUses, std::int64_t(2));
        QCOMPARE(findings.photos, std::int64_t(2)); // a with both of its captions, b with one
        QCOMPARE(findings.captions, std::int64_t(3));
        QVERIFY(findings.tooFew);

        // Nothing starts with that, however it is asked for.
        const auto settings = quick("too few", given());
        const auto job = training::create(*found, settings);
        VERIFY_OK(job);
        const auto refused = training::run(*job, nullptr, {}, {});
        QVERIFY(!refused && refused.error().code == Errc::Invalid);
        VERIFY_OK(training::discard(*job));
        const auto away = training::gather({.place = m_scratch / "nowhere"}, settings, nullptr, {});
        QVERIFY(!away);
        m_scratch.write("notes.txt", "milk, eggs\nbread\n");
        const auto other = training::gather({.place = m_scratch / "notes.txt"}, settings, nullptr, {});
        QVERIFY(!other && other.error().code == Errc::Invalid);
        QVERIFY(other.error().subject.find("notes.txt") != std::string::npos);
    }

    void photosAreHeldOutOnceAndForAll()
    {
        const auto settings = quick("x", given());
        const auto once = training::gather({.place = m_photos}, settings, nullptr, {});
        const auto again = training::gather({.place = m_photos}, settings, nullptr, {});
        VERIFY_OK(once);
        VERIFY_OK(again);
        QCOMPARE(once->findings.trainPhotos, std::int64_t(16));
        QCOMPARE(once->findings.heldOutPhotos, std::int64_t(4));
        QVERIFY(once->heldOut.images == again->heldOut.images);
        for (const auto &photo : once->heldOut.images)
            QVERIFY(std::ranges::find(once->train.images, photo) == once->train.images.end());
        // A set that names its own parts keeps them, and its test part is nobody's.
        std::string table = "image,caption,split\n";
        for (int i = 0; i < photoCount; ++i)
            table += "p" + std::to_string(i) + ".jpg,a dog," + (i < 15 ? "train" : i < 18 ? "val" : "test") + "\n";
        const auto file = m_scratch.write("lists/own.csv", table);
        const auto own = training::gather({.place = file, .photos = m_photos}, settings, nullptr, {});
        VERIFY_OK(own);
        QCOMPARE(own->findings.trainPhotos, std::int64_t(15));
        QCOMPARE(own->findings.heldOutPhotos, std::int64_t(3));
    }

    void theTimeIsSaidFirst()
    {
        const auto settings = quick("x", given());
        const auto material = training::gather({.place = m_photos}, settings, nullptr, {});
        VERIFY_OK(material);
        const auto expected = training::expect(*material, settings, 1, {});
        VERIFY_OK(expected);
        QVERIFY(expected->photos > 0 && expected->epoch > 0);
        QVERIFY2(expected->seconds() < 600, qPrintable(QString::number(expected->seconds())));
    }

    void fromNothingToAnInstalledBundle()
    {
        const auto outcome = runAll({.place = m_photos}, quick("Our Holiday, 2024", {}));
        VERIFY_OK(outcome);
        QCOMPARE(outcome->bundle.id, std::string("our-holiday-2024"));
        QVERIFY(!outcome->before && outcome->best >= 1);
        const auto bundle = model::openBundle("our-holiday-2024");
        VERIFY_OK(bundle);
        VERIFY_OK(joint::selfTest(*bundle));
        QCOMPARE((*bundle)->manifest().title, std::string("Our Holiday, 2024"));
        QVERIFY((*bundle)->manifest().encoders.front().metrics.contains("held_out_text_to_image_r10"));
        QVERIFY(training::unfinished().empty());
        for (const auto &entry : std::filesystem::directory_iterator(model::userModels()))
            QVERIFY2(entry.path().filename() == "our-holiday-2024", entry.path().c_str());
        // A second one of that name gets another id.
        const auto second = runAll({.place = m_photos}, quick("Our Holiday, 2024", {}));
        VERIFY_OK(second);
        QCOMPARE(second->bundle.id, std::string("our-holiday-2024-2"));
    }

    void furtherFromABundleItKnowsTheOldAndTheNew()
    {
        const auto outcome = runAll({.place = m_photos}, quick("further", given() + "/linear"));
        VERIFY_OK(outcome);
        QVERIFY(outcome->before && outcome->keptWords);
        QVERIFY(*outcome->keptWords >= 0 && *outcome->keptWords <= 1);
        QCOMPARE(outcome->before->texts, outcome->after.texts);
        const auto bundle = model::Bundle::open(outcome->bundle.folder);
        VERIFY_OK(bundle);
        const auto encoder = joint::Encoder::open(*bundle);
        VERIFY_OK(encoder);
        for (const auto *word : {"dog", "runs", "bello", "schnorchel"})
            VERIFY_OK((*encoder)->sentencePoint(word));
        QVERIFY((*encoder)->pointMap());
    }

    void brokenOffAndGoneOnWithItIsTheSame()
    {
        const auto settings = quick("broken", given());
        const auto material = training::gather({.place = m_photos}, settings, nullptr, {});
        VERIFY_OK(material);
        const auto job = training::create(*material, settings);
        VERIFY_OK(job);
        std::stop_source stop;
        training::Watching watching;
        watching.epoch = [&](const train::EpochReport &report) {
            if (report.epoch == 2)
                stop.request_stop();
        };
        const auto broken = training::run(*job, nullptr, watching, stop.get_token());
        QVERIFY(!broken && broken.error().code == Errc::Cancelled);

        // As after a restart, and with the photos gone: what is needed of them is there.
        const auto left = training::unfinished();
        QCOMPARE(left.size(), std::size_t(1));
        QCOMPARE(left.front().settings, settings);
        QVERIFY(left.front().hasRows);
        QCOMPARE(left.front().epochs.back().epoch, 2);
        std::filesystem::rename(m_photos, m_scratch / "elsewhere");
        const auto resumed = training::run(left.front(), nullptr, {}, {});
        std::filesystem::rename(m_scratch / "elsewhere", m_photos);
        VERIFY_OK(resumed);
        QCOMPARE(resumed->epochs, 4);
        const auto whole = runAll({.place = m_photos}, quick("whole", given()));
        VERIFY_OK(whole);
        QCOMPARE(weightsOf(*resumed), weightsOf(*whole));
        QVERIFY(training::unfinished().empty());
    }

    void aPhotoThatCannotBeReadIsLeftOut()
    {
        const auto folder = m_scratch / "damaged";
        std::filesystem::copy(m_photos, folder);
        m_scratch.write("damaged/p3.jpg", "no picture at all");
        const auto settings = quick("damaged", {});
        const auto material = training::gather({.place = folder}, settings, nullptr, {});
        VERIFY_OK(material);
        const auto job = training::create(*material, settings);
        VERIFY_OK(job);
        std::vector<std::string> names;
        training::Watching watching;
        watching.unreadable = [&](const std::filesystem::path &photo, const Error &) {
            names.push_back(photo.filename().native());
        };
        const auto outcome = training::run(*job, nullptr, watching, {});
        VERIFY_OK(outcome);
        QCOMPARE(names, std::vector<std::string>{"p3.jpg"});
        QCOMPARE(outcome->unreadable, std::int64_t(1));
    }

    // No photo of the library is opened, and every one of them has its place in the new space at once.
    void captionsOfTheLibraryAndItsRows()
    {
        const auto bundle = model::Bundle::open(m_scratch / "given");
        VERIFY_OK(bundle);
        const auto &network = (*bundle)->manifest().network.sha256;
        auto opened = catalogue::Catalogue::open(m_scratch / "library", catalogue::Access::Write);
        VERIFY_OK(opened);
        auto &library = **opened;
        const auto root = library.addRoot(m_scratch / "never there");
        VERIFY_OK(root);
        const auto file = library.rowFile(embedding::featureRowsName(network));
        std::filesystem::create_directories(file.parent_path());
        auto writer = embedding::RowWriter::open(file, 1280, network);
        VERIFY_OK(writer);
        std::vector<std::vector<float>> features;
        for (int i = 0; i < photoCount + 5; ++i) {
            catalogue::Photo photo;
            photo.root = *root;
            photo.relativePath = std::to_string(i) + ".jpg";
            photo.state = catalogue::PhotoState::Ready;
            photo.partialHash = static_cast<std::uint64_t>(i + 1);
            std::vector photos{photo};
            VERIFY_OK(library.save(photos));
            auto random = generator(static_cast<std::uint64_t>(i), "feature");
            std::uniform_real_distribution<float> value(0, 1);
            std::ranges::generate(features.emplace_back(1280), [&] { return value(random); });
            if (i < photoCount + 4) // the last is not indexed yet
                VERIFY_OK(writer->append(photos[0].id, features.back()));
            if (i < photoCount || i == photoCount + 4)
                VERIFY_OK(library.setUserCaption(photos[0].id,
                                                 "a " + things[static_cast<std::size_t>(i) % things.size()] + " runs"));
        }
        VERIFY_OK(writer->flush());
        for (const std::string &from : {std::string(), given() + "/linear"}) {
            const auto settings = quick("of the library", from);
            const auto material = training::gather({}, settings, &library, {});
            VERIFY_OK(material);
            QCOMPARE(material->findings.notRead.count, std::int64_t(1));
            QCOMPARE(material->findings.photos, std::int64_t(photoCount));
            const auto outcome = runAll({}, settings, &library);
            VERIFY_OK(outcome);
            const auto made = model::Bundle::open(outcome->bundle.folder);
            VERIFY_OK(made);
            const auto encoder = joint::Encoder::open(*made);
            VERIFY_OK(encoder);
            const auto filled = indexing::fillPoints(library, **encoder, (*made)->manifest().network.sha256, {});
            VERIFY_OK(filled);
            QCOMPARE(*filled, std::int64_t(photoCount + 4));
            const auto rows = embedding::Rows::open(library.rowFile(embedding::pointRowsName((*encoder)->hash())),
                                                    (*encoder)->hash());
            VERIFY_OK(rows);
            // The way through the other encoder's points leads to where the photo itself leads.
            for (const std::size_t i : {std::size_t(0), std::size_t(photoCount + 3)}) {
                const auto straight = (*encoder)->imagePoints(features[i]);
                VERIFY_OK(straight);
                const auto row = (*rows)->row(i);
                const float cosine = std::inner_product(row.begin(), row.end(), straight->begin(), 0.0F);
                QVERIFY2(cosine > 0.999F, qPrintable(QString::number(cosine)));
            }
        }
        QVERIFY(!training::gather({}, quick("x", {}), nullptr, {})); // no library
    }

    void encodersWithoutWordsOfTheirOwnAreNotTrainedFurther()
    {
        const auto refused = training::gather({.place = m_photos}, quick("x", "photolex-en/skip-gram"), nullptr, {});
        QVERIFY(!refused && refused.error().code == Errc::Invalid);
    }
};

QTEST_GUILESS_MAIN(TestTraining)
#include "tst_training.moc"
