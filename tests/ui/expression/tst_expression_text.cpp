#include "ui/expression/expression_text.h"

#include "tests/support/support.h"

using namespace photolex;
using namespace photolex::ui;
using search::Term;

class TestExpressionText : public QObject {
    Q_OBJECT

    static QString printed(const std::vector<Term> &terms)
    {
        return QString::fromStdString(search::printExpression({terms}));
    }

private Q_SLOTS:
    void whatIsTypedBecomesTerms_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("terms");
        QTest::newRow("nothing") << "  "
                                 << "";
        QTest::newRow("a word") << "dog"
                                << "'dog'";
        QTest::newRow("a phrase") << " a dog on the beach "
                                  << "'a dog on the beach'";
        QTest::newRow("taken away") << "- blue"
                                    << "-'blue'";
        QTest::newRow("weights and signs") << "red car - 2*blue"
                                           << "'red car' - 2*'blue'";
        QTest::newRow("no expression") << "it's 'n"
                                       << "'it\\'s \\'n'";
        QTest::newRow("only a sign") << "-"
                                     << "'-'";
    }
    void whatIsTypedBecomesTerms()
    {
        QFETCH(QString, typed);
        QFETCH(QString, terms);
        QCOMPARE(printed(typedTerms(typed)), terms);
    }

    void everyTermCanBeSpoken()
    {
        Term term;
        term.text = "blue";
        term.isNegative = true;
        term.weight = 1.5;
        QCOMPARE(spokenTerm(term), QString("minus the words “blue”, weight 1.5"));
        term.weight = 1;
        term.kind = Term::Kind::Photo;
        term.text = "/home/me/a\xff.jpg";
        QCOMPARE(spokenTerm(term).toLower(), QString("minus the photo a\\xff.jpg"));
        QCOMPARE(weightText(0.25), QString("0.25×"));
    }

    void picturesWithoutAFileAreKeptOnce()
    {
        const test::ScratchFolder scratch;
        Dropped dropped;
        dropped.image = QImage(40, 30, QImage::Format_RGB32);
        dropped.image.fill(Qt::red);
        const auto first = droppedTerms(dropped, scratch / "pasted");
        const auto second = droppedTerms(dropped, scratch / "pasted");
        VERIFY_OK(first);
        VERIFY_OK(second);
        QCOMPARE(first->size(), std::size_t{1});
        QVERIFY(*first == *second);
        QCOMPARE(QImage(QString::fromStdString(first->front().text)).size(), QSize(40, 30));
        scratch.write("file", "");
        QVERIFY(!droppedTerms(dropped, scratch / "file" / "pasted"));
    }

    void filesComeBeforeEverythingElse()
    {
        const test::ScratchFolder scratch;
        Dropped dropped;
        dropped.files = {"/a b.jpg", "/c.png"};
        dropped.text = "/a b.jpg";
        QCOMPARE(printed(*droppedTerms(dropped, scratch.path())), QString("photo:'/a b.jpg' + photo:'/c.png'"));
        QCOMPARE(printed(*droppedTerms({.folders = {}, .files = {}, .image = {}, .text = "red car"}, scratch.path())),
                 QString("'red car'"));
        QVERIFY(droppedTerms({}, scratch.path())->empty());
    }

    void whatDoesNotCountIsNamed()
    {
        const auto expression = search::parseExpression("photo:'/a.jpg' - 'zxqv' + saved:'pets'").value();
        ExpressionOutcome outcome;
        outcome.terms.resize(3);
        outcome.terms[0].failure = Error{Errc::NotFound, "/a.jpg", "no such file"};
        outcome.terms[2].failure = Error{Errc::NotFound, "pets", ""};
        outcome.answer.unknown = {"zxqv", "<b>"};
        const auto lines = noticesOf(expression, outcome);
        QCOMPARE(lines.size(), 3);
        QVERIFY(lines[0].contains("a.jpg") && lines[1].contains("pets") && lines[2].contains("zxqv"));
        QVERIFY(!lines[2].contains("<b>"));
        QVERIFY(noticesOf(expression, {}).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestExpressionText)
#include "tst_expression_text.moc"
