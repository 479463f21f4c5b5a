#include "core/projection/tsne_p.h"

#include "core/projection/parallel_p.h"

#include <cmath>
#include <numeric>

namespace photolex::projection {

namespace {

constexpr std::size_t grain = 256;

// Row i: p_{j|i} ∝ exp(−β_i d²), β_i such that the perplexity 2^H is the wanted one.
std::vector<float> conditional(const Neighbours &neighbours, double perplexity)
{
    const std::size_t count = neighbours.count, n = neighbours.size();
    std::vector<float> share(neighbours.index.size());
    std::vector<double> row(count);
    const double wanted = std::log(std::min(perplexity, static_cast<double>(count)));
    for (std::size_t i = 0; i < n; ++i) {
        const float *distance = neighbours.distance.data() + i * count;
        const double least = static_cast<double>(distance[0]) * distance[0];
        double meanSquare = 0;
        for (std::size_t j = 0; j < count; ++j)
            meanSquare += (static_cast<double>(distance[j]) * distance[j] - least) / static_cast<double>(count);
        double beta = meanSquare > 0 ? 1 / meanSquare : 1, low = 0, high = std::numeric_limits<double>::infinity();
        double sum = 1;
        for (int step = 0; step < 60; ++step) {
            sum = 0;
            double weighted = 0;
            for (std::size_t j = 0; j < count; ++j) {
                const double squared = static_cast<double>(distance[j]) * distance[j] - least;
                row[j] = std::exp(-beta * squared);
                sum += row[j];
                weighted += squared * row[j];
            }
            const double entropy = std::log(sum) + beta * weighted / sum;
            if (std::abs(entropy - wanted) < 1e-5 || meanSquare <= 0)
                break;
            if (entropy > wanted)
                low = beta;
            else
                high = beta;
            beta = std::isinf(high) ? 2 * beta : (low + high) / 2;
        }
        for (std::size_t j = 0; j < count; ++j)
            share[i * count + j] = static_cast<float>(row[j] / sum);
    }
    return share;
}

} // namespace

TsneSteps::TsneSteps(const Neighbours &neighbours, std::vector<Position> start, const Options &options, int epochs)
    : m_graph(symmetricSum(neighbours, conditional(neighbours, options.perplexity)))
    , m_positions(std::move(start))
    , m_force(m_positions.size())
    , m_speed(m_positions.size())
    , m_gain(m_positions.size(), Position{1, 1})
    , m_sums((m_positions.size() + grain - 1) / grain)
    , m_epochs(epochs)
    , m_threads(threadsOf(options.threads))
{
    const double sum = std::accumulate(m_graph.weight.begin(), m_graph.weight.end(), 0.0);
    for (auto &weight : m_graph.weight)
        weight = static_cast<float>(weight / sum);
}

void TsneSteps::step(int epoch)
{
    const std::size_t n = m_positions.size();
    const bool early = epoch < m_epochs / 3;
    const float exaggeration = early ? 12 : 1, momentum = early ? 0.5F : 0.8F;
    const float rate = std::max(static_cast<float>(n) / 12, 50.0F);
    m_tree.build(m_positions);
    parallelFor(n, grain, m_threads, [&](std::size_t begin, std::size_t end) {
        double sum = 0;
        for (std::size_t i = begin; i < end; ++i)
            sum += m_tree.push(m_positions[i], m_force[i]) - 1; // the point itself is no pair
        m_sums[begin / grain] = sum;
    });
    const auto total = static_cast<float>(std::accumulate(m_sums.begin(), m_sums.end(), 0.0));
    parallelFor(n, grain, m_threads, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
            float pullX = 0, pullY = 0;
            for (auto edge = m_graph.first[i]; edge < m_graph.first[i + 1]; ++edge) {
                const Position other = m_positions[m_graph.target[edge]];
                const float x = m_positions[i].x - other.x, y = m_positions[i].y - other.y;
                const float strength = m_graph.weight[edge] / (1 + x * x + y * y);
                pullX += strength * x;
                pullY += strength * y;
            }
            m_force[i] = {4 * (exaggeration * pullX - m_force[i].x / total),
                          4 * (exaggeration * pullY - m_force[i].y / total)};
        }
    });
    const auto follow = [&](float &place, float &speed, float &gain, float force) {
        gain = (force > 0) == (speed > 0) ? std::max(gain * 0.8F, 0.01F) : gain + 0.2F;
        speed = momentum * speed - rate * gain * force;
        place += speed;
    };
    Position middle;
    for (std::size_t i = 0; i < n; ++i) {
        follow(m_positions[i].x, m_speed[i].x, m_gain[i].x, m_force[i].x);
        follow(m_positions[i].y, m_speed[i].y, m_gain[i].y, m_force[i].y);
        middle.x += m_positions[i].x / static_cast<float>(n);
        middle.y += m_positions[i].y / static_cast<float>(n);
    }
    for (auto &position : m_positions)
        position = {position.x - middle.x, position.y - middle.y};
}

} // namespace photolex::projection
