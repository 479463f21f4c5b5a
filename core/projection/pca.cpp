#include "core/projection/pca.h"

#include "core/projection/parallel_p.h"
#include "core/projection/products_p.h"

#include <Eigen/Eigenvalues>
#include <Spectra/MatOp/DenseSymMatProd.h>
#include <Spectra/SymEigsSolver.h>
#include <cmath>

namespace photolex::projection {

namespace {

using Matrix = Eigen::MatrixXd;

struct Eigen2 {
    Eigen::VectorXd values;
    Matrix vectors; // a column each, largest value first
};

Eigen2 allEigenvectors(const Matrix &covariance)
{
    const Eigen::SelfAdjointEigenSolver<Matrix> solver(covariance);
    return {solver.eigenvalues().reverse(), solver.eigenvectors().rowwise().reverse()};
}

// Few of many: Lanczos; else, and where that does not converge, all.
Eigen2 largestEigenvectors(const Matrix &covariance, Eigen::Index count)
{
    const auto size = covariance.rows();
    const auto width = std::max<Eigen::Index>(20, 5 * count / 2);
    if (width < size / 2) {
        try {
            Spectra::DenseSymMatProd<double> product(covariance);
            Spectra::SymEigsSolver<Spectra::DenseSymMatProd<double>> solver(product, count, width);
            solver.init();
            solver.compute(Spectra::SortRule::LargestAlge, 300, 1e-7);
            if (solver.info() == Spectra::CompInfo::Successful)
                return {solver.eigenvalues(), solver.eigenvectors()};
        } catch (const std::exception &) { // points that span fewer dimensions than were asked for
        }
    }
    return allEigenvectors(covariance);
}

} // namespace

Result<Axes> principalAxes(Points points, const PcaOptions &options, const std::stop_token &stop)
{
    if (auto checked = check(points); !checked)
        return fail(checked.error());
    const std::size_t d = points.dimension, n = points.size();
    Axes result{.dimension = d, .mean = std::vector<float>(d)};
    if (n == 0)
        return result;
    const std::size_t sample = std::min(n, std::max<std::size_t>(options.sample, 2));
    const auto rowOf = [&](std::size_t i) { return points.row(i * n / sample); };

    std::vector<double> mean(d);
    for (std::size_t i = 0; i < sample; ++i)
        for (std::size_t k = 0; k < d; ++k)
            mean[k] += rowOf(i)[k];
    for (std::size_t k = 0; k < d; ++k)
        result.mean[k] = static_cast<float>(mean[k] / static_cast<double>(sample));

    // Blocks of rows, less their mean and transposed, times themselves. Only what lies on and right of the diagonal.
    constexpr std::size_t blockRows = 1024;
    const int threadCount = threadsOf(options.threads);
    const std::size_t stride = (d + Panels::width - 1) / Panels::width * Panels::width;
    std::vector<float> transposed, sums(d * stride);
    for (std::size_t begin = 0; begin < sample; begin += blockRows) {
        if (stop.stop_requested())
            return fail(Errc::Cancelled, "axes");
        const std::size_t rows = std::min(blockRows, sample - begin);
        transposed.assign(d * rows, 0);
        for (std::size_t r = 0; r < rows; ++r) {
            const auto row = rowOf(begin + r);
            for (std::size_t k = 0; k < d; ++k)
                transposed[k * rows + r] = row[k] - result.mean[k];
        }
        const Panels panels(transposed, rows);
        parallelFor(d, 3 * Panels::width, threadCount, [&](std::size_t from, std::size_t to) {
            const std::size_t first = from / Panels::width;
            products(transposed.data() + from * rows, to - from, panels, first, panels.count(),
                     sums.data() + from * stride + first * Panels::width, stride, true);
        });
    }
    const auto size = static_cast<Eigen::Index>(d);
    Matrix covariance(size, size);
    for (std::size_t i = 0; i < d; ++i)
        for (std::size_t j = i; j < d; ++j)
            covariance(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) =
                covariance(static_cast<Eigen::Index>(j), static_cast<Eigen::Index>(i)) =
                    sums[i * stride + j] / static_cast<double>(sample);
    result.totalVariance = covariance.trace();
    const auto count = static_cast<Eigen::Index>(std::min(options.count, d));
    const auto found = result.totalVariance > 0 ? largestEigenvectors(covariance, count)
                                                : Eigen2{Eigen::VectorXd::Zero(size), Matrix::Identity(size, size)};
    result.axes.resize(static_cast<std::size_t>(count) * d);
    for (Eigen::Index axis = 0; axis < count; ++axis) {
        result.variance.push_back(std::max(found.values(axis), 0.0));
        Eigen::Index largest = 0;
        found.vectors.col(axis).cwiseAbs().maxCoeff(&largest);
        const double sign = found.vectors(largest, axis) < 0 ? -1 : 1; // else it would depend on the solver's path
        for (Eigen::Index k = 0; k < size; ++k)
            result.axes[static_cast<std::size_t>(axis * size + k)] = static_cast<float>(sign * found.vectors(k, axis));
    }
    return result;
}

std::vector<float> turned(Points points, const Axes &axes, int threads)
{
    const std::size_t n = points.size(), d = points.dimension, count = axes.count();
    std::vector<float> result(n * count);
    if (count == 0)
        return result;
    const Panels panels(axes.axes, d);
    const std::size_t stride = panels.count() * Panels::width;
    std::vector<float> offset(stride);
    products(axes.mean.data(), 1, panels, 0, panels.count(), offset.data(), stride);
    parallelFor(n, 240, threadsOf(threads), [&](std::size_t from, std::size_t to) {
        std::vector<float> block((to - from) * stride);
        products(points.row(from).data(), to - from, panels, 0, panels.count(), block.data(), stride);
        for (std::size_t i = from; i < to; ++i)
            for (std::size_t axis = 0; axis < count; ++axis)
                result[i * count + axis] = block[(i - from) * stride + axis] - offset[axis];
    });
    return result;
}

} // namespace photolex::projection
