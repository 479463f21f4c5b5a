#include "core/text/tagger_features.h"

#include <algorithm>
#include <array>

namespace photolex::text {

namespace {

// FNV-1a over the parts of a feature, finished so that its low bits depend on all of them.
class Hash {
public:
    explicit Hash(unsigned kind) { number(kind); }
    Hash &number(unsigned value)
    {
        m_state = (m_state ^ value) * 0x100000001B3U;
        m_state ^= m_state >> 29;
        return *this;
    }
    Hash &text(std::string_view value)
    {
        for (const char c : value)
            m_state = (m_state ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
        return number(0xFFU);
    }
    Feature done() const
    {
        auto state = m_state;
        state = (state ^ (state >> 33)) * 0xFF51AFD7ED558CCDU;
        return static_cast<Feature>(state ^ (state >> 33));
    }

private:
    std::uint64_t m_state = 0xCBF29CE484222325U;
};

constexpr std::string_view outside = "\x01";

std::string_view wordAt(const TaggerSentence &sentence, std::ptrdiff_t at)
{
    return at < 0 || at >= std::ssize(sentence.lower) ? outside
                                                      : std::string_view(sentence.lower[static_cast<std::size_t>(at)]);
}

unsigned classAt(const TaggerSentence &sentence, std::ptrdiff_t at)
{
    return at < 0 || at >= std::ssize(sentence.classes) ? 254U : sentence.classes[static_cast<std::size_t>(at)];
}

std::string_view suffix(std::string_view word, std::size_t count)
{
    return word.substr(word.size() - std::min(count, word.size()));
}

// "Xx-00": runs of capitals, small letters and digits, each told once; other signs stay.
std::string shapeOf(std::string_view word)
{
    std::string shape;
    for (const char c : word) {
        const char kind = c >= 'A' && c <= 'Z' ? 'X' : c >= 'a' && c <= 'z' ? 'x' : c >= '0' && c <= '9' ? '0' : c;
        if (shape.empty() || shape.back() != kind)
            shape += kind;
    }
    return shape;
}

enum Kind : unsigned {
    Bias,
    Word,
    Suffix,
    Prefix,
    Shape,
    Neighbour,
    NeighbourSuffix,
    Pair,
    Class,
    ClassPair,
    NeighbourShape,
    TagBefore,
    TwoTags,
    TagWord,
    TagClass,
    TagClasses,
    TagSuffix,
    TagNext,
    TwoTagsClass,
    NextTag,
    NextTags,
    AroundTags,
    NextTagWord,
    NextTagClass,
};

} // namespace

std::string taggerForm(std::string_view word)
{
    std::string form(word);
    for (auto &c : form)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c >= '0' && c <= '9' ? '0' : c;
    return form;
}

void addWordFeatures(const TaggerSentence &sentence, std::size_t at, std::vector<Feature> &features)
{
    const auto i = static_cast<std::ptrdiff_t>(at);
    const auto word = wordAt(sentence, i);
    const auto shape = shapeOf(sentence.words[at]);
    features.push_back(Hash(Bias).done());
    features.push_back(Hash(Word).text(word).done());
    for (std::size_t n = 1; n <= 5 && n <= word.size(); ++n)
        features.push_back(Hash(Suffix).number(static_cast<unsigned>(n)).text(suffix(word, n)).done());
    for (std::size_t n = 1; n <= 4 && n <= word.size(); ++n)
        features.push_back(Hash(Prefix).number(static_cast<unsigned>(n)).text(word.substr(0, n)).done());
    features.push_back(Hash(Shape).text(shape).number(at == 0).done());
    features.push_back(Hash(Shape).text(shape).text(suffix(word, 2)).number(2).done());
    features.push_back(Hash(Shape).text(shape).number(classAt(sentence, i)).number(3U + (at == 0)).done());
    for (const int offset : {-2, -1, 1, 2}) {
        const auto place = static_cast<unsigned>(offset + 2);
        const auto other = wordAt(sentence, i + offset);
        features.push_back(Hash(Neighbour).number(place).text(other).done());
        features.push_back(Hash(Class).number(place).number(classAt(sentence, i + offset)).done());
        if (offset == -1 || offset == 1) {
            features.push_back(Hash(NeighbourSuffix).number(place).text(suffix(other, 3)).done());
            features.push_back(Hash(Pair).number(place).text(word).text(other).done());
            if (i + offset >= 0 && i + offset < std::ssize(sentence.words))
                features.push_back(Hash(NeighbourShape)
                                       .number(place)
                                       .text(shapeOf(sentence.words[static_cast<std::size_t>(i + offset)]))
                                       .text(shape)
                                       .done());
        }
    }
    const auto own = classAt(sentence, i);
    const auto next = classAt(sentence, i + 1);
    features.push_back(Hash(Class).number(9).number(own).done());
    features.push_back(Hash(ClassPair).number(own).number(next).done());
    features.push_back(Hash(ClassPair).number(own).number(next).number(classAt(sentence, i + 2)).done());
    features.push_back(Hash(ClassPair).number(own).number(classAt(sentence, i - 1)).number(next).number(7).done());
    features.push_back(Hash(ClassPair).number(own).text(wordAt(sentence, i + 1)).done());
    features.push_back(Hash(ClassPair).number(own).text(wordAt(sentence, i - 1)).number(1).done());
}

void addTagFeatures(const TaggerSentence &sentence, std::size_t at, int before, int beforeThat,
                    std::vector<Feature> &features)
{
    const auto i = static_cast<std::ptrdiff_t>(at);
    const auto last = static_cast<unsigned>(before);
    const auto lastButOne = static_cast<unsigned>(beforeThat);
    const auto word = wordAt(sentence, i);
    const auto own = classAt(sentence, i);
    const auto next = classAt(sentence, i + 1);
    features.push_back(Hash(TagBefore).number(last).done());
    features.push_back(Hash(TwoTags).number(last).number(lastButOne).done());
    features.push_back(Hash(TagWord).number(last).text(word).done());
    features.push_back(Hash(TagClass).number(last).number(own).done());
    features.push_back(Hash(TagClasses).number(last).number(own).number(next).done());
    features.push_back(Hash(TagSuffix).number(last).text(suffix(word, 3)).done());
    features.push_back(Hash(TagNext).number(last).text(wordAt(sentence, i + 1)).done());
    features.push_back(Hash(TwoTagsClass).number(last).number(lastButOne).number(own).done());
    features.push_back(Hash(TwoTagsClass).number(lastButOne).text(word).number(1).done());
}

void addNextTagFeatures(const TaggerSentence &sentence, std::size_t at, int before, int next, int nextButOne,
                        std::vector<Feature> &features)
{
    const auto i = static_cast<std::ptrdiff_t>(at);
    const auto behind = static_cast<unsigned>(next);
    const auto word = wordAt(sentence, i);
    const auto own = classAt(sentence, i);
    features.push_back(Hash(NextTag).number(behind).done());
    features.push_back(Hash(NextTags).number(behind).number(static_cast<unsigned>(nextButOne)).done());
    features.push_back(Hash(AroundTags).number(static_cast<unsigned>(before)).number(behind).done());
    features.push_back(Hash(AroundTags).number(static_cast<unsigned>(before)).number(behind).number(own).done());
    features.push_back(Hash(NextTagWord).number(behind).text(word).done());
    features.push_back(Hash(NextTagClass).number(behind).number(own).done());
    features.push_back(Hash(NextTagClass).number(behind).number(static_cast<unsigned>(nextButOne)).number(own).done());
}

} // namespace photolex::text
