// The Compare place in the real window, with the bundle that ships: columns, sets of queries and captioned photos.
#include "core/base/bytes.h"
#include "core/embedding/rows.h"
#include "core/joint/encoder.h"
#include "core/joint/installing.h"
#include "tests/support/bundles.h"
#include "tests/support/pictures.h"
#include "tests/support/support.h"
#include "tests/ui/window/window_support.h"
#include "ui/common/selection.h"
#include "ui/compare/captioned_panel.h"
#include "ui/compare/compare_columns.h"
#include "ui/compare/compare_place.h"
#include "ui/compare/maps_panel.h"
#include "ui/compare/pair_view.h"
#include "ui/compare/query_set_panel.h"
#include "ui/widgets/chart.h"
#include "ui/widgets/empty_state.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableWidget>
#include <QToolButton>
#include <algorithm>
#include <cmath>
#include <set>

using namespace photolex;
using namespace photolex::ui;

namespace {

constexpr int photoCount = 30; // more than a column holds, so that photos stand behind its end

} // namespace

class TestComparePlace : public test::ModelsWindowTest {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        qputenv("XDG_CACHE_HOME", QByteArray::fromStdString((m_folder / "cache").native()));
        qputenv("XDG_DATA_HOME", QByteArray::fromStdString((m_folder / "data").native()));
        // An imported bundle on the same image network: its encoders are filled from the features that are stored.
        auto manifest = test::writeBundle(m_folder / "small", {.realNetwork = true});
        VERIFY_OK(manifest);
        VERIFY_OK(joint::writeSelfTests(m_folder / "small", *manifest));
        VERIFY_OK(joint::installBundle(m_folder / "small"));
        std::string captions;
        for (int i = 0; i < photoCount; ++i) {
            const auto name = "p" + std::to_string(i) + ".jpg";
            m_folder.write("photos/" + name, test::jpeg(test::scene(i)));
            if (i < 6) {
                m_folder.write("captioned/" + name, test::jpeg(test::scene(i)));
                m_folder.write("captioned/p" + std::to_string(i) + ".txt",
                               i % 2 == 0 ? "a red ball on the grass\n" : "a blue car in the street\n");
            }
        }
        QVERIFY(openLibrary(m_folder / "photos"));
    }

    void init()
    {
        QVERIFY(openWindow());
        m_window->showPlace(MainWindow::Place::Compare);
        settle();
    }

    void cleanup() { closeWindow(); }
    void cleanupTestCase() { closeLibrary(); }

    void anEmptyQueryInvites()
    {
        QVERIFY(place()->encoders().size() >= 2);
        QVERIFY(place()->findChild<EmptyState *>("compareEmpty")->isVisible());
        QVERIFY(!place()->columns()->isVisible());
    }

    void whatIsTypedIsAskedOfAll()
    {
        auto *text = place()->findChild<QLineEdit *>("compareText");
        text->setFocus();
        QTest::keyClicks(text, "a red car");
        QTest::keyClick(text, Qt::Key_Return);
        settle();
        const auto &outcome = place()->outcome();
        QCOMPARE(outcome.columns.size(), std::size_t{2});
        const auto *model = place()->columns()->model();
        QCOMPARE(model->columnCount(), 2);
        QCOMPARE(model->rowCount(), 20);
        QCOMPARE(model->headerData(0, Qt::Horizontal).toString(), place()->encoders()[0].name);
        std::set<std::int64_t> first, second;
        for (std::size_t i = 0; i < 20; ++i) {
            const auto &a = outcome.columns[0][i];
            QCOMPARE(a.ranks[0], static_cast<std::int64_t>(i) + 1);
            QVERIFY(a.ranks[1] >= 1 && a.ranks[1] <= photoCount); // known behind the end of the column too
            QVERIFY(i == 0 || a.score <= outcome.columns[0][i - 1].score);
            first.insert(a.photo.value);
            second.insert(outcome.columns[1][i].photo.value);
        }
        int shared = 0;
        for (const auto photo : first)
            shared += second.contains(photo) ? 1 : 0;
        QCOMPARE(outcome.pairs.size(), std::size_t{1});
        QVERIFY(qFuzzyCompare(outcome.pairs[0].agreement.overlap, shared / 20.0));
        const auto *pairs = place()->findChild<QTableWidget *>("comparePairs");
        QCOMPARE(pairs->item(0, 1)->text(), QString("%1 %").arg(5 * shared));
        // A screen reader hears where the photo stands with each.
        const auto heard = model->index(0, 0).data(Qt::AccessibleTextRole).toString();
        QVERIFY2(heard.contains(place()->encoders()[1].name + ": place "), qPrintable(heard));
    }

    void aPhotoIsMarkedInAllColumns()
    {
        place()->ask({"a dog", {}});
        settle();
        auto *columns = place()->columns();
        columns->setFocus();
        columns->setCurrentIndex(columns->model()->index(0, 0));
        QTest::keyClick(columns, Qt::Key_Down);
        QCOMPARE(columns->currentPhoto(), place()->outcome().columns[0][1].photo);
        QTest::keyClick(columns, Qt::Key_Right);
        QCOMPARE(columns->currentPhoto(), place()->outcome().columns[1][1].photo);
        // The list of those that moved farthest leads to them.
        auto *moved = place()->findChild<QTableWidget *>("compareMoved");
        QVERIFY(moved->rowCount() > 0);
        moved->setCurrentCell(0, 0);
        QCOMPARE(columns->currentPhoto().value, place()->outcome().moved[0].moved.item);
        const auto &farthest = place()->outcome().moved[0].moved;
        for (const auto &move : place()->outcome().moved)
            QVERIFY(move.moved.distance <= farthest.distance);
        // Photos like the one that is selected.
        auto *similar = place()->findChild<QToolButton *>("compareSimilar");
        QVERIFY(similar->isEnabled());
        const auto photo = columns->currentPhoto();
        QTest::mouseClick(similar, Qt::LeftButton);
        settle();
        QCOMPARE(place()->query().similarTo, photo);
        QVERIFY(place()->outcome().isAnswered());
        for (const auto &hit : place()->outcome().columns[0])
            QVERIFY(hit.photo != photo);
    }

    void unknownWordsAreNamed()
    {
        place()->ask({"zxqv", {}});
        settle();
        QVERIFY(place()->findChild<EmptyState *>("compareEmpty")->isVisible());
        place()->ask({"a zxqv dog", {}});
        settle();
        const auto *notice = place()->findChild<QLabel *>("compareNotice");
        QVERIFY(notice->isVisible() && notice->text().contains("zxqv"));
        QVERIFY(place()->columns()->isVisible());
    }

    void twoToFourEncodersAreChosen()
    {
        place()->ask({"a dog", {}});
        settle();
        auto *menu = place()->findChild<QToolButton *>("chooseEncoders")->menu();
        QVERIFY(menu->actions().size() > 4);
        menu->actions()[2]->setChecked(true);
        QTRY_COMPARE(place()->encoders().size(), 3);
        settle();
        QCOMPARE(place()->outcome().columns.size(), std::size_t{3});
        QCOMPARE(place()->outcome().pairs.size(), std::size_t{3});
        place()->findChild<QToolButton *>("chooseEncoders")->menu()->actions()[3]->setChecked(true);
        QTRY_COMPARE(place()->encoders().size(), 4);
        settle();
        for (const auto *action : place()->findChild<QToolButton *>("chooseEncoders")->menu()->actions())
            QCOMPARE(action->isEnabled(), action->isChecked()); // four are enough
        // Kept with the window, and over a new language.
        m_window->rebuild();
        QCOMPARE(place()->encoders().size(), 4);
        QCOMPARE(place()->query().text, QString("a dog"));
        place()->chooseEncoders({place()->encoders()[0].id, place()->encoders()[1].id});
        QCOMPARE(place()->encoders().size(), 2);
        QVERIFY(m_window->close());
    }

    void encodersOfImportedBundlesAreThereToo()
    {
        const auto isThere = [&] {
            const auto actions = place()->findChild<QToolButton *>("chooseEncoders")->menu()->actions();
            return std::ranges::any_of(actions, [](const QAction *each) { return each->text() == "small/lstm"; });
        };
        QTRY_VERIFY(isThere());
        place()->chooseEncoders({"linear", "small/lstm"});
        QCOMPARE(place()->encoders().size(), 2);
        place()->ask({"a red ball on the beach", {}});
        settle();
        QVERIFY(place()->outcome().isAnswered());
        QCOMPARE(place()->outcome().withoutPoint, (std::vector<std::int64_t>{0, 0}));
        QCOMPARE(place()->columns()->model()->headerData(1, Qt::Horizontal).toString(), QString("small/lstm"));
        place()->chooseEncoders({"linear", "gru"});
    }

    void aSetOfQueriesIsAskedAndExported()
    {
        place()->findChild<QTabWidget *>("compareTabs")->setCurrentIndex(1);
        auto *set = place()->querySet();
        set->setQueries("a dog\n\nzxqv\na \"red\" car, parked\n");
        QSignalSpy finished(set, &QuerySetPanel::finished);
        QTest::mouseClick(set->findChild<QPushButton *>("runQueries"), Qt::LeftButton);
        QVERIFY(finished.wait(60'000));
        const auto *table = set->findChild<QTableWidget *>("querySetTable");
        QCOMPARE(table->rowCount(), 2); // what nobody knows cannot be compared
        const auto lines = QString::fromStdString(set->csv()).split("\r\n");
        QCOMPARE(lines.size(), 4);
        QVERIFY(lines[0].startsWith("query,a,b,overlap"));
        QVERIFY(lines.filter("\"a \"\"red\"\" car, parked\",").size() == 1);
        const auto query = table->item(0, 0)->text();
        Q_EMIT const_cast<QTableWidget *>(table)->itemActivated(table->item(0, 1));
        settle();
        QCOMPARE(place()->query().text, query);
        QCOMPARE(place()->findChild<QTabWidget *>("compareTabs")->currentIndex(), 0);
    }

    void captionedPhotosGiveCurves()
    {
        place()->findChild<QTabWidget *>("compareTabs")->setCurrentWidget(place()->captioned());
        auto *panel = place()->captioned();
        QSignalSpy measured(panel, &CaptionedPanel::measured);
        panel->open(test::pathText(m_folder / "captioned"));
        QVERIFY(measured.wait(120'000));
        QVERIFY(panel->outcome());
        QCOMPARE(panel->outcome()->images, 6);
        QCOMPARE(panel->outcome()->encoders.size(), std::size_t{2});
        const auto &data = panel->recallChart()->data();
        QCOMPARE(data.series.size(), std::size_t{2});
        QCOMPARE(data.series[0].name, place()->encoders()[0].name);
        QCOMPARE(data.series[0].values.back().y, 100.0); // all six photos
        QCOMPARE(data.series[0].values[0].y, panel->outcome()->encoders[0].textToImage.ranking.recall1);
        double sum = 0;
        for (const auto &bar : panel->rankChart()->data().series[1].values)
            sum += bar.y;
        QVERIFY(std::abs(sum - 100) < 1e-6);
        const auto *figures = panel->findChild<QTableWidget *>("figures");
        QCOMPARE(figures->rowCount(), 2);
        // What cannot be measured is said.
        panel->open(test::pathText(m_folder / "nothing here"));
        QVERIFY(measured.wait(60'000));
        QVERIFY(!panel->outcome());
        QVERIFY(panel->findChild<EmptyState *>()->isVisible());
    }

    void twoMapsShowWhatMoved()
    {
        place()->chooseEncoders({"linear", "gru"});
        place()->findChild<QTabWidget *>("compareTabs")->setCurrentWidget(place()->maps());
        auto *panel = place()->maps();
        QTRY_VERIFY_WITH_TIMEOUT(panel->maps().isSettled && !panel->isRunning(), 60'000);
        const auto &maps = panel->maps();
        QCOMPARE(maps.photos.size(), std::size_t{photoCount});
        std::vector<float> sorted;
        for (std::size_t i = 0; i < maps.photos.size(); ++i) {
            const auto &a = maps.first[i], &b = maps.second[i];
            QVERIFY(std::abs(std::hypot(a.x - b.x, a.y - b.y) / 2 - maps.moved[i]) < 1e-5F);
            sorted.push_back(maps.moved[i]);
        }
        std::ranges::sort(sorted, std::greater<>());
        const auto *list = panel->findChild<QTableWidget *>("mapsFarthest");
        QCOMPARE(list->rowCount(), photoCount);
        for (int i = 0; i < photoCount; ++i)
            QCOMPARE(maps.moved[maps.farthest[static_cast<std::size_t>(i)]], sorted[static_cast<std::size_t>(i)]);
        // What is selected in one is selected in the other, from the list and by keys too.
        auto *first = panel->firstView();
        auto *second = panel->secondView();
        const auto place3 = first->placeOf(3).toPoint();
        QTest::mouseClick(first, Qt::LeftButton, {}, place3);
        QCOMPARE(second->current(), first->nearestTo(place3));
        QCOMPARE(second->selected().size(), std::size_t{1});
        QTRY_VERIFY(panel->findChild<QLabel *>("mapsFacts")->text().contains(".jpg"));
        QTest::mousePress(first, Qt::LeftButton, {}, {1, 1});
        QTest::mouseMove(first, {first->width() / 2, first->height() / 2});
        QTest::mouseMove(first, {first->width() - 1, first->height() - 1});
        QTest::mouseRelease(first, Qt::LeftButton, {}, {first->width() - 1, first->height() - 1});
        QCOMPARE(second->selected().size(), std::size_t{photoCount});
        const_cast<QTableWidget *>(list)->setCurrentCell(1, 0);
        QCOMPARE(first->current(), static_cast<std::int64_t>(maps.farthest[1]));
        first->setFocus();
        QTest::keyClick(first, Qt::Key_Escape);
        QVERIFY(second->selected().empty() && second->current() < 0);
        QTest::keyClick(second, Qt::Key_Right);
        QVERIFY(first->current() >= 0);
        const auto from = first->current();
        for (const auto key : {Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down})
            QTest::keyClick(first, key);
        QVERIFY(first->current() >= 0 && from >= 0);
        // One zoom for both.
        QTest::keyClick(first, Qt::Key_Plus);
        QCOMPARE(first->viewport().scale(), second->viewport().scale());
        QVERIFY(first->viewport().scale() > 1.2 * first->viewport().wholeScale() * Viewport::farthest);
        // Not made anew because one looks again.
        QSignalSpy settled(panel, &MapsPanel::settled);
        place()->findChild<QTabWidget *>("compareTabs")->setCurrentIndex(0);
        place()->findChild<QTabWidget *>("compareTabs")->setCurrentWidget(place()->maps());
        QVERIFY(!panel->isRunning() && settled.isEmpty());
    }

    // Last: it takes the rows away.
    void anEncoderWithoutRowsIsIndexedForOnRequest()
    {
        const auto *entry = m_session->bundle()->encoder({});
        QVERIFY(!entry->tail.empty()); // others are filled from features, unasked
        const auto rows =
            m_session->catalogue()->rowFile(embedding::pointRowsName(m_session->bundle()->encoderHash(*entry)));
        QVERIFY(std::filesystem::remove(rows));
        init();
        place()->chooseEncoders({QString::fromStdString(entry->id), "gru"});
        place()->ask({"a dog", {}});
        settle();
        QCOMPARE(place()->outcome().withoutPoint, (std::vector<std::int64_t>{photoCount, 0}));
        QVERIFY(place()->outcome().columns[0].empty() && !place()->outcome().columns[1].empty());
        QVERIFY(
            place()->findChild<QLabel *>("compareNotice")->text().startsWith("30 photos must be indexed for linear"));
        auto *button = place()->findChild<QPushButton *>("compareIndex");
        QVERIFY(button->isVisible());
        QTest::mouseClick(button, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(place()->outcome().withoutPoint == (std::vector<std::int64_t>{0, 0}), 300'000);
        QVERIFY(place()->outcome().isAnswered());
        QVERIFY(!button->isVisible());
    }

private:
    ComparePlace *place() const { return m_window->comparePlace(); }
    void settle() { QTRY_VERIFY_WITH_TIMEOUT(!place()->isRunning(), 60'000); }
};

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "minimal");
    QApplication application(argc, argv);
    TestComparePlace test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_compare_place.moc"
