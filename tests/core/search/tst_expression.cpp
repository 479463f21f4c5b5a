#include "core/search/expression.h"

#include "tests/support/support.h"

#include <rapidcheck.h>

using namespace photolex;
using search::Expression;
using search::Term;

Q_DECLARE_METATYPE(photolex::search::Expression)

namespace {

using Kind = Term::Kind;

rc::Gen<Term> anyTerm()
{
    const auto words =
        rc::gen::map(rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(
                         std::vector<std::string>{"a", "dog", " ", "'", "\"", "\\", "\\x41", "-", "+", "*", "2", "é",
                                                  "犬", "🐕", "\n", "photo:", "’", "”"}))),
                     [](const std::vector<std::string> &parts) {
                         std::string text = "w"; // never blank
                         for (const auto &part : parts)
                             text += part;
                         return text;
                     });
    const auto path = rc::gen::map(rc::gen::container<std::string>(rc::gen::distinctFrom('\0')),
                                   [](const std::string &bytes) { return "/" + bytes; });
    return rc::gen::exec([=] {
        Term term;
        term.kind = *rc::gen::element(Kind::Words, Kind::Photo, Kind::Saved);
        term.text = term.kind == Kind::Photo ? *path : *words;
        term.isNegative = *rc::gen::arbitrary<bool>();
        term.weight = *rc::gen::inRange(0, 100'001) / 1000.0;
        if (*rc::gen::arbitrary<bool>())
            term.weight = 1;
        return term;
    });
}

} // namespace

class TestExpression : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void expressionsAreRead_data();
    void expressionsAreRead();
    void whatIsNoExpressionIsRefusedWithItsPlace_data();
    void whatIsNoExpressionIsRefusedWithItsPlace();
    void printingIsOneForm_data();
    void printingIsOneForm();
    void whatIsPrintedReadsTheSame();
    void queriesStayQueries_data();
    void queriesStayQueries();
    void sumsAddUnitPoints();
    void whatCancelsIsSaid();
    void termsWithoutPointCountNothing();
};

void TestExpression::expressionsAreRead_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<Expression>("expected");
    const auto row = [](const char *name, QByteArray text, std::vector<Term> terms) {
        QTest::newRow(name) << text << Expression{std::move(terms)};
    };
    row("the contract's own", "photo:'FILE' - 'blue' + 2*'red'",
        {{Kind::Photo, "FILE", false, 1}, {Kind::Words, "blue", true, 1}, {Kind::Words, "red", false, 2}});
    row("double quotes", "photo:\"a b.jpg\" - \"blue car\"",
        {{Kind::Photo, "a b.jpg", false, 1}, {Kind::Words, "blue car", true, 1}});
    row("no blanks", "photo:'a'-'b'+0.5*'c'",
        {{Kind::Photo, "a", false, 1}, {Kind::Words, "b", true, 1}, {Kind::Words, "c", false, 0.5}});
    row("many blanks", "  2 *  'a'\t-\n'b' ", {{Kind::Words, "a", false, 2}, {Kind::Words, "b", true, 1}});
    row("a sign in front", "-'a' + 'b'", {{Kind::Words, "a", true, 1}, {Kind::Words, "b", false, 1}});
    row("a plus in front", "+'a'", {{Kind::Words, "a", false, 1}});
    row("one word", "'dog'", {{Kind::Words, "dog", false, 1}});
    row("a quote inside", R"('it\'s' - "the \"car\"")",
        {{Kind::Words, "it's", false, 1}, {Kind::Words, "the \"car\"", true, 1}});
    row("the other quote inside", "\"it's\"", {{Kind::Words, "it's", false, 1}});
    row("a backslash", R"(photo:'a\\b')", {{Kind::Photo, "a\\b", false, 1}});
    row("bytes that are no text", R"(photo:'a\xff\x0a')", {{Kind::Photo, "a\xff\n", false, 1}});
    row("saved", "saved:'my pets' - 'dog'", {{Kind::Saved, "my pets", false, 1}, {Kind::Words, "dog", true, 1}});
    row("typographic", "photo:“a.jpg” − 2×‘blue’", {{Kind::Photo, "a.jpg", false, 1}, {Kind::Words, "blue", true, 2}});
    row("a weight of nothing", "0*'a' + 'b'", {{Kind::Words, "a", false, 0}, {Kind::Words, "b", false, 1}});
    row("thousandths", "0.33333*'a'", {{Kind::Words, "a", false, 0.333}});
    row("bare words", "photo:a.jpg - blue car + 2*red",
        {{Kind::Photo, "a.jpg", false, 1}, {Kind::Words, "blue car", true, 1}, {Kind::Words, "red", false, 2}});
    row("a hyphen", "t-shirt - 'red'", {{Kind::Words, "t-shirt", false, 1}, {Kind::Words, "red", true, 1}});
    row("a number is a word", "2 - '3'", {{Kind::Words, "2", false, 1}, {Kind::Words, "3", true, 1}});
}

void TestExpression::expressionsAreRead()
{
    QFETCH(QByteArray, text);
    QFETCH(Expression, expected);
    const auto read = search::parseExpression(text.toStdString());
    VERIFY_OK(read);
    QVERIFY2(*read == expected, search::printExpression(*read).c_str());
    QVERIFY(*search::parseExpression(search::printExpression(*read)) == expected);
}

void TestExpression::whatIsNoExpressionIsRefusedWithItsPlace_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("blanks") << QByteArray(" \t\n");
    QTest::newRow("a sign") << QByteArray("-");
    QTest::newRow("no second term") << QByteArray("'a' +");
    QTest::newRow("two signs") << QByteArray("'a' + - 'b'");
    QTest::newRow("no sign") << QByteArray("'a' 'b'");
    QTest::newRow("a quote that does not close") << QByteArray("'a");
    QTest::newRow("an escape at the end") << QByteArray("'a\\");
    QTest::newRow("a weight without operand") << QByteArray("2*");
    QTest::newRow("an empty word") << QByteArray("'a' - ''");
    QTest::newRow("a blank word") << QByteArray("' '");
    QTest::newRow("a photo without name") << QByteArray("photo: - 'a'");
    QTest::newRow("a photo with an empty name") << QByteArray("photo:''");
    QTest::newRow("a zero byte in a path") << QByteArray("photo:'a\\x00b'");
    QTest::newRow("words that are not UTF-8") << QByteArray("'a\xff'");
    QTest::newRow("a name that is not UTF-8") << QByteArray("saved:'\\xff'");
    QTest::newRow("too heavy") << QByteArray("101*'a'");
    QTest::newRow("far too heavy") << QByteArray(400, '9') + "*'a'";
    QTest::newRow("too many terms") << QByteArray("'a'") + QByteArray("+'a'").repeated(64);
    QTest::newRow("too long") << "'" + QByteArray(70'000, 'a') + "'";
}

void TestExpression::whatIsNoExpressionIsRefusedWithItsPlace()
{
    QFETCH(QByteArray, text);
    const auto read = search::parseExpression(text.toStdString());
    QVERIFY(!read);
    QCOMPARE(read.error().code, Errc::Invalid);
    QVERIFY(!read.error().detail.empty() && !read.error().subject.empty());
    QVERIFY(!search::isExpression(text.toStdString()));
}

void TestExpression::printingIsOneForm_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("printed");
    QTest::newRow("spaces and quotes") << QByteArray("photo:\"a\"-\"b\"+2*\"c\"")
                                       << QByteArray("photo:'a' - 'b' + 2*'c'");
    QTest::newRow("weights") << QByteArray("0.50*'a' - 1.000*'b' + 00.125*'c'")
                             << QByteArray("0.5*'a' - 'b' + 0.125*'c'");
    QTest::newRow("first is negative") << QByteArray("- 2*'a'") << QByteArray("-2*'a'");
    QTest::newRow("bare words") << QByteArray("photo:a.jpg - blue car") << QByteArray("photo:'a.jpg' - 'blue car'");
    QTest::newRow("escapes") << QByteArray("\"it's\" + photo:'\xff\\\\'") << QByteArray("'it\\'s' + photo:'\\xff\\\\'");
}

void TestExpression::printingIsOneForm()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, printed);
    const auto read = search::parseExpression(text.toStdString());
    VERIFY_OK(read);
    QCOMPARE(QByteArray::fromStdString(search::printExpression(*read)).toLower(), printed);
}

void TestExpression::whatIsPrintedReadsTheSame()
{
    QVERIFY(rc::check("parse(print(e)) = e", [] {
        Expression expression;
        expression.terms = *rc::gen::nonEmpty(rc::gen::container<std::vector<Term>>(anyTerm()));
        RC_PRE(expression.terms.size() <= Expression::mostTerms);
        const auto printed = search::printExpression(expression);
        RC_ASSERT(printed.find('\n') == std::string::npos);
        const auto read = search::parseExpression(printed);
        RC_ASSERT(read.has_value());
        RC_ASSERT(*read == expression);
    }));
}

void TestExpression::queriesStayQueries_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isExpression");
    const auto row = [](const char *text, bool isExpression) {
        QTest::newRow(text) << QByteArray(text) << isExpression;
    };
    row("dog", false);
    row("a dog on the beach", false);
    row("beach -people", false);
    row("beach - people", false);
    row("-people", false);
    row("\"red car\"", false);
    row("-\"red car\"", false);
    row("\"red car\" street", false);
    row("street -\"red car\"", false);
    row("\"beach\" -\"people\"", false);
    row("2*3", false);
    row("rock 'n' roll", false);
    row("dog's ball", false);
    row("photo", false);
    row("photo: me", false);
    row("photo:me.jpg", false);
    row("photo:'a.jpg'", true);
    row("photo:'a.jpg' - blue + red car", true);
    row("saved:'pets'", true);
    row("2*'dog'", true);
    row("'dog' - 'cat'", true);
    row("'dog'+'cat'", true);
    row("\"beach\" - \"people\"", true);
    row("beach - 2*\"people\"", true);
}

void TestExpression::queriesStayQueries()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, isExpression);
    QCOMPARE(search::isExpression(text.toStdString()), isExpression);
}

void TestExpression::sumsAddUnitPoints()
{
    const std::vector<search::TermPoint> points{{{1, 0, 0}, {}, {}}, {{0, 1, 0}, {}, {}}, {{0, 0, 1}, {}, {}}};
    const auto sum = [&points](const char *text) {
        const auto expression = search::parseExpression(text).value();
        return search::sumOf(expression.terms, std::span(points).first(expression.terms.size()));
    };
    QVERIFY(sum("'x'").point == (std::vector<float>{1, 0, 0}));
    QVERIFY(sum("-'x'").point == (std::vector<float>{-1, 0, 0}));
    QVERIFY(sum("100*'x'").point == (std::vector<float>{1, 0, 0})); // of length 1, whatever the weights
    QVERIFY(sum("3*'x' - 4*'y'").point == (std::vector<float>{0.6F, -0.8F, 0}));
    QVERIFY(sum("3*'x' - 0*'y' + 4*'z'").point == (std::vector<float>{0.6F, 0, 0.8F}));
}

void TestExpression::whatCancelsIsSaid()
{
    using search::SumState;
    const std::vector<float> x{1, 0}, y{0, 1};
    const auto state = [](const char *text, std::vector<search::TermPoint> points) {
        const auto expression = search::parseExpression(text).value();
        const auto sum = search::sumOf(expression.terms, points);
        if ((sum.state == SumState::Point) == sum.point.empty())
            qFatal("a sum is a point, or has none");
        return sum.state;
    };
    QCOMPARE(state("'x' - 'x'", {{x, {}, {}}, {x, {}, {}}}), SumState::CancelsOut);
    QCOMPARE(state("0*'x'", {{x, {}, {}}}), SumState::CancelsOut);
    QCOMPARE(state("50*'x' - 50*'x'", {{x, {}, {}}, {x, {}, {}}}), SumState::CancelsOut);
    QCOMPARE(state("'x' - photo:'copy'", {{x, {}, {}}, {{0.9999F, 0.004F}, {}, {}}}), SumState::CancelsOut);
    QCOMPARE(state("'x' - 'y'", {{x, {}, {}}, {y, {}, {}}}), SumState::Point);
    QCOMPARE(state("'x' - 'near'", {{x, {}, {}}, {{0.98F, 0.199F}, {}, {}}}), SumState::Point);
    QCOMPARE(state("'x' - 'x' + 'y'", {{x, {}, {}}, {x, {}, {}}, {y, {}, {}}}), SumState::Point);
    QCOMPARE(state("'zxqv'", {{{}, {}, {"zxqv"}}}), SumState::NothingKnown);
}

void TestExpression::termsWithoutPointCountNothing()
{
    const auto expression = search::parseExpression("'x' - 9*'zxqv'").value();
    const std::vector<search::TermPoint> points{{{0, 1}, {}, {}}, {{}, {}, {"zxqv"}}};
    QVERIFY(search::sumOf(expression.terms, points).point == (std::vector<float>{0, 1}));
}

QTEST_GUILESS_MAIN(TestExpression)
#include "tst_expression.moc"
