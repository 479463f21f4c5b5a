#include "core/projection/barnes_hut_p.h"

#include <algorithm>
#include <cmath>

namespace photolex::projection {

namespace {

constexpr int levels = 16; // of the tree: 16 bits a coordinate

std::uint32_t spread(std::uint32_t value)
{
    value = (value | value << 8U) & 0x00ff00ffU;
    value = (value | value << 4U) & 0x0f0f0f0fU;
    value = (value | value << 2U) & 0x33333333U;
    return (value | value << 1U) & 0x55555555U;
}

} // namespace

void PushTree::build(std::span<const Position> positions)
{
    const auto box = boundsOf(positions);
    const auto low = box.low;
    const float side = std::max(box.side(), 1e-12F);
    const float scale = 65535 / side;
    m_codes.resize(positions.size());
    for (std::uint32_t i = 0; i < positions.size(); ++i) {
        const auto column = static_cast<std::uint32_t>(std::min((positions[i].x - low.x) * scale, 65535.0F));
        const auto row = static_cast<std::uint32_t>(std::min((positions[i].y - low.y) * scale, 65535.0F));
        m_codes[i] = {spread(column) | spread(row) << 1U, i};
    }
    std::ranges::sort(m_codes);
    m_sorted.resize(positions.size());
    for (std::size_t i = 0; i < m_codes.size(); ++i)
        m_sorted[i] = positions[m_codes[i].second];
    m_squares.clear();
    add(0, static_cast<std::uint32_t>(positions.size()), levels - 1, side);
}

void PushTree::add(std::uint32_t begin, std::uint32_t end, int level, float side)
{
    const auto self = m_squares.size();
    const float reach = side / theta;
    m_squares.push_back({.middle = {}, .reach = reach * reach, .mass = static_cast<float>(end - begin)});
    double x = 0, y = 0;
    if (end - begin <= leafSize || level < 0) {
        for (auto i = begin; i < end; ++i) {
            x += m_sorted[i].x;
            y += m_sorted[i].y;
        }
        m_squares[self].first = begin;
        m_squares[self].count = end - begin;
    } else {
        const auto shift = static_cast<std::uint32_t>(2 * level);
        for (std::uint32_t quarter = 0; quarter < 4; ++quarter) {
            const auto last =
                static_cast<std::uint32_t>(std::upper_bound(m_codes.begin() + begin, m_codes.begin() + end, quarter,
                                                            [shift](std::uint32_t wanted, const auto &code) {
                                                                return wanted < (code.first >> shift & 3U);
                                                            }) -
                                           m_codes.begin());
            if (last == begin)
                continue;
            const auto child = m_squares.size();
            add(begin, last, level - 1, side / 2);
            const auto &square = m_squares[child];
            x += static_cast<double>(square.middle.x) * square.mass;
            y += static_cast<double>(square.middle.y) * square.mass;
            begin = last;
        }
    }
    auto &square = m_squares[self];
    square.middle = {static_cast<float>(x / square.mass), static_cast<float>(y / square.mass)};
    square.next = static_cast<std::uint32_t>(m_squares.size());
}

double PushTree::push(Position point, Position &force) const
{
    double sum = 0;
    float forceX = 0, forceY = 0;
    const auto act = [&](Position from, float mass) {
        const float x = point.x - from.x, y = point.y - from.y;
        const float near = 1 / (1 + x * x + y * y);
        sum += static_cast<double>(mass * near);
        forceX += mass * near * near * x;
        forceY += mass * near * near * y;
    };
    for (std::uint32_t i = 0; i < m_squares.size();) {
        const auto &square = m_squares[i];
        const float x = point.x - square.middle.x, y = point.y - square.middle.y;
        if (square.reach < x * x + y * y) {
            act(square.middle, square.mass);
            i = square.next;
        } else if (square.count) {
            for (auto member = square.first; member < square.first + square.count; ++member)
                act(m_sorted[member], 1);
            i = square.next;
        } else {
            ++i;
        }
    }
    force = {forceX, forceY};
    return sum;
}

} // namespace photolex::projection
