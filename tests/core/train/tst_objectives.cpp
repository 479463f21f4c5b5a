// The losses against their equations, written out term by term, and their gradients against finite differences, all at
// double precision.
#include "core/base/random.h"
#include "tests/core/train/loss_of_scores.h"
#include "tests/support/support.h"

#include <algorithm>
#include <cmath>

using namespace photolex;
using train::Objective;
using Scores = std::vector<double>;
using Owners = std::vector<std::int64_t>;

namespace {

Scores randomScores(std::size_t n, std::uint64_t seed)
{
    auto random = generator(seed, "scores");
    std::uniform_real_distribution<double> value(-1, 1);
    Scores scores(n * n);
    std::ranges::generate(scores, [&] { return value(random); });
    return scores;
}

double slowLoss(Objective objective, const Scores &scores, const Owners &owners, double constant)
{
    const auto n = owners.size();
    const auto s = [&](std::size_t photo, std::size_t sentence) { return scores[photo * n + sentence]; };
    double loss = 0;
    for (std::size_t i = 0; i < n; ++i) {
        double photoSum = 0;
        double sentenceSum = 0;
        double hardestSentence = 0;
        double hardestPhoto = 0;
        for (std::size_t k = 0; k < n; ++k) {
            if (k != i && owners[k] == owners[i])
                continue;
            photoSum += std::exp(s(i, k) / constant);
            sentenceSum += std::exp(s(k, i) / constant);
            if (k == i)
                continue;
            const double wrongSentence = std::max(0.0, constant - s(i, i) + s(i, k));
            const double wrongPhoto = std::max(0.0, constant - s(i, i) + s(k, i));
            if (objective == Objective::SumOfHinges || objective == Objective::PhotoHinges)
                loss += wrongSentence;
            if (objective == Objective::SumOfHinges)
                loss += wrongPhoto;
            hardestSentence = std::max(hardestSentence, wrongSentence);
            hardestPhoto = std::max(hardestPhoto, wrongPhoto);
        }
        if (objective == Objective::Contrastive)
            loss += 0.5 * (std::log(photoSum) + std::log(sentenceSum)) - s(i, i) / constant;
        if (objective == Objective::HardestHinges)
            loss += hardestSentence + hardestPhoto;
    }
    return loss;
}

} // namespace

class TestObjectives : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void lossAndGradient_data()
    {
        QTest::addColumn<int>("objective");
        QTest::addColumn<double>("constant");
        QTest::addColumn<std::vector<std::int64_t>>("owners");
        const Owners distinct = {0, 1, 2, 3, 4, 5, 6};
        const Owners shared = {0, 1, 0, 2, 1, 0, 3}; // several sentences of one photo in the batch
        const auto number = [](Objective objective) { return static_cast<int>(objective); };
        const int sum = number(Objective::SumOfHinges);
        const int photo = number(Objective::PhotoHinges);
        const int hardest = number(Objective::HardestHinges);
        const int softmax = number(Objective::Contrastive);
        QTest::newRow("hinges") << sum << 0.2 << distinct;
        QTest::newRow("hinges, shared photos") << sum << 0.2 << shared;
        QTest::newRow("hinges, wide margin") << sum << 3.0 << shared;
        QTest::newRow("softmax") << softmax << 0.05 << distinct;
        QTest::newRow("softmax, shared photos") << softmax << 0.05 << shared;
        QTest::newRow("softmax, warm") << softmax << 1.0 << shared;
        QTest::newRow("photos only") << photo << 0.2 << distinct;
        QTest::newRow("photos only, shared photos") << photo << 0.2 << shared;
        QTest::newRow("hardest") << hardest << 0.2 << distinct;
        QTest::newRow("hardest, shared photos") << hardest << 0.2 << shared;
        QTest::newRow("one pair, hardest") << hardest << 0.2 << Owners{4};
        QTest::newRow("one pair") << sum << 0.2 << Owners{4};
    }
    void lossAndGradient()
    {
        QFETCH(int, objective);
        QFETCH(double, constant);
        QFETCH(std::vector<std::int64_t>, owners);
        const auto kind = static_cast<Objective>(objective);
        for (std::uint64_t seed = 1; seed <= 5; ++seed) {
            auto scores = randomScores(owners.size(), seed);
            const auto [loss, gradient] = test::lossOfScores(kind, scores, owners, constant);
            QVERIFY(std::abs(loss - slowLoss(kind, scores, owners, constant)) < 1e-9 * (1 + std::abs(loss)));
            constexpr double step = 1e-6;
            for (std::size_t i = 0; i < scores.size(); ++i) {
                const double here = scores[i];
                scores[i] = here + step;
                const double above = slowLoss(kind, scores, owners, constant);
                scores[i] = here - step;
                const double below = slowLoss(kind, scores, owners, constant);
                scores[i] = here;
                const double difference = (above - below) / (2 * step);
                QVERIFY2(
                    std::abs(gradient[i] - difference) < 1e-4 * (1 + std::abs(difference)),
                    qPrintable(QString("score %1: %2, by differences %3").arg(i).arg(gradient[i]).arg(difference)));
            }
        }
    }

    void noLossWhereEveryPairWinsByTheMargin()
    {
        const auto [loss, gradient] = test::lossOfScores(Objective::SumOfHinges, {0.9, 0.6, 0.5, 0.8}, {0, 1}, 0.2);
        QCOMPARE(loss, 0.0);
        QVERIFY(std::ranges::all_of(gradient, [](double value) { return value == 0; }));
    }
};

QTEST_GUILESS_MAIN(TestObjectives)
#include "tst_objectives.moc"
