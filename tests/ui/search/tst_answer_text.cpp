#include "tests/support/support.h"
#include "ui/search/answer_text.h"

using namespace photolex;
using namespace photolex::ui;

class TestAnswerText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void unknownWordsAreNamedWithClickableSpellings()
    {
        SearchOutcome outcome;
        outcome.answer.parsed.words = {"zxqv", "dgo", "beach"};
        outcome.answer.parsed.positive = "zxqv dgo beach";
        outcome.answer.unknown = {"zxqv", "dgo"};
        outcome.answer.suggestions = {{"dgo", {"dog", "do"}}};
        const QString lines =
            noticesOf({.text = QStringLiteral("zxqv dgo beach")}, outcome, QStringLiteral("en")).join(' ');
        QVERIFY2(lines.contains(QStringLiteral("“zxqv”")), qPrintable(lines));
        QVERIFY2(lines.contains(QStringLiteral("<a href=\"word:dgo:dog\">dog</a>")), qPrintable(lines));
        QVERIFY2(lines.contains(QStringLiteral("other words")), qPrintable(lines));
    }

    void whatIsTypedNeverBecomesMarkup()
    {
        SearchOutcome outcome;
        outcome.answer.parsed.words = {"<b>"};
        outcome.answer.unknown = {"<img src=x>"};
        const QString lines = noticesOf({}, outcome, QStringLiteral("en")).join(' ');
        QVERIFY2(!lines.contains(QStringLiteral("<img")), qPrintable(lines));
    }

    void anotherLanguageIsSaid()
    {
        SearchOutcome outcome;
        outcome.answer.mostlyUnknown = true;
        QVERIFY(noticesOf({}, outcome, QStringLiteral("en")).join(' ').contains(QStringLiteral("English")));
        QVERIFY(noticesOf({}, outcome, QStringLiteral("de")).join(' ').contains(QStringLiteral("German")));
        QVERIFY(!noticesOf({}, outcome, {}).join(' ').contains(QStringLiteral("English")));
    }

    void hints_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<bool>("hint");
        QTest::newRow("a word") << "dog" << false;
        QTest::newRow("a word and a minus") << "beach -people" << false;
        QTest::newRow("only a minus") << "-" << true;
        QTest::newRow("only punctuation") << "!!!" << true;
        QTest::newRow("only a negative word") << "-people" << true;
    }
    void hints()
    {
        QFETCH(QString, query);
        QFETCH(bool, hint);
        const auto parsed = search::parseQuery(query.toStdString());
        VERIFY_OK(parsed);
        QCOMPARE(!hintOf(*parsed).isEmpty(), hint);
    }

    void aWordIsReplacedWholeAndWhateverItsCase()
    {
        QCOMPARE(withWordReplaced(QStringLiteral("Dgo and dgos -dgo"), QStringLiteral("dgo"), QStringLiteral("dog")),
                 QStringLiteral("dog and dgos -dog"));
        QCOMPARE(withWordReplaced(QStringLiteral("a.b"), QStringLiteral("."), QStringLiteral("!")),
                 QStringLiteral("a.b"));
    }

    void reasonsNameTheWordsThatPull()
    {
        search::Match match{.photo = {1}};
        match.kind = search::Why::Caption;
        match.why = {{"dog", 0.31F}, {"the", 0.0F}};
        const QString why = whyText(match);
        QVERIFY2(why.startsWith(QStringLiteral("in the caption")), qPrintable(why));
        QVERIFY2(why.contains(QStringLiteral("dog")) && !why.contains(QStringLiteral("the 0")), qPrintable(why));
    }
};

QTEST_GUILESS_MAIN(TestAnswerText)
#include "tst_answer_text.moc"
