// The Models place in the real window: what is installed, and bundles that come in, are checked, measured and go.
#include "core/base/bytes.h"
#include "core/base/paths.h"
#include "core/joint/encoder.h"
#include "core/model/outside.h"
#include "tests/support/bundles.h"
#include "tests/ui/window/window_support.h"
#include "ui/models/models_place.h"
#include "ui/window/language.h"

#include <QCheckBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTableWidget>

using namespace photolex;
using namespace photolex::ui;

class TestModelsPlace : public test::WindowTest {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        qputenv("XDG_DATA_HOME", QByteArray::fromStdString((m_data / "data").native()));
        applyLanguage("en");
        auto manifest = test::writeBundle(m_data / "given", {.realNetwork = true});
        VERIFY_OK(manifest);
        manifest->title = "Ten words";
        manifest->licence = "CC0";
        VERIFY_OK(joint::writeSelfTests(m_data / "given", *manifest));
    }

    void init()
    {
        QVERIFY(open({0, 0, 1024, 600}));
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QTest::keyClick(m_window.get(), Qt::Key_7, Qt::ControlModifier);
        QTRY_COMPARE(m_window->place(), MainWindow::Place::Models);
        QTRY_VERIFY(list()->count() > 0);
    }
    void cleanup() { close(); }

    void theShippedBundleIsThereWithItsTerms()
    {
        QCOMPARE(list()->count(), 1);
        QVERIFY(list()->item(0)->text().contains("comes with Photolex"));
        QCOMPARE(label("bundleTitle")->text(), QString("Photolex, English"));
        QVERIFY(says("non-commercial research") && says("EfficientNet-Lite2") && says("Flickr8k train split"));
        const auto *encoders = place()->findChild<QTableWidget *>("bundleEncoders");
        QCOMPARE(encoders->rowCount(), 7);
        QVERIFY(encoders->item(0, 0)->text().startsWith("linear: "));
        QVERIFY(encoders->item(0, 2)->text().toDouble() > 50);
        QVERIFY(!button("removeBundle")->isEnabled()); // a part of the program
    }

    void aBrokenOneIsRefusedAndNothingIsLost()
    {
        const auto folder = m_data / "broken";
        std::filesystem::copy(m_data / "given", folder, std::filesystem::copy_options::recursive);
        VERIFY_OK(writeFileAtomically(folder / "words.txt", "a\nb\n"));
        std::filesystem::remove(folder / "self-test-1.jpg");
        import(folder);
        QVERIFY(label("modelsTold")->isVisible());
        for (const char *named : {"was not imported, and nothing was changed", "words.txt", "self-test-1.jpg"})
            QVERIFY2(label("modelsTold")->text().contains(named), named); // all its faults at once
        QCOMPARE(list()->count(), 1);
        QVERIFY(!std::filesystem::exists(paths::dataHome() / "models" / "small"));
        QVERIFY(std::filesystem::exists(folder / "manifest.json"));
    }

    void oneWhosePicturesGiveOtherVectorsIsRefused()
    {
        const auto folder = m_data / "changed";
        auto manifest = test::writeBundle(folder, {.seed = 7, .realNetwork = true});
        VERIFY_OK(manifest);
        for (const auto &test : {"self-test-0", "self-test-1", "self-test-2"}) {
            for (const char *kind : {".jpg", ".safetensors"})
                std::filesystem::copy(m_data / "given" / (std::string(test) + kind),
                                      folder / (std::string(test) + kind));
            manifest->selfTests.push_back({std::string(test) + ".jpg", std::string(test) + ".safetensors"});
        }
        VERIFY_OK(model::writeManifest(folder, *manifest)); // every checksum fits
        import(folder);
        QVERIFY(label("modelsTold")->text().contains("cosine"));
        QCOMPARE(list()->count(), 1);
    }

    void codeIsAskedAboutBeforeItRuns()
    {
        // Nothing that LibTorch could open, but the place must ask before anybody tries.
        const auto folder = m_data / "code";
        for (const char *name : {"code/image.pt", "code/text.pt"})
            m_data.write(name, "PK\x03\x04 and so on");
        m_data.write("code/pieces.txt", "<pad>\na\n");
        m_data.write("code/words.txt", "<s>\n</s>\na\n");
        model::Manifest manifest;
        manifest.id = manifest.title = "code";
        manifest.version = "1";
        manifest.network.kind = "torchscript";
        manifest.network.file = "image.pt";
        manifest.network.featureDimension = 8;
        model::EncoderEntry encoder;
        encoder.id = encoder.name = "code";
        encoder.kind = "outside";
        encoder.dimension = encoder.wordDimension = 8;
        encoder.file = "text.pt";
        encoder.vocabulary = "words.txt";
        manifest.encoders = {encoder};
        VERIFY_OK(
            model::writeOutside(folder, {.tokenizer = "words", .pieces = "pieces.txt", .textLength = 8}, manifest));
        VERIFY_OK(model::writeManifest(folder, manifest));
        place()->import(test::pathText(folder));
        auto *box = m_window->findChild<QMessageBox *>("runCodeBox");
        QVERIFY(box && !place()->isBusy());
        QTest::mouseClick(box->button(QMessageBox::Cancel), Qt::LeftButton);
        QVERIFY(!place()->isBusy() && !label("modelsTold")->isVisible());
        QTRY_VERIFY(!m_window->findChild<QMessageBox *>("runCodeBox"));

        QSignalSpy done(place(), &ModelsPlace::done);
        place()->import(test::pathText(folder));
        box = m_window->findChild<QMessageBox *>("runCodeBox");
        for (auto *each : box->buttons())
            if (box->buttonRole(each) == QMessageBox::AcceptRole)
                QTest::mouseClick(each, Qt::LeftButton);
        QVERIFY(done.count() > 0 || done.wait(60'000));
        QVERIFY(label("modelsTold")->text().contains("was not imported, and nothing was changed"));
        QVERIFY(!std::filesystem::exists(paths::dataHome() / "models" / "code"));
    }

    void aPairOfModulesRunsOnlyWhenItsCodeIsAccepted()
    {
        button("importBundle")->menu()->actions()[1]->trigger();
        auto *dialog = m_window->findChild<QDialog *>("pairDialog");
        QVERIFY(dialog);
        QVERIFY2(dialog->height() <= 600, qPrintable(QString::number(dialog->height())));
        const auto fill = [&](const char *name, const QString &text) {
            dialog->findChild<QLineEdit *>(name)->setText(text);
        };
        auto *go = dialog->findChild<QPushButton *>("pairImport");
        auto *accept = dialog->findChild<QCheckBox *>("pairAccept");
        for (const char *name : {"pairImage", "pairText", "pairPieces"})
            fill(name, test::pathText(m_data / "none.pt"));
        fill("pairName", "pair");
        QVERIFY(!go->isEnabled());
        QTest::mouseClick(accept, Qt::LeftButton, {}, {8, accept->height() / 2});
        QVERIFY(accept->isChecked() && go->isEnabled());
        fill("pairMeans", "0.5, x, 0.5");
        QVERIFY(!go->isEnabled());
        fill("pairMeans", "(0.5, 0.5, 0.5)"); // as Python prints it
        QVERIFY(go->isEnabled());
        QSignalSpy done(place(), &ModelsPlace::done);
        QTest::mouseClick(go, Qt::LeftButton);
        QVERIFY(done.wait(60'000));
        QVERIFY2(label("modelsTold")->text().contains("was not imported, and nothing was changed"),
                 qPrintable(label("modelsTold")->text()));
        QVERIFY(!std::filesystem::exists(paths::dataHome() / "models" / "pair"));
    }

    void whatIsImportedIsCheckedMeasuredAndRemovedWhenAgreed()
    {
        import(m_data / "given");
        QTRY_COMPARE(list()->count(), 2);
        QTRY_COMPARE(label("bundleTitle")->text(), QString("Ten words"));
        QVERIFY(says("CC0"));
        import(m_data / "given"); // a second time
        QVERIFY(label("modelsTold")->text().contains("installed already"));

        QSignalSpy done(place(), &ModelsPlace::done);
        QTest::mouseClick(button("measureBundle"), Qt::LeftButton);
        QVERIFY(!button("importBundle")->isEnabled()); // one thing at a time
        QVERIFY(done.wait(60'000));
        QVERIFY(label("bundleSpeed")->text().contains("ms a photo"));
        QVERIFY(place()->findChild<QTableWidget *>("bundleEncoders")->item(0, 4)->text().endsWith(" ms"));
        QTest::mouseClick(button("checkBundle"), Qt::LeftButton);
        QVERIFY(done.wait(60'000));
        QVERIFY(label("modelsTold")->text().contains("is sound"));
        const auto words = paths::dataHome() / "models" / "small" / "words.txt";
        VERIFY_OK(writeFileAtomically(words, "other\n"));
        QTest::mouseClick(button("checkBundle"), Qt::LeftButton);
        QVERIFY(done.wait(60'000));
        QVERIFY(label("modelsTold")->text().contains("is damaged") &&
                label("modelsTold")->text().contains("words.txt"));

        // All places may work with it, from the next start on, and with the program's own again.
        QVERIFY(button("useBundle")->isEnabled());
        QTest::mouseClick(button("useBundle"), Qt::LeftButton);
        QCOMPARE(m_preferences->bundle(), QString("small"));
        QVERIFY(!button("useBundle")->isEnabled());
        QVERIFY(label("modelsTold")->text().contains("next start"));
        list()->setCurrentRow(0);
        QTest::mouseClick(button("useBundle"), Qt::LeftButton);
        QVERIFY(m_preferences->bundle().isEmpty());
        list()->setCurrentRow(1);

        answer(QMessageBox::Cancel);
        QVERIFY(std::filesystem::exists(words));
        answer(QMessageBox::NoButton);
        QVERIFY(done.wait(60'000));
        QTRY_COMPARE(list()->count(), 1);
        QVERIFY(!std::filesystem::exists(words.parent_path()));
        QVERIFY(std::filesystem::exists(m_data / "given"));
    }

private:
    ModelsPlace *place() const { return m_window->findChild<ModelsPlace *>(); }
    QListWidget *list() const { return place()->findChild<QListWidget *>("bundles"); }
    QLabel *label(const char *name) const { return place()->findChild<QLabel *>(name); }
    QPushButton *button(const char *name) const { return place()->findChild<QPushButton *>(name); }
    bool says(const QString &text) const
    {
        for (const auto *each : place()->findChildren<QLabel *>())
            if (each->isVisible() && each->text().contains(text))
                return true;
        return false;
    }
    void import(const std::filesystem::path &folder) const
    {
        QSignalSpy done(place(), &ModelsPlace::done);
        place()->import(test::pathText(folder));
        QVERIFY(done.wait(120'000));
    }
    // Asks to remove what is chosen, and answers; NoButton stands for "Remove".
    void answer(QMessageBox::StandardButton chosen) const
    {
        QTest::mouseClick(button("removeBundle"), Qt::LeftButton);
        auto *box = m_window->findChild<QMessageBox *>("removeBundleBox");
        QVERIFY(box);
        QAbstractButton *pressed = box->button(chosen);
        for (auto *each : box->buttons())
            if (chosen == QMessageBox::NoButton && box->buttonRole(each) == QMessageBox::DestructiveRole)
                pressed = each;
        QTest::mouseClick(pressed, Qt::LeftButton);
    }

    test::ScratchFolder m_data;
};

QTEST_MAIN(TestModelsPlace)
#include "tst_models_place.moc"
