#include "core/base/bytes.h"
#include "tests/support/support.h"
#include "ui/search/results_export.h"

using namespace photolex;
using namespace photolex::ui;

class TestResultsExport : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void copiesOverwriteNothingAndOriginalsStay()
    {
        const test::ScratchFolder scratch;
        const auto first = scratch.write("a/photo.jpg", "first"), second = scratch.write("b/photo.jpg", "second");
        const auto before = std::filesystem::last_write_time(first);
        const auto there = scratch.write("out/photo.jpg", "was here before");
        const auto report = exportFiles({first.string(), second.string()}, scratch / "out", ExportKind::Copy, {});
        VERIFY_OK(report);
        QCOMPARE(report->written, 2);
        QCOMPARE(readTextFile(there).value(), std::string("was here before"));
        QCOMPARE(readTextFile(scratch / "out/photo (2).jpg").value(), std::string("first"));
        QCOMPARE(readTextFile(scratch / "out/photo (3).jpg").value(), std::string("second"));
        QCOMPARE(readTextFile(first).value(), std::string("first"));
        QVERIFY(std::filesystem::last_write_time(first) == before);
    }

    void linksPointToTheOriginals()
    {
        const test::ScratchFolder scratch;
        const auto photo = scratch.write("\xC3\xA9 #1%.jpg", "x");
        const auto report = exportFiles({photo.string()}, scratch / "new/folder", ExportKind::Link, {});
        VERIFY_OK(report);
        QVERIFY(std::filesystem::read_symlink(scratch / "new/folder" / photo.filename()) == photo);
    }

    void aFileThatIsGoneIsCountedAndStopsNothing()
    {
        const test::ScratchFolder scratch;
        const auto photo = scratch.write("there.jpg", "x");
        const auto report =
            exportFiles({(scratch / "gone.jpg").string(), photo.string()}, scratch / "out", ExportKind::Copy, {});
        VERIFY_OK(report);
        QCOMPARE(report->written, 1);
        QCOMPARE(report->failed, 1);
    }

    void aFolderThatCannotBeMadeIsNamed()
    {
        const test::ScratchFolder scratch;
        const auto file = scratch.write("file", "x");
        const auto report = exportFiles({file.string()}, file / "below", ExportKind::Copy, {});
        QVERIFY(!report);
        QVERIFY(report.error().subject.find("below") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestResultsExport)
#include "tst_results_export.moc"
