#include "core/eval/words.h"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace photolex::eval {

namespace {

using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

constexpr float lowest = -std::numeric_limits<float>::infinity();
constexpr std::size_t questionsAtOnce = 256;

Result<> check(Points points, const char *name)
{
    if (points.dimension < 1 || points.rows() == 0 ||
        points.values.size() != points.rows() * static_cast<std::size_t>(points.dimension))
        return fail(Errc::Invalid, name, "they are no whole rows");
    if (!std::ranges::all_of(points.values, [](float value) { return std::isfinite(value); }))
        return fail(Errc::Invalid, name, "a value is not finite");
    return {};
}

Eigen::Map<const Matrix> matrixOf(Points points)
{
    return Eigen::Map<const Matrix>(points.values.data(), static_cast<Eigen::Index>(points.rows()), points.dimension);
}

// Of the flags in order of score, the best first; flags of equal scores come wrong ones first.
double averagePrecision(const Eigen::VectorXf &scores, const std::vector<bool> &isRight)
{
    std::vector<std::size_t> order(isRight.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
        const auto x = scores[static_cast<Eigen::Index>(a)];
        const auto y = scores[static_cast<Eigen::Index>(b)];
        return x != y ? x > y : isRight[a] != isRight[b] ? isRight[b] : a < b;
    });
    double sum = 0;
    double right = 0;
    for (std::size_t place = 0; place < order.size(); ++place)
        if (isRight[order[place]])
            sum += ++right / static_cast<double>(place + 1);
    return right > 0 ? sum / right : 0;
}

} // namespace

Result<std::vector<AnalogyFigures>> analogies(Points words, std::span<const Analogy> questions, std::size_t sections)
{
    if (auto checked = check(words, "words"); !checked)
        return fail(checked.error());
    const auto count = static_cast<std::int32_t>(words.rows());
    for (const auto &question : questions)
        if (question.section < 0 || static_cast<std::size_t>(question.section) >= sections ||
            std::ranges::any_of(question.words, [&](auto word) { return word < -1 || word >= count; }))
            return fail(Errc::Invalid, "analogies", "one names a word or a section that is not there");
    Matrix points = matrixOf(words);
    points.rowwise() -= points.colwise().mean().eval();
    for (Eigen::Index i = 0; i < points.rows(); ++i)
        if (const float length = points.row(i).norm(); length > 0)
            points.row(i) /= length;

    std::vector<AnalogyFigures> result(sections);
    std::vector<const Analogy *> covered;
    for (const auto &question : questions) {
        auto &section = result[static_cast<std::size_t>(question.section)];
        ++section.asked;
        auto sorted = question.words;
        std::ranges::sort(sorted);
        if (sorted.front() < 0 || std::ranges::adjacent_find(sorted) != sorted.end())
            continue;
        ++section.covered;
        covered.push_back(&question);
    }
    for (std::size_t from = 0; from < covered.size(); from += questionsAtOnce) {
        const auto part = std::span(covered).subspan(from, std::min(questionsAtOnce, covered.size() - from));
        Matrix wanted(static_cast<Eigen::Index>(part.size()), points.cols());
        for (std::size_t i = 0; i < part.size(); ++i) {
            const auto &[a, b, c, d] = part[i]->words;
            wanted.row(static_cast<Eigen::Index>(i)) = points.row(b) - points.row(a) + points.row(c);
        }
        Matrix scores = wanted * points.transpose();
        for (std::size_t i = 0; i < part.size(); ++i) {
            auto row = scores.row(static_cast<Eigen::Index>(i));
            const auto &[a, b, c, d] = part[i]->words;
            for (const auto own : {a, b, c})
                row[own] = lowest;
            const float right = row[d];
            row[d] = lowest;
            if (right > row.maxCoeff())
                ++result[static_cast<std::size_t>(part[i]->section)].right;
        }
    }
    return result;
}

Result<ClassFigures> classify(Points images, Points classes, std::span<const std::vector<std::int32_t>> labels,
                              const BootstrapOptions &options)
{
    for (const auto &[points, name] : {std::pair(images, "images"), std::pair(classes, "classes")})
        if (auto checked = check(points, name); !checked)
            return fail(checked.error());
    const auto count = static_cast<std::int32_t>(classes.rows());
    if (images.dimension != classes.dimension || images.rows() != labels.size())
        return fail(Errc::Invalid, "points", "the sizes of images, classes and labels do not fit");
    for (const auto &own : labels)
        if (std::ranges::any_of(own, [&](auto label) { return label < 0 || label >= count; }))
            return fail(Errc::Invalid, "labels", "one names a class that is not there");
    const Matrix scores = matrixOf(images) * matrixOf(classes).transpose(); // images × classes

    std::vector<double> hits1;
    std::vector<double> hits5;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        if (labels[i].empty())
            continue;
        const auto row = scores.row(static_cast<Eigen::Index>(i));
        float best = lowest;
        for (const auto label : labels[i])
            best = std::max(best, row[label]);
        // Wrong classes at or above the best right one.
        auto before = (row.array() >= best).count();
        for (const auto label : labels[i])
            before -= row[label] >= best ? 1 : 0;
        hits1.push_back(before < 1 ? 100 : 0);
        hits5.push_back(before < 5 ? 100 : 0);
    }
    if (hits1.empty())
        return fail(Errc::Invalid, "labels", "no image has one");
    ClassFigures result;
    result.images = static_cast<std::int64_t>(hits1.size());
    result.hit1 = spread(hits1).mean;
    result.hit5 = spread(hits5).mean;
    for (std::int32_t c = 0; c < count; ++c) {
        std::vector<bool> isRight;
        for (const auto &own : labels)
            isRight.push_back(std::ranges::find(own, c) != own.end());
        if (std::ranges::find(isRight, true) == isRight.end())
            continue;
        ++result.classes;
        result.meanAveragePrecision += 100 * averagePrecision(scores.col(c), isRight);
    }
    result.meanAveragePrecision /= static_cast<double>(std::max<std::int64_t>(result.classes, 1));
    const auto found = bootstrap(
        hits1.size(),
        [&](std::span<const std::size_t> drawn) {
            double sum = 0;
            for (const auto i : drawn)
                sum += hits1[i];
            return std::vector<double>{sum / static_cast<double>(drawn.size())};
        },
        options);
    if (!found.empty())
        result.hit1Interval = found.front();
    return result;
}

} // namespace photolex::eval
