// NumPy's files of matrices: what they hold is read as it is, and what is no matrix of numbers says what to do.
#include "core/base/npy.h"
#include "core/base/tensor_file.h"
#include "tests/support/support.h"

#include <QProcess>
#include <cstring>

using namespace photolex;

namespace {

std::string file(const std::string &description, const std::string &values, char version = '\x01')
{
    std::string head = description;
    const std::size_t before = version == '\x01' ? 10 : 12;
    while ((before + head.size() + 1) % 64 != 0)
        head += ' ';
    head += '\n';
    std::string bytes("\x93NUMPY", 6);
    bytes += version;
    bytes += '\0';
    bytes += static_cast<char>(head.size() & 0xFF);
    bytes += static_cast<char>(head.size() >> 8);
    if (version != '\x01')
        bytes += std::string(2, '\0');
    return bytes + head + values;
}

std::string description(const std::string &type, const std::string &shape, const std::string &fortran = "False")
{
    return "{'descr': '" + type + "', 'fortran_order': " + fortran + ", 'shape': " + shape + ", }";
}

template <class Value>
std::string bytesOf(std::initializer_list<Value> values)
{
    std::string bytes;
    for (const Value value : values)
        bytes.append(reinterpret_cast<const char *>(&value), sizeof value);
    return bytes;
}

const std::string six = bytesOf<float>({1, -2, 0.5F, 4, 5, 6});

} // namespace

class TestNpy : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyKindOfFloatIsRead_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const auto row = [](const char *name, const std::string &bytes) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes);
        };
        row("float32", file(description("<f4", "(2, 3)"), six));
        row("float64", file(description("<f8", "(2, 3)"), bytesOf<double>({1, -2, 0.5, 4, 5, 6})));
        row("float16", file(description("<f2", "(2, 3)"),
                            bytesOf<std::uint16_t>({floatToHalf(1), floatToHalf(-2), floatToHalf(0.5F), floatToHalf(4),
                                                    floatToHalf(5), floatToHalf(6)})));
        row("format 2", file(description("<f4", "(2, 3)"), six, '\x02'));
        row("format 3, double quotes, another order of keys",
            file("{\"shape\": (2,3), \"fortran_order\": False, \"descr\": \"<f4\"}", six, '\x03'));
    }
    void everyKindOfFloatIsRead()
    {
        QFETCH(QByteArray, bytes);
        const test::ScratchFolder folder;
        const auto matrix = readNpy(folder.write("rows.npy", bytes.toStdString()));
        VERIFY_OK(matrix);
        QCOMPARE(matrix->rows, std::size_t{2});
        QCOMPARE(matrix->columns, std::size_t{3});
        QCOMPARE(matrix->values, (std::vector<float>{1, -2, 0.5F, 4, 5, 6}));
    }

    void whatIsWrittenHereIsRead()
    {
        const test::ScratchFolder folder;
        const auto matrix = readNpy(folder.write("rows.npy", npyHead(3, 2) + six));
        VERIFY_OK(matrix);
        QCOMPARE(matrix->rows, std::size_t{3});
        QCOMPARE(npyHead(3, 2).size() % 64, std::size_t{0});
    }

    void whatIsNoMatrixSaysWhatToDo_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, const std::string &bytes, Errc code, const char *says) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << static_cast<int>(code) << QString(says);
        };
        row("objects", file(description("|O", "(2, 3)"), "\x80\x04."), Errc::Unsupported, "pickle");
        row("a pickle", "\x80\x04\x95 and so on", Errc::Corrupt, "pickle");
        row("big-endian", file(description(">f4", "(2, 3)"), six), Errc::Unsupported, "big-endian");
        row("columns first", file(description("<f4", "(2, 3)", "True"), six), Errc::Unsupported, "Fortran");
        row("integers", file(description("<i8", "(2, 3)"), six + six), Errc::Unsupported, "<i8");
        row("a structure", file("{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (6,), }", six),
            Errc::Unsupported, "numpy.save");
        row("one dimension", file(description("<f4", "(6,)"), six), Errc::Unsupported, "1 dimensions");
        row("three dimensions", file(description("<f4", "(1, 2, 3)"), six), Errc::Unsupported, "3 dimensions");
        row("cut", file(description("<f4", "(2, 3)"), six.substr(0, 13)), Errc::Corrupt, "1 of 2 rows");
        row("too long", file(description("<f4", "(2, 3)"), six + "xyz"), Errc::Corrupt, "3 bytes too many");
        row("huge", file(description("<f4", "(4611686018427387904, 4)"), six), Errc::Corrupt, "ends early");
        row("huge columns", file(description("<f4", "(1, 18446744073709551615)"), six), Errc::Corrupt, "ends early");
        row("no rows", file(description("<f4", "(0, 3)"), ""), Errc::Invalid, "0 rows");
        row("an archive", "PK\x03\x04 and so on", Errc::Corrupt, ".npz");
        row("text", "path,x,y\n", Errc::Corrupt, "no .npy file");
        row("empty", "", Errc::Corrupt, "no .npy file");
        row("a head that ends early", file(description("<f4", "(2, 3)"), six).substr(0, 30), Errc::Corrupt, "head");
        row("a head without a shape", file("{'descr': '<f4', 'fortran_order': False}", six), Errc::Corrupt, "head");
        row("a shape that is none", file(description("<f4", "(2, x)"), six), Errc::Corrupt, "head");
    }
    void whatIsNoMatrixSaysWhatToDo()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, code);
        QFETCH(QString, says);
        const test::ScratchFolder folder;
        const auto refused = readNpy(folder.write("rows.npy", bytes.toStdString()));
        QVERIFY(!refused);
        QCOMPARE(static_cast<int>(refused.error().code), code);
        QVERIFY(refused.error().subject.ends_with("rows.npy"));
        QVERIFY2(QString::fromStdString(refused.error().detail).contains(says), refused.error().detail.c_str());
        QCOMPARE(readNpy(folder / "none.npy").error().code, Errc::NotFound);
    }

    void numpyAgrees()
    {
        const test::ScratchFolder folder;
        folder.write("make.py", "import sys, numpy\n"
                                "a = numpy.arange(6).reshape(2, 3) / 4\n"
                                "numpy.save(sys.argv[1] + '/c.npy', a)\n"
                                "numpy.save(sys.argv[1] + '/f.npy', numpy.asfortranarray(a))\n"
                                "numpy.save(sys.argv[1] + '/o.npy', numpy.array([['a', 1]], dtype=object))\n"
                                "b = numpy.load(sys.argv[1] + '/ours.npy')\n"
                                "assert b.dtype == numpy.float32 and b.shape == (3, 2) and b[1, 0] == 0.5\n");
        folder.write("ours.npy", npyHead(3, 2) + six);
        QProcess python;
        python.start("/usr/bin/python3", {QString::fromStdString((folder / "make.py").native()),
                                          QString::fromStdString(folder.path().native())});
        const bool isMade = python.waitForFinished(60'000) && python.exitCode() == 0;
        const auto complaint = python.readAllStandardError();
        if (!isMade && complaint.contains("No module named"))
            QSKIP("/usr/bin/python3 has no numpy (package python3-numpy)");
        QVERIFY2(isMade, complaint.constData());
        const auto matrix = readNpy(folder / "c.npy");
        VERIFY_OK(matrix);
        QCOMPARE(matrix->values, (std::vector<float>{0, 0.25F, 0.5F, 0.75F, 1, 1.25F}));
        QCOMPARE(readNpy(folder / "f.npy").error().code, Errc::Unsupported);
        QCOMPARE(readNpy(folder / "o.npy").error().code, Errc::Unsupported);
    }
};

QTEST_GUILESS_MAIN(TestNpy)
#include "tst_npy.moc"
