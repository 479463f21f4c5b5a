// The Captions place in the real window, worked by keys: what is typed lands on its photo and on no other, and is kept
// whatever happens.
#include "tests/ui/window/captions_support.h"
#include "ui/captions/bulk_dialog.h"
#include "ui/captions/caption_edits.h"
#include "ui/captions/caption_panels.h"
#include "ui/common/thumbnail_loader.h"
#include "ui/library/library_place.h"
#include "ui/widgets/photo_grid.h"
#include "ui/window/language.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScopeGuard>
#include <QSemaphore>
#include <QStandardPaths>
#include <QTableWidget>
#include <QTextCursor>
#include <QUndoStack>

using namespace photolex;
using namespace photolex::ui;
using catalogue::CaptionEntry;
using catalogue::CaptionOrigin;

class TestCaptionsPlace : public test::CaptionsTest {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        applyLanguage("en");
    }
    void init() { QVERIFY(enter(5)); }
    void cleanup() { close(); }

    void enterLeadsOnAndTheTextStaysWithItsPhoto()
    {
        type("a boat");
        press(Qt::Key_Return);
        QTRY_COMPARE(place()->photo(), m_photos[1]);
        QTRY_VERIFY(!field()->isWaiting());
        QCOMPARE(field()->toPlainText(), QString());
        type("two\n<b>lines</b> & \"more\"");
        press(Qt::Key_PageUp);
        QTRY_COMPARE(place()->photo(), m_photos[0]);
        QTRY_COMPARE(field()->toPlainText(), QString("a boat"));
        QTRY_COMPARE(own(0), QString("a boat"));
        QTRY_COMPARE(own(1), QString("two\n<b>lines</b> & \"more\""));
        QCOMPARE(captions(1).front().entry, CaptionEntry::Typed);
        QTRY_VERIFY(place()->findChild<QLabel *>("captionOrigin")->text().startsWith("Written by you"));
        press(Qt::Key_PageDown, Qt::NoModifier);
        QTRY_COMPARE(field()->toPlainText(), QString("two\n<b>lines</b> & \"more\""));
    }

    // Nothing of the window's loop runs in between: all of it is typed before a single text could have been read.
    void keysFasterThanReadingLandOnTheirPhotos()
    {
        type("one");
        press(Qt::Key_Return);
        type("two");
        press(Qt::Key_Return);
        type("three");
        press(Qt::Key_Return, Qt::ControlModifier);
        type("four");
        QTRY_COMPARE(field()->toPlainText(), QString("four"));
        QCOMPARE(place()->photo(), m_photos[3]);
        QVERIFY(place()->save());
        QCOMPARE(own(0), QString("one"));
        QCOMPARE(own(1), QString("two"));
        QCOMPARE(own(2), QString("three"));
        QCOMPARE(own(3), QString("four"));
        QCOMPARE(own(4), QString());
    }

    // The next photo without a caption is sought by the pool, which is held up here, while another thread reads.
    void keysBeforeTheNextOneIsFoundAreForIt()
    {
        VERIFY_OK(m_session->catalogue()->setUserCaption(m_photos[1], "has one"));
        type("one");
        QSemaphore held;
        auto *pool = QThreadPool::globalInstance();
        const int workers = pool->maxThreadCount();
        pool->waitForDone();
        for (int i = 0; i < workers; ++i)
            pool->start([&held] { held.acquire(); });
        auto release = qScopeGuard([&] {
            held.release(workers);
            pool->waitForDone();
        });
        press(Qt::Key_Return, Qt::ControlModifier);
        type("tw");
        Q_EMIT m_session->photosChanged({m_photos[0]}); // its texts are read again
        QVERIFY(place()->save());
        QCoreApplication::sendPostedEvents(nullptr, QEvent::MetaCall); // no painting: that waits for the pool, too
        QVERIFY(field()->isWaiting());
        type("o");
        release.dismiss();
        held.release(workers);
        QTRY_COMPARE(field()->toPlainText(), QString("two"));
        QCOMPARE(place()->photo(), m_photos[2]);
        QVERIFY(place()->save());
        QCOMPARE(own(0), QString("one"));
        QCOMPARE(own(2), QString("two"));
    }

    void leavingThePlaceKeepsWhatIsTyped()
    {
        type("half a sen");
        QTest::keyClick(m_window.get(), Qt::Key_1, Qt::ControlModifier);
        QTRY_COMPARE(m_window->place(), MainWindow::Place::Library);
        QTRY_COMPARE(own(0), QString("half a sen"));
        QTest::keyClick(m_window.get(), Qt::Key_6, Qt::ControlModifier);
        QTRY_VERIFY(field()->hasFocus());
        QCOMPARE(field()->toPlainText(), QString("half a sen"));
        type("tence");
        m_window->close();
        QCOMPARE(own(0), QString("half a sentence")); // closing waits for it
    }

    // What the disk holds at that moment is all that is left of a program that is killed.
    void aCrashBetweenTwoKeysLosesNothing()
    {
        type("written before");
        press(Qt::Key_Return);
        QTRY_VERIFY(!field()->isWaiting());
        type("in the mid");
        QTRY_COMPARE(draftOf(1), QString("in the mid"));
        type("dle");
        QTRY_COMPARE(draftOf(1), QString("in the middle"));
        const auto image = *m_folder / "killed.photolex";
        std::filesystem::create_directory(image);
        for (const auto *name : {"catalogue.sqlite", "catalogue.sqlite-wal"})
            std::filesystem::copy_file(*m_folder / "lib.photolex" / name, image / name);

        Session session;
        VERIFY_OK(session.openLibrary(image));
        Preferences preferences(test::pathText(*m_folder / "other.conf"));
        {
            MainWindow window(&session, &preferences);
            QVERIFY(window.captionsPlace()->save());
            const auto texts = session.catalogue()->captions(m_photos[1]).value();
            QCOMPARE(texts.size(), 1U);
            QCOMPARE(texts[0].text, "in the middle");
            QCOMPARE(session.catalogue()->captions(m_photos[0])->at(0).text, "written before");
            QVERIFY(session.catalogue()->drafts()->empty());
        }
        QThreadPool::globalInstance()->waitForDone();
    }

    void typingThatIsTakenBackLeavesNoDraft()
    {
        VERIFY_OK(m_session->catalogue()->setFileCaption(m_photos[0], "the file's", "xmp"));
        refresh();
        QTRY_COMPARE(field()->toPlainText(), QString("the file's"));
        type("x");
        QTRY_COMPARE(draftOf(0), QString("the file'sx"));
        press(Qt::Key_Backspace);
        QVERIFY(place()->save());
        QVERIFY(m_session->catalogue()->drafts()->empty());
        QCOMPARE(own(0), QString());
        QCOMPARE(place()->edits()->undoStack()->count(), 0);
    }

    void undoLeadsBackToThePhotoOfTheEdit()
    {
        type("first");
        press(Qt::Key_Return);
        QTRY_COMPARE(place()->photo(), m_photos[1]);
        type("second");
        press(Qt::Key_Return);
        QTRY_COMPARE(place()->photo(), m_photos[2]);
        QTRY_VERIFY(!field()->isWaiting());
        press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(place()->photo(), m_photos[1]);
        QTRY_COMPARE(own(1), QString());
        QTRY_VERIFY(!field()->isWaiting());
        QCOMPARE(own(0), QString("first"));
        press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(place()->photo(), m_photos[0]);
        QTRY_COMPARE(own(0), QString());
        QTRY_VERIFY(!field()->isWaiting());
        press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(field()->toPlainText(), QString("first"));
        QCOMPARE(captions(0).front().entry, CaptionEntry::Undone);
    }

    void undoDoesNotTakeWhatCameInSince()
    {
        type("mine");
        QVERIFY(place()->save());
        VERIFY_OK(m_session->catalogue()->setUserCaption(m_photos[0], "from elsewhere", CaptionEntry::Imported));
        refresh();
        QTRY_COMPARE(field()->toPlainText(), QString("from elsewhere"));
        press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(!field()->isWaiting());
        QVERIFY(place()->save());
        QCOMPARE(own(0), QString("from elsewhere"));
    }

    void nextWithoutCaptionSkipsAndGoesRound()
    {
        VERIFY_OK(m_session->catalogue()->setUserCaption(m_photos[1], "has one"));
        VERIFY_OK(m_session->catalogue()->setFileCaption(m_photos[2], "has one, too", "iptc"));
        VERIFY_OK(m_session->catalogue()->setUserCaption(m_photos[4], "has one"));
        press(Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(place()->photo(), m_photos[3]);
        type("now it has");
        press(Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(place()->photo(), m_photos[0]);
        QTRY_VERIFY(!field()->isWaiting());
        type("the last");
        press(Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(field()->toPlainText(), QString("the last")); // none is left: it stays here
        QCOMPARE(place()->photo(), m_photos[0]);
    }

    void captionsAreCopiedToNeighboursButOverNobodysText()
    {
        type("a bridge");
        press(Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(place()->photo(), m_photos[1]);
        QTRY_COMPARE(field()->toPlainText(), QString("a bridge"));
        QTRY_COMPARE(own(0), QString("a bridge"));
        QCOMPARE(captions(1).front().entry, CaptionEntry::Copied);
        press(Qt::Key_Return);
        QTRY_COMPARE(place()->photo(), m_photos[2]);
        press(Qt::Key_D, Qt::ControlModifier); // as the photo before
        QTRY_COMPARE(field()->toPlainText(), QString("a bridge"));
        QTRY_VERIFY(!field()->isWaiting());
        QVERIFY(place()->save());
        VERIFY_OK(m_session->catalogue()->setUserCaption(m_photos[3], "its own"));
        press(Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(place()->photo(), m_photos[3]);
        QTRY_COMPARE(field()->toPlainText(), QString("its own"));
        strip()->selectAll();
        QTRY_VERIFY(!field()->isWaiting());
        field()->setFocus();
        press(Qt::Key_D, Qt::ControlModifier | Qt::AltModifier);
        QTRY_COMPARE(own(4), field()->toPlainText());
        QCOMPARE(own(3), QString("its own"));
    }

    void aCopyIsTakenBackAsOneStep()
    {
        type("a bridge");
        QVERIFY(place()->save());
        strip()->selectAll();
        QTRY_VERIFY(!field()->isWaiting());
        field()->setFocus();
        press(Qt::Key_D, Qt::ControlModifier | Qt::AltModifier);
        for (std::size_t i = 1; i < m_photos.size(); ++i)
            QTRY_COMPARE(own(i), QString("a bridge"));
        QTRY_VERIFY(!field()->isWaiting());
        press(Qt::Key_Z, Qt::ControlModifier);
        for (std::size_t i = 1; i < m_photos.size(); ++i)
            QTRY_COMPARE(own(i), QString());
        QCOMPARE(own(0), QString("a bridge"));
        QTRY_COMPARE(place()->photo(), m_photos[1]); // where the change led back to
        QTRY_VERIFY(!field()->isWaiting());
        press(Qt::Key_D, Qt::ControlModifier); // as the photo before
        QTRY_COMPARE(own(1), QString("a bridge"));
        QTRY_VERIFY(!field()->isWaiting());
        press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(own(1), QString());
        QCOMPARE(own(0), QString("a bridge"));
    }

    void whatIsStillToBeDoneIsMarked()
    {
        VERIFY_OK(m_session->catalogue()->setFileCaption(m_photos[1], "the file's", "xmp"));
        VERIFY_OK(m_session->catalogue()->setProposedCaption(m_photos[2], {.text = "a dog", .bundle = "photolex-en"}));
        VERIFY_OK(m_session->catalogue()->keepDraft(m_photos[3], "a d"));
        refresh();
        const auto said = [this](int row) {
            return strip()->photoModel()->index(row).data(Qt::AccessibleTextRole).toString();
        };
        QTRY_VERIFY(said(2).contains("proposed"));
        QVERIFY2(said(0).contains("without caption"), qPrintable(said(0)));
        QVERIFY2(!said(1).contains("caption"), qPrintable(said(1)));
        QVERIFY2(said(3).contains("being typed"), qPrintable(said(3)));
        const auto tile = [this] {
            return strip()->viewport()->grab(strip()->visualRect(strip()->photoModel()->index(0))).toImage();
        };
        QTRY_VERIFY(strip()->loader()->pixmap(m_photos[0]).width() > 0);
        const QImage without = tile();
        VERIFY_OK(m_session->catalogue()->setUserCaption(m_photos[0], "has one"));
        refresh();
        QTRY_VERIFY(!said(0).contains("caption"));
        QVERIFY(tile() != without); // the words on it are gone
    }

    void onlyPhotosThatWereSelectedElsewhereAreListed()
    {
        QTest::keyClick(m_window.get(), Qt::Key_1, Qt::ControlModifier);
        auto *library = m_window->findChild<LibraryPlace *>()->findChild<PhotoGrid *>();
        Q_EMIT m_session->rootsChanged(); // the folder was added behind the window's back
        Q_EMIT m_session->photosChanged({});
        QTRY_COMPARE(library->photoModel()->rowCount(), 5);
        QTRY_VERIFY(library->isVisible());
        auto *scope = place()->findChild<QComboBox *>("captionScope");
        QCOMPARE(scope->findText("Selected photos (2)"), -1); // nobody selected anything yet
        library->setFocus();
        library->selectPhoto(m_photos[3]);
        QTest::keyClick(library, Qt::Key_Right, Qt::ShiftModifier);
        auto *write = m_window->findChild<LibraryPlace *>()->findChild<QAction *>("writeCaptions");
        QCOMPARE(write->shortcut(), QKeySequence(Qt::CTRL | Qt::Key_T));
        QVERIFY(write->isEnabled());
        write->trigger();
        QCOMPARE(m_window->place(), MainWindow::Place::Captions);
        const auto chosen = library->selectedPhotos();
        QCOMPARE(chosen.size(), 2U);
        QTRY_COMPARE(shown().size(), 2U);
        const auto listed = shown();
        for (const auto photo : chosen)
            QVERIFY(std::ranges::find(listed, photo) != listed.end());
        QCOMPARE(scope->currentText(), QString("Selected photos (2)"));
        QTRY_VERIFY(field()->hasFocus() && !field()->isWaiting());
        // Another look at the library leaves the list; other photos selected there are listed here.
        QTest::keyClick(m_window.get(), Qt::Key_1, Qt::ControlModifier);
        library->selectPhoto(m_photos[0]);
        QTest::keyClick(m_window.get(), Qt::Key_6, Qt::ControlModifier);
        QCOMPARE(shown().size(), 2U);
        QTest::keyClick(m_window.get(), Qt::Key_1, Qt::ControlModifier);
        library->selectAll();
        QTest::keyClick(m_window.get(), Qt::Key_6, Qt::ControlModifier);
        QTRY_COMPARE(shown().size(), 5U);
        QCOMPARE(scope->currentText(), QString("Selected photos (5)"));
        scope->setCurrentIndex(0);
        // One alone is shown among all, whatever the filter says.
        place()->findChild<QLineEdit *>("captionWordFilter")->setText("nowhere");
        QTRY_COMPARE(shown().size(), 0U);
        QTest::keyClick(m_window.get(), Qt::Key_1, Qt::ControlModifier);
        library->selectPhoto(m_photos[2]);
        write->trigger();
        QTRY_COMPARE(place()->photo(), m_photos[2]);
        QCOMPARE(shown().size(), 5U);
    }

    // Pictures, texts and suggestions come from other threads while the place changes its size and goes (cases.md H14).
    void fastStepsWhileTheWindowChangesItsSize()
    {
        auto *panels = place()->findChild<QTabWidget *>("captionPanels");
        for (int i = 0; i < 200; ++i) {
            press(i % 5 == 0 ? Qt::Key_PageUp : Qt::Key_PageDown);
            m_window->resize(1030 + (i * 37) % 200, 620 + (i * 53) % 150);
            panels->setCurrentIndex(i % 3);
            if (i % 20 == 0)
                refresh();
            QCoreApplication::processEvents();
        }
        type("the last one");
        const auto last = place()->photo();
        QVERIFY(place()->save());
        const auto index = static_cast<std::size_t>(std::ranges::find(m_photos, last) - m_photos.begin());
        QVERIFY(index < m_photos.size());
        QTRY_COMPARE(own(index), QString("the last one"));
        for (std::size_t i = 0; i < m_photos.size(); ++i)
            if (i != index)
                QVERIFY2(own(i).isEmpty(), qPrintable(own(i)));
        refresh(); // and the window goes with all of it on its way
    }

    // A file manager sends addresses as text, too.
    void aDroppedFileIsNoCaption()
    {
        type("mine");
        QMimeData file;
        file.setUrls({QUrl::fromLocalFile(test::pathText(*m_folder / "photos/p3.jpg"))});
        file.setText("file:///photos/p3.jpg");
        const QPoint at = field()->viewport()->rect().center();
        QDragEnterEvent enter(at, Qt::CopyAction | Qt::MoveAction, &file, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(field()->viewport(), &enter);
        QDropEvent drop(at, Qt::CopyAction | Qt::MoveAction, &file, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(field()->viewport(), &drop);
        QVERIFY(drop.dropAction() == Qt::CopyAction);
        QCOMPARE(m_window->place(), MainWindow::Place::Search); // photos like that one
        QVERIFY(place()->save());
        QCOMPARE(own(0), QString("mine"));
    }

    // The user's text stands; what another program wrote into the file since is shown, and is a key away.
    void aTextThatCameIntoTheFileIsShownBesideOnesOwn()
    {
        type("mine");
        QVERIFY(place()->save());
        VERIFY_OK(m_session->catalogue()->setFileCaption(m_photos[0], "<b>theirs</b> & more", "xmp-sidecar"));
        refresh();
        auto *list = place()->findChild<QListWidget *>("suggestions");
        QTRY_COMPARE(list->count(), 1);
        QVERIFY(list->item(0)->text().contains("<b>theirs</b> & more"));
        QVERIFY(list->item(0)->toolTip().contains("&lt;b&gt;theirs&lt;/b&gt; &amp; more")); // shown as it is
        QCOMPARE(field()->toPlainText(), QString("mine"));
        press(Qt::Key_1, Qt::AltModifier);
        QTRY_COMPARE(own(0), QString("<b>theirs</b> & more"));
        QTRY_VERIFY(!field()->isWaiting());
        press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(own(0), QString("mine"));
        QCOMPARE(captions(0).back().text, std::string("<b>theirs</b> & more"));
    }

    void aSuggestionIsTakenByItsKey()
    {
        VERIFY_OK(
            m_session->catalogue()->setProposedCaption(m_photos[1], {.text = "a dog runs", .bundle = "photolex-en"}));
        press(Qt::Key_Return);
        auto *list = place()->findChild<QListWidget *>("suggestions");
        QTRY_COMPARE(list->count(), 1);
        QVERIFY(list->item(0)->text().contains("a dog runs"));
        QCOMPARE(own(1), QString());
        press(Qt::Key_1, Qt::AltModifier);
        QTRY_COMPARE(field()->toPlainText(), QString("a dog runs"));
        QTRY_COMPARE(own(1), QString("a dog runs"));
        QCOMPARE(captions(1).front().entry, CaptionEntry::Generated);
        QTRY_VERIFY(place()->findChild<QLabel *>("captionOrigin")->text().startsWith("Accepted from a model"));
        press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(own(1), QString());
    }

    void wordsAreCompletedFromOnesOwn()
    {
        VERIFY_OK(m_session->catalogue()->setUserCaption(m_photos[4], "harbour lights, harbour"));
        QTest::keyClick(m_window.get(), Qt::Key_1, Qt::ControlModifier);
        QTest::keyClick(m_window.get(), Qt::Key_6, Qt::ControlModifier);
        QTRY_VERIFY(!field()->words().complete("harb").isEmpty());
        type("The Har");
        QTRY_VERIFY(field()->isOffering());
        press(Qt::Key_Tab);
        QCOMPARE(field()->toPlainText(), QString("The Harbour"));
        QVERIFY(!field()->isOffering());
        type(" li");
        QVERIFY(field()->isOffering());
        press(Qt::Key_Return); // leads on: no word was chosen
        QTRY_COMPARE(place()->photo(), m_photos[1]);
        QTRY_COMPARE(own(0), QString("The Harbour li"));
        QTRY_VERIFY(!field()->isWaiting());
        type("li");
        press(Qt::Key_Down);
        press(Qt::Key_Return);
        QCOMPARE(field()->toPlainText(), QString("lights"));
        type(" ha");
        QVERIFY(field()->isOffering());
        press(Qt::Key_Escape); // takes back the offer, not the place
        QVERIFY(!field()->isOffering());
        QCOMPARE(m_window->place(), MainWindow::Place::Captions);
        QCOMPARE(place()->photo(), m_photos[1]);
    }

    void manyAreChangedAsTheyWereSeenAndUndoneTogether()
    {
        for (int i = 0; i < 4; ++i)
            VERIFY_OK(m_session->catalogue()->setUserCaption(m_photos[static_cast<std::size_t>(i)],
                                                             "IMG_" + std::to_string(i) + " beach"));
        refresh();
        press(Qt::Key_H, Qt::ControlModifier);
        auto *dialog = m_window->findChild<BulkDialog *>();
        QVERIFY(dialog);
        auto *find = dialog->findChild<QLineEdit *>("bulkFind"), *text = dialog->findChild<QLineEdit *>("bulkText");
        auto *table = dialog->findChild<QTableWidget *>("bulkPreview");
        auto *apply = dialog->findChild<QPushButton *>("bulkApply");
        const auto *message = dialog->findChild<QLabel *>("bulkMessage");
        dialog->findChild<QCheckBox *>("bulkPattern")->click();
        QTest::keyClicks(find, "img_(\\d");
        QTRY_VERIFY(message->text().startsWith("This is no regular expression"));
        QVERIFY(!apply->isEnabled());
        QTest::keyClicks(find, "+) ");
        QTest::keyClicks(text, "$1: ");
        QTRY_COMPARE(table->rowCount(), 4);
        QTRY_VERIFY(apply->isEnabled());
        QCOMPARE(table->item(2, 1)->text(), QString("IMG_2 beach"));
        QCOMPARE(table->item(2, 2)->text(), QString("2: beach"));
        QCOMPARE(own(2), QString("IMG_2 beach"));
        QTest::keyClick(dialog, Qt::Key_Return);
        QTRY_COMPARE(own(3), QString("3: beach"));
        QTRY_COMPARE(field()->toPlainText(), QString("0: beach"));
        QTRY_VERIFY(!field()->isWaiting());
        QCOMPARE(captions(2).front().entry, CaptionEntry::BulkEdit);
        press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(own(3), QString("IMG_3 beach"));
        QCOMPARE(own(0), QString("IMG_0 beach"));
    }

    void theListIsFilteredSortedAndCounted()
    {
        VERIFY_OK(m_session->catalogue()->setUserCaption(m_photos[1], "a long caption with a boat"));
        VERIFY_OK(m_session->catalogue()->setUserCaption(m_photos[3], "boat"));
        auto *order = place()->findChild<QComboBox *>("captionOrder"),
             *which = place()->findChild<QComboBox *>("captionWhich");
        auto *words = place()->findChild<QLineEdit *>("captionWordFilter");
        QTest::keyClicks(words, "BOAT");
        QTRY_COMPARE(shown(), (std::vector{m_photos[1], m_photos[3]}));
        order->setCurrentIndex(3);
        QTRY_COMPARE(shown(), (std::vector{m_photos[3], m_photos[1]}));
        words->clear();
        which->setCurrentIndex(1);
        QTRY_COMPARE(shown(), (std::vector{m_photos[0], m_photos[2], m_photos[4]}));
        QTRY_COMPARE(place()->photo(), m_photos[0]);
        // One that gets its caption here stays, so that the place in the list is not lost.
        field()->setFocus();
        type("captioned");
        press(Qt::Key_Return);
        QTRY_COMPARE(own(0), QString("captioned"));
        Q_EMIT m_session->photosChanged({});
        QTRY_COMPARE(place()->photo(), m_photos[2]);
        QCoreApplication::processEvents();
        QCOMPARE(shown(), (std::vector{m_photos[0], m_photos[2], m_photos[4]}));
        auto *panels = place()->findChild<CaptionPanels *>();
        panels->setCurrentIndex(2);
        auto *list = place()->findChild<QListWidget *>("captionWords");
        QTRY_VERIFY(list->count() > 3);
        const auto boat = list->findItems("boat (2)", Qt::MatchExactly);
        QCOMPARE(boat.size(), 1);
        which->setCurrentIndex(0);
        list->scrollToItem(boat.front());
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(boat.front()).center());
        QTRY_COMPARE(shown(), (std::vector{m_photos[3], m_photos[1]}));
    }

    void historyBringsAnEarlierTextBack()
    {
        type("one");
        QVERIFY(place()->save());
        field()->selectAll();
        type("two");
        QVERIFY(place()->save());
        auto *history = place()->findChild<QListWidget *>("captionHistory");
        QTRY_COMPARE(history->count(), 2);
        place()->findChild<CaptionPanels *>()->setCurrentIndex(1);
        history->setCurrentRow(1);
        history->setFocus();
        QTest::keyClick(history, Qt::Key_Return);
        QTRY_COMPARE(field()->toPlainText(), QString("one"));
        QTRY_COMPARE(own(0), QString("one"));
        QTRY_COMPARE(history->count(), 3);
    }

    void everyKeyStandsInTheMenuAndItFitsASmallScreen()
    {
        m_window->resize(1024, 600);
        QCoreApplication::processEvents();
        QCOMPARE(m_window->size(), QSize(1024, 600));
        for (const auto *widget : place()->findChildren<QWidget *>())
            if (widget->isVisible() && widget->window() == m_window.get() &&
                !qobject_cast<const QAbstractItemView *>(widget->parentWidget()))
                QVERIFY2(place()->rect().intersects(QRect(widget->mapTo(place(), QPoint()), widget->size())),
                         qPrintable(widget->objectName()));
        for (const auto *name : {"captionNext", "captionPrevious", "captionNextWithout", "captionAccept1",
                                 "captionCopyFrom", "captionCopyTo", "captionUndo", "captionRedo", "captionBulk"})
            QVERIFY2(!place()->findChild<QAction *>(name)->shortcut().isEmpty(), name);
    }

private:
    PhotoGrid *strip() const { return place()->findChild<PhotoGrid *>(); }
    std::vector<PhotoId> shown() const { return strip()->photoModel()->photos(); }

    QString draftOf(std::size_t index) const
    {
        const auto drafts = m_session->catalogue()->drafts().value();
        for (const auto &draft : drafts)
            if (draft.photo == m_photos[index])
                return QString::fromStdString(draft.text);
        return {};
    }
};

QTEST_MAIN(TestCaptionsPlace)
#include "tst_captions_place.moc"
