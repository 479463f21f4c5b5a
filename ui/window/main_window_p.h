// The insides of the main window, shared by its source files: the window with its places, and its menu and dialogs.
#pragma once

#include "core/catalogue/catalogue.h"
#include "ui/common/commands.h"
#include "ui/common/latest.h"
#include "ui/common/point_path.h"
#include "ui/common/selection.h"
#include "ui/models/train_run.h"
#include "ui/search/search_request.h"
#include "ui/window/main_window.h"

#include <QImage>
#include <functional>

QT_BEGIN_NAMESPACE
class QAction;
class QKeySequence;
class QMenu;
class QMimeData;
class QStackedWidget;
class QToolButton;
QT_END_NAMESPACE

namespace photolex::ui {

class CaptionsPlace;
class ComparePlace;
class DropOverlay;
class ExpressionPlace;
class LibraryPlace;
class MapPlace;
class ModelsPlace;
class Rail;
class SettingsPlace;

struct MainWindow::Impl {
    Impl(MainWindow *window, Session *ofSession, Preferences *ofPreferences)
        : q(window)
        , session(ofSession)
        , preferences(ofPreferences)
    {
    }

    MainWindow *q;
    Session *session;
    Preferences *preferences;
    Commands commands;
    Selection selection;
    PointPath pointPath; // of the expression on the bench
    PointPath asked;     // what is searched for
    TrainingRun training;
    Latest<catalogue::Catalogue::Counts> counting;
    Latest<QImage> previewing;
    qint64 jobDone = 0;

    // Made by build(), gone with the central widget
    QWidget *content = nullptr;
    Rail *rail = nullptr;
    SearchField *field = nullptr;
    QStackedWidget *stack = nullptr;
    QStackedWidget *libraryOrWelcome = nullptr;
    LibraryPlace *library = nullptr;
    SearchPlace *search = nullptr;
    ExpressionPlace *expression = nullptr;
    ComparePlace *compare = nullptr;
    MapPlace *map = nullptr;
    CaptionsPlace *captions = nullptr;
    ModelsPlace *models = nullptr;
    SettingsPlace *settings = nullptr;
    StatusArea *status = nullptr;
    DropOverlay *overlay = nullptr;
    bool cameByTyping = false; // into Search: an empty field leads back to the Library

    void build();
    void buildMenu(QToolButton *button);
    QAction *action(QMenu *menu, const QString &text, const QKeySequence &shortcut, std::function<void()> work);
    void connectCommands();
    void takeRequest(const SearchRequest &request);
    void searchPicture(SearchRequest picture, const QString &name);
    void take(const Dropped &dropped, const QString &words);
    void paste();
    void chooseFolder();
    void askToAdd(const QString &folder);
    void showHistory(const QPoint &at);
    void showProblems();
    void showAbout();
    void back();
    void refreshCounts();
    void refreshWelcome();
    void keepState();
    bool mayClose(); // everything typed is written, or the user knows that it is not
    QString dropText(const QMimeData *data) const;
};

} // namespace photolex::ui
