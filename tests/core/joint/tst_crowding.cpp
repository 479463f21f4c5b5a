// Points that lie near to everything: measured by a formula, with sentences that come with a bundle.
#include "core/base/bytes.h"
#include "core/base/threads.h"
#include "core/joint/crowding.h"
#include "core/joint/encoder.h"
#include "tests/support/bundles.h"
#include "tests/support/support.h"

#include <cmath>
#include <random>

using namespace photolex;

class TestCrowding : public QObject {
    Q_OBJECT
    test::ScratchFolder m_scratch;

private Q_SLOTS:
    void initTestCase() { threads::prepareProcess(2); }

    void isTheLogarithmOfTheMean()
    {
        const std::vector<float> products{0.5F, -0.25F, 0.1F};
        const double sum = std::exp(10 * 0.5) + std::exp(10 * -0.25) + std::exp(10 * 0.1);
        QVERIFY(std::abs(joint::crowding(products, 10) - std::log(sum / 3) / 10) < 1e-5);
        QCOMPARE(joint::crowding(std::vector<float>{0.3F}, 20), 0.3F);
        QCOMPARE(joint::crowding(std::vector<float>{}, 20), 0.0F);
        // Between the mean and the largest, and no power overflows.
        const float sharp = joint::crowding(products, 1e6F);
        QVERIFY(std::isfinite(sharp) && std::abs(sharp - 0.5F) < 1e-3F);
        const float blunt = joint::crowding(products, 1e-3F);
        QVERIFY(std::abs(blunt - 0.35F / 3) < 1e-3F);
    }

    void manyPointsAreAsOne()
    {
        constexpr int width = 24;
        std::mt19937 random(7);
        std::normal_distribution<float> normal;
        const auto rows = [&](std::size_t count) {
            std::vector<float> values(count * width);
            for (float &value : values)
                value = normal(random) / std::sqrt(static_cast<float>(width));
            return values;
        };
        const auto points = rows(700); // more than are done at once
        const auto bank = rows(31);
        const auto all = joint::crowding(points, bank, width, 15);
        QCOMPARE(all.size(), std::size_t{700});
        for (std::size_t i = 0; i < all.size(); i += 53) {
            std::vector<float> products;
            for (std::size_t w = 0; w < 31; ++w) {
                float product = 0;
                for (std::size_t k = 0; k < width; ++k)
                    product += points[i * width + k] * bank[w * width + k];
                products.push_back(product);
            }
            QVERIFY(std::abs(all[i] - joint::crowding(products, 15)) < 1e-4F);
        }
    }

    void sentencesComeWithTheBundle()
    {
        VERIFY_OK(test::writeBundle(m_scratch.path(), {}));
        auto bundle = model::Bundle::open(m_scratch.path());
        VERIFY_OK(bundle);
        const auto none = joint::typicalSentences(**bundle);
        VERIFY_OK(none);
        QVERIFY(none->empty());

        const std::vector<std::string> sentences{"a dog runs", "two dogs run on grass"};
        VERIFY_OK(joint::setTypicalSentences(m_scratch.path(), sentences));
        bundle = model::Bundle::open(m_scratch.path());
        VERIFY_OK(bundle);
        const auto encoder = joint::Encoder::open(*bundle);
        VERIFY_OK(encoder);
        const auto kept = (*encoder)->typicalSentences();
        QCOMPARE(std::vector<std::string>(kept.begin(), kept.end()), sentences);

        // The file is checked like every other.
        VERIFY_OK(writeFileAtomically(m_scratch.path() / joint::typicalFile, std::string_view("something else\n")));
        const auto changed = model::Bundle::open(m_scratch.path());
        QVERIFY(!changed);
        QCOMPARE(changed.error().code, Errc::Corrupt);
    }

    void noSentenceIsRefused()
    {
        const auto refused = joint::setTypicalSentences(m_scratch.path(), {});
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, Errc::Invalid);
    }
};

QTEST_GUILESS_MAIN(TestCrowding)
#include "tst_crowding.moc"
