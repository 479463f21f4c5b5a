// What the user decides on the bench, and how it is taken back.
#include "ui/captions/bench/bench_document.h"

#include <QSignalSpy>
#include <QUndoStack>
#include <QtTest>

using namespace photolex::ui;

class TestBenchDocument : public QObject {
    Q_OBJECT

    static QString text(const BenchDocument &document)
    {
        QStringList all;
        for (const auto &place : document.state().places)
            all.append(place.fixed.isEmpty() ? place.tag : place.tag + QLatin1Char('=') + place.fixed);
        return all.join(QLatin1Char(' '));
    }

private Q_SLOTS:
    void everyChangeIsOneStep()
    {
        BenchDocument document;
        QSignalSpy changed(&document, &BenchDocument::changed);
        document.insert({{"DT", {}}, {"NN", {}}}, 1, "JJ");
        QCOMPARE(text(document), QString("DT JJ NN"));
        document.setFixed(document.state().places, 1, "red");
        document.move(document.state().places, 1, 2);
        QCOMPARE(text(document), QString("DT NN JJ=red"));
        document.setTag(document.state().places, 2, "VBZ"); // another part of speech has other words
        QCOMPARE(text(document), QString("DT NN VBZ"));
        document.remove(document.state().places, 0);
        document.setRequired({"dog"});
        document.setBanned({"cat", "car"});
        QCOMPARE(changed.count(), 7);
        for (const auto *expected : {"NN VBZ", "NN VBZ", "DT NN VBZ", "DT NN JJ=red", "DT JJ=red NN", "DT JJ NN", ""}) {
            document.undoStack()->undo();
            QCOMPARE(text(document), QString(expected));
        }
        QVERIFY(document.state().required.isEmpty() && document.state().banned.isEmpty());
        while (document.undoStack()->canRedo())
            document.undoStack()->redo();
        QCOMPARE(text(document), QString("NN VBZ"));
        QCOMPARE(document.state().banned, (QStringList{"cat", "car"}));
    }

    void whatChangesNothingIsNoStep()
    {
        BenchDocument document;
        document.setRequired({});
        document.drawAgain();
        document.remove({{"NN", {}}}, 0); // the last place stays
        document.move({{"NN", {}}, {"VBZ", {}}}, 0, 5);
        document.setTag({{"NN", {}}}, 3, "JJ");
        QCOMPARE(document.undoStack()->count(), 0);
        std::vector<BenchPlace> many(BenchDocument::mostPlaces, BenchPlace{"NN", {}});
        document.insert(many, 0, "JJ"); // no sentence is as long
        QCOMPARE(document.undoStack()->count(), 0);
    }

    void anotherPhotoBeginsAnew()
    {
        BenchDocument document;
        document.insert({{"NN", {}}}, 0, "DT");
        document.forget();
        QVERIFY(!document.state().hasOwnStructure());
        QVERIFY(!document.undoStack()->canUndo());
    }
};

QTEST_MAIN(TestBenchDocument)
#include "tst_bench_document.moc"
