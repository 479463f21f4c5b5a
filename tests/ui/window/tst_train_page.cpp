// Training in the real window: from captions to a bundle that stands among the models and can be compared.
#include "core/base/bytes.h"
#include "core/base/paths.h"
#include "core/joint/encoder.h"
#include "tests/support/bundles.h"
#include "tests/support/pictures.h"
#include "tests/ui/window/window_support.h"
#include "ui/compare/compare_place.h"
#include "ui/models/models_place.h"
#include "ui/models/train_page.h"
#include "ui/widgets/chart.h"
#include "ui/window/language.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTableWidget>

using namespace photolex;
using namespace photolex::ui;

constexpr int patience = 240'000; // ms: a training takes minutes under a sanitizer on a busy machine

class TestTrainPage : public test::WindowTest {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        qputenv("XDG_DATA_HOME", QByteArray::fromStdString((m_data / "data").native()));
        qputenv("XDG_CACHE_HOME", QByteArray::fromStdString((m_data / "cache").native()));
        applyLanguage("en");
        // A small encoder to begin with, among the installed ones.
        const auto folder = model::userModels() / "small";
        auto manifest = test::writeBundle(folder, {.realNetwork = true});
        VERIFY_OK(manifest);
        manifest->title = "Ten words";
        VERIFY_OK(joint::writeSelfTests(folder, *manifest));
        const std::vector<std::string> things = {"dog", "car", "bello"};
        for (int i = 0; i < 24; ++i) {
            const auto name = "holiday/p" + std::to_string(i);
            m_data.write(name + ".jpg", test::jpeg(test::scene(i, {64, 48})));
            m_data.write(name + ".txt", "a " + things[static_cast<std::size_t>(i) % things.size()] + " on the beach\n");
        }
        m_data.write("few/a.jpg", test::jpeg(test::scene(1, {64, 48})));
        m_data.write("few/a.txt", "a dog\n");
    }

    void init()
    {
        QVERIFY(open({0, 0, 1024, 600}));
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QTest::keyClick(m_window.get(), Qt::Key_7, Qt::ControlModifier);
        QTRY_COMPARE(m_window->place(), MainWindow::Place::Models);
        QTest::mouseClick(place()->findChild<QPushButton *>("trainEncoder"), Qt::LeftButton);
        QTRY_VERIFY(page()->isVisible());
        QTRY_VERIFY(from()->findData("small/linear") >= 0);
    }
    void cleanup() { close(); }

    void tooLittleIsToldAndNothingStarts()
    {
        QVERIFY(!start()->isEnabled());
        look("few");
        QVERIFY(list()->count() > 0);
        QVERIFY2(list()->item(0)->text().contains("too little to learn from"), qPrintable(list()->item(0)->text()));
        QVERIFY(!start()->isEnabled());
        look("nowhere at all");
        QVERIFY(!start()->isEnabled() && !page()->findings());
        QVERIFY(label("trainHeadline")->text().contains("nowhere at all"));
    }

    void newWordsAndTheTimeAreToldFirst()
    {
        from()->setCurrentIndex(from()->findData("small/linear"));
        look("holiday");
        QVERIFY(page()->findings());
        QVERIFY(says("bello"));
        QVERIFY2(label("trainTime")->text().contains("at most"), qPrintable(label("trainTime")->text()));
        QVERIFY(start()->isEnabled());
        QCOMPARE(page()->findChild<QLineEdit *>("trainName")->text(), QString("holiday"));
        // From nothing there are no unknown words, and kind and dimension can be chosen.
        from()->setCurrentIndex(from()->count() - 1);
        QVERIFY(page()->isLooking());
        wait();
        QVERIFY(!says("bello"));
        QVERIFY(page()->findChild<QComboBox *>("trainKind")->isVisible());
    }

    void toABundleThatIsListedAndCompared()
    {
        prepare("By hand", 3);
        QTest::mouseClick(start(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(button("trainShow")->isVisible(), patience); // it has ended
        QVERIFY(label("trainState")->text().startsWith("Done"));
        QVERIFY(label("trainKept")->isVisible());
        const auto *figures = page()->findChild<QTableWidget *>("trainFigures");
        QCOMPARE(figures->rowCount(), 2); // before and now
        // Each curve is a table too.
        const auto *recall = page()->watch()->recallChart();
        QCOMPARE(recall->data().series.size(), std::size_t(2));
        QCOMPARE(recall->data().series.front().values.size(), std::size_t(4)); // before, and three passes
        QCOMPARE(recall->findChild<QTableWidget *>()->rowCount(), 4);
        QVERIFY(!page()->watch()->lossChart()->data().series.front().values.empty());
        QVERIFY(!page()->watch()->lossChart()->accessibleName().isEmpty() ||
                !page()->watch()->lossChart()->data().title.isEmpty());

        QTest::mouseClick(button("trainShow"), Qt::LeftButton);
        QTRY_COMPARE(place()->findChild<QLabel *>("bundleTitle")->text(), QString("By hand"));
        QTest::mouseClick(place()->findChild<QPushButton *>("trainEncoder"), Qt::LeftButton);
        QTest::mouseClick(button("trainCompare"), Qt::LeftButton);
        QTRY_COMPARE(m_window->place(), MainWindow::Place::Compare);
        m_session->openModels();
        const auto chosen = [this] {
            QStringList ids;
            for (const auto &encoder : m_window->comparePlace()->encoders())
                ids << encoder.id;
            ids.sort();
            return ids;
        };
        QTRY_COMPARE(chosen(), (QStringList{"by-hand/linear", "small/linear"}));
    }

    void brokenOffItIsOfferedAfterARestart()
    {
        prepare("Broken", 400); // far more than are waited for
        QTest::mouseClick(start(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(page()->watch()->recallChart()->data().series.front().values.size() > 1, patience);
        QTest::mouseClick(button("trainPause"), Qt::LeftButton);
        QCOMPARE(button("trainPause")->text(), QString("Go on"));
        QTRY_VERIFY(label("trainState")->text().startsWith("Paused"));
        close(); // with it running

        init();
        QTRY_VERIFY(button("trainContinue")->isVisible());
        QVERIFY(label("trainState")->text().contains("broken off after pass"));
        const auto before = page()->watch()->recallChart()->data().series.front().values.size();
        QVERIFY(before > 1);
        QTest::mouseClick(button("trainContinue"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(page()->watch()->recallChart()->data().series.front().values.size() > before,
                                 patience);
        QTest::mouseClick(button("trainFinish"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(button("trainShow")->isVisible(), patience);
        QVERIFY(std::filesystem::exists(model::userModels() / "broken" / "manifest.json"));
        // Another one starts from the form.
        QTest::mouseClick(button("trainAnother"), Qt::LeftButton);
        QVERIFY(page()->form()->isEnabled());
    }

    void whatIsThrownAwayIsGone()
    {
        prepare("Away", 400);
        QTest::mouseClick(start(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(page()->watch()->recallChart()->data().series.front().values.size() > 1, patience);
        QTest::mouseClick(button("trainBreakOff"), Qt::LeftButton);
        QTRY_VERIFY(button("trainDiscard")->isVisible());
        QCOMPARE(training::unfinished().size(), std::size_t(1));
        QTest::mouseClick(button("trainDiscard"), Qt::LeftButton);
        auto *box = m_window->findChild<QMessageBox *>("discardBox");
        QVERIFY(box);
        for (auto *each : box->buttons())
            if (box->buttonRole(each) == QMessageBox::DestructiveRole)
                QTest::mouseClick(each, Qt::LeftButton);
        QTRY_VERIFY(training::unfinished().empty());
        QVERIFY(!std::filesystem::exists(model::userModels() / "away"));
        QTRY_VERIFY(page()->form()->isEnabled());
    }

private:
    ModelsPlace *place() const { return m_window->findChild<ModelsPlace *>(); }
    TrainPage *page() const { return place()->trainPage(); }
    QComboBox *from() const { return page()->findChild<QComboBox *>("trainFrom"); }
    QListWidget *list() const { return page()->findChild<QListWidget *>("trainFindings"); }
    QLabel *label(const char *name) const { return page()->findChild<QLabel *>(name); }
    QPushButton *button(const char *name) const { return page()->findChild<QPushButton *>(name); }
    QPushButton *start() const { return button("trainStart"); }
    bool says(const QString &text) const
    {
        for (int row = 0; row < list()->count(); ++row)
            if (list()->item(row)->text().contains(text))
                return true;
        return false;
    }
    void wait() const { QTRY_VERIFY(!page()->isLooking()); }
    void look(const char *folder) const
    {
        page()->open(test::pathText(m_data / folder));
        wait();
    }
    void prepare(const QString &name, int passes) const
    {
        from()->setCurrentIndex(from()->findData("small/linear"));
        look("holiday");
        auto *field = page()->findChild<QLineEdit *>("trainName");
        field->selectAll();
        QTest::keyClicks(field, name);
        page()->findChild<QSpinBox *>("trainEpochs")->setValue(passes);
        page()->findChild<QSpinBox *>("trainPatience")->setValue(500);
        wait();
        QVERIFY(start()->isEnabled());
    }

    test::ScratchFolder m_data;
};

QTEST_MAIN(TestTrainPage)
#include "tst_train_page.moc"
