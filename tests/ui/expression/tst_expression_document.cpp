#include "ui/expression/expression_document.h"

#include "tests/support/support.h"

#include <QSignalSpy>
#include <QUndoStack>
#include <random>

using namespace photolex;
using namespace photolex::ui;
using search::Term;

namespace {

std::vector<Term> terms(const char *text)
{
    return search::parseExpression(text).value().terms;
}

std::string printed(const ExpressionDocument &document)
{
    return search::printExpression(document.expression());
}

} // namespace

class TestExpressionDocument : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyChangeIsOneStepBack()
    {
        ExpressionDocument document;
        QSignalSpy changed(&document, &ExpressionDocument::changed);
        std::vector<std::string> states{printed(document)};
        const auto did = [&] { states.push_back(printed(document)); };
        document.insertTerms(0, terms("'a' - 'b'"));
        did();
        document.insertTerms(1, terms("photo:'c'"));
        did();
        document.setNegative(0, true);
        did();
        document.moveTerm(2, 0);
        did();
        document.setWords(1, "dog");
        did();
        document.setWeight(1, 2);
        did();
        document.removeTerm(0);
        did();
        document.load({terms("'x'")});
        did();
        document.clear();
        did();
        QCOMPARE(changed.size(), static_cast<int>(states.size()) - 1);
        QCOMPARE(states[4], "-'b' - 'a' + photo:'c'");
        for (auto state = states.rbegin(); state != states.rend(); ++state) {
            QCOMPARE(printed(document), *state);
            document.undoStack()->undo();
        }
        for (const auto &state : states) {
            QCOMPARE(printed(document), state);
            document.undoStack()->redo();
        }
    }

    void aGestureIsOneStep()
    {
        ExpressionDocument document;
        document.insertTerms(0, terms("'a' - 'b'"));
        for (const double weight : {1.1, 1.2, 1.3})
            document.setWeight(0, weight);
        QCOMPARE(document.undoStack()->count(), 2);
        document.endGesture();
        document.setWeight(0, 2);
        QCOMPARE(document.undoStack()->count(), 3);
        document.setWeight(1, 2); // another term: another gesture
        QCOMPARE(document.undoStack()->count(), 4);
        document.undoStack()->undo();
        document.undoStack()->undo();
        QCOMPARE(printed(document), "1.3*'a' - 'b'");
        document.undoStack()->undo();
        QCOMPARE(printed(document), "'a' - 'b'");
        // There and back again leaves nothing to undo.
        document.setWeight(0, 2);
        document.setWeight(0, 1);
        QCOMPARE(document.undoStack()->count(), 1);
    }

    void typingIsOneStep()
    {
        ExpressionDocument document;
        for (const char *typed : {"'d'", "'do'", "'dog'"})
            document.replace({terms(typed)});
        document.endGesture();
        document.replace({terms("'cat'")});
        QCOMPARE(document.undoStack()->count(), 2);
        document.undoStack()->undo();
        QCOMPARE(printed(document), "'dog'");
        document.undoStack()->undo();
        QCOMPARE(document.count(), 0);
    }

    void whatChangesNothingIsNoStep()
    {
        ExpressionDocument document;
        document.clear();
        document.removeTerm(0);
        document.moveTerm(0, 1);
        document.endGesture();
        document.insertTerms(0, {});
        document.insertTerms(0, terms("'a'"));
        document.setWeight(0, 1);
        document.setNegative(0, false);
        document.moveTerm(0, 0);
        document.setWeight(5, 2);
        QCOMPARE(document.undoStack()->count(), 1);
    }

    void thereIsAnEnd()
    {
        ExpressionDocument document;
        const std::vector<Term> many(search::Expression::mostTerms - 1, terms("'a'").front());
        QVERIFY(document.insertTerms(0, many));
        QVERIFY(!document.insertTerms(0, terms("'b' - 'c'"))); // one of them has room
        QCOMPARE(document.expression().terms.size(), search::Expression::mostTerms);
        document.setWeight(0, 1e9);
        QCOMPARE(document.expression().terms[0].weight, search::Expression::largestWeight);
        VERIFY_OK(search::parseExpression(printed(document)));
    }

    void anyChangesAreTakenBack()
    {
        std::mt19937 random(20141110);
        ExpressionDocument document;
        std::vector<std::string> states{printed(document)};
        for (int i = 0; i < 300; ++i) {
            const int at = static_cast<int>(random() % 6), other = static_cast<int>(random() % 6);
            switch (random() % 5) {
            case 0:
                document.insertTerms(at, terms("'a' - 2*photo:'b'"));
                break;
            case 1:
                document.removeTerm(at);
                break;
            case 2:
                document.moveTerm(at, other);
                break;
            case 3:
                document.setNegative(at, random() % 2);
                break;
            default:
                document.setWeight(at, static_cast<double>(random() % 30) / 10);
                document.endGesture();
            }
            if (printed(document) != states.back())
                states.push_back(printed(document));
        }
        for (auto state = states.rbegin(); state != states.rend(); ++state) {
            QCOMPARE(printed(document), *state);
            document.undoStack()->undo();
        }
    }
};

QTEST_GUILESS_MAIN(TestExpressionDocument)
#include "tst_expression_document.moc"
