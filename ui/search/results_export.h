// Results out: into a folder as copies or links, or as a list. Originals are only read.
#pragma once

#include "core/base/ids.h"
#include "core/base/result.h"

#include <QObject>
#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

QT_BEGIN_NAMESPACE
class QWidget;
QT_END_NAMESPACE

namespace photolex::ui {

class Session;
class Commands;

enum class ExportKind : std::uint8_t { Copy, Link };

struct ExportReport {
    std::int64_t written = 0, failed = 0;
};

// `files`: absolute paths, bytes. Nothing that is there is overwritten: a name that is taken gets " (2)". Blocks.
// DiskFull and Denied end it; a file that is gone is counted as failed.
Result<ExportReport> exportFiles(const std::vector<std::string> &files, const std::filesystem::path &folder,
                                 ExportKind kind, const std::stop_token &stop);

// Asks for a folder, and whether to copy or to link; the work goes on in the background and is told when it is done.
void askForExport(Session *session, Commands *commands, std::vector<PhotoId> photos, QWidget *parent);
// Asks for a file and writes one path a line.
void askForList(Session *session, Commands *commands, std::vector<PhotoId> photos, QWidget *parent);

} // namespace photolex::ui
