// One file per command: arguments in, core called, printing out.
//
// A command registers its options on a CLI::App and hands back what to run. The global options work before and after
// the subcommand. With --json, exactly one JSON document goes to stdout; everything else goes to stderr.
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/catalogue/catalogue.h"

#include <CLI/CLI.hpp>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace photolex::cli {

using Json = nlohmann::ordered_json;

struct Context {
    std::filesystem::path library; // the library's folder; --library
    std::string bundle;            // id or folder; --bundle
    bool json = false;
    int threads = 0; // 0: one per processor
    bool verbose = false;
    std::stop_token stop; // requested by Ctrl-C and SIGTERM
};

// What a command did: the document for --json, and lines for people otherwise.
struct Output {
    Json json;
    std::string text;
    int exitCode = 0;     // 1: the job failed although it has something to tell
    bool printed = false; // the command wrote to stdout itself (byte-exact lists)
};

using Run = std::function<Result<Output>(const Context &)>;

struct Command {
    CLI::App *app = nullptr;
    Run run;
};

// Each in its own file. The options' values live in the closure.
Command indexCommand(CLI::App &parent);
std::vector<Command> bundleCommands(CLI::App &parent);   // bundle list | show | verify | import | remove
std::vector<Command> searchCommands(CLI::App &parent);   // search | similar | words | duplicates
std::vector<Command> exchangeCommands(CLI::App &parent); // export | import
Command exprCommand(CLI::App &parent);
Command mapCommand(CLI::App &parent);
Command trainCommand(CLI::App &parent);
Command evalCommand(CLI::App &parent);
Command compareCommand(CLI::App &parent);
Command doctorCommand(CLI::App &parent);
Command backupCommand(CLI::App &parent);

// Waits (with a line on stderr) while another process writes; Cancelled by Ctrl-C.
Result<std::shared_ptr<catalogue::Catalogue>> openForWriting(const Context &context);
// NotFound when there is no library yet, with the remedy in the detail.
Result<std::shared_ptr<catalogue::Catalogue>> openForReading(const Context &context);
std::filesystem::path absolutePath(const std::filesystem::path &path); // spelled the same in every command
// "2021", "2021-06", "2021-06-30": first or last second of that span. Invalid: another form, or no such day.
Result<std::int64_t> parseDay(std::string_view text, bool endOfSpan);
Json errorJson(const Error &error);                // {code, subject, detail}
std::string sentence(const Error &error);          // English, for stderr
ProgressSink progressLine(const Context &context); // one line on a terminal's stderr, nothing elsewhere

} // namespace photolex::cli
