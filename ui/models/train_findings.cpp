#include "ui/models/train_findings.h"

#include "ui/common/photo_text.h"
#include "ui/widgets/figures.h"

#include <QCoreApplication>
#include <QLocale>

namespace photolex::ui {

namespace {

struct Train {
    Q_DECLARE_TR_FUNCTIONS(photolex::ui::TrainFindings)
};

enum class Examples { Words, Paths };

QString sentence(const QString &what, const training::Finding &finding, Examples kind, const QString &then)
{
    QStringList examples;
    for (const auto &example : finding.examples)
        examples << (kind == Examples::Paths ? fileName(example) : QString::fromStdString(example));
    const auto joined = examples.join(QStringLiteral(", "));
    const bool isCut = static_cast<std::size_t>(finding.count) > finding.examples.size();
    //: what was found, examples, what becomes of it
    return isCut ? Train::tr("%1: %2, … %3").arg(what, joined, then) : Train::tr("%1: %2. %3").arg(what, joined, then);
}

int number(const training::Finding &finding)
{
    return static_cast<int>(finding.count);
}

} // namespace

QString materialSentence(const training::Findings &findings)
{
    const QLocale locale;
    return Train::tr("%1 photos with %2 captions to learn from; %3 photos with %4 are held out, to measure with.")
        .arg(locale.toString(qint64(findings.trainPhotos)), locale.toString(qint64(findings.trainCaptions)),
             locale.toString(qint64(findings.heldOutPhotos)), locale.toString(qint64(findings.heldOutCaptions)));
}

QStringList findingSentences(const training::Findings &found, bool further)
{
    QStringList all;
    constexpr std::int64_t few = 200; // captions
    if (found.tooFew)
        all << Train::tr(
                   "This is too little to learn from: at least %1 photos and %2 captions are needed, and 2 photos "
                   "to measure with. Caption some more, or choose another folder.")
                   .arg(training::fewestPhotos)
                   .arg(training::fewestCaptions);
    else if (found.trainCaptions < few)
        all << (further ? Train::tr("These are few captions. New words are learnt from them; do not expect much more.")
                        : Train::tr("These are few captions for a new encoder. Begin with one that is there."));
    if (found.missingPhotos.count > 0)
        all << sentence(Train::tr("%n photo(s) are not where the captions say", nullptr, number(found.missingPhotos)),
                        found.missingPhotos, Examples::Paths,
                        Train::tr("They are left out. If all photos lie in another folder, say in which."));
    if (found.notRead.count > 0)
        all << sentence(Train::tr("%n captioned photo(s) have not been indexed", nullptr, number(found.notRead)),
                        found.notRead, Examples::Paths, Train::tr("They are left out until that is done."));
    if (found.emptyCaptions.count > 0)
        all << sentence(Train::tr("%n caption(s) hold no word", nullptr, number(found.emptyCaptions)),
                        found.emptyCaptions, Examples::Paths, Train::tr("They are left out."));
    if (found.repeatedPhotos.count > 0)
        all << sentence(Train::tr("%n photo(s) are there more than once", nullptr, number(found.repeatedPhotos)),
                        found.repeatedPhotos, Examples::Words, Train::tr("They count once, with all their captions."));
    if (further && found.unknownWords.count > 0) {
        const double share =
            static_cast<double>(found.unknownUses) / static_cast<double>(std::max<std::int64_t>(1, found.words));
        constexpr double nearlyAll = 0.5;
        all << sentence(
            Train::tr("%n word(s) are new to the encoder, %1 of the text", nullptr, number(found.unknownWords))
                .arg(percentText(share)),
            found.unknownWords, Examples::Words,
            share > nearlyAll ? Train::tr("Perhaps they are of another language: then begin with nothing.")
                              : Train::tr("They are learnt from their photos."));
    }
    if (all.isEmpty())
        all << Train::tr("Nothing is missing or wrong.");
    return all;
}

} // namespace photolex::ui
