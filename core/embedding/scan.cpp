// scores = rows · point over float16 rows: bound by memory, so the rows stay halves and are widened in registers.
#include "core/base/tensor_file.h"
#include "core/embedding/rows.h"

#include <immintrin.h>
#include <vector>

namespace photolex::embedding {

namespace {

void scorePortably(const std::uint16_t *rows, std::size_t count, std::size_t dimension, const float *point,
                   float *scores)
{
    // One look-up for each of the 65,536 halves: the plain conversion is ten times slower.
    static const auto widened = [] {
        std::vector<float> table(65536);
        for (std::size_t half = 0; half < table.size(); ++half)
            table[half] = halfToFloat(static_cast<std::uint16_t>(half));
        return table;
    }();
    for (std::size_t i = 0; i < count; ++i) {
        float sum = 0;
        for (std::size_t k = 0; k < dimension; ++k)
            sum += widened[rows[i * dimension + k]] * point[k];
        scores[i] = sum;
    }
}

#if defined(__x86_64__)
__attribute__((target("avx2,fma,f16c"))) float scoreRow(const std::uint16_t *row, std::size_t dimension,
                                                        const float *point)
{
    // Four sums, so that one addition does not wait for the last.
    __m256 sums[4] = {_mm256_setzero_ps(), _mm256_setzero_ps(), _mm256_setzero_ps(), _mm256_setzero_ps()};
    std::size_t k = 0;
    for (; k + 32 <= dimension; k += 32) {
        for (std::size_t lane = 0; lane < 4; ++lane) {
            const auto halves = _mm_loadu_si128(reinterpret_cast<const __m128i *>(row + k + 8 * lane));
            sums[lane] = _mm256_fmadd_ps(_mm256_cvtph_ps(halves), _mm256_loadu_ps(point + k + 8 * lane), sums[lane]);
        }
    }
    for (; k + 8 <= dimension; k += 8) {
        const auto halves = _mm_loadu_si128(reinterpret_cast<const __m128i *>(row + k));
        sums[0] = _mm256_fmadd_ps(_mm256_cvtph_ps(halves), _mm256_loadu_ps(point + k), sums[0]);
    }
    const auto all = _mm256_add_ps(_mm256_add_ps(sums[0], sums[1]), _mm256_add_ps(sums[2], sums[3]));
    const auto four = _mm_add_ps(_mm256_castps256_ps128(all), _mm256_extractf128_ps(all, 1));
    const auto two = _mm_add_ps(four, _mm_movehl_ps(four, four));
    float sum = _mm_cvtss_f32(_mm_add_ss(two, _mm_shuffle_ps(two, two, 1)));
    for (; k < dimension; ++k)
        sum += _mm_cvtss_f32(_mm_cvtph_ps(_mm_cvtsi32_si128(row[k]))) * point[k];
    return sum;
}

__attribute__((target("avx2,fma,f16c"))) void scoreWithAvx2(const std::uint16_t *rows, std::size_t count,
                                                            std::size_t dimension, const float *point, float *scores)
{
    for (std::size_t i = 0; i < count; ++i)
        scores[i] = scoreRow(rows + i * dimension, dimension, point);
}
#endif

} // namespace

void scoreAll(const Rows &rows, std::span<const float> point, std::span<float> scores)
{
    const auto dimension = static_cast<std::size_t>(rows.dimension());
#if defined(__x86_64__)
    static const bool fast =
        __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("f16c");
    if (fast)
        return scoreWithAvx2(rows.halves().data(), rows.size(), dimension, point.data(), scores.data());
#endif
    scorePortably(rows.halves().data(), rows.size(), dimension, point.data(), scores.data());
}

} // namespace photolex::embedding
