// The shipped tagger on two hundred captions of Flickr8k dev whose tags were judged by hand (caption_tags.tsv: photo,
// which of its captions, tags). Attributive participles with a verb's sense are VBN or VBG ("snow covered rocks"),
// colours after "in" adjectives, as in the treebanks.
#include "core/base/bytes.h"
#include "core/caption/parts.h"
#include "core/dataset/dataset.h"
#include "core/text/tagger.h"
#include "core/train/tagger.h"
#include "tests/support/bundles.h"
#include "tests/support/support.h"

#include <map>

using namespace photolex;

class TestCaptionTags : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void captionsAreReadAsTheyWereJudged()
    {
        NEEDS_SHARED_DATA(shared);
        const auto set = dataset::load("tsv:" + (shared / "flickr8k").native());
        VERIFY_OK(set);
        std::map<std::string, std::vector<const std::string *>> captions; // of each photo, in the file's order
        for (const auto &caption : set->captions)
            captions[set->images[static_cast<std::size_t>(caption.image)].stem().native()].push_back(&caption.text);
        const auto table = readTextFile(test::sourceFolder() / "tests/core/text/caption_tags.tsv");
        VERIFY_OK(table);
        std::vector<dataset::TaggedSentence> sentences;
        const auto lines = QString::fromStdString(*table).split('\n', Qt::SkipEmptyParts);
        for (const auto &line : lines.mid(1)) {
            const auto parts = line.split('\t');
            const auto own = captions.find(parts[0].toStdString());
            QVERIFY2(own != captions.end() && parts[1].toUInt() < own->second.size(), qPrintable(parts[0]));
            auto &one = sentences.emplace_back();
            const auto &text = *own->second[parts[1].toUInt()];
            for (const auto &word : QString::fromStdString(text).split(' ', Qt::SkipEmptyParts))
                one.words.push_back(word.toStdString());
            for (const auto &tag : parts[2].split(' '))
                one.tags.push_back(tag.toStdString());
            QCOMPARE(one.tags.size(), one.words.size());
        }
        QCOMPARE(sentences.size(), std::size_t{200});
        const auto bundle = model::Bundle::open(test::sourceFolder() / "resources/models/photolex-en");
        VERIFY_OK(bundle);
        const auto tagger = text::Tagger::load((*bundle)->file(caption::taggerFile));
        VERIFY_OK(tagger);
        const auto figures = train::measureTagger(*tagger, sentences);
        const double share = static_cast<double>(figures.right) / static_cast<double>(figures.words);
        qInfo("%lld of %lld words as judged (%.2f %%)", static_cast<long long>(figures.right),
              static_cast<long long>(figures.words), 100 * share);
        QVERIFY(share >= 0.97);
    }
};

QTEST_GUILESS_MAIN(TestCaptionTags)
#include "tst_caption_tags.moc"
