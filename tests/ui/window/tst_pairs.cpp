// A photo, its RAW file and its film, taken by one release of the shutter: one picture in the real window, and both
// files in what is done to it.
#include "core/image/metadata.h"
#include "tests/support/pictures.h"
#include "tests/ui/window/window_support.h"
#include "ui/common/photo_model.h"
#include "ui/library/library_place.h"
#include "ui/search/search_field.h"
#include "ui/search/search_place.h"
#include "ui/widgets/photo_grid.h"
#include "ui/widgets/photo_preview.h"
#include "ui/widgets/photo_viewer.h"
#include "ui/window/language.h"

#include <QAction>
#include <QDesktopServices>
#include <QImage>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <ctime>
#include <exiv2/exiv2.hpp>

using namespace photolex;
using namespace photolex::ui;

namespace {

// Three seconds, made in the moment of the photos below.
std::string film()
{
    std::tm moment{};
    moment.tm_year = 121, moment.tm_mon = 5, moment.tm_mday = 7, moment.tm_hour = 10;
    return test::film(::timegm(&moment), 3);
}

void writeJpeg(const test::ScratchFolder &folder, const char *name, const image::Pixels &pixels)
{
    image::initialiseMetadata();
    const auto path = folder.write(name, test::jpeg(pixels));
    auto file = Exiv2::ImageFactory::open(path.native());
    file->readMetadata();
    file->exifData()["Exif.Photo.DateTimeOriginal"] = "2021:06:07 10:00:00";
    file->exifData()["Exif.Image.Model"] = "Photolex Test Camera";
    file->writeMetadata();
}

} // namespace

class TestPairs : public test::WindowTest {
    Q_OBJECT
public Q_SLOTS:
    void openUrl(const QUrl &url) { m_opened.append(url); } // in the place of the desktop

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        applyLanguage("en");
        QDesktopServices::setUrlHandler("file", this, "openUrl");
    }
    void cleanupTestCase() { QDesktopServices::unsetUrlHandler("file"); }

    void init()
    {
        m_opened.clear();
        QVERIFY(open({0, 0, 1280, 800}));
        qputenv("HOME", m_folder->path().native().c_str()); // where the trash is
        const auto green = test::plain({320, 240}, 30, 160, 60), red = test::plain({320, 240}, 190, 40, 30);
        writeJpeg(*m_folder, "photos/IMG_1.JPG", green);
        m_folder->write("photos/IMG_1.DNG", test::dng(test::plain({64, 48}, 190, 40, 30), {.preview = &red}));
        m_folder->write("photos/IMG_1.DNG.xmp",
                        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
                        "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\" "
                        "xmlns:exif=\"http://ns.adobe.com/exif/1.0/\"><exif:DateTimeOriginal>2021-06-07T10:00:00"
                        "</exif:DateTimeOriginal></rdf:Description></rdf:RDF></x:xmpmeta>");
        writeJpeg(*m_folder, "photos/IMG_2.JPG", green);
        m_folder->write("photos/IMG_2.MOV", film());
        m_folder->write("photos/IMG_3.JPG", test::jpeg(green));
        QSignalSpy finished(m_session.get(), &Session::jobFinished);
        m_window->openFolder(test::pathText(*m_folder / "photos"));
        QVERIFY(finished.wait(120'000));
        QTRY_COMPARE(m_session->catalogue()->counts().value().photos, 4);
        QTRY_COMPARE(grid()->photoModel()->rowCount(), 3);
        for (const char *name : {"IMG_1.JPG", "IMG_2.JPG", "IMG_3.JPG"})
            QTRY_VERIFY2(info(name), name);
        QTRY_COMPARE(companionNames(*info("IMG_1.JPG")), QString("IMG_1.DNG"));
        QTRY_COMPARE(companionNames(*info("IMG_2.JPG")), QString("IMG_2.MOV"));
        QVERIFY(!info("IMG_3.JPG")->hasCompanions());
    }
    void cleanup() { close(); }

    void theSearchShowsThemOnceToo()
    {
        QSignalSpy answered(m_window->searchPlace(), &SearchPlace::answered);
        m_window->searchField()->setText("img");
        QTRY_VERIFY(!answered.isEmpty() && !m_window->searchPlace()->isRunning());
        auto *model = m_window->searchPlace()->findChild<PhotoGrid *>()->photoModel();
        QTRY_COMPARE(model->rowCount(), 3);
        for (int row = 0; row < 3; ++row)
            QTRY_VERIFY(model->info(row) && model->info(row)->name.endsWith(".JPG"));
    }

    void thePreviewShowsEitherFile()
    {
        select("IMG_1.JPG");
        auto *preview = m_window->findChild<LibraryPlace *>()->findChild<PhotoPreview *>();
        auto *raw = preview->findChild<QPushButton *>("showRaw"), *film = preview->findChild<QPushButton *>("playFilm");
        QTRY_VERIFY(raw->isVisible());
        QVERIFY(!film->isVisible());
        QTRY_VERIFY(isGreen(middleOfPicture(preview)));
        raw->click();
        QTRY_VERIFY(!isGreen(middleOfPicture(preview)));
        raw->click();
        QTRY_VERIFY(isGreen(middleOfPicture(preview)));

        select("IMG_2.JPG");
        QTRY_VERIFY(film->isVisible());
        QVERIFY(!raw->isVisible());
        film->click();
        QCOMPARE(m_opened, QList<QUrl>{QUrl::fromLocalFile(test::pathText(*m_folder / "photos/IMG_2.MOV"))});
    }

    void theViewerShowsEitherFile()
    {
        PhotoViewer viewer(m_session.get(), grid()->photoModel()->photos(), info("IMG_1.JPG")->photo);
        viewer.setAttribute(Qt::WA_DeleteOnClose, false);
        QSignalSpy shown(&viewer, &PhotoViewer::photoShown);
        viewer.resize(400, 300);
        viewer.show();
        QVERIFY(QTest::qWaitForWindowActive(&viewer));
        QTRY_COMPARE(shown.size(), 1);
        QTest::keyClick(&viewer, Qt::Key_R);
        QTRY_COMPARE(shown.size(), 2);
        QVERIFY(viewer.isRawShown());
        QVERIFY(!isGreen(viewer.grab().toImage().pixelColor(200, 150)));
        QVERIFY(viewer.windowTitle().startsWith("IMG_1.DNG"));
        QTest::keyClick(&viewer, Qt::Key_R);
        QTRY_COMPARE(shown.size(), 3);
        QVERIFY(isGreen(viewer.grab().toImage().pixelColor(200, 150)));
        QTest::keyClick(&viewer, Qt::Key_P);
        QVERIFY(m_opened.isEmpty());
        viewer.showPhoto(info("IMG_2.JPG")->photo);
        QTRY_COMPARE(shown.size(), 4);
        QTest::keyClick(&viewer, Qt::Key_P);
        QCOMPARE(m_opened.size(), 1);
    }

    void bothGoToTheTrashAndTheQuestionSaysSo()
    {
        select("IMG_1.JPG");
        QCOMPARE(action("showInFolder")->text(), QString("Show all its files in folder"));
        action("moveToTrash")->trigger();
        QMessageBox *question = nullptr;
        QTRY_VERIFY((question = m_window->findChild<QMessageBox *>()) && question->isVisible());
        QVERIFY2(question->informativeText().contains("IMG_1.DNG"), qPrintable(question->informativeText()));
        for (auto *button : question->buttons())
            if (question->buttonRole(button) == QMessageBox::AcceptRole)
                button->click();
        QTRY_COMPARE(grid()->photoModel()->rowCount(), 2);
        QVERIFY(!std::filesystem::exists(*m_folder / "photos/IMG_1.JPG"));
        QVERIFY(!std::filesystem::exists(*m_folder / "photos/IMG_1.DNG"));
        QVERIFY(std::filesystem::exists(*m_folder / "photos/IMG_2.MOV"));
    }

private:
    PhotoGrid *grid() const { return m_window->findChild<LibraryPlace *>()->findChild<PhotoGrid *>(); }

    const PhotoInfo *info(const char *name) const
    {
        const auto *model = grid()->photoModel();
        for (int row = 0; row < model->rowCount(); ++row)
            if (const auto *each = model->info(row); each && each->name == QLatin1String(name))
                return each;
        return nullptr;
    }

    void select(const char *name)
    {
        grid()->selectPhoto(info(name)->photo);
        QTRY_COMPARE(grid()->selectedPhotos().size(), std::size_t(1));
    }

    QAction *action(const char *name) const
    {
        return m_window->findChild<LibraryPlace *>()->findChild<QAction *>(name);
    }

    // The preview's picture lies at its top.
    static QColor middleOfPicture(QWidget *preview)
    {
        return preview->grab().toImage().pixelColor(preview->width() / 2, 60);
    }
    static bool isGreen(const QColor &colour) { return colour.green() > colour.red() + 50; }

    QList<QUrl> m_opened;
};

QTEST_MAIN(TestPairs)
#include "tst_pairs.moc"
