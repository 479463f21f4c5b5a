// Encoders from outside, with a small pair of modules that Python's torch exports here: they come in after their
// checks, and are then what our own are.
#include "core/base/bytes.h"
#include "core/base/paths.h"
#include "core/image/network.h"
#include "core/joint/encoder.h"
#include "core/joint/installing.h"
#include "core/joint/outside.h"
#include "core/search/search.h"
#include "core/train/measure.h"
#include "tests/support/pictures.h"
#include "tests/support/support.h"

#include <QProcess>
#include <QStandardPaths>
#include <cmath>

using namespace photolex;

namespace {

// Red pictures lie near the words with even ids, blue ones near those with odd ids. `broken` names what is wrong.
constexpr auto exporter = R"(
import sys, torch
folder = sys.argv[1]
class Image(torch.nn.Module):
    def forward(self, x):
        m = x.mean(dim=[2, 3])
        q = torch.nn.functional.adaptive_avg_pool2d(x, 2).flatten(1)
        return torch.cat([m[:, 0:1] - m[:, 2:3], m[:, 2:3] - m[:, 0:1], 0.1 * q], 1)
class Text(torch.nn.Module):
    def forward(self, ids):
        known = (ids > 0).float()
        even = (known * (ids % 2 == 0).float()).sum(1, keepdim=True)
        odd = (known * (ids % 2 == 1).float()).sum(1, keepdim=True)
        rest = torch.sin(ids.float().unsqueeze(2) * torch.arange(1, 13).float()) * known.unsqueeze(2)
        return torch.cat([even, odd, 0.05 * rest.sum(1)], 1)
class Mixed(Text):
    def forward(self, ids):
        return torch.cat([torch.ones(ids.size(0), 1) * ids.size(0), ids[:, :13].float() * ids.size(0) ** 2], 1)
class Blind(torch.nn.Module):
    def forward(self, x):
        return torch.ones(x.size(0), 14)
class Nan(torch.nn.Module):
    def forward(self, x):
        return torch.zeros(x.size(0), 14) / 0.0
class Narrow(Text):
    def forward(self, ids):
        return ids[:, :5].float()
for name in ["Image", "Text", "Mixed", "Blind", "Nan", "Narrow"]:
    torch.jit.script(globals()[name]()).save(folder + "/" + name.lower() + ".pt")
)";

image::Pixels plain(std::uint8_t red, std::uint8_t blue)
{
    image::Pixels pixels{{.width = 90, .height = 60}, {}};
    for (int i = 0; i < 90 * 60; ++i)
        pixels.rgb.insert(pixels.rgb.end(), {red, 10, blue});
    return pixels;
}

double dot(std::span<const float> a, std::span<const float> b)
{
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        sum += static_cast<double>(a[i]) * b[i];
    return sum;
}

} // namespace

class TestOutside : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        qputenv("XDG_DATA_HOME", QByteArray::fromStdString((m_folder / "data").native()));
        m_folder.write("export.py", exporter);
        m_folder.write("words.txt", "<pad>\nblue\nred\nsea\nrose\nsky\nfire\na\n");
        QProcess python;
        python.start("/usr/bin/python3", {text("export.py"), text("")});
        m_isExported = python.waitForFinished(300'000) && python.exitCode() == 0;
        if (!m_isExported)
            qWarning("/usr/bin/python3 has no torch (package python3-torch): encoders from outside are not tested\n%s",
                     python.readAllStandardError().constData());
    }
    void init()
    {
        if (!m_isExported)
            QSKIP("/usr/bin/python3 has no torch (package python3-torch)");
    }

    void codeIsNotOpenedUnasked()
    {
        auto pair = good();
        pair.acceptCode = false;
        const auto refused = joint::importPair(pair, {});
        QCOMPARE(refused.error().code, Errc::Denied);
        nothingIsInstalled();
    }

    void aPairComesInAndIsAnEncoderLikeOthers()
    {
        const auto imported = joint::importPair(good(), {});
        VERIFY_OK(imported);
        QCOMPARE(imported->dimension, 14);
        QVERIFY(imported->secondsPerPhoto > 0);
        QStringList names;
        for (const auto &check : imported->checks) {
            QVERIFY2(check.ok, check.detail.c_str());
            names << QString::fromStdString(check.name);
        }
        for (const char *wanted : {"modules", "shapes", "unit length", "batches", "self-test", "speed"})
            QVERIFY2(names.contains(wanted), wanted);

        const auto bundle = model::openBundle("colours");
        VERIFY_OK(bundle);
        QCOMPARE((*bundle)->manifest().network.kind, std::string("torchscript"));
        VERIFY_OK(joint::selfTest(*bundle));
        const auto network = image::Network::open(**bundle);
        VERIFY_OK(network);
        const auto encoder = joint::Encoder::open(*bundle);
        VERIFY_OK(encoder);
        const auto red = pointOf(**network, **encoder, plain(240, 20));
        const auto blue = pointOf(**network, **encoder, plain(20, 240));
        const auto fire = (*encoder)->sentencePoint("a red fire")->point;
        QVERIFY(std::abs(dot(red, red) - 1) < 1e-5 && std::abs(dot(fire, fire) - 1) < 1e-5);
        QVERIFY(dot(red, fire) > dot(blue, fire));
        const auto words = (*encoder)->wordPoints();
        VERIFY_OK(words);
        QCOMPARE(words->size(), std::size_t{14} * (2 + 7));
        const auto id = static_cast<std::size_t>((*encoder)->vocabulary().id("sky"));
        const auto sky = (*encoder)->sentencePoint("sky")->point;
        QVERIFY(dot(words->subspan(14 * id, 14), sky) > 0.999);

        // A second one of that name, and the same modules from elsewhere: both are refused.
        QCOMPARE(joint::importPair(good(), {}).error().code, Errc::Invalid);
        std::filesystem::copy((*bundle)->folder(), m_folder / "elsewhere");
        const auto elsewhere = model::Bundle::open(m_folder / "elsewhere");
        VERIFY_OK(elsewhere);
        QCOMPARE(image::Network::open(**elsewhere).error().code, Errc::Denied);
        QCOMPARE(joint::Encoder::open(*elsewhere).error().code, Errc::Denied);
        QCOMPARE(joint::installBundle(m_folder / "elsewhere").error().code, Errc::Denied);

        VERIFY_OK(model::removeBundle("colours"));
        const auto again = joint::installBundle(m_folder / "elsewhere", joint::Code::Accepted);
        VERIFY_OK(again);
        VERIFY_OK(model::removeBundle("colours"));
        nothingIsInstalled();
    }

    void itsOwnPiecesSayWhatItReads()
    {
        VERIFY_OK(joint::importPair(good(), {}));
        const auto encoder = joint::Encoder::open(*model::openBundle("colours"));
        VERIFY_OK(encoder);
        const auto read = (*encoder)->read("A RED zebra, zebra!");
        VERIFY_OK(read);
        QCOMPARE(read->words, (std::vector<std::string>{"a", "red"}));
        QCOMPARE(read->unknown, std::vector<std::string>{"zebra"});
        QVERIFY((*encoder)->read("zebra")->ids.empty());
        VERIFY_OK(model::removeBundle("colours"));

        // Byte pairs make up every word, though the vocabulary lists few.
        auto pair = good();
        pair.tokenizer = "bpe";
        pair.pieces = m_folder.write("merges.txt", "#version: 0.2\nr e\nre d</w>\na t</w>\n");
        VERIFY_OK(joint::importPair(pair, {}));
        const auto other = joint::Encoder::open(*model::openBundle("colours"));
        VERIFY_OK(other);
        QCOMPARE((*other)->vocabulary().id("zebra"), text::Vocabulary::unknown);
        const auto zebra = (*other)->sentencePoint("zebra");
        VERIFY_OK(zebra);
        QVERIFY(!zebra->read.ids.empty() && zebra->read.unknown.empty());
        VERIFY_OK(model::removeBundle("colours"));
    }

    void captionedPhotosAreMeasuredThroughTheModules()
    {
        VERIFY_OK(joint::importPair(good(), {}));
        const auto bundle = model::openBundle("colours");
        const auto encoder = joint::Encoder::open(*bundle);
        const auto network = image::Network::open(**bundle);
        VERIFY_OK(encoder);
        VERIFY_OK(network);
        // Wide ones: they are cut, not squashed.
        const std::vector<std::filesystem::path> photos = {
            m_folder.write("one.jpg", test::jpeg(test::scene(1, {160, 60}))),
            m_folder.write("two.jpg", test::jpeg(test::scene(2, {60, 160})))};
        const train::PointsOptions options{.featureCache = m_folder / "features"};
        const auto points = train::photoPoints(photos, **bundle, **encoder, options, {});
        VERIFY_OK(points);
        for (std::size_t i = 0; i < photos.size(); ++i) {
            const auto own = search::pointOfFile(photos[i], **network, **encoder);
            VERIFY_OK(own);
            QVERIFY(dot(*own, std::span(*points).subspan(14 * i, 14)) > 0.9999);
        }
        QCOMPARE(train::photoPoints(photos, **bundle, **encoder, options, {}).value(), *points); // as they were kept
        dataset::Dataset set;
        set.images = photos;
        set.captions = {{0, "a red rose"}, {1, "the blue sky"}};
        VERIFY_OK(train::captionRanks(set, *points, **encoder));
        VERIFY_OK(model::removeBundle("colours"));
    }

    void theModulesSizesMeansAndDeviationsAreUsed()
    {
        auto pair = good();
        pair.means = {0.5F, 0.5F, 0.5F};
        pair.deviations = {0.25F, 0.25F, 0.25F};
        VERIFY_OK(joint::importPair(pair, {}));
        const auto bundle = model::openBundle("colours");
        VERIFY_OK(bundle);
        const auto network = image::Network::open(**bundle);
        VERIFY_OK(network);
        QCOMPARE((*network)->inputSide(), 32);
        const auto q = (*network)->feature(plain(255, 0), {});
        VERIFY_OK(q);
        QVERIFY(std::abs((*q)[0] - 4) < 1e-4); // (1 − 0.5) / 0.25 − (0 − 0.5) / 0.25
        VERIFY_OK(model::removeBundle("colours"));
    }

    void whatFailsACheckStaysOut_data()
    {
        QTest::addColumn<QString>("image");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("says");
        QTest::newRow("rows of a batch change each other") << "image.pt"
                                                           << "mixed.pt"
                                                           << "batches";
        QTest::newRow("all pictures are one") << "blind.pt"
                                              << "text.pt"
                                              << "pictures";
        QTest::newRow("not a number") << "nan.pt"
                                      << "text.pt"
                                      << "not finite";
        QTest::newRow("two spaces") << "image.pt"
                                    << "narrow.pt"
                                    << "14 numbers";
        QTest::newRow("no TorchScript") << "image.pt"
                                        << "words.txt"
                                        << "";
        QTest::newRow("photos for text") << "text.pt"
                                         << "image.pt"
                                         << "";
        QTest::newRow("no file") << "none.pt"
                                 << "text.pt"
                                 << "";
    }
    void whatFailsACheckStaysOut()
    {
        QFETCH(QString, image);
        QFETCH(QString, text);
        QFETCH(QString, says);
        auto pair = good();
        pair.imageModule = m_folder / image.toStdString();
        pair.textModule = m_folder / text.toStdString();
        const auto refused = joint::importPair(pair, {});
        QVERIFY(!refused);
        QVERIFY2(QString::fromStdString(refused.error().detail).contains(says), refused.error().detail.c_str());
        nothingIsInstalled();
    }

    void optionsOutOfRangeAreNamed()
    {
        auto pair = good();
        pair.side = 3;
        QCOMPARE(joint::importPair(pair, {}).error().subject, std::string("size"));
        pair = good();
        pair.deviations[1] = 0;
        QCOMPARE(joint::importPair(pair, {}).error().subject, std::string("std"));
        pair = good();
        pair.id = "../up";
        QCOMPARE(joint::importPair(pair, {}).error().code, Errc::Invalid);
        pair = good();
        pair.tokenizer = "syllables";
        QCOMPARE(joint::importPair(pair, {}).error().code, Errc::Invalid);
        nothingIsInstalled();
    }

private:
    QString text(const char *name) const { return QString::fromStdString((m_folder / name).native()); }
    joint::OutsidePair good() const
    {
        joint::OutsidePair pair;
        pair.imageModule = m_folder / "image.pt";
        pair.textModule = m_folder / "text.pt";
        pair.tokenizer = "words";
        pair.pieces = m_folder / "words.txt";
        pair.side = 32;
        pair.id = "colours";
        pair.acceptCode = true;
        return pair;
    }
    static std::vector<float> pointOf(const image::Network &network, const joint::Encoder &encoder,
                                      const image::Pixels &pixels)
    {
        const auto feature = network.feature(pixels, {});
        return feature ? encoder.imagePoints(*feature).value_or(std::vector<float>()) : std::vector<float>();
    }
    void nothingIsInstalled() const
    {
        std::error_code ignored;
        const auto models = paths::dataHome() / "models";
        QVERIFY(!std::filesystem::exists(models, ignored) || std::filesystem::is_empty(models));
    }

    test::ScratchFolder m_folder;
    bool m_isExported = false;
};

QTEST_GUILESS_MAIN(TestOutside)
#include "tst_outside.moc"
