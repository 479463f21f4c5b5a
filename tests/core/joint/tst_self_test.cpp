// A changed preprocessing gives plausible points for no photo at all; the stored pictures of a bundle notice it.
#include "core/base/bytes.h"
#include "core/base/threads.h"
#include "core/image/decode.h"
#include "core/image/network.h"
#include "core/joint/encoder.h"
#include "tests/support/bundles.h"
#include "tests/support/support.h"

#include <algorithm>

using namespace photolex;

class TestSelfTest : public QObject {
    Q_OBJECT
    test::ScratchFolder m_scratch;
    model::Manifest m_manifest;

    Error faultOf() const
    {
        if (const auto written = model::writeManifest(m_scratch.path(), m_manifest); !written)
            return written.error();
        const auto bundle = model::Bundle::open(m_scratch.path());
        if (!bundle)
            return bundle.error();
        const auto tested = joint::selfTest(*bundle);
        return tested ? Error{Errc::Internal, {}, {}} : tested.error();
    }

private Q_SLOTS:
    void initTestCase()
    {
        threads::prepareProcess(2);
        test::BundleShape shape;
        shape.realNetwork = true;
        const auto manifest = test::writeBundle(m_scratch.path(), shape);
        VERIFY_OK(manifest);
        m_manifest = *manifest;
    }

    void aBundleWithoutPicturesIsRefused() { QCOMPARE(faultOf().code, Errc::Corrupt); }

    void threePicturesAreWrittenAndPass()
    {
        VERIFY_OK(joint::writeSelfTests(m_scratch.path(), m_manifest));
        QCOMPARE(m_manifest.selfTests.size(), std::size_t{3});
        const auto bundle = model::Bundle::open(m_scratch.path());
        VERIFY_OK(bundle);
        QCOMPARE((*bundle)->manifest().selfTests.size(), std::size_t{3});
        VERIFY_OK(joint::selfTest(*bundle));
    }

    void driftIsRefused_data()
    {
        QTest::addColumn<int>("drift");
        QTest::newRow("0..1 instead of 0..255") << 0;
        QTest::newRow("blue first") << 1;
        QTest::newRow("upside down") << 2;
    }
    void driftIsRefused()
    {
        QFETCH(int, drift);
        const auto file = m_scratch / m_manifest.selfTests[1].picture;
        const auto original = readFile(file);
        VERIFY_OK(original);
        auto decoded = image::decode(file);
        VERIFY_OK(decoded);
        auto &rgb = decoded->pixels.rgb;
        for (auto &value : rgb)
            if (drift == 0)
                value = static_cast<std::uint8_t>(value / 255);
        if (drift == 1)
            for (std::size_t i = 0; i < rgb.size(); i += 3)
                std::swap(rgb[i], rgb[i + 2]);
        if (drift == 2)
            std::ranges::reverse(rgb);
        const auto changed = image::encodeJpeg(decoded->pixels, 92);
        VERIFY_OK(changed);
        VERIFY_OK(writeFileAtomically(file, *changed));
        const auto fault = faultOf();
        VERIFY_OK(writeFileAtomically(file, *original));
        QCOMPARE(fault.code, Errc::Corrupt);
        QVERIFY2(fault.detail.find("\"feature\"") != std::string::npos, fault.detail.c_str());
        QCOMPARE(faultOf().code, Errc::Internal); // none, once the picture is the old one
    }

    void aTailAndTheEncoderOnItAreTested()
    {
        const test::ScratchFolder scratch;
        test::BundleShape shape;
        shape.realNetwork = true;
        auto manifest = test::writeBundle(scratch.path(), shape);
        VERIFY_OK(manifest);
        VERIFY_OK(test::writeTail(scratch / "network.safetensors", scratch / "tail.safetensors", 0.9F));
        manifest->network.tails.push_back({"own", "tail.safetensors", {}});
        manifest->encoders[0].tail = "own";
        VERIFY_OK(joint::writeSelfTests(scratch.path(), *manifest));
        auto bundle = model::Bundle::open(scratch.path());
        VERIFY_OK(bundle);
        VERIFY_OK(joint::selfTest(*bundle));

        // An encoder that is fed another tail's feature gives plausible points of nothing.
        manifest->encoders[0].tail.clear();
        VERIFY_OK(model::writeManifest(scratch.path(), *manifest));
        bundle = model::Bundle::open(scratch.path());
        VERIFY_OK(bundle);
        auto tested = joint::selfTest(*bundle);
        QVERIFY(!tested);
        QCOMPARE(tested.error().code, Errc::Corrupt);
        QVERIFY2(tested.error().detail.find("\"linear\"") != std::string::npos, tested.error().detail.c_str());

        // Other weights in the tail's file.
        manifest->encoders[0].tail = "own";
        VERIFY_OK(test::writeTail(scratch / "network.safetensors", scratch / "tail.safetensors", 0.6F));
        VERIFY_OK(model::writeManifest(scratch.path(), *manifest));
        bundle = model::Bundle::open(scratch.path());
        VERIFY_OK(bundle);
        tested = joint::selfTest(*bundle);
        QVERIFY(!tested);
        QVERIFY2(tested.error().detail.find("\"tail:own\"") != std::string::npos, tested.error().detail.c_str());

        manifest->network.tails[0].fromBlock = 12;
        VERIFY_OK(model::writeManifest(scratch.path(), *manifest));
        QVERIFY(!model::Bundle::open(scratch.path()));
    }

    void anEncoderOfAnotherBundleIsRefused()
    {
        const test::ScratchFolder other;
        test::BundleShape shape;
        shape.seed = 7;
        VERIFY_OK(test::writeBundle(other.path(), shape));
        const auto own = readFile(m_scratch / "lstm.safetensors");
        VERIFY_OK(own);
        std::filesystem::copy_file(other / "lstm.safetensors", m_scratch / "lstm.safetensors",
                                   std::filesystem::copy_options::overwrite_existing);
        const auto fault = faultOf();
        VERIFY_OK(writeFileAtomically(m_scratch / "lstm.safetensors", *own));
        QCOMPARE(fault.code, Errc::Corrupt);
        QVERIFY2(fault.detail.find("\"lstm\"") != std::string::npos, fault.detail.c_str());
    }

    void aManifestThatAsksForAnotherInputIsRefused()
    {
        const auto before = m_manifest;
        m_manifest.network.mean = 0;
        QCOMPARE(faultOf().code, Errc::Unsupported);
        m_manifest = before;
        m_manifest.network.inputSide = 224;
        QCOMPARE(faultOf().code, Errc::Unsupported);
        m_manifest = before;
        m_manifest.network.kind = "onnx";
        QCOMPARE(faultOf().code, Errc::Unsupported);
        m_manifest = before;
        QCOMPARE(faultOf().code, Errc::Internal); // none, as it was written
    }

    void memoryStaysFlatWithPhotosOfAnySize()
    {
#ifdef __SANITIZE_ADDRESS__
        QSKIP("freed memory is kept in quarantine");
#endif
        const auto bundle = model::Bundle::open(m_scratch.path());
        VERIFY_OK(bundle);
        const auto network = image::Network::open(**bundle);
        VERIFY_OK(network);
        const auto turn = [&](int i) {
            const image::Size size{100 + 37 * (i % 11), 80 + 53 * (i % 7)};
            return (*network)->run({size, std::vector<std::uint8_t>(static_cast<std::size_t>(size.width) *
                                                                    static_cast<std::size_t>(size.height) * 3)});
        };
        for (int i = 0; i < 15; ++i)
            VERIFY_OK(turn(i));
        const auto before = test::residentPages();
        for (int i = 0; i < 60; ++i)
            VERIFY_OK(turn(i));
        QVERIFY(test::residentPages() < before + before / 20);
    }
};

QTEST_GUILESS_MAIN(TestSelfTest)
#include "tst_self_test.moc"
