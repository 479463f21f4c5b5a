#include "core/base/bytes.h"
#include "core/base/tensor_file.h"
#include "tests/support/support.h"

#include <cmath>
#include <cstring>
#include <limits>

using namespace photolex;

namespace {

std::string withHeader(const std::string &header, const std::string &data)
{
    std::string file(8, '\0');
    const std::uint64_t size = header.size();
    std::memcpy(file.data(), &size, sizeof(size));
    return file + header + data;
}

} // namespace

class TestTensorFile : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyHalfSurvivesTheRoundTrip()
    {
        for (std::uint32_t half = 0; half <= 0xFFFF; ++half) {
            const float value = halfToFloat(static_cast<std::uint16_t>(half));
            if (std::isnan(value)) {
                QVERIFY(std::isnan(halfToFloat(floatToHalf(value))));
                continue;
            }
            QCOMPARE(std::uint32_t{floatToHalf(value)}, half);
        }
    }

    void halvesRoundToNearestEven()
    {
        QCOMPARE(halfToFloat(floatToHalf(1.0F + 0x1p-11F)), 1.0F);               // half way: to even, down
        QCOMPARE(halfToFloat(floatToHalf(1.0F + 3 * 0x1p-11F)), 1.0F + 0x1p-9F); // half way: to even, up
        QCOMPARE(floatToHalf(65519.0F), std::uint16_t{0x7BFF});
        QCOMPARE(floatToHalf(65520.0F), std::uint16_t{0x7C00});
        QCOMPARE(floatToHalf(0x1p-25F), std::uint16_t{0});
        QCOMPARE(floatToHalf(0x1.8p-25F), std::uint16_t{1});
    }

    void writtenTensorsAreReadBack()
    {
        const test::ScratchFolder folder;
        const std::vector<TensorData> tensors = {
            {"a", {2, 3}, {1, 2, 3, 4, 5, -6.5F}, TensorType::Float32},
            {"b.half", {3}, {0.5F, -2, 1024}, TensorType::Float16},
            {"bytes", {5}, {0, 1, 128, 254, 255}, TensorType::UInt8},
            {"empty", {0, 4}, {}, TensorType::Float32},
        };
        VERIFY_OK(writeTensorFile(folder / "t.safetensors", tensors, {{"kind", "test"}}));
        const auto file = TensorFile::open(folder / "t.safetensors");
        VERIFY_OK(file);
        QCOMPARE(file->tensors().size(), std::size_t{4});
        QCOMPARE(file->metadata().at("kind"), std::string("test"));
        for (const auto &tensor : tensors) {
            const auto *view = file->find(tensor.name);
            QVERIFY(view);
            QVERIFY(view->shape == tensor.shape);
            QVERIFY(view->type == tensor.type);
            QVERIFY(view->toFloats() == tensor.values);
        }
        QCOMPARE(file->find("bytes")->bytes.size(), std::size_t{5});
        QVERIFY(!file->find("c"));
    }

    // The length of the header comes first, and may begin with the bytes of a Python pickle.
    void aHeaderOfAnyLengthIsRead()
    {
        const test::ScratchFolder folder;
        for (const std::size_t size : {128U, 384U, 640U, 896U, 1152U, 1408U}) {
            std::string header = R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}})";
            header.resize(size, ' ');
            const auto file = TensorFile::open(folder.write("t.safetensors", withHeader(header, "x")));
            VERIFY_OK(file);
            QVERIFY(file->find("a"));
        }
    }

    void aShapeThatDoesNotFitIsNotWritten()
    {
        const test::ScratchFolder folder;
        const std::vector<TensorData> tensors = {{"a", {2, 2}, {1, 2, 3}, TensorType::Float32}};
        QCOMPARE(writeTensorFile(folder / "t", tensors).error().code, Errc::Invalid);
        QVERIFY(!std::filesystem::exists(folder / "t"));
    }

    void valuesThatAreNoBytesAreNotWritten_data()
    {
        QTest::addColumn<float>("value");
        QTest::newRow("negative") << -1.0F;
        QTest::newRow("too large") << 256.0F;
        QTest::newRow("no number") << std::numeric_limits<float>::quiet_NaN();
    }
    void valuesThatAreNoBytesAreNotWritten()
    {
        QFETCH(float, value);
        const test::ScratchFolder folder;
        const std::vector<TensorData> tensors = {{"a", {2}, {1, value}, TensorType::UInt8}};
        QCOMPARE(writeTensorFile(folder / "t", tensors).error().code, Errc::Invalid);
        QVERIFY(!std::filesystem::exists(folder / "t"));
    }

    void damagedAndDisguisedFilesAreNamed_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("said");
        const auto row = [](const char *name, const std::string &bytes, const char *said) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << QString(said);
        };
        const std::string two = R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})";
        row("empty", "", "too short");
        row("Git LFS pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 5\n", "Git LFS");
        row("HTML", "<!DOCTYPE html><html></html>", "HTML");
        row("zip", "PK\x03\x04 archive", "zip");
        row("pickle", std::string("\x80\x02}q\x00.", 6), "pickle");
        row("header longer than the file", std::string("\xff\xff\xff\x00\x00\x00\x00\x00{}", 10), "length");
        row("header length near 2^64", std::string("\xff\xff\xff\xff\xff\xff\xff\xff{}", 10), "length");
        row("no JSON", withHeader("{oops", ""), "cannot be read");
        row("file ends early", withHeader(two, "abc"), "outside");
        row("bytes left over", withHeader(two, "abcdefgh"), "left over");
        row("shape does not fit", withHeader(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}})", "abcd"),
            "shape");
        row("negative side", withHeader(R"({"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}})", "abcd"), "shape");
        row("product overflows",
            withHeader(R"({"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}})", ""), "shape");
        row("overlap",
            withHeader(
                R"({"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},"b":{"dtype":"U8","shape":[3],"data_offsets":[1,4]}})",
                "abcd"),
            "overlap");
        row("hole",
            withHeader(
                R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"U8","shape":[1],"data_offsets":[2,3]}})",
                "abc"),
            "hole");
        row("duplicate name",
            withHeader(
                R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}})",
                "a"),
            "twice");
        row("unknown type", withHeader(R"({"a":{"dtype":"C64","shape":[1],"data_offsets":[0,8]}})", "abcdefgh"),
            "unknown type");
        row("an array", withHeader("[1,2]", ""), "");
    }
    void damagedAndDisguisedFilesAreNamed()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, said);
        const test::ScratchFolder folder;
        const auto path = folder.write("weights.safetensors", bytes.toStdString());
        const auto file = TensorFile::open(path);
        QVERIFY(!file);
        QCOMPARE(file.error().code, Errc::Corrupt);
        QVERIFY(file.error().subject.ends_with("weights.safetensors"));
        QVERIFY2(QString::fromStdString(file.error().detail).contains(said), file.error().detail.c_str());
    }
};

QTEST_GUILESS_MAIN(TestTensorFile)
#include "tst_tensor_file.moc"
