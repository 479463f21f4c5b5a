#include "core/base/lines.h"

#include "core/base/bytes.h"
#include "tests/support/support.h"

using namespace photolex;
using Parts = std::vector<std::string_view>;

class TestLines : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theLastLineMayLackItsEnd()
    {
        QCOMPARE(linesOf("a\nb\n"), Parts({"a", "b"}));
        QCOMPARE(linesOf("a\nb"), Parts({"a", "b"}));
        QCOMPARE(linesOf("a\n\nb\n\n"), Parts({"a", "", "b", ""}));
        QCOMPARE(linesOf(""), Parts());
        QCOMPARE(linesOf("\n"), Parts({""}));
    }
    void linesOfOtherSystemsEndInTwoSigns() { QCOMPARE(linesOf("a\r\nb\rc\r\n\r\n"), Parts({"a", "b\rc", ""})); }
    void anySignEndsAPart()
    {
        using namespace std::string_view_literals;
        QCOMPARE(partsOf("a\nb\0c\0"sv, '\0'), Parts({"a\nb", "c"}));
        QCOMPARE(partsOf("a\r\n", '\n'), Parts({"a\r"}));
    }
    void aFileIsReadByLines()
    {
        const test::ScratchFolder scratch;
        VERIFY_OK(writeFileAtomically(scratch / "lines.txt", std::string_view("one\r\n\ntwo")));
        const auto lines = readLines(scratch / "lines.txt");
        VERIFY_OK(lines);
        QCOMPARE(*lines, std::vector<std::string>({"one", "", "two"}));
        const auto missing = readLines(scratch / "none.txt");
        QVERIFY(!missing);
        QCOMPARE(missing.error().code, Errc::NotFound);
    }
};

QTEST_GUILESS_MAIN(TestLines)
#include "tst_lines.moc"
