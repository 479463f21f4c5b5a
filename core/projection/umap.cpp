#include "core/projection/umap_p.h"

#include "core/projection/parallel_p.h"

#include <bit>
#include <cmath>

namespace photolex::projection {

namespace {

struct Curve {
    double a = 1, b = 1;
};

// 1 / (1 + a x^2b) nearest, by least squares, to a curve that is 1 up to the minimum distance and falls off
// exponentially beyond: Gauss–Newton with damping.
Curve curveFor(double minimumDistance)
{
    constexpr int points = 300;
    Curve curve{1.5, 0.9};
    double damping = 1e-2, previous = std::numeric_limits<double>::infinity();
    Curve best = curve;
    for (int round = 0; round < 60; ++round) {
        double error = 0, aa = 0, ab = 0, bb = 0, ea = 0, eb = 0;
        for (int i = 1; i <= points; ++i) {
            const double x = 3.0 * i / points;
            const double wanted = x <= minimumDistance ? 1 : std::exp(-(x - minimumDistance));
            const double power = std::pow(x, 2 * curve.b), value = 1 / (1 + curve.a * power);
            const double byA = -value * value * power, byB = byA * curve.a * 2 * std::log(x);
            const double rest = wanted - value;
            error += rest * rest;
            aa += byA * byA;
            ab += byA * byB;
            bb += byB * byB;
            ea += byA * rest;
            eb += byB * rest;
        }
        if (error <= previous) {
            best = curve;
            if (previous - error < 1e-14)
                break;
            previous = error;
            damping *= 0.3;
        } else {
            damping *= 10;
            curve = best;
            continue;
        }
        const double first = aa * (1 + damping), second = bb * (1 + damping), det = first * second - ab * ab;
        curve = {std::max(1e-3, best.a + (second * ea - ab * eb) / det),
                 std::clamp(best.b + (first * eb - ab * ea) / det, 0.05, 4.0)};
    }
    return best;
}

std::uint64_t mixed(std::uint64_t value)
{
    value ^= value >> 30;
    value *= 0xbf58476d1ce4e5b9ULL;
    value ^= value >> 27;
    value *= 0x94d049bb133111ebULL;
    return value ^ value >> 31;
}

float clipped(float value)
{
    return std::clamp(value, -4.0F, 4.0F);
}

} // namespace

UmapSteps::UmapSteps(const Graph &graph, std::vector<Position> start, const Options &options, int epochs)
    : m_positions(std::move(start))
    , m_next(m_positions)
    , m_fixed(m_positions.size() - graph.size())
    , m_options(options)
    , m_epochs(epochs)
    , m_threads(threadsOf(options.threads))
{
    float largest = 0;
    for (const float weight : graph.weight)
        largest = std::max(largest, weight);
    m_first.push_back(0);
    for (std::size_t row = 0; row < graph.size(); ++row) {
        for (auto edge = graph.first[row]; edge < graph.first[row + 1]; ++edge) {
            const float share = graph.weight[edge] / largest;
            if (share * static_cast<float>(epochs) < 1) // would not act once
                continue;
            m_target.push_back(graph.target[edge]);
            m_rate.push_back(static_cast<std::uint16_t>(std::clamp(std::lround(share * 65536), 1L, 65535L)));
            m_phase.push_back(static_cast<std::uint16_t>(mixed(edge ^ options.seed << 40)));
        }
        m_first.push_back(static_cast<std::uint32_t>(m_target.size()));
    }
    fillTables(options.minimumDistance);
}

void UmapSteps::fillTables(float minimumDistance)
{
    const auto curve = curveFor(minimumDistance);
    for (int i = 0; i <= octaves * steps; ++i) {
        // The middle of the step in the mantissa.
        const double squared = std::ldexp(1 + (i % steps + 0.5) / steps, i / steps + lowestExponent);
        const double power = std::pow(squared, curve.b);
        m_pull[static_cast<std::size_t>(i)] =
            static_cast<float>(-2 * curve.a * curve.b * power / squared / (1 + curve.a * power));
        m_push[static_cast<std::size_t>(i)] =
            static_cast<float>(2 * curve.b / ((1e-3 + squared) * (1 + curve.a * power)));
    }
}

void UmapSteps::step(int epoch)
{
    const float alpha = 1 - static_cast<float>(epoch) / static_cast<float>(m_epochs);
    halfStep(2 * static_cast<std::uint32_t>(epoch), alpha);
    halfStep(2 * static_cast<std::uint32_t>(epoch) + 1, alpha);
}

void UmapSteps::halfStep(std::uint32_t number, float alpha)
{
    // Over two half-steps an edge acts twice and brings each push once.
    const auto pushes = (static_cast<std::uint32_t>(m_options.negativeSamples) + number % 2) / 2;
    parallelFor(m_first.size() - 1, 1024, m_threads, [&](std::size_t begin, std::size_t end) {
        for (std::size_t row = begin; row < end; ++row)
            m_next[m_fixed + row] = moved(row, number, alpha, pushes);
    });
    m_positions.swap(m_next);
}

Position UmapSteps::moved(std::size_t row, std::uint32_t number, float alpha, std::uint32_t pushes) const
{
    const auto stepOf = [](float squared) {
        constexpr float low = 0x1p-24F, high = 0x1p24F;
        constexpr std::uint32_t shift = 18, base = std::bit_cast<std::uint32_t>(low) >> shift; // 5 bits of the mantissa
        return (std::bit_cast<std::uint32_t>(std::clamp(squared, low, high)) >> shift) - base;
    };
    const auto self = static_cast<std::uint32_t>(m_fixed + row);
    const auto count = static_cast<std::uint64_t>(m_positions.size());
    const Position *all = m_positions.data();
    auto random = mixed(m_options.seed * 0x9e3779b97f4a7c15ULL + (static_cast<std::uint64_t>(number) << 32U | self));
    Position own = all[self];
    for (auto edge = m_first[row]; edge < m_first[row + 1]; ++edge) {
        const std::uint16_t rate = m_rate[edge];
        if (static_cast<std::uint16_t>(m_phase[edge] + number * rate) >= rate)
            continue;
        {
            const Position other = all[m_target[edge]];
            const float x = own.x - other.x, y = own.y - other.y;
            const float pull = m_pull[stepOf(x * x + y * y)];
            own.x += alpha * clipped(pull * x);
            own.y += alpha * clipped(pull * y);
        }
        float moveX = 0, moveY = 0;
        for (std::uint32_t push = 0; push < pushes; ++push) {
            random = random * 6364136223846793005ULL + 1442695040888963407ULL;
            const auto drawn = static_cast<std::uint32_t>((random >> 32U) * count >> 32U);
            const Position other = all[drawn];
            const float x = own.x - other.x, y = own.y - other.y;
            const float strength = drawn == self ? 0 : m_push[stepOf(x * x + y * y)];
            moveX += clipped(strength * x);
            moveY += clipped(strength * y);
        }
        own.x += alpha * moveX;
        own.y += alpha * moveY;
    }
    return own;
}

} // namespace photolex::projection
