#include "core/embedding/scan_p.h"

#include "core/base/tensor_file.h"
#include "core/embedding/rows.h"

#include <cassert>
#include <vector>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace photolex::embedding {

#if defined(__x86_64__)
namespace {

__m128i eight(const std::uint16_t *halves)
{
    return _mm_loadu_si128(reinterpret_cast<const __m128i *>(halves));
}

// Four sums at once hide the latency of the multiply-add; beyond that the memory is what limits.
__attribute__((target("avx2,fma,f16c"))) void scanVector(const std::uint16_t *halves, std::size_t rows,
                                                         std::size_t dimension, const float *point, float *scores)
{
    for (std::size_t index = 0; index < rows; ++index) {
        const std::uint16_t *row = halves + index * dimension;
        __m256 sums[4] = {_mm256_setzero_ps(), _mm256_setzero_ps(), _mm256_setzero_ps(), _mm256_setzero_ps()};
        std::size_t at = 0;
        for (; at + 32 <= dimension; at += 32) {
            for (std::size_t part = 0; part < 4; ++part)
                sums[part] = _mm256_fmadd_ps(_mm256_cvtph_ps(eight(row + at + 8 * part)),
                                             _mm256_loadu_ps(point + at + 8 * part), sums[part]);
        }
        for (; at + 8 <= dimension; at += 8)
            sums[0] = _mm256_fmadd_ps(_mm256_cvtph_ps(eight(row + at)), _mm256_loadu_ps(point + at), sums[0]);
        const __m256 all = _mm256_add_ps(_mm256_add_ps(sums[0], sums[1]), _mm256_add_ps(sums[2], sums[3]));
        __m128 four = _mm_add_ps(_mm256_castps256_ps128(all), _mm256_extractf128_ps(all, 1));
        four = _mm_add_ps(four, _mm_movehl_ps(four, four));
        four = _mm_add_ss(four, _mm_movehdup_ps(four));
        float sum = _mm_cvtss_f32(four);
        for (; at < dimension; ++at)
            sum += _cvtsh_ss(row[at]) * point[at];
        scores[index] = sum;
    }
}

} // namespace

ScanKernel vectorKernel()
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("f16c")
               ? scanVector
               : nullptr;
}
#else
ScanKernel vectorKernel()
{
    return nullptr;
}
#endif

void scanPortable(const std::uint16_t *halves, std::size_t rows, std::size_t dimension, const float *point,
                  float *scores)
{
    // One look-up for each of the 65,536 halves: the plain conversion is far slower.
    static const auto widened = [] {
        std::vector<float> table(65'536);
        for (std::size_t half = 0; half < table.size(); ++half)
            table[half] = halfToFloat(static_cast<std::uint16_t>(half));
        return table;
    }();
    for (std::size_t index = 0; index < rows; ++index) {
        float sum = 0;
        for (std::size_t at = 0; at < dimension; ++at)
            sum += widened[halves[index * dimension + at]] * point[at];
        scores[index] = sum;
    }
}

void scoreSome(const Rows &rows, std::size_t first, std::span<const float> point, std::span<float> scores)
{
    assert(point.size() == static_cast<std::size_t>(rows.dimension()));
    assert(first <= rows.size() && scores.size() <= rows.size() - first);
    static const ScanKernel vector = vectorKernel();
    (vector ? vector : scanPortable)(rows.halves().data() + first * point.size(), scores.size(), point.size(),
                                     point.data(), scores.data());
}

void scoreAll(const Rows &rows, std::span<const float> point, std::span<float> scores)
{
    assert(scores.size() == rows.size());
    scoreSome(rows, 0, point, scores);
}

} // namespace photolex::embedding
