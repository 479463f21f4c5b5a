// What tests of the whole window share: a window over a scratch library, and real drags. A test that drags runs on Qt's
// "minimal" screen: the offscreen one carries no drag.
#pragma once

#include "tests/support/support.h"
#include "tests/ui/drags.h"
#include "ui/common/session.h"
#include "ui/settings/preferences.h"
#include "ui/window/language.h"
#include "ui/window/main_window.h"

#include <QApplication>
#include <QDrag>
#include <QMimeData>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QThreadPool>
#include <QTimer>
#include <QUrl>
#include <QWindow>
#include <functional>
#include <memory>

namespace photolex::test {

inline QString pathText(const std::filesystem::path &path)
{
    return QString::fromStdString(path.string());
}

// Has a window over an empty library, new for each test.
class WindowTest : public QObject {
protected:
    bool open(const QRect &where) // true: it is on the screen
    {
        m_folder = std::make_unique<ScratchFolder>();
        m_preferences = std::make_unique<ui::Preferences>(pathText(*m_folder / "photolex.conf"));
        m_session = std::make_unique<ui::Session>();
        if (!isOk(m_session->openLibrary(*m_folder / "lib.photolex")))
            return false;
        m_window = std::make_unique<ui::MainWindow>(m_session.get(), m_preferences.get());
        m_window->setGeometry(where);
        m_window->show();
        return QTest::qWaitForWindowExposed(m_window.get());
    }
    void close()
    {
        m_window.reset();
        m_session.reset();
        m_preferences.reset();
        QThreadPool::globalInstance()->waitForDone();
        m_folder.reset();
    }

    std::unique_ptr<ScratchFolder> m_folder;
    std::unique_ptr<ui::Preferences> m_preferences;
    std::unique_ptr<ui::Session> m_session;
    std::unique_ptr<ui::MainWindow> m_window;
};

// One library with open models for all tests of a program, which is what takes time; a window over it for each.
class ModelsWindowTest : public QObject {
protected:
    // true: the models are open, and the photos below `folder` indexed; empty: none.
    bool openLibrary(const std::filesystem::path &folder = {})
    {
        QStandardPaths::setTestModeEnabled(true);
        ui::applyLanguage("en");
        m_preferences = std::make_unique<ui::Preferences>(pathText(m_folder / "photolex.conf"));
        m_session = std::make_unique<ui::Session>();
        if (!isOk(m_session->openLibrary(m_folder / "lib.photolex")))
            return false;
        QSignalSpy ready(m_session.get(), &ui::Session::modelsReady);
        QSignalSpy finished(m_session.get(), &ui::Session::jobFinished);
        m_session->openModels();
        if (!ready.wait(120'000))
            return false;
        if (folder.empty())
            return true;
        m_session->addFolder(folder);
        return finished.wait(300'000);
    }
    bool openWindow() // true: it is on the screen
    {
        m_window = std::make_unique<ui::MainWindow>(m_session.get(), m_preferences.get());
        m_window->setGeometry(100, 60, 1100, 720);
        m_window->show();
        const bool isExposed = QTest::qWaitForWindowExposed(m_window.get());
        m_window->activateWindow();
        return isExposed;
    }
    void closeWindow()
    {
        m_window.reset();
        QThreadPool::globalInstance()->waitForDone();
    }
    void closeLibrary()
    {
        m_session.reset();
        QThreadPool::globalInstance()->waitForDone();
    }

    ScratchFolder m_folder;
    std::unique_ptr<ui::Preferences> m_preferences;
    std::unique_ptr<ui::Session> m_session;
    std::unique_ptr<ui::MainWindow> m_window;
};

// Another program's window, from which something is dragged as soon as it is pressed; it would let originals be moved.
class DragSource : public QWidget {
public:
    explicit DragSource(std::function<void(QMimeData *)> fill)
        : m_fill(std::move(fill))
    {
        setGeometry(0, 0, 60, 60);
        show();
    }
    explicit DragSource(const QList<QUrl> &urls)
        : DragSource([urls](QMimeData *mime) { mime->setUrls(urls); })
    {
    }
    Qt::DropAction action = Qt::IgnoreAction;

protected:
    void mousePressEvent(QMouseEvent *) override
    {
        auto *mime = new QMimeData;
        m_fill(mime);
        auto *drag = new QDrag(this);
        drag->setMimeData(mime);
        action = drag->exec(Qt::CopyAction | Qt::MoveAction | Qt::LinkAction, Qt::MoveAction);
    }

private:
    std::function<void(QMimeData *)> m_fill;
};

} // namespace photolex::test
