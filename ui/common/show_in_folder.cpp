#include "ui/common/show_in_folder.h"

#include "ui/common/photo_text.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDesktopServices>

namespace photolex::ui {

namespace {

// The bus starts the file manager when it is not running, and that may take a while on a busy machine.
constexpr int answerMilliseconds = 10'000;

} // namespace

void showInFolder(std::span<const std::string> paths)
{
    if (paths.empty())
        return;
    QStringList items;
    for (const auto &path : paths)
        items += QString::fromLatin1(fileUrl(path).toEncoded());
    const QUrl file = fileUrl(paths.front());
    const auto openFolder = [file] { QDesktopServices::openUrl(file.adjusted(QUrl::RemoveFilename)); };
    const auto bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return openFolder();
    const auto name = QStringLiteral("org.freedesktop.FileManager1");
    auto call = QDBusMessage::createMethodCall(name, QStringLiteral("/org/freedesktop/FileManager1"), name,
                                               QStringLiteral("ShowItems"));
    call << items << QString(); // the second: a start-up token, none here
    auto *answer = new QDBusPendingCallWatcher(bus.asyncCall(call, answerMilliseconds));
    QObject::connect(answer, &QDBusPendingCallWatcher::finished, answer, [answer, openFolder] {
        if (answer->isError())
            openFolder();
        answer->deleteLater();
    });
}

} // namespace photolex::ui
