#include "core/base/tensor_file.h"
#include "core/embedding/rows.h"
#include "core/embedding/scan_p.h"
#include "tests/support/support.h"

#include <QTest>
#include <random>

using namespace photolex;
using namespace photolex::embedding;

class TestScoreAll : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyKernelEqualsTheSlowSum_data()
    {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("dimension");
        QTest::newRow("no row") << 0 << 300;
        QTest::newRow("one number") << 3 << 1;
        QTest::newRow("less than a lane") << 5 << 7;
        QTest::newRow("the paper's dimension") << 100 << 300;
        QTest::newRow("one more than a lane") << 50 << 301;
        QTest::newRow("features") << 20 << 1280;
    }

    void everyKernelEqualsTheSlowSum()
    {
        QFETCH(int, rows);
        QFETCH(int, dimension);
        // Whole numbers: every order of adding gives the same sum.
        std::mt19937 random(20141110);
        std::uniform_int_distribution<int> number(-8, 8);
        std::vector<float> values(static_cast<std::size_t>(rows * dimension)),
            point(static_cast<std::size_t>(dimension));
        for (auto *list : {&values, &point}) {
            for (auto &value : *list)
                value = static_cast<float>(number(random));
        }
        std::vector<PhotoId> ids;
        for (int row = 0; row < rows; ++row)
            ids.push_back({row + 1});
        std::vector<float> expected;
        for (int row = 0; row < rows; ++row) {
            double sum = 0;
            for (int at = 0; at < dimension; ++at)
                sum += values[static_cast<std::size_t>(row * dimension + at)] * point[static_cast<std::size_t>(at)];
            expected.push_back(static_cast<float>(sum));
        }
        const auto stored = Rows::fromMemory(ids, values, dimension);
        std::vector<float> scores(expected.size());
        scoreAll(*stored, point, scores);
        QVERIFY(scores == expected);
        for (const auto kernel : {ScanKernel{scanPortable}, vectorKernel()}) {
            if (!kernel)
                continue;
            std::fill(scores.begin(), scores.end(), -1.0F);
            kernel(stored->halves().data(), stored->size(), point.size(), point.data(), scores.data());
            QVERIFY(scores == expected);
        }
    }
};

QTEST_GUILESS_MAIN(TestScoreAll)
#include "tst_score_all.moc"
