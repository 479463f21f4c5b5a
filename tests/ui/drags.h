// Drags with real events: what carries them, and the screen that they need.
#pragma once

#include <QApplication>
#include <QTest>
#include <QTimer>
#include <QWidget>
#include <QWindow>
#include <functional>

namespace photolex::test {

// While a drag runs in its own loop: the pointer comes over `target`, `seen` looks, and the button is let go there.
// With `escape` the drag is broken off instead.
inline void carryTo(
    QWidget *target, QPoint at, const std::function<void()> &seen = [] {}, bool escape = false)
{
    QWindow *window = target->window()->windowHandle();
    const QPoint place = target->mapTo(target->window(), at);
    QTimer::singleShot(0, target, [=] {
        QTest::mouseMove(window, place - QPoint(3, 0));
        QTimer::singleShot(0, target, [=] {
            QTest::mouseMove(window, place);
            QTimer::singleShot(0, target, [=] {
                seen();
                if (escape)
                    QTest::keyClick(window, Qt::Key_Escape);
                else
                    QTest::mouseRelease(window, Qt::LeftButton, {}, place);
            });
        });
    });
}

// main() of a test that drags.
template <class Test>
int runOnMinimalScreen(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "minimal");
    QApplication application(argc, argv);
    Test test;
    return QTest::qExec(&test, argc, argv);
}

} // namespace photolex::test
