// The Expression place in the real window, with the bundle that ships: put together by keys, by the pointer and by
// files from another window.
#include "tests/support/pictures.h"
#include "tests/support/support.h"
#include "tests/ui/window/window_support.h"
#include "ui/captions/bench/caption_bench.h"
#include "ui/captions/caption_edits.h"
#include "ui/captions/caption_field.h"
#include "ui/captions/captions_place.h"
#include "ui/common/commands.h"
#include "ui/expression/example_gallery.h"
#include "ui/expression/expression_bench.h"
#include "ui/expression/expression_place.h"
#include "ui/expression/term_chip.h"
#include "ui/expression/word_panel.h"
#include "ui/search/search_field.h"
#include "ui/search/search_place.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/photo_grid.h"

#include <QAbstractButton>
#include <QApplication>
#include <QClipboard>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QToolButton>
#include <QUndoStack>

using namespace photolex;
using namespace photolex::ui;

namespace {

constexpr int photoCount = 6;

} // namespace

class TestExpressionPlace : public test::ModelsWindowTest {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        for (int i = 0; i < photoCount; ++i)
            m_folder.write("photos/p" + std::to_string(i) + ".jpg", test::jpeg(test::scene(i)));
        m_folder.write("elsewhere/a b.jpg", test::jpeg(test::scene(40)));
        QVERIFY(openLibrary(m_folder / "photos"));
    }

    void init()
    {
        QVERIFY(openWindow());
        m_window->showPlace(MainWindow::Place::Expression);
        place()->open({});
        settle();
    }

    void cleanup()
    {
        place()->open({}); // the next one begins with an empty bench
        closeWindow();
    }
    void cleanupTestCase() { closeLibrary(); }

    void wordsAreTypedAndAnswered()
    {
        QVERIFY(place()->findChild<ExampleGallery *>()->isVisible());
        type("red car");
        type("- blue");
        QCOMPARE(place()->text(), QString("'red car' - 'blue'"));
        QCOMPARE(photos()->rowCount(), photoCount);
        QVERIFY(photos()->note(0)->score >= photos()->note(1)->score);
        QVERIFY(place()->findChild<WordPanel *>()->count() > 10);
        QVERIFY(!place()->findChild<ExampleGallery *>()->isVisible());
    }

    void aPointIsCaptionedAndAPhotoTakesACaption()
    {
        type("dog");
        type("beach");
        QTest::mouseClick(place()->findChild<QToolButton *>("captionOfPoint"), Qt::LeftButton);
        QCOMPARE(m_window->place(), MainWindow::Place::Captions);
        auto *captions = m_window->captionsPlace();
        QVERIFY(captions->isBench());
        auto *writer = captions->bench();
        QTRY_VERIFY_WITH_TIMEOUT(captions->photo() && !writer->isRunning() && !writer->chosenText().isEmpty(), 60'000);
        QVERIFY(!writer->photo()); // the list has a photo, but the bench is for the point
        QVERIFY2(writer->chosenText().contains("dog"), qPrintable(writer->chosenText()));
        // The next photo is one that the user chose: the bench follows, and its caption can be taken.
        QTest::keyClick(captions->field(), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(
            writer->photo() == captions->photo() && !writer->isRunning() && !writer->chosenText().isEmpty(), 60'000);
        const auto text = writer->chosenText();
        QTest::mouseClick(writer->findChild<QPushButton *>("acceptCaption"), Qt::LeftButton);
        QTRY_COMPARE(captions->field()->toPlainText(), text);
        const auto photo = captions->photo();
        const auto own = [&] {
            const auto all = m_session->catalogue()->captions(photo);
            return all && !all->empty() ? QString::fromStdString(all->front().text) : QString();
        };
        QTRY_COMPARE(own(), text);
        captions->edits()->undoStack()->undo();
        QTRY_COMPARE(own(), QString());
    }

    void anEmptyFieldLeavesUndoToTheExpression()
    {
        type("dog");
        QTest::keyClick(bench()->chips()[0], Qt::Key_Delete);
        QCOMPARE(place()->text(), QString());
        auto *field = place()->findChild<QLineEdit *>("addWords");
        QTRY_VERIFY(field->hasFocus());
        QTest::keyClick(field, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(place()->text(), QString("'dog'"));
        QCOMPARE(field->text(), QString()); // what was typed did not come back too
        // What is being typed is undone in the field.
        QTest::keyClicks(field, "cat");
        QTest::keyClick(field, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(place()->text(), QString("'dog'"));
        QCOMPARE(field->text(), QString());
    }

    void whatCancelsOutIsSaid()
    {
        type("red");
        type("-red");
        const auto *empty = place()->findChild<EmptyState *>();
        QVERIFY(empty->isVisible());
        QCOMPARE(empty->title(), QString("This cancels out"));
        QCOMPARE(photos()->rowCount(), 0);
        QTest::keyClick(bench()->chips()[1], Qt::Key_Up, Qt::ShiftModifier); // weight 1.5: something is left
        settle();
        QCOMPARE(photos()->rowCount(), photoCount);
    }

    void theKeyboardDoesEverything()
    {
        type("red");
        type("blue");
        auto *field = bench()->addField();
        QTest::keyClick(field, Qt::Key_Left);
        const auto focused = [this](int index) {
            return bench()->chips()[static_cast<std::size_t>(index)]->hasFocus();
        };
        QVERIFY(focused(1));
        const auto press = [](Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
            QTest::keyClick(QApplication::focusWidget(), key, modifiers);
        };
        press(Qt::Key_Minus);
        QCOMPARE(place()->text(), QString("'red' - 'blue'"));
        press(Qt::Key_Left, Qt::ControlModifier);
        QCOMPARE(place()->text(), QString("-'blue' + 'red'"));
        QVERIFY(focused(0));
        press(Qt::Key_Up);
        press(Qt::Key_Up);
        press(Qt::Key_Plus);
        QCOMPARE(place()->text(), QString("1.2*'blue' + 'red'"));
        press(Qt::Key_F2);
        QTest::keyClicks(QApplication::focusWidget(), "green");
        press(Qt::Key_Return);
        QCOMPARE(place()->text(), QString("1.2*'green' + 'red'"));
        press(Qt::Key_Delete); // of the term, not of a photo
        QCOMPARE(place()->text(), QString("'red'"));
        press(Qt::Key_Z, Qt::ControlModifier);
        press(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(place()->text(), QString("1.2*'blue' + 'red'"));
        press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(place()->text(), QString("1.2*'green' + 'red'"));
        settle();
    }

    void aSliderAnswersWhileItMovesAndIsOneStepBack()
    {
        type("red");
        type("blue");
        auto *slider = bench()->chips()[0]->findChild<QSlider *>();
        QSignalSpy answered(place(), &ExpressionPlace::answered);
        const QPoint from(slider->width() / 3, slider->height() / 2);
        QTest::mousePress(slider, Qt::LeftButton, {}, from);
        for (int x = 0; x < 30; x += 6)
            QTest::mouseMove(slider, from + QPoint(x, 0));
        QTRY_VERIFY(!answered.isEmpty()); // the button is still held
        slider->setValue(50);
        slider->setValue(40);
        QTest::mouseRelease(slider, Qt::LeftButton, {}, from + QPoint(30, 0));
        QVERIFY(place()->expression().terms[0].weight != 1);
        QTest::keyClick(bench()->addField(), Qt::Key_Left);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(place()->text(), QString("'red' + 'blue'"));
        settle();
    }

    void aPhotoOfTheGridIsDraggedIn()
    {
        type("red");
        auto *results = place()->findChild<PhotoGrid *>();
        QTRY_VERIFY(results->photoModel()->info(0));
        const auto photo = results->photoModel()->photoAt(0);
        bool lit = false;
        const QImage before = bench()->grab().toImage();
        test::carryTo(bench()->widget(), QPoint(4, 60), [&] { lit = bench()->grab().toImage() != before; });
        auto *view = results->viewport();
        const QPoint from = results->visualRect(results->model()->index(0, 0)).center();
        QTest::mousePress(view, Qt::LeftButton, {}, from);
        QTest::mouseMove(view, from + QPoint(QApplication::startDragDistance() + 5, 5)); // now it may be a drag
        QTest::mouseMove(view, from + QPoint(QApplication::startDragDistance() + 9, 9)); // returns after the drag
        QVERIFY(lit);
        QCOMPARE(place()->expression().terms.size(), std::size_t{2});
        QCOMPARE(place()->expression().terms[0].text, m_session->catalogue()->absolutePath(photo).value());
        settle();
        QCOMPARE(photos()->rowCount(), photoCount - 1); // the photo itself is left out
        QCOMPARE(photos()->rowOf(photo), -1);
    }

    void aWordOfTheResultsIsDraggedIn()
    {
        type("red");
        auto *panel = place()->findChild<WordPanel *>();
        QAbstractButton *word = nullptr;
        for (auto *chip : panel->findChildren<QAbstractButton *>())
            if (!word && chip->isVisible() && chip->text() != "red")
                word = chip;
        QVERIFY(word);
        const QString text = word->text();
        test::carryTo(bench()->widget(), QPoint(4, 60)); // before the first
        QTest::mousePress(word, Qt::LeftButton, {}, {4, 4});
        QTest::mouseMove(word, QPoint(QApplication::startDragDistance() + 9, 6)); // returns after the drag
        QCOMPARE(place()->text(), QString("'%1' + 'red'").arg(text));
        settle();
    }

    void filesPicturesAndTextAreDropped()
    {
        test::DragSource files([this](QMimeData *data) {
            const auto file = QUrl::fromLocalFile(test::pathText(m_folder / "elsewhere/a b.jpg"));
            data->setUrls({file, QUrl::fromLocalFile(test::pathText(m_folder / "photos/p1.jpg"))});
            data->setText(file.toString());
        });
        QVERIFY(QTest::qWaitForWindowExposed(&files));
        test::carryTo(bench()->widget(), QPoint(60, 60));
        QTest::mousePress(&files, Qt::LeftButton);
        QCOMPARE(files.action, Qt::CopyAction); // though moving was offered, and preferred
        QCOMPARE(place()->expression().terms.size(), std::size_t{2});
        QCOMPARE(test::pathText(place()->expression().terms[0].text), test::pathText(m_folder / "elsewhere/a b.jpg"));
        settle();
        QCOMPARE(photos()->rowCount(), photoCount - 1); // one of the two is in the library
        QVERIFY(std::filesystem::exists(m_folder / "elsewhere/a b.jpg"));

        test::DragSource words([](QMimeData *data) { data->setText("night"); });
        QVERIFY(QTest::qWaitForWindowExposed(&words));
        test::carryTo(place()->findChild<QLabel *>("expressionHeadline"), QPoint(8, 8)); // beside the bench: at its end
        QTest::mousePress(&words, Qt::LeftButton);
        QCOMPARE(place()->expression().terms.size(), std::size_t{3});
        QCOMPARE(place()->expression().terms.back().text, "night");
        test::DragSource nothing([](QMimeData *data) { data->setUrls({}); });
        QVERIFY(QTest::qWaitForWindowExposed(&nothing));
        test::carryTo(bench()->widget(), QPoint(60, 60));
        QTest::mousePress(&nothing, Qt::LeftButton);
        QCOMPARE(place()->expression().terms.size(), std::size_t{3});

        QImage picture(60, 40, QImage::Format_RGB32);
        picture.fill(Qt::darkGreen);
        QApplication::clipboard()->setImage(picture);
        const auto before = place()->expression().terms.size();
        for (auto *action : m_window->actions())
            if (action->shortcuts().contains(QKeySequence(QKeySequence::Paste)))
                action->trigger();
        QCOMPARE(m_window->place(), MainWindow::Place::Expression);
        QCOMPARE(place()->expression().terms.size(), before + 1);
        QVERIFY(std::filesystem::exists(place()->expression().terms.back().text));
        settle();
    }

    void aCardIsDraggedToAnotherPlace()
    {
        for (const char *word : {"red", "blue", "green"})
            type(word);
        auto *last = bench()->chips()[2];
        test::carryTo(bench()->widget(), QPoint(4, 60));
        const QPoint from = last->rect().center() + QPoint(10, -20);
        QTest::mousePress(last, Qt::LeftButton, {}, from);
        QTest::mouseMove(last, from + QPoint(QApplication::startDragDistance() + 5, 5));
        QCOMPARE(place()->text(), QString("'green' + 'red' + 'blue'"));
        settle();
    }

    void somethingHeldOverThePlaceOpensIt()
    {
        m_window->showPlace(MainWindow::Place::Library);
        test::DragSource file([this](QMimeData *data) {
            data->setUrls({QUrl::fromLocalFile(test::pathText(m_folder / "photos/p2.jpg"))});
        });
        QVERIFY(QTest::qWaitForWindowExposed(&file));
        auto *rail = m_window->findChild<QWidget *>("rail");
        QPoint at;
        for (auto *button : rail->findChildren<QToolButton *>())
            if (button->text() == "Expression")
                at = button->geometry().center();
        test::carryTo(rail, at);
        QTest::mousePress(&file, Qt::LeftButton);
        QCOMPARE(m_window->place(), MainWindow::Place::Expression);
        QCOMPARE(place()->expression().terms.size(), std::size_t{1});
        settle();
    }

    void selectedPhotosAreAddedFromTheLibrary()
    {
        m_window->showPlace(MainWindow::Place::Library);
        PhotoGrid *library = nullptr;
        for (auto *each : m_window->findChildren<PhotoGrid *>())
            if (each->isVisible())
                library = each;
        QVERIFY(library);
        QTRY_COMPARE(library->model()->rowCount(), photoCount);
        const auto photo = library->photoModel()->photoAt(1);
        library->selectPhoto(photo);
        library->setFocus();
        QTest::keyClick(library, Qt::Key_E, Qt::ControlModifier);
        QCOMPARE(m_window->place(), MainWindow::Place::Expression);
        QCOMPARE(place()->expression().terms.size(), std::size_t{1});
        settle();
        // What is selected among the results is selected for every place.
        auto *results = place()->findChild<PhotoGrid *>();
        const auto chosen = results->photoModel()->photoAt(2);
        results->selectPhoto(chosen);
        m_window->showPlace(MainWindow::Place::Library);
        m_window->showPlace(MainWindow::Place::Expression);
        QCOMPARE(results->currentPhoto(), chosen);
    }

    void theTextIsTheSameThing()
    {
        auto *text = place()->findChild<QLineEdit *>("expressionText");
        text->setFocus();
        QTest::keyClicks(text, "2*'red' - \"blue\"");
        QCOMPARE(bench()->chips().size(), std::size_t{2});
        QCOMPARE(place()->expression().terms[0].weight, 2.0);
        QTest::keyClicks(text, " +");
        QVERIFY(place()->findChild<QLabel *>("expressionNotice")->isVisible());
        QTest::keyClick(text, Qt::Key_Backspace);
        QTest::keyClick(text, Qt::Key_Backspace);
        QTest::keyClick(text, Qt::Key_Return);
        QCOMPARE(text->text(), QString("2*'red' - 'blue'"));
        settle();
        QVERIFY(!place()->findChild<QLabel *>("expressionNotice")->isVisible());
        place()->open("photo:'/nowhere/x.jpg' + 'zxqv'");
        settle();
        QVERIFY(place()->findChild<QLabel *>("expressionNotice")->text().contains("zxqv"));
        QVERIFY(place()->findChild<QLabel *>("expressionNotice")->text().contains("x.jpg"));
    }

    void expressionsAreSavedAndUsedInOthers()
    {
        place()->open("'red' - 'blue'");
        for (auto *button : place()->findChildren<QToolButton *>())
            if (button->accessibleName() == "Save this expression")
                button->click();
        auto *dialog = place()->findChild<QInputDialog *>();
        QVERIFY(dialog);
        dialog->setTextValue("more red");
        dialog->accept();
        QCOMPARE(m_session->catalogue()->savedExpression("more red").value().value(), "'red' - 'blue'");
        auto *menu = bench()->addButton()->menu();
        Q_EMIT menu->aboutToShow();
        for (auto *action : menu->actions())
            if (action->text() == "more red")
                action->trigger();
        QCOMPARE(place()->text(), QString("'red' - 'blue' + saved:'more red'"));
        settle();
        QCOMPARE(photos()->rowCount(), photoCount);
    }

    void theSearchFieldReadsTheSame()
    {
        place()->open("'red' - 2*'blue'");
        settle();
        const auto best = photos()->photoAt(0);
        m_window->searchField()->setText("'red' - 2*'blue'");
        QCOMPARE(m_window->place(), MainWindow::Place::Search);
        auto *found = m_window->searchPlace()->findChild<PhotoGrid *>()->photoModel();
        QTRY_COMPARE(found->rowCount(), photoCount);
        QCOMPARE(found->photoAt(0), best);
        auto *notice = m_window->searchPlace()->findChild<QLabel *>("notice");
        Q_EMIT notice->linkActivated("expression:");
        QCOMPARE(m_window->place(), MainWindow::Place::Expression);
        QCOMPARE(place()->text(), QString("'red' - 2*'blue'"));
        m_window->searchField()->setText("'red' - 'red'");
        QTRY_COMPARE(m_window->searchPlace()->findChild<EmptyState *>()->title(), QString("This cancels out"));
    }

    void whatChangesOutOfSightIsAnsweredWhenItIsSeen()
    {
        place()->open("'red'");
        settle();
        m_window->showPlace(MainWindow::Place::Library);
        QSignalSpy answered(place(), &ExpressionPlace::answered);
        Q_EMIT m_session->photosChanged({});
        QVERIFY(!answered.wait(1'500)); // longer than changes are gathered
        m_window->showPlace(MainWindow::Place::Expression);
        QTRY_COMPARE(answered.size(), 1);
    }

    void theExpressionOutlivesANewLanguage()
    {
        place()->open("'red' - 'blue'");
        m_window->rebuild();
        QCOMPARE(place()->text(), QString("'red' - 'blue'"));
        settle();
    }

private:
    ExpressionPlace *place() const { return m_window->findChild<ExpressionPlace *>(); }
    ExpressionBench *bench() const { return place()->findChild<ExpressionBench *>(); }
    PhotoModel *photos() const { return place()->findChild<PhotoGrid *>()->photoModel(); }

    void settle() { QTRY_VERIFY(!place()->isRunning()); }

    void type(const QString &words)
    {
        auto *field = bench()->addField();
        field->setFocus();
        QTest::keyClicks(field, words);
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(field->text().isEmpty());
        settle();
    }
};

int main(int argc, char **argv)
{
    return test::runOnMinimalScreen<TestExpressionPlace>(argc, argv);
}
#include "tst_expression_place.moc"
