// photolex-cli: the same core as the window, headless.
#include "app/cli/caption_commands.h"
#include "core/base/bytes.h"
#include "core/base/log.h"
#include "core/base/paths.h"
#include "core/base/threads.h"
#include "core/image/metadata.h"

#include <csignal>
#include <cstdio>
#include <fmt/format.h>
#include <pthread.h>
#include <thread>
#include <unistd.h>

using namespace photolex;

namespace {

// Ctrl-C asks the running command to stop; a second one ends the process at once. Must be made before any other thread,
// since threads inherit the blocked signals.
class InterruptWatch {
public:
    InterruptWatch()
    {
        sigemptyset(&m_signals);
        sigaddset(&m_signals, SIGINT);
        sigaddset(&m_signals, SIGTERM);
        pthread_sigmask(SIG_BLOCK, &m_signals, nullptr);
        std::thread([signals = m_signals, source = m_source]() mutable {
            int signal = 0;
            sigwait(&signals, &signal);
            source.request_stop();
            sigwait(&signals, &signal);
            ::_exit(128 + signal);
        }).detach();
    }
    std::stop_token token() const { return m_source.get_token(); }

private:
    sigset_t m_signals = {};
    std::stop_source m_source;
};

int print(const Result<cli::Output> &output, const cli::Context &context)
{
    if (!output) {
        fmt::print(stderr, "photolex-cli: {}\n", cli::sentence(output.error()));
        if (context.json)
            fmt::print("{}\n", cli::Json{{"error", cli::errorJson(output.error())}}.dump(2));
        return output.error().code == Errc::Invalid ? 2 : 1;
    }
    if (!output->printed) {
        if (context.json)
            fmt::print("{}\n", output->json.dump(2, ' ', false, cli::Json::error_handler_t::replace));
        else
            fmt::print("{}", output->text);
    }
    if (std::fflush(stdout) != 0) {
        fmt::print(stderr, "photolex-cli: the output could not be written\n");
        return 1;
    }
    return output->exitCode;
}

} // namespace

int main(int argc, char **argv)
{
    const InterruptWatch interrupt;
    cli::Context context;
    context.stop = interrupt.token();

    CLI::App app("Photolex: find photos by words, headless", "photolex-cli");
    app.set_version_flag("--version", "photolex-cli " PHOTOLEX_VERSION);
    app.require_subcommand(1);
    std::string library;
    app.add_option("--library", library, "The library's folder");
    app.add_option("--bundle", context.bundle, "Model bundle: id or folder");
    app.add_flag("--json", context.json, "One JSON document on stdout");
    app.add_option("--threads", context.threads, "Workers; 0: one per processor")->check(CLI::Range(0, 1024));
    app.add_flag("--verbose", context.verbose, "Tell more on stderr");

    std::vector<cli::Command> commands;
    commands.push_back(cli::indexCommand(app));
    commands.push_back(cli::mapCommand(app));
    commands.push_back(cli::trainCommand(app));
    commands.push_back(cli::evalCommand(app));
    commands.push_back(cli::compareCommand(app));
    commands.push_back(cli::doctorCommand(app));
    commands.push_back(cli::backupCommand(app));
    for (auto &command : cli::searchCommands(app))
        commands.push_back(std::move(command));
    for (auto &command : cli::exchangeCommands(app))
        commands.push_back(std::move(command));
    commands.push_back(cli::exprCommand(app));
    commands.push_back(cli::tagCommand(app));
    for (auto &command : cli::captionCommands(app))
        commands.push_back(std::move(command));
    for (auto &command : cli::bundleCommands(app))
        commands.push_back(std::move(command));
    for (auto &command : commands)
        command.app->fallthrough();

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError &error) {
        return app.exit(error) == 0 ? 0 : 2;
    }

    threads::prepareProcess(context.threads);
    log::setLevel(context.verbose ? log::Level::Info : log::Level::Warning);
    image::initialiseMetadata();
    context.library = library.empty() ? paths::defaultLibrary() : cli::absolutePath(library);
    for (const auto &command : commands)
        if (command.app->parsed())
            return print(command.run(context), context);
    return 2;
}
