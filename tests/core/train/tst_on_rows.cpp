// An encoder trained on rows, from nothing and further: what is kept, what is learnt, and that pauses, an early end and
// a broken run change nothing that they should not.
#include "core/base/random.h"
#include "core/base/threads.h"
#include "core/train/on_rows.h"
#include "tests/support/bundles.h"
#include "tests/support/support.h"

#include <algorithm>
#include <cmath>
#include <future>
#include <numeric>
#include <thread>

using namespace photolex;
using namespace photolex::train;

namespace {

constexpr int width = 12;
const std::vector<std::string> things = {"dog", "beach", "car", "ball", "zorro", "wimpel"}; // the last two are new

std::vector<float> unit(std::vector<float> row)
{
    const auto length = std::sqrt(std::inner_product(row.begin(), row.end(), row.begin(), 0.0F));
    for (auto &value : row)
        value /= length;
    return row;
}

// Photos of a thing lie around its direction; each has a caption that names it.
RowSet photos(int count, std::uint64_t seed, bool mirrored)
{
    auto ways = generator(7, "directions");
    auto random = generator(seed, "photos");
    std::normal_distribution<float> value;
    std::vector<std::vector<float>> directions(things.size(), std::vector<float>(width));
    for (auto &direction : directions)
        std::ranges::generate(direction, [&] { return value(ways); });
    RowSet set;
    for (int i = 0; i < count; ++i) {
        const auto thing = static_cast<std::size_t>(i) % things.size();
        for (auto *rows : {&set.rows, &set.mirrored}) {
            if (rows == &set.mirrored && !mirrored)
                continue;
            auto row = directions[thing];
            for (auto &number : row)
                number += 0.4F * value(random);
            row = unit(row);
            rows->insert(rows->end(), row.begin(), row.end());
        }
        set.captions.push_back({i, "a " + things[thing] + (i % 2 == 0 ? " on the red" : " runs")});
    }
    return set;
}

const TensorData &named(const TrainedEncoder &trained, const std::string &name)
{
    return *std::ranges::find(trained.tensors, name, &TensorData::name);
}

bool same(const TrainedEncoder &a, const TrainedEncoder &b)
{
    return a.words == b.words && std::ranges::equal(a.tensors, b.tensors, [](const auto &x, const auto &y) {
               return x.name == y.name && x.shape == y.shape && x.values == y.values;
           });
}

double distanceFromIdentity(const TrainedEncoder &trained)
{
    const auto &map = named(trained, "map_of_points");
    double squares = 0;
    for (std::size_t i = 0; i < map.values.size(); ++i)
        squares += std::pow(map.values[i] - (i % (width + 1) == 0 ? 1.0 : 0.0), 2);
    return std::sqrt(squares);
}

} // namespace

class TestOnRows : public QObject {
    Q_OBJECT

    test::ScratchFolder m_scratch;
    std::shared_ptr<const model::Bundle> m_bundle;

    OnRows work(const char *encoder) const
    {
        OnRows made;
        made.recipe.id = "own";
        made.recipe.dimension = made.recipe.wordDimension = width;
        made.recipe.objective = Objective::Contrastive;
        made.recipe.batch = 16;
        made.recipe.epochs = 8;
        made.recipe.learningRate = 0.01;
        made.recipe.warmUpSteps = 4;
        made.recipe.mirrored = 0.5;
        made.recipe.patience = 8;
        made.width = width;
        made.train = photos(96, 1, true);
        made.heldOut = photos(24, 2, false);
        if (encoder) {
            const auto opened = joint::Encoder::open(m_bundle, encoder);
            if (!test::isOk(opened))
                return made;
            made.first = FirstEncoder{.bundle = m_bundle, .encoder = *opened, .keep = 0.3, .keptRows = {}};
            made.first->keptRows = photos(40, 3, false).rows;
            made.first->keptSentences = {"a dog", "the red car", "a ball on the beach"};
        }
        return made;
    }
    OnRowsOptions at(const char *name) const { return {.checkpoint = m_scratch / name, .resume = true}; }

    static void encoders()
    {
        QTest::addColumn<QString>("encoder");
        QTest::newRow("from nothing") << "";
        QTest::newRow("further, linear") << "linear";
        QTest::newRow("further, lstm") << "lstm";
        QTest::newRow("further, gru") << "gru";
    }

private Q_SLOTS:
    void initTestCase()
    {
        threads::prepareProcess(1);
        VERIFY_OK(test::writeBundle(m_scratch / "bundle", {.dimension = width, .everyKind = true}));
        const auto opened = model::Bundle::open(m_scratch / "bundle");
        VERIFY_OK(opened);
        m_bundle = *opened;
    }

    void itLearnsAndKnowsTheNewWords_data() { encoders(); }
    void itLearnsAndKnowsTheNewWords()
    {
        QFETCH(QString, encoder);
        const auto asked = work(encoder.isEmpty() ? nullptr : qPrintable(encoder));
        std::vector<EpochReport> reports;
        auto options = at(qPrintable("learns" + encoder));
        options.report = [&](const EpochReport &report) { reports.push_back(report); };
        const auto trained = trainOnRows(asked, options, {});
        VERIFY_OK(trained);
        const auto best =
            std::ranges::max_element(reports, {}, [](const auto &report) { return report.dev->textToImage.recall5; });
        QVERIFY2(best->dev->textToImage.recall5 > 40, // chance: one in five
                 qPrintable(QString::number(best->dev->textToImage.recall5)));
        for (const auto &thing : things)
            QVERIFY(std::ranges::find(trained->words, thing) != trained->words.end());
        QCOMPARE(named(*trained, "words").shape[0], static_cast<std::int64_t>(trained->words.size()));
        if (encoder.isEmpty())
            return;
        // The old words keep their places, and the map is that of the bundle's network.
        const auto &known = asked.first->encoder->vocabulary().words();
        QVERIFY(std::equal(known.begin(), known.end(), trained->words.begin()));
        QCOMPARE(named(*trained, "image_map").shape, (std::vector<std::int64_t>{width, 1280}));
        QCOMPARE(reports.front().epoch, 0); // before any
        const auto before = figuresBefore(asked);
        VERIFY_OK(before);
        QVERIFY(best->dev->textToImage.recall5 > before->textToImage.recall5);
    }

    void aBrokenRunGoesOnToTheSameBest_data() { encoders(); }
    void aBrokenRunGoesOnToTheSameBest()
    {
        QFETCH(QString, encoder);
        const auto asked = work(encoder.isEmpty() ? nullptr : qPrintable(encoder));
        const auto whole = trainOnRows(asked, at(qPrintable("whole" + encoder)), {});
        VERIFY_OK(whole);
        std::stop_source stop;
        auto options = at(qPrintable("broken" + encoder));
        options.report = [&](const EpochReport &report) {
            if (report.epoch == 3)
                stop.request_stop();
        };
        const auto broken = trainOnRows(asked, options, stop.get_token());
        QVERIFY(!broken && broken.error().code == Errc::Cancelled);
        std::vector<int> epochs;
        options.report = [&](const EpochReport &report) { epochs.push_back(report.epoch); };
        const auto resumed = trainOnRows(asked, options, {});
        VERIFY_OK(resumed);
        QCOMPARE(epochs.front(), 4);
        QVERIFY(same(*whole, *resumed));
    }

    void aPauseChangesNothing()
    {
        const auto asked = work("linear");
        const auto whole = trainOnRows(asked, at("unpaused"), {});
        VERIFY_OK(whole);
        Control control;
        std::promise<void> paused;
        std::vector<EpochReport> reports;
        auto options = at("paused");
        options.control = &control;
        options.report = [&](const EpochReport &report) {
            reports.push_back(report);
            if (report.epoch == 2) {
                control.setPaused(true);
                paused.set_value();
            }
        };
        auto running = std::async(std::launch::async, [&] { return trainOnRows(asked, options, {}); });
        paused.get_future().wait();
        QVERIFY(control.isPaused());
        QCOMPARE(reports.back().epoch, 2);
        control.setPaused(false);
        const auto gone = running.get();
        VERIFY_OK(gone);
        QVERIFY(same(*whole, *gone));
    }

    void aPausedRunCanBeStopped()
    {
        const auto asked = work("linear");
        Control control;
        control.setPaused(true);
        std::stop_source stop;
        auto options = at("stopped");
        options.control = &control;
        std::promise<void> begun;
        options.report = [&](const EpochReport &) { begun.set_value(); }; // number 0
        auto running = std::async(std::launch::async, [&] { return trainOnRows(asked, options, stop.get_token()); });
        begun.get_future().wait();
        stop.request_stop();
        const auto stopped = running.get();
        QVERIFY(!stopped && stopped.error().code == Errc::Cancelled);
    }

    void anEarlyEndGivesTheBestSoFar()
    {
        const auto asked = work("linear");
        Control control;
        std::vector<EpochReport> reports;
        auto options = at("early");
        options.control = &control;
        options.report = [&](const EpochReport &report) {
            reports.push_back(report);
            if (report.epoch == 2)
                control.finish();
        };
        const auto early = trainOnRows(asked, options, {});
        VERIFY_OK(early);
        QCOMPARE(reports.back().epoch, 2);
        // The same as a run that had no more epochs, but for the schedule: what counts is the best one's figures.
        QVERIFY(std::ranges::any_of(reports, &EpochReport::best));
    }

    void itEndsWhenNothingGetsBetter()
    {
        auto asked = work("linear");
        asked.recipe.learningRate = 1e-9; // nothing moves
        asked.recipe.patience = 2;
        asked.recipe.epochs = 50;
        std::vector<EpochReport> reports;
        auto options = at("patient");
        options.report = [&](const EpochReport &report) { reports.push_back(report); };
        const auto trained = trainOnRows(asked, options, {});
        VERIFY_OK(trained);
        QCOMPARE(reports.back().epoch, 2);
        QVERIFY(reports.front().best && !reports.back().best);
        QVERIFY(distanceFromIdentity(*trained) < 1e-3);
    }

    void whatIsHeldMovesLess()
    {
        const auto moved = [&](double keep, const char *name) {
            auto asked = work("linear");
            asked.recipe.patience = 0; // the last epoch
            asked.first->keep = keep;
            const auto trained = trainOnRows(asked, at(name), {});
            return test::isOk(trained) ? distanceFromIdentity(*trained) : -1;
        };
        const double freely = moved(0, "free");
        const double held = moved(0.9, "held");
        QVERIFY2(held > 0 && held < 0.6 * freely, qPrintable(QString("%1 and %2").arg(held).arg(freely)));
    }

    void captionsOfUnknownWordsAreFoundNowhereBefore()
    {
        auto asked = work("linear");
        for (auto &caption : asked.heldOut.captions)
            caption.text = "zorro wimpel";
        const auto before = figuresBefore(asked);
        VERIFY_OK(before);
        QCOMPARE(before->textToImage.recall10, 0.0);
        QCOMPARE(before->texts, std::int64_t(24));
    }

    void theTimeOfAPassIsMeasured()
    {
        const auto seconds = secondsPerEpoch(work("linear"), 1000, 50, 1, {});
        VERIFY_OK(seconds);
        QVERIFY(*seconds > 0 && *seconds < 60);
    }

    void nothingToReadIsRefused()
    {
        auto asked = work(nullptr);
        for (auto &caption : asked.train.captions)
            caption.text = "…";
        const auto refused = trainOnRows(asked, at("refused"), {});
        QVERIFY(!refused && refused.error().code == Errc::Invalid);
    }
};

QTEST_GUILESS_MAIN(TestOnRows)
#include "tst_on_rows.moc"
