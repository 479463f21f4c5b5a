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

void showInFolder(std::string_view path)
{
    const QUrl file = fileUrl(path);
    const auto openFolder = [file] { QDesktopServices::openUrl(file.adjusted(QUrl::RemoveFilename)); };
    const auto bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return openFolder();
    const auto name = QStringLiteral("org.freedesktop.FileManager1");
    auto call = QDBusMessage::createMethodCall(name, QStringLiteral("/org/freedesktop/FileManager1"), name,
                                               QStringLiteral("ShowItems"));
    call << QStringList{QString::fromLatin1(file.toEncoded())} << QString(); // the second: a start-up token, none here
    auto *answer = new QDBusPendingCallWatcher(bus.asyncCall(call, answerMilliseconds));
    QObject::connect(answer, &QDBusPendingCallWatcher::finished, answer, [answer, openFolder] {
        if (answer->isError())
            openFolder();
        answer->deleteLater();
    });
}

} // namespace photolex::ui
