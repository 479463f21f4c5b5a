// How fluid the Captions place is over 100,000 photos, nine in ten of them with a caption: bench_captions SCRATCH. A
// real catalogue and the real window. Of each deed: milliseconds until it is done, and the longest time that the
// window's thread was at one event meanwhile, which is what a hand feels. Prints one JSON line.
#include "core/catalogue/catalogue.h"
#include "tests/bench/measure.h"
#include "ui/captions/caption_edits.h"
#include "ui/captions/caption_field.h"
#include "ui/captions/captions_place.h"
#include "ui/common/session.h"
#include "ui/settings/preferences.h"
#include "ui/widgets/photo_grid.h"
#include "ui/window/main_window.h"

#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QStandardPaths>
#include <QTabWidget>
#include <QTableWidget>
#include <QTest>
#include <QThreadPool>
#include <QUndoStack>
#include <cmath>
#include <nlohmann/json.hpp>
#include <random>

using namespace photolex;
using namespace photolex::ui;

namespace {

constexpr int photos = 100'000, uncaptionedEvery = 10, words = 8'000, steps = 30;
constexpr int patience = 60'000; // milliseconds

class TimedApplication : public QApplication {
public:
    using QApplication::QApplication;
    bool notify(QObject *receiver, QEvent *event) override
    {
        if (m_isInside)
            return QApplication::notify(receiver, event);
        m_isInside = true;
        const double begin = bench::wallSeconds();
        const bool result = QApplication::notify(receiver, event);
        longest = std::max(longest, bench::wallSeconds() - begin);
        m_isInside = false;
        return result;
    }
    double longest = 0; // seconds

private:
    bool m_isInside = false;
};

// Words as often as words are: the second half as often as the first, the third a third as often.
std::string sentence(std::mt19937 &random)
{
    std::string text;
    const int length = 5 + static_cast<int>(random() % 12);
    for (int i = 0; i < length; ++i) {
        const double share = static_cast<double>(random()) / static_cast<double>(std::mt19937::max());
        const int word = static_cast<int>(std::pow(words, share));
        text += fmt::format("{}{}{}", i > 0 ? " " : "", word < 100 ? "the" : "word", word);
    }
    return text;
}

Result<> fill(catalogue::Catalogue &catalogue, const std::filesystem::path &folder)
{
    const auto root = catalogue.addRoot(folder);
    if (!root)
        return fail(root.error());
    std::mt19937 random(7);
    std::vector<catalogue::Photo> rows;
    for (int i = 0; i < photos; ++i) {
        catalogue::Photo row;
        row.root = *root;
        row.relativePath = fmt::format("{:03}/IMG_{:06}.jpg", i / 500, i);
        row.takenAt = 1'000'000'000 + std::int64_t{i} * 1'200;
        row.stamp.size = 1'000'000 + i;
        row.state = catalogue::PhotoState::Ready;
        rows.push_back(std::move(row));
        if (rows.size() < 10'000 && i + 1 < photos)
            continue;
        if (auto saved = catalogue.save(rows); !saved)
            return saved;
        std::vector<catalogue::UserText> texts;
        for (std::size_t k = 0; k < rows.size(); ++k)
            if (k % uncaptionedEvery != 3)
                texts.push_back({.photo = rows[k].id, .text = sentence(random)});
        if (auto set = catalogue.setUserCaptions(texts, catalogue::CaptionEntry::Imported); !set)
            return fail(set.error());
        rows.clear();
    }
    return {};
}

class Measured {
public:
    explicit Measured(TimedApplication &application)
        : m_application(application)
    {
    }
    // `done` is asked again and again. A deed that never is done counts as failed.
    void of(const char *name, const std::function<void()> &deed, const std::function<bool()> &done)
    {
        const auto [took, longest] = once(deed, done);
        figures[name] = {{"ms", took}, {"longest_event_ms", longest}};
    }
    void wait(const std::function<bool()> &done) { isWhole = QTest::qWaitFor(done, patience) && isWhole; }
    void repeated(const char *name, int times, const std::function<void()> &deed, const std::function<bool()> &done)
    {
        std::vector<double> took, longest;
        for (int i = 0; i < times; ++i) {
            const auto one = once(deed, done);
            took.push_back(one.first);
            longest.push_back(one.second);
        }
        figures[name] = {{"median_ms", bench::quantile(took, 0.5)},
                         {"p95_ms", bench::quantile(took, 0.95)},
                         {"longest_event_ms", bench::quantile(longest, 1)}};
    }
    nlohmann::json figures;
    bool isWhole = true;

private:
    std::pair<double, double> once(const std::function<void()> &deed, const std::function<bool()> &done)
    {
        m_application.longest = 0;
        const double begin = bench::wallSeconds();
        deed();
        const double called = bench::wallSeconds() - begin;
        isWhole = QTest::qWaitFor(done, patience) && isWhole;
        const double took = bench::wallSeconds() - begin;
        fmt::print(stderr, ".");
        // What follows a little later (counts, thumbnails, suggestions) is felt as well.
        const double until = bench::wallSeconds() + 0.4;
        while (bench::wallSeconds() < until && took > 0.1)
            QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
        return {took * 1000, std::max(called, m_application.longest) * 1000};
    }
    TimedApplication &m_application;
};

} // namespace

int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QStandardPaths::setTestModeEnabled(true);
    TimedApplication application(argc, argv);
    const std::filesystem::path scratch(argc > 1 ? argv[1] : "bench-captions");
    std::filesystem::create_directories(scratch / "photos");
    Session session;
    const bool isNew = !std::filesystem::exists(scratch / "captions.photolex");
    if (const auto opened = session.openLibrary(scratch / "captions.photolex"); !opened)
        return bench::failed(opened.error());
    auto &catalogue = *session.catalogue();
    if (const auto filled = isNew ? fill(catalogue, scratch / "photos") : Result<>(); !filled)
        return bench::failed(filled.error());
    Preferences preferences(QString::fromStdString((scratch / "bench.conf").string()));
    Measured measured(application);
    {
        MainWindow window(&session, &preferences);
        window.resize(1280, 800);
        window.show();
        if (!QTest::qWaitForWindowExposed(&window))
            return 1;
        auto *place = window.captionsPlace();
        auto *field = place->field();
        auto *grid = place->findChild<PhotoGrid *>();
        const auto rests = [&] { return place->photo() && !field->isWaiting(); };
        const auto child = [&]<class T>(T *, const char *name) {
            return place->findChild<T *>(QString::fromLatin1(name));
        };
        const auto rows = [&] { return grid->photoModel()->rowCount(); };
        const auto press = [&](Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
            if (!window.isActiveWindow()) { // after a dialog, where there is no window manager
                window.activateWindow();
                measured.isWhole = QTest::qWaitForWindowActive(&window) && measured.isWhole;
                field->setFocus();
            }
            QTest::keyClick(field, key, modifiers);
        };
        PhotoId before;
        const auto moved = [&] { return place->photo() != before && rests(); };

        measured.of(
            "open", [&] { window.showPlace(MainWindow::Place::Captions); },
            [&] { return rows() == photos && rests(); });
        const auto go = [&](Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
            return [&, key, modifiers] {
                before = place->photo();
                press(key, modifiers);
            };
        };
        measured.repeated("next", steps, go(Qt::Key_Return), moved);
        measured.repeated("previous", steps / 2, go(Qt::Key_PageUp), moved);
        measured.repeated("next_without", steps / 2, go(Qt::Key_Return, Qt::ControlModifier), moved);
        measured.repeated(
            "key", steps, [&] { QTest::keyClick(field, 'w'); }, [] { return true; });
        measured.of("commit", go(Qt::Key_Return), moved);

        auto *filter = child(static_cast<QLineEdit *>(nullptr), "captionWordFilter");
        measured.of(
            "filter_word", [&] { filter->setText(QStringLiteral("word500")); },
            [&] { return rows() < photos / 2 && rests(); });
        measured.of(
            "filter_off", [&] { filter->clear(); }, [&] { return rows() == photos && rests(); });
        auto *which = child(static_cast<QComboBox *>(nullptr), "captionWhich");
        measured.of(
            "without_caption", [&] { which->setCurrentIndex(1); }, [&] { return rows() < photos / 5 && rests(); });
        measured.of(
            "all_again", [&] { which->setCurrentIndex(0); }, [&] { return rows() == photos && rests(); });
        auto *order = child(static_cast<QComboBox *>(nullptr), "captionOrder");
        PhotoId first = grid->photoModel()->photoAt(0);
        measured.of(
            "sort_by_length", [&] { order->setCurrentIndex(4); },
            [&] { return grid->photoModel()->photoAt(0) != first && rests(); });
        measured.of(
            "sort_by_folder", [&] { order->setCurrentIndex(0); },
            [&] { return grid->photoModel()->photoAt(0) == first && rests(); });
        auto *wordList = child(static_cast<QListWidget *>(nullptr), "captionWords");
        auto *panels = child(static_cast<QTabWidget *>(nullptr), "captionPanels");
        measured.of(
            "count_words", [&] { panels->setCurrentIndex(2); }, [&] { return wordList->count() > 100; });
        panels->setCurrentIndex(0);

        grid->selectPhoto(grid->photoModel()->photoAt(0));
        field->setFocus();
        measured.wait(rests);
        press(Qt::Key_H, Qt::ControlModifier);
        const auto dialog = [&](const char *name) { return window.findChild<QDialog *>(QString::fromLatin1(name)); };
        if (!QTest::qWaitFor([&] { return dialog("bulkDialog") != nullptr; }, patience))
            return 1;
        auto *bulk = dialog("bulkDialog");
        auto *apply = bulk->findChild<QPushButton *>(QStringLiteral("bulkApply"));
        bulk->findChild<QLineEdit *>(QStringLiteral("bulkText"))->setText(QStringLiteral("that1"));
        measured.of(
            "bulk_preview",
            [&] { bulk->findChild<QLineEdit *>(QStringLiteral("bulkFind"))->setText(QStringLiteral("the1")); },
            [&] { return apply->isEnabled(); });
        const auto text = [&](std::size_t row) {
            const auto captions = catalogue.captions(grid->photoModel()->photos()[row]);
            return captions && !captions->empty() ? captions->front().text : std::string();
        };
        std::size_t changing = 0;
        while (changing + 1 < photos && text(changing).find("the1") == std::string::npos)
            ++changing;
        const auto stays = text(changing);
        measured.of(
            "bulk_apply", [&] { QTest::keyClick(bulk, Qt::Key_Return); },
            [&] { return text(changing) != stays && rests(); });
        field->setFocus();
        measured.of(
            "bulk_undo", [&] { press(Qt::Key_Z, Qt::ControlModifier); },
            [&] { return text(changing) == stays && rests(); });

        grid->selectAll();
        measured.wait(rests);
        field->setFocus();
        const auto undoSteps = place->edits()->undoStack()->index();
        measured.of(
            "copy_to_selected", [&] { press(Qt::Key_D, Qt::ControlModifier | Qt::AltModifier); },
            [&] { return place->edits()->undoStack()->index() != undoSteps && rests(); });
        measured.of(
            "copy_undo", [&] { press(Qt::Key_Z, Qt::ControlModifier); },
            [&] { return text(uncaptionedEvery + 3).empty() && rests(); });

        measured.of(
            "export_dialog", [&] { press(Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier); },
            [&] { return dialog("captionExportDialog") != nullptr; });
        if (auto *out = dialog("captionExportDialog")) {
            out->findChild<QComboBox *>(QStringLiteral("exportFormat"))->setCurrentIndex(2);
            auto *where = out->findChild<QLineEdit *>(QStringLiteral("exportPlace"));
            where->setText(QString::fromStdString((scratch / "out.csv").string()));
            const auto *message = out->findChild<QLabel *>(QStringLiteral("exchangeMessage"));
            measured.of(
                "export_csv", [&] { out->findChild<QPushButton *>(QStringLiteral("exchangeGo"))->click(); },
                [&] { return !message->text().isEmpty(); });
            out->close();
        }
        measured.figures["resident_mb"] = bench::residentMegabytes();
    }
    QThreadPool::globalInstance()->waitForDone();
    measured.figures["photos"] = photos;
    fmt::print("{}\n", measured.figures.dump());
    return measured.isWhole ? 0 : 1;
}
