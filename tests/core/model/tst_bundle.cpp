// A bundle is whole and itself, or one message says everything that is wrong with it.
#include "core/base/bytes.h"
#include "core/base/paths.h"
#include "core/base/tensor_file.h"
#include "core/model/bundle.h"
#include "tests/support/bundles.h"
#include "tests/support/support.h"

#include <algorithm>

using namespace photolex;

namespace {

bool contains(const std::string &text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

// Changes the manifest's text without touching its hashes.
void replaceInManifest(const std::filesystem::path &folder, std::string_view from, std::string_view to)
{
    auto text = readTextFile(folder / "manifest.json").value();
    const auto at = text.find(from);
    QVERIFY2(at != std::string::npos, std::string(from).c_str());
    text.replace(at, from.size(), to);
    VERIFY_OK(writeFileAtomically(folder / "manifest.json", text));
}

} // namespace

class TestBundle : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsWrittenIsReadBack()
    {
        const test::ScratchFolder scratch;
        auto written = test::writeBundle(scratch.path());
        VERIFY_OK(written);
        written->title = "Ein Titel, \"zitiert\"";
        written->trainedOn = {"set A (CC BY 4.0)", "set B"};
        written->encoders[0].metrics = {{"text_to_image.r1", 20.3}};
        written->seed = 0xfedcba9876543210;
        VERIFY_OK(model::writeManifest(scratch.path(), *written));
        const auto bundle = model::Bundle::open(scratch.path());
        VERIFY_OK(bundle);
        const auto &manifest = (*bundle)->manifest();
        QCOMPARE(manifest.title, written->title);
        QCOMPARE(manifest.trainedOn, written->trainedOn);
        QVERIFY(manifest.encoders[0].metrics == written->encoders[0].metrics);
        QCOMPARE(manifest.seed, written->seed);
        QCOMPARE(manifest.network.sha256.size(), std::size_t{64});
        QVERIFY(manifest.files.contains("words.txt"));
        QCOMPARE((*bundle)->encoder("")->id, std::string("linear"));
        QVERIFY((*bundle)->encoderHash(manifest.encoders[0]) != (*bundle)->encoderHash(manifest.encoders[1]));
    }

    void allMissingFilesAreNamedAtOnce()
    {
        const test::ScratchFolder scratch;
        VERIFY_OK(test::writeBundle(scratch.path()));
        for (const auto *name : {"network.safetensors", "words.txt", "lstm.safetensors"})
            std::filesystem::remove(scratch / name);
        const auto bundle = model::Bundle::open(scratch.path());
        QVERIFY(!bundle);
        QCOMPARE(bundle.error().code, Errc::NotFound);
        QCOMPARE(bundle.error().subject, scratch.path().string());
        for (const auto *name : {"network.safetensors", "words.txt", "lstm.safetensors"})
            QVERIFY2(contains(bundle.error().detail, (scratch / name).string()), bundle.error().detail.c_str());
        QCOMPARE(std::ranges::count(bundle.error().detail, '\n'), std::ptrdiff_t{2});
    }

    void aVocabularyOfAnotherBundleIsRefused()
    {
        const test::ScratchFolder scratch;
        const auto manifest = test::writeBundle(scratch.path());
        VERIFY_OK(manifest);
        auto words = readTextFile(scratch / "words.txt").value();
        const auto dog = words.find("dog");
        words.replace(dog, 3, "cat"); // as long as before
        scratch.write("words.txt", words);
        auto bundle = model::Bundle::open(scratch.path());
        QVERIFY(!bundle);
        QCOMPARE(bundle.error().code, Errc::Corrupt);
        QVERIFY(contains(bundle.error().detail, "words.txt"));

        // With a checksum that fits but another number of words it is refused all the same.
        scratch.write("words.txt", words + "extra\n");
        VERIFY_OK(model::writeManifest(scratch.path(), *manifest));
        bundle = model::Bundle::open(scratch.path());
        QVERIFY(!bundle);
        QVERIFY2(contains(bundle.error().detail, "13 words"), bundle.error().detail.c_str());
    }

    void disguisedWeightsAreNamed_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("pointer") << QByteArray("version https://git-lfs.github.com/spec/v1\noid sha256:0123\nsize 9\n")
                                 << QByteArray("Git LFS pointer");
        QTest::newRow("page") << QByteArray("<!DOCTYPE html><html><body>404</body></html>") << QByteArray("HTML");
        QTest::newRow("pickle") << QByteArray("\x80\x02}q\x01X\x05\x00\x00\x00"
                                              "helloq\x02.",
                                              17)
                                << QByteArray("pickle");
    }
    void disguisedWeightsAreNamed()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, name);
        const test::ScratchFolder scratch;
        const auto manifest = test::writeBundle(scratch.path());
        VERIFY_OK(manifest);
        scratch.write("linear.safetensors", bytes.toStdString());
        for (int turn = 0; turn < 2; ++turn) { // with the wrong checksum, then with one that fits
            const auto bundle = model::Bundle::open(scratch.path());
            QVERIFY(!bundle);
            QCOMPARE(bundle.error().code, Errc::Corrupt);
            QVERIFY2(contains(bundle.error().detail, name.toStdString()), bundle.error().detail.c_str());
            VERIFY_OK(model::writeManifest(scratch.path(), *manifest));
        }
    }

    void idsAreTrimmed()
    {
        const test::ScratchFolder scratch;
        VERIFY_OK(test::writeBundle(scratch.path()));
        replaceInManifest(scratch.path(), "\"id\": \"lstm\"", "\"id\": \"  lstm \"");
        const auto bundle = model::Bundle::open(scratch.path());
        VERIFY_OK(bundle);
        QVERIFY((*bundle)->encoder("lstm"));
        QVERIFY((*bundle)->encoder(" lstm\n"));
        QVERIFY(!(*bundle)->encoder("gru"));
    }

    void aWrongManifestIsRefused_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<int>("code");
        const auto row = [](const char *name, const char *from, const char *to, Errc code = Errc::Corrupt) {
            QTest::newRow(name) << QByteArray(from) << QByteArray(to) << static_cast<int>(code);
        };
        row("newer", "\"format_version\": 1", "\"format_version\": 2", Errc::Unsupported);
        row("path", "\"file\": \"lstm.safetensors\"", "\"file\": \"../lstm.safetensors\"");
        row("twice", "\"id\": \"lstm\"", "\"id\": \"linear\"");
        row("no id", "\"id\": \"small\"", "\"id\": \" \"");
        row("id is a path", "\"id\": \"small\"", "\"id\": \"../small\"");
        row("kind", "\"kind\": \"lstm\"", "\"kind\": \"gru\"");
        row("dimension", "\"dimension\": 12", "\"dimension\": 1000000000");
        row("negative", "\"dimension\": 12", "\"dimension\": -1");
        row("text for a number", "\"dimension\": 12", "\"dimension\": \"12\"");
        row("key", "\"vocabulary\"", "\"vocabulari\"");
        row("other dimension", "\"dimension\": 12", "\"dimension\": 13");
    }
    void aWrongManifestIsRefused()
    {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(int, code);
        const test::ScratchFolder scratch;
        VERIFY_OK(test::writeBundle(scratch.path()));
        replaceInManifest(scratch.path(), from.toStdString(), to.toStdString());
        const auto bundle = model::Bundle::open(scratch.path());
        QVERIFY(!bundle);
        QCOMPARE(static_cast<int>(bundle.error().code), code);
        QVERIFY(!bundle.error().detail.empty());
    }

    void aCutManifestIsCorrupt()
    {
        const test::ScratchFolder scratch;
        VERIFY_OK(test::writeBundle(scratch.path()));
        const auto whole = readTextFile(scratch / "manifest.json").value();
        for (std::size_t length = 0; length + 2 < whole.size(); length += 7) {
            scratch.write("manifest.json", std::string_view(whole).substr(0, length));
            const auto manifest = model::readManifest(scratch / "manifest.json");
            QVERIFY(!manifest);
            QCOMPARE(manifest.error().code, Errc::Corrupt);
        }
    }

    void importedOnceAndRemovedAgain()
    {
        const test::ScratchFolder scratch;
        qputenv("XDG_DATA_HOME", QByteArray::fromStdString((scratch / "data").string()));
        VERIFY_OK(test::writeBundle(scratch / "given"));
        QCOMPARE(model::openBundle("small").error().code, Errc::NotFound);
        const auto installed = model::importBundle(scratch / "given");
        VERIFY_OK(installed);
        QCOMPARE(installed->folder, paths::dataHome() / "models" / "small");
        QVERIFY(!installed->ours);
        VERIFY_OK(model::openBundle(" small "));
        VERIFY_OK(model::openBundle(installed->folder.string()));
        QCOMPARE(model::importBundle(scratch / "given").error().code, Errc::Invalid);
        VERIFY_OK(model::removeBundle("small"));
        QVERIFY(!std::filesystem::exists(installed->folder));
        QVERIFY(std::filesystem::exists(scratch / "given"));
        QCOMPARE(model::removeBundle("small").error().code, Errc::NotFound);

        // A broken one leaves nothing behind.
        std::filesystem::remove(scratch / "given/words.txt");
        QCOMPARE(model::importBundle(scratch / "given").error().code, Errc::NotFound);
        QVERIFY(std::filesystem::is_empty(paths::dataHome() / "models"));
    }
};

QTEST_GUILESS_MAIN(TestBundle)
#include "tst_bundle.moc"
