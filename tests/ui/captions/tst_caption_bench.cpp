// The bench on the models that ship and on real pictures: drawn, changed by keys, pointer and drags, taken back.
#include "tests/support/pictures.h"
#include "tests/support/support.h"
#include "tests/ui/drags.h"
#include "ui/captions/bench/caption_bench.h"
#include "ui/captions/bench/caption_job_dialog.h"
#include "ui/captions/bench/tag_names.h"

#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QStandardPaths>
#include <QTableView>
#include <QUndoStack>
#include <QtTest>

using namespace photolex;
using namespace photolex::ui;

class TestCaptionBench : public QObject {
    Q_OBJECT

    test::ScratchFolder m_folder;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<CaptionBench> m_bench;
    std::vector<PhotoId> m_photos;

    void settle() { QTRY_VERIFY_WITH_TIMEOUT(!m_bench->isRunning(), 60'000); }
    const std::vector<PlaceChip *> &chips() const { return m_bench->structureRow()->chips(); }
    PlaceChip *chip(std::size_t index) const { return chips()[index]; }
    QStringList tags() const
    {
        QStringList all;
        for (const auto *one : chips())
            all.append(one->face().tag);
        return all;
    }
    QStringList words() const
    {
        QStringList all;
        for (const auto *one : chips())
            all.append(one->face().word);
        return all;
    }
    // The first card whose word has a part of speech of its own meaning, and something else to say.
    std::size_t noun() const
    {
        for (std::size_t i = 0; i < chips().size(); ++i)
            if (chips()[i]->face().tag == QLatin1String("NN") && chips()[i]->face().offered.size() > 2)
                return i;
        return 0;
    }
    static QAction *actionOf(QMenu *menu, const char *name)
    {
        for (auto *action : menu->actions())
            if (action->objectName() == QLatin1String(name))
                return action;
        return nullptr;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        for (int i = 0; i < 3; ++i)
            m_folder.write("photos/p" + std::to_string(i) + ".jpg", test::jpeg(test::scene(i)));
        m_session = std::make_unique<Session>();
        VERIFY_OK(m_session->openLibrary(m_folder / "lib.photolex"));
        QSignalSpy ready(m_session.get(), &Session::modelsReady), finished(m_session.get(), &Session::jobFinished);
        m_session->openModels();
        QVERIFY(ready.wait(60'000));
        QVERIFY(m_session->captioners()->areThere());
        m_session->addFolder(m_folder / "photos");
        QVERIFY(finished.wait(120'000));
        const auto photos = m_session->catalogue()->photoIds({}, catalogue::SortKey::Path, false);
        VERIFY_OK(photos);
        m_photos = *photos;
        QCOMPARE(m_photos.size(), 3U);
    }

    void init()
    {
        m_bench = std::make_unique<CaptionBench>(m_session.get());
        m_bench->resize(1000, 640);
        m_bench->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_bench.get()));
        m_bench->setPhoto(m_photos[0]);
        settle();
    }

    void cleanup()
    {
        m_bench.reset();
        QThreadPool::globalInstance()->waitForDone();
    }

    void cleanupTestCase()
    {
        m_session.reset();
        QThreadPool::globalInstance()->waitForDone();
    }

    void aPhotoComesWithCandidatesAndTheBestOnTheCards()
    {
        const auto *model = m_bench->table()->model();
        QVERIFY(model->rowCount() >= 10);
        QVERIFY(chips().size() >= 5);
        QCOMPARE(words().join(' '), m_bench->chosenText());
        QCOMPARE(model->index(0, 0).data().toString(), m_bench->chosenText());
        QVERIFY(model->index(0, 1).data(Qt::UserRole).toDouble() >= model->index(1, 1).data(Qt::UserRole).toDouble());
        m_bench->table()->selectRow(1);
        QCOMPARE(words().join(' '), m_bench->chosenText());
        QVERIFY(m_bench->findChild<QPushButton *>("acceptCaption")->isEnabled());
    }

    void otherStructuresAreDrawn()
    {
        QStringList before;
        const auto *model = m_bench->table()->model();
        for (int i = 0; i < model->rowCount(); ++i)
            before.append(model->index(i, 0).data().toString());
        QTest::mouseClick(m_bench->findChild<QPushButton *>("drawStructures"), Qt::LeftButton);
        settle();
        int same = 0;
        for (int i = 0; i < model->rowCount(); ++i)
            same += before.contains(model->index(i, 0).data().toString()) ? 1 : 0;
        QVERIFY(same < model->rowCount());
    }

    void aFixedWordStaysAndTheOthersAreWrittenAnew()
    {
        const auto at = noun();
        const auto structure = tags();
        std::unique_ptr<QMenu> menu(chip(at)->createMenu());
        auto *other = menu->actions().at(1);
        const auto word = other->data().toString();
        QVERIFY(word != chip(at)->face().word);
        other->trigger();
        settle();
        QCOMPARE(tags(), structure);
        QCOMPARE(chip(at)->face().word, word);
        QVERIFY(chip(at)->face().isFixed);
        const auto *model = m_bench->table()->model();
        for (int i = 0; i < model->rowCount(); ++i) { // of every candidate but those that were found
            const auto text = model->index(i, 0).data().toString();
            if (!text.contains('('))
                QCOMPARE(text.section(' ', static_cast<int>(at), static_cast<int>(at)), word);
        }
        chip(at)->setFocus();
        QTest::keyClick(chip(at), Qt::Key_Space);
        settle();
        QVERIFY(!chip(at)->face().isFixed);
        m_bench->document()->undoStack()->undo();
        settle();
        QVERIFY(chip(at)->face().isFixed);
    }

    void aBannedWordIsGone()
    {
        const auto at = noun();
        const auto word = chip(at)->face().word;
        std::unique_ptr<QMenu> menu(chip(at)->createMenu());
        actionOf(menu.get(), "banWord")->trigger();
        settle();
        QCOMPARE(m_bench->findChild<QLineEdit *>("bannedWords")->text(), word);
        const auto *model = m_bench->table()->model();
        for (int i = 0; i < model->rowCount(); ++i)
            if (const auto text = model->index(i, 0).data().toString(); !text.contains('('))
                QVERIFY2(!text.split(' ').contains(word), qPrintable(text));
    }

    void aRequiredWordComesAndAnUnknownOneIsNamed()
    {
        auto *field = m_bench->findChild<QLineEdit *>("requiredWords");
        QTest::keyClicks(field, "umbrella");
        QTest::keyClick(field, Qt::Key_Return);
        settle();
        QVERIFY(m_bench->chosenText().split(' ').contains("umbrella"));
        field->clear();
        QTest::keyClicks(field, "qwrtz");
        QTest::keyClick(field, Qt::Key_Return);
        settle();
        const auto *message = m_bench->findChild<QLabel *>("benchMessage");
        QVERIFY(message->isVisible());
        QVERIFY2(message->text().contains("qwrtz"), qPrintable(message->text()));
        QVERIFY(!m_bench->findChild<QPushButton *>("acceptCaption")->isEnabled());
        m_bench->document()->undoStack()->undo();
        settle();
        QVERIFY(!message->isVisible());
        QCOMPARE(field->text(), QString("umbrella"));
    }

    void theStructureIsChangedByKeys()
    {
        const auto before = tags();
        const auto at = noun();
        chip(at)->setFocus();
        QTest::keyClick(chip(at), Qt::Key_Insert); // an adjective in front
        settle();
        auto expected = before;
        expected.insert(static_cast<int>(at), "JJ");
        QCOMPARE(tags(), expected);
        chip(at)->setFocus();
        QTest::keyClick(chip(at), Qt::Key_Right, Qt::ControlModifier);
        settle();
        expected.swapItemsAt(static_cast<int>(at), static_cast<int>(at) + 1);
        QCOMPARE(tags(), expected);
        QVERIFY(chip(at + 1)->hasFocus());
        QTest::keyClick(chip(at + 1), Qt::Key_Delete);
        settle();
        QCOMPARE(tags(), before);
        std::unique_ptr<QMenu> menu(chip(at)->createMenu());
        for (auto *action : menu->actions())
            if (action->menu() && action->menu()->objectName() == QLatin1String("changeTag"))
                for (auto *tag : action->menu()->actions())
                    if (tag->data().toString() == QLatin1String("NNS"))
                        tag->trigger();
        settle();
        QCOMPARE(chip(at)->face().tag, QString("NNS"));
        while (m_bench->document()->undoStack()->canUndo())
            m_bench->document()->undoStack()->undo();
        settle();
        QVERIFY(!m_bench->document()->state().hasOwnStructure());
    }

    void aCardIsDraggedToAnotherPlace()
    {
        const auto before = tags();
        auto *row = m_bench->structureRow();
        test::carryTo(row, chip(0)->geometry().topLeft() + QPoint(3, 20));
        QTest::mousePress(chip(2), Qt::LeftButton, {}, QPoint(10, 10));
        QTest::mouseMove(chip(2), QPoint(14 + QApplication::startDragDistance(), 14)); // returns after the drag
        settle();
        auto expected = before;
        expected.move(2, 0);
        QCOMPARE(tags(), expected);
        QVERIFY(m_bench->document()->state().hasOwnStructure());
    }

    void aPointOfNoPhotoIsDescribedButNotKept()
    {
        const auto captioner = m_session->captioners()->get();
        VERIFY_OK(captioner);
        m_bench->setPoint((*captioner)->encoder()->sentencePoint("a dog runs on the beach")->point, "dog + beach");
        settle();
        QVERIFY2(m_bench->chosenText().contains("dog"), qPrintable(m_bench->chosenText()));
        QVERIFY(!m_bench->findChild<QPushButton *>("acceptCaption")->isEnabled());
    }

    void theChosenCandidateIsHandedOver()
    {
        QSignalSpy accepted(m_bench.get(), &CaptionBench::accepted);
        m_bench->table()->selectRow(2);
        const auto text = m_bench->chosenText();
        QTest::mouseClick(m_bench->findChild<QPushButton *>("acceptCaption"), Qt::LeftButton);
        QCOMPARE(accepted.count(), 1);
        QCOMPARE(accepted[0][0].value<PhotoId>(), m_photos[0]);
        QCOMPARE(accepted[0][1].toString(), text);
    }

    void slidersChangeWhatIsWrittenAndAreKept()
    {
        auto *samples = m_bench->findChild<QSlider *>("samples");
        samples->setValue(3);
        settle();
        QVERIFY(m_bench->table()->model()->rowCount() <= 3 + 3); // three of them found
        const auto state = m_bench->saveState();
        CaptionBench other(m_session.get());
        other.restoreState(state);
        QCOMPARE(other.findChild<QSlider *>("samples")->value(), 3);
        other.restoreState("nothing of that kind");
        QCOMPARE(other.findChild<QSlider *>("samples")->value(), 3);
    }

    void allPhotosAreCaptionedInTheBackground()
    {
        VERIFY_OK(m_session->catalogue()->setUserCaption(m_photos[2], "mine"));
        CaptionJobDialog dialog(m_session.get());
        dialog.setPhotos(m_photos, "All photos");
        dialog.show();
        QSignalSpy ended(&dialog, &CaptionJobDialog::ended);
        QTest::mouseClick(dialog.findChild<QPushButton *>("jobStart"), Qt::LeftButton);
        QVERIFY(ended.wait(60'000));
        for (const auto photo : {m_photos[0], m_photos[1]}) {
            const auto captions = m_session->catalogue()->captions(photo);
            VERIFY_OK(captions);
            QCOMPARE(captions->size(), 1U);
            QCOMPARE(captions->front().origin, catalogue::CaptionOrigin::Generated);
        }
        QCOMPARE(m_session->catalogue()->captions(m_photos[2])->front().text, std::string("mine"));
        QVERIFY(dialog.findChild<QLabel *>("jobCounts")->text().contains("2"));
    }

    void everyOfferedPartOfSpeechHasAName()
    {
        for (const auto &tag : offeredTags()) {
            QVERIFY2(tagName(tag) != tag, qPrintable(tag));
            QVERIFY2(!tagExample(tag).isEmpty(), qPrintable(tag));
        }
        QCOMPARE(tagName("XYZ"), QString("XYZ"));
    }
};

int main(int argc, char **argv)
{
    return test::runOnMinimalScreen<TestCaptionBench>(argc, argv);
}
#include "tst_caption_bench.moc"
