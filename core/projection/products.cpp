#include "core/projection/products_p.h"

#include <algorithm>
#include <cstring>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace photolex::projection {

namespace {

// The slow obvious version, for processors without AVX2.
void plainTile(const float *rows, std::size_t rowCount, std::size_t dimension, const float *panel, float *out,
               std::size_t stride, bool accumulate)
{
    for (std::size_t r = 0; r < rowCount; ++r) {
        float sums[Panels::width] = {};
        const float *row = rows + r * dimension;
        for (std::size_t k = 0; k < dimension; ++k)
            for (std::size_t c = 0; c < Panels::width; ++c)
                sums[c] += row[k] * panel[k * Panels::width + c];
        for (std::size_t c = 0; c < Panels::width; ++c)
            out[r * stride + c] = accumulate ? out[r * stride + c] + sums[c] : sums[c];
    }
}

#if defined(__x86_64__)

const bool hasAvx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");

// Six rows and sixteen columns fill twelve of the sixteen registers with sums; two hold the panel, one the row's value.
template <int Rows>
__attribute__((target("avx2,fma"))) void fastTile(const float *rows, std::size_t dimension, const float *panel,
                                                  float *out, std::size_t stride, bool accumulate)
{
    __m256 low[Rows], high[Rows];
#pragma GCC unroll 6
    for (int r = 0; r < Rows; ++r)
        low[r] = high[r] = _mm256_setzero_ps();
    for (std::size_t k = 0; k < dimension; ++k) {
        const __m256 left = _mm256_loadu_ps(panel + k * Panels::width);
        const __m256 right = _mm256_loadu_ps(panel + k * Panels::width + 8);
#pragma GCC unroll 6
        for (int r = 0; r < Rows; ++r) {
            const __m256 value = _mm256_broadcast_ss(rows + static_cast<std::size_t>(r) * dimension + k);
            low[r] = _mm256_fmadd_ps(value, left, low[r]);
            high[r] = _mm256_fmadd_ps(value, right, high[r]);
        }
    }
#pragma GCC unroll 6
    for (int r = 0; r < Rows; ++r) {
        float *to = out + static_cast<std::size_t>(r) * stride;
        if (accumulate) {
            low[r] = _mm256_add_ps(low[r], _mm256_loadu_ps(to));
            high[r] = _mm256_add_ps(high[r], _mm256_loadu_ps(to + 8));
        }
        _mm256_storeu_ps(to, low[r]);
        _mm256_storeu_ps(to + 8, high[r]);
    }
}

using Tile = void (*)(const float *, std::size_t, const float *, float *, std::size_t, bool);
constexpr Tile fastTiles[] = {fastTile<1>, fastTile<2>, fastTile<3>, fastTile<4>, fastTile<5>, fastTile<6>};

__attribute__((target("avx2,fma"))) float fastSquaredDistance(const float *a, const float *b, std::size_t dimension)
{
    __m256 sums[2] = {_mm256_setzero_ps(), _mm256_setzero_ps()};
    std::size_t k = 0;
    for (; k + 16 <= dimension; k += 16) {
        const __m256 first = _mm256_sub_ps(_mm256_loadu_ps(a + k), _mm256_loadu_ps(b + k));
        const __m256 second = _mm256_sub_ps(_mm256_loadu_ps(a + k + 8), _mm256_loadu_ps(b + k + 8));
        sums[0] = _mm256_fmadd_ps(first, first, sums[0]);
        sums[1] = _mm256_fmadd_ps(second, second, sums[1]);
    }
    alignas(32) float lanes[8];
    _mm256_store_ps(lanes, _mm256_add_ps(sums[0], sums[1]));
    float sum = ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));
    for (; k < dimension; ++k)
        sum += (a[k] - b[k]) * (a[k] - b[k]);
    return sum;
}

#else
constexpr bool hasAvx2 = false;
#endif

void tile(const float *rows, std::size_t rowCount, std::size_t dimension, const float *panel, float *out,
          std::size_t stride, bool accumulate)
{
#if defined(__x86_64__)
    if (hasAvx2) {
        fastTiles[rowCount - 1](rows, dimension, panel, out, stride, accumulate);
        return;
    }
#endif
    plainTile(rows, rowCount, dimension, panel, out, stride, accumulate);
}

} // namespace

Panels::Panels(std::span<const float> rows, std::size_t dimension)
    : m_rows(dimension ? rows.size() / dimension : 0)
    , m_dimension(dimension)
    , m_values(count() * width * dimension)
{
    for (std::size_t r = 0; r < m_rows; ++r) {
        float *to = m_values.data() + r / width * width * dimension + r % width;
        for (std::size_t k = 0; k < dimension; ++k)
            to[k * width] = rows[r * dimension + k];
    }
}

void products(const float *rows, std::size_t rowCount, const Panels &panels, std::size_t first, std::size_t last,
              float *out, std::size_t stride, bool accumulate)
{
    constexpr std::size_t tileRows = 6;
    const std::size_t dimension = panels.dimension();
    for (std::size_t p = first; p < last; ++p)
        for (std::size_t r = 0; r < rowCount; r += tileRows)
            tile(rows + r * dimension, std::min(tileRows, rowCount - r), dimension, panels.panel(p),
                 out + r * stride + (p - first) * Panels::width, stride, accumulate);
}

float squaredDistance(const float *a, const float *b, std::size_t dimension)
{
#if defined(__x86_64__)
    if (hasAvx2)
        return fastSquaredDistance(a, b, dimension);
#endif
    float sums[8] = {};
    std::size_t k = 0;
    for (; k + 8 <= dimension; k += 8)
        for (std::size_t lane = 0; lane < 8; ++lane)
            sums[lane] += (a[k + lane] - b[k + lane]) * (a[k + lane] - b[k + lane]);
    float sum = ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
    for (; k < dimension; ++k)
        sum += (a[k] - b[k]) * (a[k] - b[k]);
    return sum;
}

float squaredLength(const float *a, std::size_t dimension)
{
    float sum = 0;
    for (std::size_t k = 0; k < dimension; ++k)
        sum += a[k] * a[k];
    return sum;
}

} // namespace photolex::projection
