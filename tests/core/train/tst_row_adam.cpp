// Adam that touches only the rows it is given, against its equations.
#include "core/base/random.h"
#include "tests/core/train/rows_after_steps.h"
#include "tests/support/support.h"

#include <algorithm>
#include <cmath>

using namespace photolex;

namespace {

constexpr std::int64_t height = 9;
constexpr std::int64_t width = 5;

std::vector<float> randomTable(Generator &random)
{
    std::normal_distribution<float> value;
    std::vector<float> table(height * width);
    std::ranges::generate(table, [&] { return value(random); });
    return table;
}

// Ten steps on some of the rows; row 4 is never among them.
std::vector<test::RowStep> randomSteps(Generator &random)
{
    std::normal_distribution<float> value;
    std::vector<test::RowStep> steps;
    for (int i = 0; i < 10; ++i) {
        test::RowStep step{.rows = {}, .gradient = {}, .learningRate = 0.01 * (1 + i)};
        for (std::int64_t row = 0; row < height; ++row)
            if (row != 4 && random() % 2 == 0)
                step.rows.push_back(row);
        for (std::size_t k = 0; k < step.rows.size() * width; ++k)
            step.gradient.push_back(value(random));
        steps.push_back(step);
    }
    return steps;
}

// Kingma and Ba 2015, algorithm 1, at double precision; moments of rows that a step does not name stay as they are.
std::vector<double> slowly(const std::vector<float> &table, const std::vector<test::RowStep> &steps)
{
    std::vector<double> values(table.begin(), table.end());
    std::vector<double> mean(values.size());
    std::vector<double> square(values.size());
    double t = 0;
    for (const auto &step : steps) {
        ++t;
        for (std::size_t r = 0; r < step.rows.size(); ++r)
            for (std::size_t k = 0; k < width; ++k) {
                const auto at = static_cast<std::size_t>(step.rows[r]) * width + k;
                const double gradient = step.gradient[r * width + k];
                mean[at] = 0.9 * mean[at] + 0.1 * gradient;
                square[at] = 0.999 * square[at] + 0.001 * gradient * gradient;
                values[at] -= step.learningRate * (mean[at] / (1 - std::pow(0.9, t))) /
                              (std::sqrt(square[at] / (1 - std::pow(0.999, t))) + 1e-8);
            }
    }
    return values;
}

} // namespace

class TestRowAdam : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void equalsTheEquations()
    {
        for (std::uint64_t seed = 1; seed <= 20; ++seed) {
            auto random = generator(seed, "rows");
            const auto table = randomTable(random);
            const auto steps = randomSteps(random);
            const auto after = test::rowsAfterSteps(table, width, steps);
            QVERIFY(std::ranges::equal(after, slowly(table, steps),
                                       [](double a, double b) { return std::abs(a - b) < 1e-5; }));
        }
    }

    void aRowThatNoStepNamesStaysAsItIs()
    {
        auto random = generator(3, "rows");
        const auto table = randomTable(random);
        const auto after = test::rowsAfterSteps(table, width, randomSteps(random));
        QVERIFY(std::equal(table.begin() + 4 * width, table.begin() + 5 * width, after.begin() + 4 * width));
        QVERIFY(table != after);
    }

    void savedAndLoadedItGoesOnTheSame()
    {
        auto random = generator(4, "rows");
        const auto table = randomTable(random);
        const auto steps = randomSteps(random);
        QVERIFY(test::rowsAfterSteps(table, width, steps) == test::rowsAfterSteps(table, width, steps, true));
    }
};

QTEST_GUILESS_MAIN(TestRowAdam)
#include "tst_row_adam.moc"
