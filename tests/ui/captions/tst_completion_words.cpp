// Words that may be meant by the letters typed so far.
#include "tests/support/support.h"
#include "ui/captions/completion_words.h"

using namespace photolex;
using namespace photolex::ui;

class TestCompletionWords : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void ownWordsComeFirst()
    {
        CompletionWords words;
        words.setVocabulary({"<s>", "</s>", "harbor", "hard", "harm", "harbour"});
        QCOMPARE(words.complete("har"), (QStringList{"harbor", "hard", "harm", "harbour"}));
        words.setOwn({{"harbour", 7, 7}, {"harlequin", 2, 9}});
        QCOMPARE(words.complete("har", 3), (QStringList{"harbour", "harlequin", "harbor"}));
        words.learn("The Harvest, the harvest and a harbour");
        QCOMPARE(words.complete("har"), (QStringList{"harbour", "harlequin", "harvest", "harbor", "hard", "harm"}));
        QCOMPARE(words.complete("harv"), QStringList{"harvest"});
    }

    void lettersKeepTheirCase()
    {
        CompletionWords words;
        words.learn(QString::fromUtf8("süße hunde"));
        QCOMPARE(words.complete("Hu"), QStringList{"Hunde"});
        QCOMPARE(words.complete("HU"), QStringList{"HUNDE"});
        QCOMPARE(words.complete(QString::fromUtf8("sü")).size(), 1);
    }

    void nothingIsOfferedForLittleOrForAWholeWord()
    {
        CompletionWords words;
        words.setVocabulary({"<s>", "</s>", "dog"});
        QVERIFY(words.complete("").isEmpty());
        QVERIFY(words.complete("d").isEmpty());
        QVERIFY(words.complete("dog").isEmpty());
        QVERIFY(words.complete("<s").isEmpty());
        QVERIFY(words.complete("zz").isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestCompletionWords)
#include "tst_completion_words.moc"
