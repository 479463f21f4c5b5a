// What is appended, forgotten and appended again, in any order and any grouping into blocks, comes back as its last
// state.
#include "core/base/tensor_file.h"
#include "core/embedding/rows.h"
#include "tests/support/support.h"

#include <QTest>
#include <map>
#include <optional>
#include <rapidcheck.h>

using namespace photolex;
using namespace photolex::embedding;

class TestRowsLaws : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void writtenRowsComeBack()
    {
        const test::ScratchFolder scratch;
        int run = 0;
        const bool holds = rc::check("rows survive writing and reading", [&] {
            const int dimension = *rc::gen::inRange(1, 20);
            const auto steps = *rc::gen::container<std::vector<std::pair<int, int>>>(
                rc::gen::pair(rc::gen::inRange(1, 8), rc::gen::inRange(-2048, 2048)));
            const auto file = scratch / std::to_string(run++);
            std::map<std::int64_t, std::vector<float>> expected;
            std::optional<RowWriter> writer;
            const auto reopen = [&] {
                writer.reset(); // flushes
                auto opened = RowWriter::open(file, dimension, "hash");
                RC_ASSERT(opened.has_value());
                writer.emplace(std::move(*opened));
            };
            reopen();
            for (const auto &[photo, value] : steps) {
                // Numbers that float16 holds exactly; zero stands for "forget", a third of the others end a block.
                if (value == 0 || value % 5 == 0) {
                    RC_ASSERT(writer->forget({photo}).has_value());
                    expected.erase(photo);
                } else {
                    std::vector<float> row(static_cast<std::size_t>(dimension), static_cast<float>(value));
                    row.back() = 1;
                    RC_ASSERT(writer->append({photo}, row).has_value());
                    expected[photo] = row;
                }
                if (value % 3 == 0)
                    RC_ASSERT(writer->flush().has_value());
                if (value % 7 == 0)
                    reopen();
            }
            RC_ASSERT(writer->flush().has_value());
            const auto rows = Rows::open(file, "hash");
            RC_ASSERT(rows.has_value());
            RC_ASSERT((*rows)->size() == expected.size());
            std::size_t place = 0;
            for (const auto &[photo, row] : expected) {
                RC_ASSERT((*rows)->ids()[place].value == photo);
                RC_ASSERT((*rows)->row(place) == row);
                ++place;
            }
        });
        QVERIFY(holds);
    }
};

QTEST_GUILESS_MAIN(TestRowsLaws)
#include "tst_rows_laws.moc"
