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

TensorData ofOnes(const std::string &name, std::vector<std::int64_t> shape)
{
    std::int64_t count = 1;
    for (const auto size : shape)
        count *= size;
    return {name, std::move(shape), std::vector<float>(static_cast<std::size_t>(count), 1), TensorType::Float32};
}

// A bundle whose network has a few small blocks, and a tail for those from 2 on that "linear" takes its feature from.
Result<model::Manifest> writeBundleWithTail(const std::filesystem::path &folder)
{
    auto manifest = test::writeBundle(folder);
    if (!manifest)
        return manifest;
    const std::vector<TensorData> network = {ofOnes("stem.weight", {2, 3}),
                                             ofOnes("blocks.1.expand.weight", {4}),
                                             ofOnes("blocks.2.expand.weight", {5}),
                                             ofOnes("blocks.10.expand.bias", {6}),
                                             ofOnes("head.bias", {7}),
                                             ofOnes("classifier.bias", {8})};
    if (auto written = writeTensorFile(folder / "network.safetensors", network); !written)
        return fail(written.error());
    const std::vector<TensorData> tail = {network[2], network[3], network[4]};
    if (auto written = writeTensorFile(folder / "linear.tail.safetensors", tail); !written)
        return fail(written.error());
    manifest->network.tails.push_back({"own", "linear.tail.safetensors", {}, 2});
    manifest->encoders[0].tail = "own";
    if (auto written = model::writeManifest(folder, *manifest); !written)
        return fail(written.error());
    return model::readManifest(folder / "manifest.json");
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

    void aTailIsPartOfTheBundle()
    {
        const test::ScratchFolder scratch;
        VERIFY_OK(test::writeBundle(scratch / "plain"));
        const auto plain = model::Bundle::open(scratch / "plain");
        VERIFY_OK(plain);
        QCOMPARE((*plain)->manifest().formatVersion, 1); // readable by those who know of no tails
        QVERIFY((*plain)->tailFile(*(*plain)->encoder("linear")).empty());

        VERIFY_OK(writeBundleWithTail(scratch / "tailed"));
        const auto bundle = model::Bundle::open(scratch / "tailed");
        VERIFY_OK(bundle);
        const auto &manifest = (*bundle)->manifest();
        QCOMPARE(manifest.formatVersion, 2);
        QCOMPARE(manifest.network.tails.size(), std::size_t{1});
        QCOMPARE(manifest.network.tails[0].fromBlock, 2);
        QCOMPARE((*bundle)->encoder("linear")->tail, std::string("own"));
        QCOMPARE((*bundle)->encoder("lstm")->tail, std::string());
        QCOMPARE((*bundle)->tailFile(*(*bundle)->encoder("linear")), scratch / "tailed/linear.tail.safetensors");
        // Points of another tail are other points: they must not share a row file.
        auto other = *(*bundle)->encoder("linear");
        other.tail.clear();
        QVERIFY((*bundle)->encoderHash(other) != (*bundle)->encoderHash(*(*bundle)->encoder("linear")));
    }

    void everyKindIsWholeAndOlderVersionsAreTold()
    {
        const test::ScratchFolder scratch;
        const auto manifest = test::writeBundle(scratch.path(), {.everyKind = true});
        VERIFY_OK(manifest);
        QCOMPARE(manifest->formatVersion, 3);
        VERIFY_OK(model::Bundle::open(scratch.path()));
        auto plain = *manifest;
        std::erase_if(plain.encoders, [](const auto &each) { return each.id != "linear" && each.id != "lstm"; });
        VERIFY_OK(model::writeManifest(scratch.path(), plain));
        QCOMPARE(model::readManifest(scratch / "manifest.json")->formatVersion, 1);
        plain.encoders.push_back(manifest->encoders.back()); // linear, but its words are bytes
        VERIFY_OK(model::writeManifest(scratch.path(), plain));
        QCOMPARE(model::readManifest(scratch / "manifest.json")->formatVersion, 3);
    }

    void byteWordsWithoutTheirScaleAreRefused_data()
    {
        QTest::addColumn<int>("fault");
        QTest::newRow("no scale") << 0;
        QTest::newRow("a scale too few") << 1;
        QTest::newRow("a scale and no bytes") << 2;
    }
    void byteWordsWithoutTheirScaleAreRefused()
    {
        QFETCH(int, fault);
        const test::ScratchFolder scratch;
        const auto manifest = test::writeBundle(scratch.path(), {.everyKind = true});
        VERIFY_OK(manifest);
        const auto file = TensorFile::open(scratch / "power.safetensors");
        VERIFY_OK(file);
        std::vector<TensorData> tensors;
        for (const auto &[name, view] : file->tensors()) {
            TensorData tensor{name, view.shape, view.toFloats(), view.type};
            if (name == "words" && fault == 2)
                tensor.type = TensorType::Float32;
            if (name == "words.scale" && fault == 0)
                continue;
            if (name == "words.scale" && fault == 1) {
                tensor.values.pop_back();
                --tensor.shape[0];
            }
            tensors.push_back(std::move(tensor));
        }
        VERIFY_OK(writeTensorFile(scratch / "power.safetensors", tensors));
        VERIFY_OK(model::writeManifest(scratch.path(), *manifest));
        const auto bundle = model::Bundle::open(scratch.path());
        QVERIFY(!bundle && bundle.error().code == Errc::Corrupt);
        QVERIFY2(contains(bundle.error().detail, "words.scale"), bundle.error().detail.c_str());
    }

    void joinedBundlesKeepTheirRecipesAndShareTheirWords()
    {
        const test::ScratchFolder scratch;
        for (const auto *name : {"one", "two"}) {
            auto manifest = test::writeBundle(scratch / name);
            VERIFY_OK(manifest);
            manifest->trainedOn = {"the same set"};
            manifest->recipe = std::string(name) + ".recipe.json";
            scratch.write(std::string(name) + "/" + manifest->recipe, name);
            manifest->files.clear();
            std::filesystem::rename(scratch / name / "words.txt", scratch / name / (name + std::string(".txt")));
            for (auto &encoder : manifest->encoders) {
                encoder.id += std::string("-") + name;
                encoder.vocabulary = name + std::string(".txt");
            }
            VERIFY_OK(model::writeManifest(scratch / name, *manifest));
        }
        const auto joined = model::joinBundles({scratch / "one", scratch / "two"}, scratch / "out");
        VERIFY_OK(joined);
        VERIFY_OK(model::writeManifest(scratch / "out", *joined));
        const auto bundle = model::Bundle::open(scratch / "out");
        VERIFY_OK(bundle);
        QCOMPARE((*bundle)->manifest().recipe, std::string("one.recipe.json"));
        QCOMPARE((*bundle)->manifest().trainedOn, std::vector<std::string>{"the same set"});
        QVERIFY((*bundle)->manifest().files.contains("two.recipe.json"));
        QCOMPARE((*bundle)->encoder("lstm-two")->vocabulary, std::string("one.txt")); // the same words, kept once
        QVERIFY(!std::filesystem::exists(scratch / "out/two.txt"));
        QCOMPARE(readTextFile((*bundle)->file("two.recipe.json")).value(), std::string("two"));
    }

    void aBrokenTailIsNamed_data()
    {
        QTest::addColumn<int>("fault");
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("missing tensor") << 0 << QByteArray("\"head.bias\"");
        QTest::newRow("another shape") << 1 << QByteArray("\"blocks.10.expand.bias\"");
        QTest::newRow("more than a tail") << 2 << QByteArray("\"blocks.1.expand.weight\"");
        QTest::newRow("no such file") << 3 << QByteArray("linear.tail.safetensors");
        QTest::newRow("wrong checksum") << 4 << QByteArray("linear.tail.safetensors");
        QTest::newRow("no such tail") << 5 << QByteArray("\"linear\"");
    }
    void aBrokenTailIsNamed()
    {
        QFETCH(int, fault);
        QFETCH(QByteArray, name);
        const test::ScratchFolder scratch;
        const auto manifest = writeBundleWithTail(scratch.path());
        VERIFY_OK(manifest);
        std::vector<TensorData> tail = {ofOnes("blocks.2.expand.weight", {5}),
                                        ofOnes("blocks.10.expand.bias", {fault == 1 ? 9 : 6})};
        if (fault != 0)
            tail.push_back(ofOnes("head.bias", {7}));
        if (fault == 2)
            tail.push_back(ofOnes("blocks.1.expand.weight", {4}));
        if (fault == 4)
            tail.back().values.back() = 2;
        VERIFY_OK(writeTensorFile(scratch / "linear.tail.safetensors", tail));
        if (fault < 3)
            VERIFY_OK(model::writeManifest(scratch.path(), *manifest));
        if (fault == 3)
            std::filesystem::remove(scratch / "linear.tail.safetensors");
        if (fault == 5)
            replaceInManifest(scratch.path(), "\"tail\": \"own\"", "\"tail\": \"none\"");
        const auto bundle = model::Bundle::open(scratch.path());
        QVERIFY(!bundle);
        QCOMPARE(bundle.error().code, fault == 3 ? Errc::NotFound : Errc::Corrupt);
        QVERIFY2(contains(bundle.error().detail, name.toStdString()), bundle.error().detail.c_str());
    }

    void joinedBundlesKeepTheirTails()
    {
        const test::ScratchFolder scratch;
        VERIFY_OK(writeBundleWithTail(scratch / "one"));
        auto second = writeBundleWithTail(scratch / "two");
        VERIFY_OK(second);
        for (auto &encoder : second->encoders)
            encoder.id += "-two";
        VERIFY_OK(model::writeManifest(scratch / "two", *second));
        const auto joined = model::joinBundles({scratch / "one", scratch / "two"}, scratch / "out");
        VERIFY_OK(joined);
        QCOMPARE(joined->network.tails.size(), std::size_t{1}); // it is the same
        VERIFY_OK(model::writeManifest(scratch / "out", *joined));
        const auto bundle = model::Bundle::open(scratch / "out");
        VERIFY_OK(bundle);
        QCOMPARE((*bundle)->encoder("linear-two")->tail, std::string("own"));

        const std::vector<TensorData> other = {ofOnes("blocks.2.expand.weight", {5}),
                                               ofOnes("blocks.10.expand.bias", {6}),
                                               {"head.bias", {7}, std::vector<float>(7, 3), TensorType::Float32}};
        VERIFY_OK(writeTensorFile(scratch / "two/linear.tail.safetensors", other));
        VERIFY_OK(model::writeManifest(scratch / "two", *second));
        QCOMPARE(model::joinBundles({scratch / "one", scratch / "two"}, scratch / "out").error().code, Errc::Invalid);
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
        row("newer", "\"format_version\": 1", "\"format_version\": 6", Errc::Unsupported);
        row("path", "\"file\": \"lstm.safetensors\"", "\"file\": \"../lstm.safetensors\"");
        row("twice", "\"id\": \"lstm\"", "\"id\": \"linear\"");
        row("no id", "\"id\": \"small\"", "\"id\": \" \"");
        row("id is a path", "\"id\": \"small\"", "\"id\": \"../small\"");
        row("kind", "\"kind\": \"lstm\"", "\"kind\": \"transformer\"");
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
        scratch.write("given/stowaway.sh", "echo hello");
        scratch.write("given/folder/more", "x");
        const auto installed = model::importBundle(scratch / "given");
        VERIFY_OK(installed);
        for (const auto &entry : std::filesystem::directory_iterator(installed->folder))
            QVERIFY2(entry.path().filename() != "stowaway.sh" && entry.path().filename() != "folder",
                     entry.path().c_str()); // not named, not checked, not taken
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
