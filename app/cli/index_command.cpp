#include "app/cli/command.h"
#include "core/base/bytes.h"
#include "core/base/paths.h"
#include "core/image/thumbnail_cache.h"
#include "core/indexing/indexer.h"

#include <condition_variable>
#include <deque>
#include <fmt/format.h>
#include <mutex>

namespace photolex::cli {

namespace {

struct IndexArguments {
    std::vector<std::string> folders;
    bool watch = false;
    bool quiet = false;
};

Json reportJson(const indexing::IndexReport &report)
{
    Json problems = Json::array();
    for (const auto &problem : report.problems)
        problems.push_back({{"path", displayText(problem.path)},
                            {"code", errcName(problem.error.code)},
                            {"detail", problem.error.detail},
                            {"remedy", problem.remedy}});
    const double rate = report.seconds > 0 ? static_cast<double>(report.embedded) / report.seconds : 0;
    return {{"added", report.added},     {"updated", report.updated}, {"unchanged", report.unchanged},
            {"moved", report.moved},     {"removed", report.removed}, {"failed", report.failed},
            {"skipped", report.skipped}, {"damaged", report.damaged}, {"seconds", report.seconds},
            {"images_per_s", rate},      {"offline", report.offline}, {"problems", problems}};
}

std::string reportText(const indexing::IndexReport &report)
{
    std::string text = fmt::format(
        "{} added, {} updated, {} unchanged, {} moved, {} removed, {} failed, {} skipped, {} damaged\n", report.added,
        report.updated, report.unchanged, report.moved, report.removed, report.failed, report.skipped, report.damaged);
    for (const auto &problem : report.problems)
        text += fmt::format("{}: {}\n", displayText(problem.path), problem.error.detail);
    return text;
}

// Folders that the watcher found changed, for the thread that indexes them.
class ChangedFolders {
public:
    void add(std::vector<std::filesystem::path> folders)
    {
        const std::lock_guard lock(m_mutex);
        for (auto &folder : folders)
            m_folders.push_back(std::move(folder));
        m_condition.notify_one();
    }

    // Empty: stopped.
    std::vector<std::filesystem::path> take(const std::stop_token &stop)
    {
        std::unique_lock lock(m_mutex);
        m_condition.wait(lock, stop, [this] { return !m_folders.empty(); });
        std::vector<std::filesystem::path> folders(m_folders.begin(), m_folders.end());
        m_folders.clear();
        return stop.stop_requested() ? std::vector<std::filesystem::path>() : folders;
    }

private:
    std::mutex m_mutex;
    std::condition_variable_any m_condition;
    std::deque<std::filesystem::path> m_folders;
};

Result<Output> runIndex(const IndexArguments &arguments, const Context &context)
{
    auto catalogue = openForWriting(context);
    if (!catalogue)
        return fail(catalogue.error());
    if (const auto notice = (*catalogue)->notice(); !notice.empty())
        fmt::print(stderr, "photolex-cli: {}\n", notice);
    auto thumbnails = image::ThumbnailCache::open((*catalogue)->library() / "thumbnails");
    if (!thumbnails)
        return fail(thumbnails.error());

    std::vector<std::filesystem::path> folders;
    for (const auto &folder : arguments.folders)
        folders.push_back(absolutePath(folder));

    indexing::Indexer indexer(*catalogue, std::make_shared<const image::ThumbnailCache>(std::move(*thumbnails)),
                              [&]() -> Result<indexing::Models> {
                                  auto bundle = model::openBundle(context.bundle);
                                  if (!bundle)
                                      return fail(bundle.error());
                                  return indexing::openModels(*bundle);
                              });
    indexing::IndexOptions options;
    options.workers = context.threads;
    options.quiet = arguments.quiet;
    options.progress = progressLine(context);

    auto report = indexer.run(folders, options, context.stop);
    if (!report)
        return fail(report.error());
    if (arguments.watch && !context.stop.stop_requested()) {
        ChangedFolders changed;
        indexing::Watcher watcher(folders, {}, [&](auto paths) { changed.add(std::move(paths)); });
        if (const auto notice = watcher.notice(); !notice.empty())
            fmt::print(stderr, "photolex-cli: {}\n", notice);
        fmt::print(stderr, "photolex-cli: watching; Ctrl-C ends\n");
        options.watching = true; // what is still being written waits
        for (auto again = changed.take(context.stop); !again.empty(); again = changed.take(context.stop)) {
            auto next = indexer.run(again, options, context.stop);
            if (next)
                fmt::print(stderr, "{}", reportText(*next));
            else
                fmt::print(stderr, "photolex-cli: {}\n", sentence(next.error()));
        }
    }
    return Output{.json = reportJson(*report), .text = reportText(*report)};
}

} // namespace

Command indexCommand(CLI::App &parent)
{
    auto *app = parent.add_subcommand("index", "Add folders to the library and embed their photos");
    auto arguments = std::make_shared<IndexArguments>();
    app->add_option("FOLDER", arguments->folders, "Folders of photos")->required();
    app->add_flag("--watch", arguments->watch, "Stay and index what changes");
    app->add_flag("--quiet", arguments->quiet, "Lowest priority, one worker");
    return {app, [arguments](const Context &context) { return runIndex(*arguments, context); }};
}

} // namespace photolex::cli
