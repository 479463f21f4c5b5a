#include "tests/support/pictures.h"
#include "tests/support/support.h"
#include "ui/widgets/animation.h"

#include <QImageReader>
#include <QSignalSpy>

using namespace photolex;
using namespace photolex::ui;

namespace {

std::vector<image::Pixels> frames()
{
    return {test::plain({24, 16}, 255, 0, 0), test::plain({24, 16}, 0, 255, 0), test::plain({24, 16}, 0, 0, 255)};
}

QColor colourOf(const QSignalSpy &spy, int frame)
{
    return spy.at(frame).at(0).value<QImage>().pixelColor(12, 8);
}

} // namespace

class TestAnimation : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void framesFollowEachOther()
    {
        const test::ScratchFolder folder;
        Animation animation;
        QSignalSpy shown(&animation, &Animation::frameShown);
        animation.start(folder.write("a.gif", test::gif(frames())).native());
        QVERIFY(animation.isRunning());
        QTRY_COMPARE(shown.size(), 3); // a file that names no loop is played once, and its last frame stays
        QVERIFY(colourOf(shown, 0).red() > 200 && colourOf(shown, 1).green() > 200 && colourOf(shown, 2).blue() > 200);
        QTRY_VERIFY(!animation.isRunning());
        QCOMPARE(shown.size(), 3);
    }

    void anotherPictureEndsTheFirst()
    {
        const test::ScratchFolder folder;
        Animation animation;
        QSignalSpy shown(&animation, &Animation::frameShown);
        animation.start(folder.write("a.gif", test::gif(frames())).native());
        animation.start(folder.write("b.gif", test::gif({test::plain({8, 8}, 255, 255, 255)})).native());
        QTRY_VERIFY(!animation.isRunning());
        QCOMPARE(shown.size(), 1);
        QCOMPARE(shown.at(0).at(0).value<QImage>().size(), QSize(8, 8));
    }

    void emptyFramesLieOnTheGroundOfStillPictures()
    {
        const test::ScratchFolder folder;
        Animation animation;
        QSignalSpy shown(&animation, &Animation::frameShown);
        animation.start(folder.write("a.gif", test::gif(frames(), 1)).native());
        QTRY_VERIFY(shown.size() >= 2);
        QCOMPARE(colourOf(shown, 0), QColor(128, 128, 128));
    }

    void whatCannotBeReadStops()
    {
        const test::ScratchFolder folder;
        Animation animation;
        QSignalSpy shown(&animation, &Animation::frameShown);
        animation.start(folder.write("a.gif", "GIF89a and nothing else").native());
        QTRY_VERIFY(!animation.isRunning());
        animation.start((folder / "not there").native());
        QTRY_VERIFY(!animation.isRunning());
        QVERIFY(shown.isEmpty());
    }

    void webpMoves()
    {
        if (!QImageReader::supportedImageFormats().contains("webp"))
            QSKIP("Qt has no plugin for WebP here");
        const test::ScratchFolder folder;
        Animation animation;
        QSignalSpy shown(&animation, &Animation::frameShown);
        animation.start(folder.write("a.webp", test::animatedWebp(frames(), false)).native());
        QTRY_VERIFY(shown.size() >= 3);
        QVERIFY(colourOf(shown, 1).green() > 200);
    }
};

QTEST_MAIN(TestAnimation)
#include "tst_animation.moc"
