// photolex-cli as a script runs it: a process, its exit status and its JSON.
#pragma once

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStringList>
#include <filesystem>

namespace photolex::test {

inline QString text(const std::filesystem::path &path)
{
    return QString::fromStdString(path.native());
}

struct Finished {
    int exitCode = -1;
    QByteArray err;
    QJsonObject json;
};

inline Finished run(QStringList arguments)
{
    QProcess process;
    process.start(qEnvironmentVariable("PHOTOLEX_CLI"), arguments << "--json");
    process.waitForFinished(300'000);
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardError(),
            QJsonDocument::fromJson(process.readAllStandardOutput()).object()};
}

} // namespace photolex::test
