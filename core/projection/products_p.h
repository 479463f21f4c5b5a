// Dot products of many rows with many rows: the one loop that everything in this room waits for.
//
// AVX2 and FMA where the processor has them, plain loops elsewhere; both sum each product in the order of the
// dimensions, eight rows at a time side by side, so that a product does not depend on where its row lies.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace photolex::projection {

// Rows packed for products(): panels of 16 rows, dimension by dimension.
class Panels {
public:
    static constexpr std::size_t width = 16;
    Panels() = default;
    Panels(std::span<const float> rows, std::size_t dimension);

    std::size_t rows() const { return m_rows; }
    std::size_t dimension() const { return m_dimension; }
    std::size_t count() const { return (m_rows + width - 1) / width; }
    const float *panel(std::size_t index) const { return m_values.data() + index * width * m_dimension; }

private:
    std::size_t m_rows = 0, m_dimension = 0;
    std::vector<float> m_values;
};

// out[i · stride + 16 (p − first) + c] = rows_i · panel p's row c, for p in [first, last). Rows beyond the last one
// give zeros; `stride` has room for them. `accumulate` adds to what is in `out`.
void products(const float *rows, std::size_t rowCount, const Panels &panels, std::size_t first, std::size_t last,
              float *out, std::size_t stride, bool accumulate = false);

float squaredDistance(const float *a, const float *b, std::size_t dimension);
float squaredLength(const float *a, std::size_t dimension);

} // namespace photolex::projection
