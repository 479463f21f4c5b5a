#include "ui/captions/bench/tag_names.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>

namespace photolex::ui {

namespace {

struct Named {
    const char *tag;
    const char *name;
    const char *example;
};

// Penn tags. Examples are words of captions and stay as they are.
constexpr std::array named = {
    Named{"DT", QT_TRANSLATE_NOOP("TagNames", "article"), "a, the"},
    Named{"JJ", QT_TRANSLATE_NOOP("TagNames", "adjective"), "red, small"},
    Named{"NN", QT_TRANSLATE_NOOP("TagNames", "noun"), "dog, beach"},
    Named{"NNS", QT_TRANSLATE_NOOP("TagNames", "nouns (plural)"), "dogs, people"},
    Named{"VBZ", QT_TRANSLATE_NOOP("TagNames", "verb (he, she, it)"), "runs, is"},
    Named{"VBP", QT_TRANSLATE_NOOP("TagNames", "verb (they)"), "run, are"},
    Named{"VBG", QT_TRANSLATE_NOOP("TagNames", "verb (-ing)"), "running"},
    Named{"VBN", QT_TRANSLATE_NOOP("TagNames", "past participle"), "covered, parked"},
    Named{"IN", QT_TRANSLATE_NOOP("TagNames", "preposition"), "on, in, with"},
    Named{"RB", QT_TRANSLATE_NOOP("TagNames", "adverb"), "very, outside"},
    Named{"CC", QT_TRANSLATE_NOOP("TagNames", "conjunction"), "and, or"},
    Named{"CD", QT_TRANSLATE_NOOP("TagNames", "number"), "two, three"},
    Named{"PRP$", QT_TRANSLATE_NOOP("TagNames", "possessive"), "his, their"},
    Named{"PRP", QT_TRANSLATE_NOOP("TagNames", "pronoun"), "it, them"},
    Named{"RP", QT_TRANSLATE_NOOP("TagNames", "particle"), "up, down"},
    Named{"TO", QT_TRANSLATE_NOOP("TagNames", "to"), "to"},
    Named{"VB", QT_TRANSLATE_NOOP("TagNames", "verb (base form)"), "run, be"},
    Named{"VBD", QT_TRANSLATE_NOOP("TagNames", "verb (past)"), "ran, was"},
    Named{"MD", QT_TRANSLATE_NOOP("TagNames", "modal verb"), "can, will"},
    Named{"JJR", QT_TRANSLATE_NOOP("TagNames", "adjective (more)"), "larger"},
    Named{"JJS", QT_TRANSLATE_NOOP("TagNames", "adjective (most)"), "largest"},
    Named{"RBR", QT_TRANSLATE_NOOP("TagNames", "adverb (more)"), "closer"},
    Named{"NNP", QT_TRANSLATE_NOOP("TagNames", "name"), "christmas"},
    Named{"EX", QT_TRANSLATE_NOOP("TagNames", "there (is)"), "there"},
    Named{"WP", QT_TRANSLATE_NOOP("TagNames", "who, what"), "who"},
    Named{"WDT", QT_TRANSLATE_NOOP("TagNames", "which"), "which, that"},
    Named{"WRB", QT_TRANSLATE_NOOP("TagNames", "where, when"), "while, where"},
    Named{"PDT", QT_TRANSLATE_NOOP("TagNames", "all, both"), "all"},
    Named{"POS", QT_TRANSLATE_NOOP("TagNames", "possessive ending"), "'s"},
    Named{"UH", QT_TRANSLATE_NOOP("TagNames", "interjection"), "oh"},
    Named{"FW", QT_TRANSLATE_NOOP("TagNames", "foreign word"), "bonsai"},
    Named{"HYPH", QT_TRANSLATE_NOOP("TagNames", "hyphen"), "-"},
};

constexpr std::size_t offered = 24; // the rest is known, but nobody builds a caption of it

const Named *find(const QString &tag)
{
    const auto found =
        std::find_if(named.begin(), named.end(), [&](const Named &one) { return tag == QLatin1String(one.tag); });
    return found == named.end() ? nullptr : &*found;
}

} // namespace

QString tagName(const QString &tag)
{
    const auto *found = find(tag);
    return found ? QCoreApplication::translate("TagNames", found->name) : tag;
}

QString tagExample(const QString &tag)
{
    const auto *found = find(tag);
    return found ? QString::fromLatin1(found->example) : QString();
}

QStringList offeredTags()
{
    QStringList tags;
    for (std::size_t i = 0; i < offered; ++i)
        tags.append(QString::fromLatin1(named[i].tag));
    return tags;
}

QStringList tagsOf(const QString &structure)
{
    return structure.split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

} // namespace photolex::ui
