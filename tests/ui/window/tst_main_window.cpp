// The real window with a scratch library and real events.
#include "tests/ui/window/window_support.h"
#include "ui/common/photo_text.h"
#include "ui/search/search_field.h"
#include "ui/search/search_place.h"
#include "ui/style/theme.h"
#include "ui/widgets/photo_grid.h"
#include "ui/window/language.h"
#include "ui/window/problems_dialog.h"
#include "ui/window/status_area.h"

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QDragEnterEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSet>
#include <QStandardPaths>
#include <QTreeWidget>

using namespace photolex;
using namespace photolex::ui;

namespace {

void writePicture(const std::filesystem::path &file, const QColor &colour)
{
    std::filesystem::create_directories(file.parent_path());
    QImage picture(96, 64, QImage::Format_RGB32);
    picture.fill(colour);
    QPainter(&picture).fillRect(20, 20, 30, 20, colour.darker());
    QVERIFY(picture.save(QString::fromStdString(file.string())));
}

// What a person can act on.
bool isControl(const QWidget *widget)
{
    return qobject_cast<const QAbstractButton *>(widget) || qobject_cast<const QComboBox *>(widget) ||
           qobject_cast<const QLineEdit *>(widget) || qobject_cast<const QAbstractSpinBox *>(widget) ||
           qobject_cast<const QPlainTextEdit *>(widget) || qobject_cast<const QAbstractItemView *>(widget);
}

// Parts of a control, such as the field inside a spin box, speak through the control.
bool isPartOfControl(const QWidget *widget)
{
    const QWidget *parent = widget->parentWidget();
    return parent && (qobject_cast<const QAbstractSpinBox *>(parent) || qobject_cast<const QComboBox *>(parent) ||
                      qobject_cast<const QScrollBar *>(parent) || qobject_cast<const QLineEdit *>(parent) ||
                      QString::fromLatin1(widget->metaObject()->className()).startsWith("QComboBox") ||
                      widget->objectName().startsWith("qt_"));
}

} // namespace

class TestMainWindow : public test::WindowTest {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        applyLanguage("en");
        applyTheme(Theme::Light);
    }

    void init() { QVERIFY(open({0, 0, 1024, 600})); }

    void cleanup()
    {
        close();
        applyLanguage("en");
        applyTheme(Theme::Light);
    }

    void theFirstStartWelcomesAndAFolderEndsIt()
    {
        QVERIFY(m_window->isWelcome());
        auto *button = m_window->findChild<QPushButton *>("openFolder");
        QVERIFY(button && button->isVisible());
        openPhotos();
        QVERIFY(!m_window->isWelcome());
    }

    void wordsTypedFindPhotosByName()
    {
        openPhotos();
        auto *edit = m_window->searchField()->lineEdit();
        QTest::keyClick(m_window.get(), Qt::Key_F, Qt::ControlModifier);
        QTRY_VERIFY(edit->hasFocus());
        QTest::keyClicks(edit, "harbour");
        QCOMPARE(m_window->place(), MainWindow::Place::Search);
        QTRY_COMPARE(found(), 1);
        QTest::keyClick(edit, Qt::Key_Escape); // empty again: back where one was
        QCOMPARE(edit->text(), QString());
        QCOMPARE(m_window->place(), MainWindow::Place::Library);
    }

    void aQueryThatIsNoQueryGivesAHint_data()
    {
        QTest::addColumn<QString>("query");
        QTest::newRow("a minus") << "-";
        QTest::newRow("punctuation") << "!!!";
        QTest::newRow("blanks and an emoji") << "  🐶 ";
        QTest::newRow("combining marks") << "e\u0301\u0301";
        QTest::newRow("very long") << QString(20'000, 'x') + " y";
    }
    void aQueryThatIsNoQueryGivesAHint()
    {
        QFETCH(QString, query);
        openPhotos();
        m_window->searchField()->setText(query);
        QTRY_VERIFY(!m_window->searchPlace()->isRunning());
        QCOMPARE(found(), 0);
        QVERIFY(m_window->searchPlace()->isVisible());
    }

    void aPhotoThatIsDroppedIsSearchedAndAFolderIsAskedAbout()
    {
        openPhotos();
        QMimeData photo;
        photo.setUrls({QUrl::fromLocalFile(test::pathText(*m_folder / "photos/dog.png"))});
        drop(photo);
        QCOMPARE(m_window->place(), MainWindow::Place::Search);
        QVERIFY(m_window->searchField()->request().similarTo); // it is in the library
        QMimeData folder;
        std::filesystem::create_directories(*m_folder / "more");
        folder.setUrls({QUrl::fromLocalFile(test::pathText(*m_folder / "more"))});
        drop(folder);
        auto *box = m_window->findChild<QMessageBox *>("addFolderDialog");
        QVERIFY(box && box->isVisible());
        box->close();
    }

    void anAddressFromTheNetIsExplained()
    {
        QMimeData remote;
        remote.setUrls({QUrl("https://example.org/a.jpg")});
        drop(remote);
        QVERIFY(m_window->statusArea()->text().contains("does not go online"));
        QMimeData nothing;
        nothing.setUrls({});
        drop(nothing); // and that is all
    }

    void aPictureThatIsPastedIsSearched()
    {
        openPhotos();
        QImage picture(40, 30, QImage::Format_RGB32);
        picture.fill(Qt::blue);
        QApplication::clipboard()->setImage(picture);
        m_window->showPlace(MainWindow::Place::Settings);
        auto *paste = actionOf(QKeySequence::Paste);
        QVERIFY(paste);
        paste->trigger();
        QCOMPARE(m_window->place(), MainWindow::Place::Search);
        QCOMPARE(m_window->searchField()->request().image.size(), QSize(40, 30));
    }

    void placesKeepTheirStateAndKeysSwitch()
    {
        openPhotos();
        m_window->searchField()->setText("dog");
        QTRY_COMPARE(found(), 1);
        QTest::keyClick(m_window.get(), Qt::Key_3, Qt::ControlModifier);
        QTRY_COMPARE(m_window->place(), MainWindow::Place::Expression);
        QTest::keyClick(m_window.get(), Qt::Key_Comma, Qt::ControlModifier);
        QTRY_COMPARE(m_window->place(), MainWindow::Place::Settings);
        QTest::keyClick(m_window.get(), Qt::Key_2, Qt::ControlModifier);
        QTRY_COMPARE(m_window->place(), MainWindow::Place::Search);
        QCOMPARE(found(), 1);
    }

    void theThemeFollowsAtOnce()
    {
        m_window->showPlace(MainWindow::Place::Settings);
        choose("theme", static_cast<int>(Theme::Dark));
        QTRY_VERIFY(isDark(m_window->palette()));
        QCOMPARE(m_preferences->theme(), Theme::Dark);
        choose("theme", static_cast<int>(Theme::Light));
        QTRY_VERIFY(!isDark(m_window->palette()));
    }

    void theLanguageFollowsAtOnceAndTheWordsStay()
    {
        openPhotos();
        m_window->searchField()->setText("dog");
        QTRY_COMPARE(found(), 1);
        m_window->showPlace(MainWindow::Place::Settings);
        choose("language", QString("de"));
        QTRY_VERIFY(labels().contains("Sprache"));
        QCOMPARE(m_window->place(), MainWindow::Place::Settings);
        QCOMPARE(m_window->searchField()->lineEdit()->text(), QString("dog"));
        QTRY_COMPARE(found(), 1);
    }

    void problemsAreListedWithReasonAndRemedy()
    {
        openPhotos();
        auto photos = m_session->catalogue()->photoIds({}, catalogue::SortKey::Path, false);
        VERIFY_OK(photos);
        auto infos = m_session->catalogue()->photos(*photos);
        VERIFY_OK(infos);
        infos->front().state = catalogue::PhotoState::Failed;
        infos->front().error = Error{Errc::Corrupt, "beach.png", "empty file"};
        VERIFY_OK(m_session->catalogue()->save(*infos));
        Q_EMIT m_session->photosChanged({});
        auto *button = m_window->findChild<QPushButton *>("problems");
        QTRY_VERIFY(button->isVisible());
        QVERIFY(button->text().contains("1"));
        QTest::mouseClick(button, Qt::LeftButton);
        auto *dialog = m_window->findChild<ProblemsDialog *>();
        QVERIFY(dialog);
        QTRY_COMPARE(dialog->count(), 1);
        auto *list = dialog->findChild<QTreeWidget *>();
        for (int column = 0; column < 3; ++column)
            QVERIFY(!list->topLevelItem(0)->text(column).isEmpty());
        QVERIFY(list->topLevelItem(0)->text(0).startsWith('/'));
        dialog->close();
    }

    void everythingFitsOnASmallScreen()
    {
        openPhotos();
        for (const QString language : {"en", "de"}) {
            applyLanguage(language);
            m_window->rebuild();
            for (const auto place : allPlaces) {
                m_window->showPlace(place);
                QVERIFY2(m_window->minimumSizeHint().width() <= 1024 && m_window->minimumSizeHint().height() <= 600,
                         qPrintable(QString("%1: place %2 wants %3 × %4")
                                        .arg(language)
                                        .arg(static_cast<int>(place))
                                        .arg(m_window->minimumSizeHint().width())
                                        .arg(m_window->minimumSizeHint().height())));
            }
            ProblemsDialog problems(m_session.get());
            QVERIFY(problems.minimumSizeHint().width() <= 1024 && problems.size().height() <= 600);
        }
    }

    void everyControlHasAName()
    {
        openPhotos();
        m_window->searchField()->setText("dog");
        QTRY_COMPARE(found(), 1);
        for (const auto place : allPlaces) {
            m_window->showPlace(place);
            for (const QWidget *widget : m_window->findChildren<QWidget *>()) {
                if (!widget->isVisible() || !isControl(widget) || isPartOfControl(widget))
                    continue;
                auto *accessible = QAccessible::queryAccessibleInterface(const_cast<QWidget *>(widget));
                QVERIFY(accessible);
                QVERIFY2(!accessible->text(QAccessible::Name).isEmpty(),
                         qPrintable(QString("%1 \"%2\" in place %3 has no name")
                                        .arg(widget->metaObject()->className(), widget->objectName())
                                        .arg(static_cast<int>(place))));
            }
        }
    }

    void theTabKeyVisitsEveryControlOnceAndComesBack()
    {
        openPhotos();
        m_window->showPlace(MainWindow::Place::Settings);
        m_window->activateWindow();
        auto *edit = m_window->searchField()->lineEdit();
        edit->setFocus();
        QTRY_VERIFY(edit->hasFocus());
        QSet<QWidget *> visited;
        for (int step = 0; step < 200; ++step) {
            QWidget *now = QApplication::focusWidget();
            if (visited.contains(now)) {
                QCOMPARE(now, static_cast<QWidget *>(edit));
                break;
            }
            visited.insert(now);
            QTest::keyClick(now, Qt::Key_Tab);
        }
        QVERIFY(visited.contains(m_window->findChild<QComboBox *>("theme")));
        QVERIFY(visited.contains(m_window->findChild<QPlainTextEdit *>("patterns")));
        QVERIFY(visited.size() < 100);
    }

    void theOtherReadingDirectionWorks()
    {
        QApplication::setLayoutDirection(Qt::RightToLeft);
        m_window->rebuild();
        openPhotos();
        const auto *rail = m_window->findChild<QWidget *>("rail");
        QVERIFY(rail && rail->mapTo(m_window.get(), QPoint()).x() > m_window->width() / 2);
        // The glass of the search field lies right, and what is typed does not cover it.
        const auto *edit = m_window->searchField()->lineEdit();
        QVERIFY(m_window->searchField()->width() - edit->geometry().right() > 32);
        QVERIFY(!m_window->grab().isNull());
        QApplication::setLayoutDirection(Qt::LeftToRight);
    }

private:
    static constexpr MainWindow::Place allPlaces[] = {MainWindow::Place::Library,    MainWindow::Place::Search,
                                                      MainWindow::Place::Expression, MainWindow::Place::Compare,
                                                      MainWindow::Place::Map,        MainWindow::Place::Captions,
                                                      MainWindow::Place::Models,     MainWindow::Place::Settings};

    void openPhotos()
    {
        writePicture(*m_folder / "photos/beach.png", Qt::yellow);
        writePicture(*m_folder / "photos/dog.png", Qt::darkRed);
        writePicture(*m_folder / "photos/harbour at night.png", Qt::darkBlue);
        m_window->openFolder(test::pathText(*m_folder / "photos"));
        QTRY_COMPARE(m_session->catalogue()->counts().value().photos, 3);
        QTRY_VERIFY(!m_window->isWelcome());
    }

    int found() const { return m_window->searchPlace()->findChild<PhotoGrid *>()->model()->rowCount(); }

    QStringList labels() const
    {
        QStringList all;
        for (const QLabel *label : m_window->findChildren<QLabel *>())
            if (label->isVisible())
                all.append(label->text());
        return all;
    }

    QAction *actionOf(QKeySequence::StandardKey key) const
    {
        for (QAction *action : m_window->actions())
            if (action->shortcuts().contains(QKeySequence(key)))
                return action;
        return nullptr;
    }

    void choose(const char *box, const QVariant &data)
    {
        auto *combo = m_window->findChild<QComboBox *>(box);
        QVERIFY(combo);
        combo->setCurrentIndex(combo->findData(data));
        Q_EMIT combo->activated(combo->currentIndex());
    }

    void drop(QMimeData &data)
    {
        const QPoint at(m_window->width() / 2, 20);
        QDragEnterEvent enter(at, Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(m_window.get(), &enter);
        QDropEvent event(at, Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(m_window.get(), &event);
        QVERIFY(event.dropAction() == Qt::CopyAction);
    }
};

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
