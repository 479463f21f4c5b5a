// Encoders that the library is not indexed with, in the real window: another bundle's network is run over the photos
// when one asks for it, ready-made rows come in through the Models place, and all of them say what they can of a photo.
#include "core/base/paths.h"
#include "core/base/tensor_file.h"
#include "core/embedding/rows.h"
#include "core/joint/encoder.h"
#include "core/joint/installing.h"
#include "tests/support/bundles.h"
#include "tests/support/npy_files.h"
#include "tests/support/pictures.h"
#include "tests/support/support.h"
#include "tests/ui/window/window_support.h"
#include "ui/compare/captioned_panel.h"
#include "ui/compare/captions_panel.h"
#include "ui/compare/compare_columns.h"
#include "ui/compare/compare_place.h"
#include "ui/models/models_place.h"
#include "ui/models/rows_dialog.h"
#include "ui/widgets/empty_state.h"
#include "ui/window/status_area.h"

#include <QApplication>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableWidget>
#include <QToolButton>

using namespace photolex;
using namespace photolex::ui;

namespace {

constexpr int photoCount = 12;
constexpr std::size_t width = 6;

} // namespace

class TestCompareOthers : public test::ModelsWindowTest {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        qputenv("XDG_CACHE_HOME", QByteArray::fromStdString((m_folder / "cache").native()));
        qputenv("XDG_DATA_HOME", QByteArray::fromStdString((m_folder / "data").native()));
        // The shipped weights under another checksum: to the library, another image network.
        auto manifest = test::writeBundle(m_folder / "other", {.realNetwork = true});
        VERIFY_OK(manifest);
        const auto network = m_folder / "other/network.safetensors";
        {
            const auto weights = TensorFile::open(network);
            VERIFY_OK(weights);
            VERIFY_OK(writeTensorFile(network, asHalves(*weights), {{"note", "another file"}}));
        }
        manifest->id = manifest->title = "other";
        VERIFY_OK(joint::writeSelfTests(m_folder / "other", *manifest));
        VERIFY_OK(joint::installBundle(m_folder / "other"));
        for (int i = 0; i < photoCount; ++i)
            m_folder.write("photos/p" + std::to_string(i) + ".jpg", test::jpeg(test::scene(i)));
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

    void photosAreIndexedForAnotherBundleOnRequest()
    {
        choose({"linear", "other/linear"});
        // Nothing was asked yet, and what is missing is told all the same, over every panel.
        QTRY_COMPARE(place()->outcome().withoutPoint, (std::vector<std::int64_t>{0, photoCount}));
        auto *notice = place()->findChild<QLabel *>("compareNotice");
        QVERIFY2(notice->text().startsWith("12 photos must be indexed for other/linear"), qPrintable(notice->text()));
        place()->findChild<QTabWidget *>("compareTabs")->setCurrentIndex(1);
        QVERIFY(notice->isVisible());
        place()->findChild<QTabWidget *>("compareTabs")->setCurrentIndex(0);

        // Begun, held, cancelled: it can be asked for again, and goes on.
        m_session->pause(true);
        auto *button = place()->findChild<QPushButton *>("compareIndex");
        QVERIFY(button->isVisible());
        QTest::mouseClick(button, Qt::LeftButton);
        QTRY_COMPARE(m_session->job().bundle, QString("other"));
        QVERIFY(!button->isVisible());
        QTRY_VERIFY2(notice->text().startsWith("12 photos are still to be indexed for other/linear"),
                     qPrintable(notice->text()));
        m_session->cancel();
        QTRY_VERIFY(!m_session->job().running);
        QTRY_VERIFY(button->isVisible());

        const auto before = m_session->catalogue()->counts().value();
        QSignalSpy indexed(m_session.get(), &Session::indexedFor);
        QStringList told;
        auto *status = m_window->findChild<StatusArea *>();
        const QObject until; // the end of this test
        connect(m_session.get(), &Session::jobChanged, &until, [&] { told << status->text(); });
        QTest::mouseClick(button, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(indexed.size() > 0, 300'000);
        QTRY_COMPARE(place()->outcome().withoutPoint, (std::vector<std::int64_t>{0, 0}));
        QVERIFY(!notice->isVisible());
        QVERIFY2(!told.filter("Indexing for “other”").isEmpty(), qPrintable(told.join('\n')));
        QTRY_VERIFY2(status->text().contains("12 photos indexed for “other”"), qPrintable(status->text()));
        QCOMPARE(m_session->catalogue()->counts().value().ready, before.ready);

        // It is the same network, and so gives what the library's own features would.
        place()->ask({"a red ball on the beach", {}});
        settle();
        QVERIFY(place()->outcome().isAnswered());
        QCOMPARE(place()->outcome().columns[1].size(), std::size_t{photoCount});
    }

    void newPhotosComeBeforeTheOtherBundle()
    {
        m_session->pause(true);
        std::filesystem::remove(m_session->catalogue()->rowFile(embedding::pointRowsName(hashOf("other/lstm"))));
        const auto rows = m_session->catalogue()->rowFile(embedding::pointRowsName(hashOf("other/linear")));
        std::filesystem::remove(rows);
        const auto features = m_session->catalogue()->rowFile(
            embedding::featureRowsName(model::openBundle("other").value()->manifest().network.sha256));
        QVERIFY(std::filesystem::remove(features));
        QSignalSpy finished(m_session.get(), &Session::jobFinished), indexed(m_session.get(), &Session::indexedFor);
        m_session->indexFor("other");
        QTRY_COMPARE(m_session->job().bundle, QString("other"));
        m_folder.write("photos/new.jpg", test::jpeg(test::scene(99)));
        m_session->rescan();
        QTRY_VERIFY(m_session->job().running && m_session->job().bundle.isEmpty()); // the other one stepped back
        m_session->pause(false);
        QTRY_VERIFY_WITH_TIMEOUT(finished.size() > 0 && indexed.size() > 0, 300'000);
        const auto stored = embedding::rowIds(rows, hashOf("other/linear"));
        VERIFY_OK(stored);
        QCOMPARE(stored->size(), std::size_t{photoCount + 1}); // the new one too
    }

    void readyMadeRowsComeInThroughADialog()
    {
        std::string paths = "path\n";
        for (int i = 0; i < photoCount; ++i)
            paths += "photos/p" + std::to_string(i) + ".jpg\n";
        m_folder.write("clip rows.npy",
                       test::npyBytes(photoCount + 1, width, test::randomValues((photoCount + 1) * width, 5)));
        m_folder.write("paths.csv", paths + "nobody.jpg\n");
        m_window->showPlace(MainWindow::Place::Models);
        auto *models = m_window->findChild<ModelsPlace *>();
        auto *importButton = models->findChild<QPushButton *>("importBundle");
        importButton->menu()->actions().last()->trigger();
        auto *dialog = m_window->findChild<QDialog *>("rowsDialog");
        QVERIFY(dialog);
        auto *go = dialog->findChild<QPushButton *>("rowsImport");
        const auto fill = [&](const char *name, const std::string &text) {
            auto *line = dialog->findChild<QLineEdit *>(name);
            line->setFocus();
            line->clear();
            QTest::keyClicks(line, QString::fromStdString(text));
        };
        fill("rowsFile", (m_folder / "clip rows.npy").native());
        QVERIFY(!go->isEnabled());
        fill("rowsPaths", (m_folder / "paths.csv").native());
        QCOMPARE(dialog->findChild<QLineEdit *>("rowsName")->text(), QString("clip rows")); // as the file is called
        QVERIFY(go->isEnabled());
        fill("rowsTexts", (m_folder / "clip rows.npy").native());
        QVERIFY(!go->isEnabled()); // its sentences are missing
        dialog->findChild<QLineEdit *>("rowsTexts")->clear();
        fill("rowsName", "ready");
        QSignalSpy done(models, &ModelsPlace::done);
        QTest::mouseClick(go, Qt::LeftButton);
        QVERIFY(done.wait(60'000));
        const auto told = models->findChild<QLabel *>("modelsTold")->text();
        QVERIFY2(told.contains("13 rows of photos") && told.contains("12 rows found their photo"), qPrintable(told));
        QVERIFY2(told.contains("1 found none"), qPrintable(told));
        QTest::mouseClick(models->findChild<QPushButton *>("showUnmatched"), Qt::LeftButton);
        auto *list = m_window->findChild<QDialog *>("unmatchedDialog");
        QVERIFY(list);
        QCOMPARE(list->findChild<QPlainTextEdit *>()->toPlainText(), QString("nobody.jpg"));
        list->close();
        QTRY_VERIFY(!models->findChild<QPushButton *>("measureBundle")->isEnabled()); // nothing is computed
        // What does not fit is refused, with the file and what to do.
        m_folder.write("bad.npy", "\x80 pickle");
        models->importRows({.rows = m_folder / "bad.npy",
                            .paths = m_folder / "paths.csv",
                            .texts = {},
                            .sentences = {},
                            .root = {},
                            .id = "bad",
                            .licence = {}});
        QVERIFY(done.wait(60'000));
        const auto refused = models->findChild<QLabel *>("modelsTold")->text();
        QVERIFY2(refused.contains("bad.npy") && refused.contains("numpy.save"), qPrintable(refused));
    }

    // After the one above: it needs its rows.
    void readyMadeRowsAreAskedWithPhotos()
    {
        choose({"linear", "ready/ready"});
        const auto photo = photoNamed("p3.jpg");
        place()->ask({{}, photo});
        settle();
        const auto &outcome = place()->outcome();
        QVERIFY(outcome.isAnswered());
        QCOMPARE(outcome.columns[1].size(), std::size_t{photoCount - 1});
        // The order is that of the rows' own products.
        const auto all = test::randomValues((photoCount + 1) * width, 5);
        const auto row = [&](int i) { return test::unitRow(all, static_cast<std::size_t>(i), width); };
        double best = -2;
        int nearest = -1;
        for (int i = 0; i < photoCount; ++i) {
            double score = 0;
            for (std::size_t k = 0; k < width; ++k)
                score += row(i)[k] * row(3)[k];
            if (i != 3 && score > best) {
                best = score;
                nearest = i;
            }
        }
        QCOMPARE(outcome.photos.at(outcome.columns[1][0].photo).name, QString("p%1.jpg").arg(nearest));
        QVERIFY(std::abs(outcome.columns[1][0].score - best) < 2e-3); // rows on disk are float16

        place()->ask({"a red ball", {}});
        settle();
        QVERIFY(place()->outcome().columns[1].empty() && !place()->outcome().columns[0].empty());
        auto *notice = place()->findChild<QLabel *>("compareNotice");
        QVERIFY2(notice->text().contains("ready/ready has no text side"), qPrintable(notice->text()));
        // The new photo of an earlier test has no row; nobody can index that here.
        QVERIFY2(notice->text().contains("1 photo has no row among those of ready/ready"), qPrintable(notice->text()));
        QVERIFY(!place()->findChild<QPushButton *>("compareIndex")->isVisible());
        // A query may name its photo.
        place()->ask({"photo:'" + test::pathText(m_folder / "photos/p3.jpg") + "'", {}});
        settle();
        QVERIFY(place()->outcome().isAnswered());

        place()->findChild<QTabWidget *>("compareTabs")->setCurrentWidget(place()->captioned());
        for (int i = 0; i < 3; ++i) {
            m_folder.write("captioned/p" + std::to_string(i) + ".jpg", test::jpeg(test::scene(i)));
            m_folder.write("captioned/p" + std::to_string(i) + ".txt", "a red ball\n");
        }
        QSignalSpy measured(place()->captioned(), &CaptionedPanel::measured);
        place()->captioned()->open(test::pathText(m_folder / "captioned"));
        QVERIFY(measured.wait(120'000));
        QVERIFY(place()->captioned()->outcome());
        QVERIFY(place()->captioned()->outcome()->encoders[1].hasNoText);
        const auto *figures = place()->captioned()->findChild<QTableWidget *>("figures");
        QVERIFY(figures->item(1, 1)->text().contains("no text side"));
        QVERIFY(figures->item(0, 1)->text().toDouble() >= 0);
    }

    void eachSaysWhatItCanOfAPhoto()
    {
        choose({"linear", "gru", "other/linear", "ready/ready"});
        place()->findChild<QTabWidget *>("compareTabs")->setCurrentWidget(place()->captions());
        auto *panel = place()->captions();
        QTRY_VERIFY(panel->findChild<EmptyState *>("captionsEmpty")->isVisible()); // no photo yet
        select("p5.jpg");
        QTRY_VERIFY_WITH_TIMEOUT(panel->outcome() && !panel->isRunning(), 120'000);
        const auto &encoders = panel->outcome()->encoders;
        QCOMPARE(encoders.size(), std::size_t{4});
        const auto *table = panel->findChild<QTableWidget *>("captionsTable");
        QVERIFY(table->isVisible());
        QCOMPARE(table->columnCount(), 4);
        QCOMPARE(table->horizontalHeaderItem(1)->text(), QString("gru"));
        // The default encoder says both: its bundle's models were trained on its points.
        QCOMPARE(encoders[0].said.retrieved.size(), saidSentences);
        QVERIFY(!encoders[0].said.generated.empty());
        QVERIFY(table->item(0, 0)->text().startsWith(QString::fromStdString(encoders[0].said.retrieved[0].text)));
        QVERIFY(table->item(3, 0)->text().startsWith(QString::fromStdString(encoders[0].said.generated[0].text)));
        // Its neighbour reads the same sentences in its own way, and writes none.
        QCOMPARE(encoders[1].said.retrieved.size(), saidSentences);
        QVERIFY(table->item(3, 1)->text().contains("“linear”"));
        QVERIFY(!table->item(0, 2)->text().isEmpty());
        QVERIFY(table->item(3, 2)->text().contains("no models"));
        QVERIFY(table->item(0, 3)->text().contains("no text side"));
        // Another photo, other sentences.
        const auto before = table->item(0, 0)->text() + table->item(0, 1)->text() + table->item(3, 0)->text();
        select("p6.jpg");
        const auto other = photoNamed("p6.jpg");
        QTRY_VERIFY_WITH_TIMEOUT(panel->outcome()->photo.photo == other && !panel->isRunning(), 120'000);
        QVERIFY(table->item(0, 0)->text() + table->item(0, 1)->text() + table->item(3, 0)->text() != before);
    }

private:
    ComparePlace *place() const { return m_window->comparePlace(); }
    void settle() { QTRY_VERIFY_WITH_TIMEOUT(!place()->isRunning(), 60'000); }
    // Those of imported bundles come in a moment.
    void choose(const QStringList &ids)
    {
        m_window->showPlace(MainWindow::Place::Library);
        m_window->showPlace(MainWindow::Place::Compare);
        place()->chooseEncoders(ids);
        QTRY_COMPARE(place()->encoders().size(), ids.size());
        settle();
    }
    // In a column, as a person does; then back to what it says.
    void select(const char *name)
    {
        auto *tabs = place()->findChild<QTabWidget *>("compareTabs");
        tabs->setCurrentIndex(0);
        place()->ask({"a red ball", {}});
        settle();
        place()->columns()->setFocus();
        QTRY_VERIFY(place()->columns()->hasFocus());
        place()->columns()->selectPhoto(photoNamed(name));
        QCOMPARE(place()->columns()->currentPhoto(), photoNamed(name));
        tabs->setCurrentWidget(place()->captions());
    }
    std::string hashOf(const std::string &id) const
    {
        const auto slash = id.find('/');
        const auto bundle = model::openBundle(id.substr(0, slash)).value();
        return bundle->encoderHash(*bundle->encoder(id.substr(slash + 1)));
    }
    PhotoId photoNamed(const char *name) const
    {
        const auto photo = m_session->catalogue()->photoAt(m_folder / ("photos/" + std::string(name)));
        return photo && *photo ? (*photo)->id : PhotoId();
    }
};

int main(int argc, char **argv)
{
    return test::runOnMinimalScreen<TestCompareOthers>(argc, argv);
}
#include "tst_compare_others.moc"
