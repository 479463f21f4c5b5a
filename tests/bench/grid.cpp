// How fluid the grid is over 300,000 photos: bench_grid SCRATCH. A real catalogue and the real grid; the thumbnails are
// JPEG files decoded by the loader's own workers. A frame is what the window's thread does between two screens: take
// what came, move by some lines, paint. Prints one JSON line.
#include "core/catalogue/catalogue.h"
#include "core/image/decode.h"
#include "tests/bench/measure.h"
#include "tests/support/pictures.h"
#include "ui/common/session.h"
#include "ui/common/thumbnail_loader.h"
#include "ui/widgets/photo_grid.h"

#include <QApplication>
#include <QScrollBar>
#include <QTest>
#include <nlohmann/json.hpp>

using namespace photolex;
using namespace photolex::ui;

namespace {

constexpr int photos = 300'000, pictures = 64, frames = 400;
constexpr double limitMilliseconds = 1000.0 / 60; // of a screen that shows 60 pictures a second

std::vector<std::string> thumbnails()
{
    std::vector<std::string> files;
    for (int i = 0; i < pictures; ++i)
        files.push_back(test::jpeg(test::scene(i, {256, 192})));
    return files;
}

Result<> fill(catalogue::Catalogue &catalogue, const std::filesystem::path &folder)
{
    const auto root = catalogue.addRoot(folder);
    if (!root)
        return fail(root.error());
    std::vector<catalogue::Photo> rows;
    for (int i = 0; i < photos; ++i) {
        catalogue::Photo row;
        row.root = *root;
        row.relativePath = fmt::format("{}/IMG_{:06}.jpg", i / 1000, i);
        row.takenAt = 1'000'000'000 + std::int64_t{i} * 1'200;
        row.stamp.size = 1'000'000 + i;
        row.state = catalogue::PhotoState::Ready;
        row.width = 4000;
        row.height = 3000;
        rows.push_back(std::move(row));
        if (rows.size() == 10'000 || i + 1 == photos) {
            if (auto saved = catalogue.save(rows); !saved)
                return saved;
            rows.clear();
        }
    }
    return {};
}

class Measured {
public:
    explicit Measured(PhotoGrid &grid)
        : m_grid(grid)
    {
    }
    // Milliseconds of each frame while the view goes down by `pixels` a frame.
    std::vector<double> scroll(int pixels)
    {
        std::vector<double> times;
        auto *bar = m_grid.verticalScrollBar();
        for (int frame = 0; frame < frames; ++frame) {
            const double begin = bench::wallSeconds();
            bar->setValue((bar->value() + pixels) % std::max(bar->maximum(), 1));
            QCoreApplication::processEvents();
            m_grid.viewport()->repaint();
            const double took = (bench::wallSeconds() - begin) * 1000;
            times.push_back(took);
            // The rest of the time that the screen takes belongs to the workers.
            const double until = begin + limitMilliseconds / 1000;
            while (bench::wallSeconds() < until)
                std::this_thread::yield();
        }
        return times;
    }

private:
    PhotoGrid &m_grid;
};

nlohmann::json figures(const std::vector<double> &times)
{
    const double median = bench::quantile(times, 0.5);
    const auto late = std::count_if(times.begin(), times.end(), [](double ms) { return ms > limitMilliseconds; });
    return {{"median_ms", median},
            {"p95_ms", bench::quantile(times, 0.95)},
            {"longest_ms", bench::quantile(times, 1.0)},
            {"median_of_limit", median / limitMilliseconds},
            {"late_percent", 100.0 * static_cast<double>(late) / static_cast<double>(times.size())}};
}

} // namespace

int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    const std::filesystem::path scratch(argc > 1 ? argv[1] : "bench-grid");
    Session session;
    if (const auto opened = session.openLibrary(scratch / "grid.photolex"); !opened)
        return bench::failed(opened.error());
    if (const auto filled = fill(*session.catalogue(), scratch / "photos"); !filled)
        return bench::failed(filled.error());

    const auto files = thumbnails();
    auto *loader = new ThumbnailLoader([&files](const ThumbnailRequest &request, int side) -> Result<QImage> {
        const auto &file = files[static_cast<std::size_t>(request.photo.value) % files.size()];
        const auto decoded = image::decode(std::as_bytes(std::span(file)), "thumbnail.jpg", {});
        if (!decoded)
            return fail(decoded.error());
        return toImage(image::fitted(decoded->pixels, {side, side}));
    });
    PhotoGrid grid(loader);
    PhotoModel model(&session);
    grid.setModel(&model);
    grid.resize(1280, 720);
    grid.show();
    QCoreApplication::processEvents();

    const double begin = bench::wallSeconds();
    auto ids = session.catalogue()->photoIds({}, catalogue::SortKey::TakenAt, true);
    if (!ids)
        return bench::failed(ids.error());
    const double listed = bench::wallSeconds();
    model.setPhotos(std::move(*ids));
    grid.viewport()->repaint();
    const double painted = bench::wallSeconds();
    const bool seen = QTest::qWaitFor([&] { return !loader->pixmap(model.photoAt(0)).isNull(); }, 10'000);
    const double shown = bench::wallSeconds();

    Measured measured(grid);
    measured.scroll(40); // pages and fonts come into memory
    const nlohmann::json line = {{"photos", photos},
                                 {"limit_ms", limitMilliseconds},
                                 {"list_ms", (listed - begin) * 1000},
                                 {"reset_and_paint_ms", (painted - listed) * 1000},
                                 {"first_tile_ms", seen ? (shown - begin) * 1000 : -1},
                                 {"wheel", figures(measured.scroll(40))},
                                 {"fling", figures(measured.scroll(600))},
                                 {"jump", figures(measured.scroll(2'000'000))},
                                 {"resident_mb", bench::residentMegabytes()}};
    fmt::print("{}\n", line.dump());
    return seen ? 0 : 1;
}
