// photolex: the window. Arguments in, parts connected, the event loop.
#include "core/base/bytes.h"
#include "core/base/paths.h"
#include "core/base/threads.h"
#include "core/image/metadata.h"
#include "ui/common/messages.h"
#include "ui/common/photo_text.h"
#include "ui/common/session.h"
#include "ui/settings/preferences.h"
#include "ui/style/icons.h"
#include "ui/style/theme.h"
#include "ui/window/language.h"
#include "ui/window/main_window.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QImageReader>
#include <QMessageBox>
#include <QPushButton>
#include <QThreadPool>
#include <cstdio>
#include <functional>

using namespace photolex;
using namespace photolex::ui;

namespace {

// Calls back once, after the first paint of a widget.
class AfterFirstPaint : public QObject {
public:
    AfterFirstPaint(QWidget *widget, std::function<void()> then)
        : QObject(widget)
        , m_then(std::move(then))
    {
        widget->installEventFilter(this);
    }
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && m_then) {
            watched->removeEventFilter(this);
            QMetaObject::invokeMethod(watched, std::exchange(m_then, nullptr),
                                      Qt::QueuedConnection); // once the picture is on the screen
        }
        return false;
    }

private:
    std::function<void()> m_then;
};

// Resident memory, MB; 0 where the system does not say.
long residentMegabytes()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n'))
        if (line.startsWith("VmRSS:"))
            return line.simplified().split(' ').value(1).toLong() / 1024;
    return 0;
}

// Opens the library; while another process writes to it, or the disk is full, one may try again. False: given up.
bool openLibrary(Session &session, const std::filesystem::path &library)
{
    for (;;) {
        const auto opened = session.openLibrary(library);
        if (opened)
            return true;
        QMessageBox box(QMessageBox::NoIcon, QStringLiteral("Photolex"), librarySentence(opened.error()));
        box.setObjectName(QStringLiteral("libraryDialog"));
        box.setIconPixmap(applicationIcon().pixmap({64, 64}));
        const auto *again =
            box.addButton(QApplication::translate("photolex::main", "Try again"), QMessageBox::AcceptRole);
        box.addButton(QApplication::translate("photolex::main", "Quit"), QMessageBox::RejectRole);
        box.exec();
        if (box.clickedButton() != again)
            return false;
    }
}

} // namespace

int main(int argc, char **argv)
{
    QElapsedTimer sinceStart;
    sinceStart.start();
    QCoreApplication::setApplicationName(QStringLiteral("photolex"));
    QCoreApplication::setApplicationVersion(QStringLiteral(PHOTOLEX_VERSION));
    QGuiApplication::setDesktopFileName(QStringLiteral("org.photolex.Photolex"));
    QGuiApplication::setHighDpiScaleFactorRoundingPolicy(Qt::HighDpiScaleFactorRoundingPolicy::PassThrough);
    Preferences preferences;
    threads::prepareProcess(preferences.threads()); // before any other thread, and before the neural module
    image::initialiseMetadata();

    QApplication application(argc, argv);
    QApplication::setApplicationDisplayName(QStringLiteral("Photolex"));
    applyLanguage(preferences.language());
    applyTheme(preferences.theme());

    QCommandLineParser parser;
    parser.setApplicationDescription(
        QApplication::translate("photolex::main", "Browse photos and find them by words."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption libraryOption(QStringLiteral("library"),
                                           QApplication::translate("photolex::main", "The library to open or to make."),
                                           QStringLiteral("FOLDER"), nativePath(paths::defaultLibrary().native()));
    QCommandLineOption measureOption(QStringLiteral("measure-start"));
    measureOption.setFlags(QCommandLineOption::HiddenFromHelp);
    parser.addOptions({libraryOption, measureOption});
    parser.addPositionalArgument(QStringLiteral("FOLDER"),
                                 QApplication::translate("photolex::main", "A folder of photos to open."),
                                 QStringLiteral("[FOLDER]"));
    parser.process(application);

    const QStringList folders = parser.positionalArguments();
    for (const QString &folder : folders) {
        if (!QFileInfo(folder).isDir()) {
            std::fprintf(stderr, "photolex: %s\n",
                         qPrintable(QApplication::translate("photolex::main", "“%1” is not a folder.").arg(folder)));
            return 2;
        }
    }

    Session session;
    if (!openLibrary(session, pathBytes(QFileInfo(parser.value(libraryOption)).absoluteFilePath())))
        return 1;
    session.setBundle(preferences.bundle().toStdString());
    MainWindow window(&session, &preferences);
    qint64 firstPaint = 0;
    new AfterFirstPaint(&window, [&] {
        firstPaint = sinceStart.elapsed();
        QImageReader::supportedImageFormats(); // Qt's plugins first: later they would wait for the neural module
        session.openModels();
        for (const QString &folder : folders)
            window.openFolder(QFileInfo(folder).absoluteFilePath());
    });
    if (parser.isSet(measureOption)) {
        const auto report = [&](bool ready) {
            std::printf("window %lld ms, models %lld ms, %ld MB resident%s\n", static_cast<long long>(firstPaint),
                        static_cast<long long>(sinceStart.elapsed()), residentMegabytes(),
                        ready ? "" : " (the models could not be opened)");
            QApplication::quit();
        };
        QObject::connect(&session, &Session::modelsReady, &window, [&report] { report(true); });
        QObject::connect(&session, &Session::modelsFailed, &window, [&report] { report(false); });
        window.show();
        return QApplication::exec();
    }
    window.show();
    const int code = QApplication::exec();
    QThreadPool::globalInstance()->waitForDone(); // workers hold what the session owns
    return code;
}
