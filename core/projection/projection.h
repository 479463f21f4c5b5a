// The joint space in two dimensions.
//
//     auto layout = projection::Layout::create(points, {.method = Method::Umap}, stop);   // the PCA picture is there
//     while (layout->epoch() < layout->epochs()) {
//         layout->runTo(layout->epoch() + 10, stop);
//         show(layout->positions());                                                     // it settles while one looks
//     }
//
// PCA is one step. UMAP (McInnes, Healy, Melville 2018) and t-SNE (van der Maaten 2014) start from the PCA picture, or
// for UMAP from the graph's eigenvectors, and are states that run to an epoch: to pause is not to call, and after a
// cancelled call the state stands at a whole epoch and may go on. Points that are equal in all dimensions fall on one
// place. Up to four different points are laid out by PCA whatever the method.
//
// The same points, options and seed give the same picture, with any number of threads.
//
// Trustworthiness and the share of 15 neighbours kept, of 8,000 photos (Flickr8k, 512 dimensions), and seconds of
// processor time: PCA 0.675, 0.01, 0.1 s; UMAP 0.916, 0.24, 2 s (from the eigenvectors 0.913, 0.23); t-SNE 0.963, 0.36,
// 10 s.
#pragma once

#include "core/base/progress.h"
#include "core/projection/neighbours.h"
#include "core/projection/points.h"

#include <cstdint>
#include <memory>
#include <stop_token>
#include <vector>

namespace photolex::projection {

enum class Method : std::uint8_t {
    Pca,  // the two widest directions: at once, but most of the space is seen edge-on
    Umap, // neighbourhoods kept, distances between them less so
    Tsne, // neighbourhoods kept more tightly, five times slower
};

enum class Start : std::uint8_t {
    Pca,      // at once, and the picture that settles begins with the one that is seen already
    Spectral, // the graph's Laplacian; PCA where it does not converge. No better on photos than PCA (below)
};

struct Options {
    Method method = Method::Umap;
    // Neighbours of each point that should stay near; clamped to what is there. Few show detail, many the whole. UMAP
    // only: t-SNE takes three times its perplexity.
    std::size_t neighbours = 15;
    float minimumDistance = 0.1F; // how close UMAP packs points, in its own units, 0 to 1
    double perplexity = 30;       // t-SNE: neighbours that count as near; clamped to a third of the points
    int epochs = 0;               // 0: UMAP 500 up to 10,000 points and 200 above, t-SNE 750
    int negativeSamples = 5;      // UMAP: points pushed away for each one pulled
    Start start = Start::Pca;
    std::uint64_t seed = 1;
    int threads = 0; // 0: threads::count()
};

class Layout {
public:
    // Finds neighbours and the start; `points` may go afterwards. Invalid: a value is not finite, or an option out of
    // range. Cancelled. Progress: "axes", "neighbours". `startAt`, one position a point, in any units: from there UMAP
    // and t-SNE start instead of from options.start; with one start for two spaces, their pictures can be compared.
    // Invalid: another number of positions, or one that is not finite.
    static Result<Layout> create(Points points, const Options &options, const std::stop_token &stop,
                                 const ProgressSink &progress = {}, std::span<const Position> startAt = {});

    int epoch() const;
    int epochs() const; // 0 for PCA and for tiny sets
    // Up to `epoch`, at most epochs(). Cancelled: at the end of an epoch; the state stays good.
    Result<> runTo(int epoch, const std::stop_token &stop);

    // n, in the method's own units: normalised() fits them into the map's.
    std::vector<Position> positions() const;
    // Of all points, copies included; for clusters and for placing. Empty where nothing needed them (PCA).
    const Neighbours &neighbours() const;

    Layout(Layout &&) noexcept;
    Layout &operator=(Layout &&) noexcept;
    ~Layout();

private:
    Layout();
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

// Positions for `added` (m × dimension) in the picture of `points`, which stays as it is: each starts at its nearest
// neighbours' middle, weighted by nearness, and settles among them. A copy of a point falls on it.
Result<std::vector<Position>> place(Points points, std::span<const Position> positions, Points added,
                                    const Options &options, const std::stop_token &stop);

} // namespace photolex::projection
