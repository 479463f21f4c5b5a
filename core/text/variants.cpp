// Other spellings of one word. Each rule only proposes; what the vocabulary does not hold is never used, so a rule may
// be generous where a wrong proposal is no word.
#include "core/text/text.h"

#include <algorithm>
#include <array>
#include <utility>

namespace photolex::text {

namespace {

using Pair = std::pair<std::string_view, std::string_view>;

constexpr std::array<Pair, 14> irregulars = {{{"child", "children"},
                                              {"foot", "feet"},
                                              {"goose", "geese"},
                                              {"knife", "knives"},
                                              {"leaf", "leaves"},
                                              {"loaf", "loaves"},
                                              {"man", "men"},
                                              {"mouse", "mice"},
                                              {"person", "people"},
                                              {"scarf", "scarves"},
                                              {"shelf", "shelves"},
                                              {"tooth", "teeth"},
                                              {"wolf", "wolves"},
                                              {"woman", "women"}}};

// What no rule gives.
constexpr std::array<Pair, 37> spellings = {{{"aeroplane", "airplane"},
                                             {"aluminium", "aluminum"},
                                             {"anaesthetic", "anesthetic"},
                                             {"archaeology", "archeology"},
                                             {"artefact", "artifact"},
                                             {"axe", "ax"},
                                             {"barbecue", "barbeque"},
                                             {"barbecue", "bbq"},
                                             {"cheque", "check"},
                                             {"chequered", "checkered"},
                                             {"cosy", "cozy"},
                                             {"disc", "disk"},
                                             {"doughnut", "donut"},
                                             {"draught", "draft"},
                                             {"encyclopaedia", "encyclopedia"},
                                             {"grey", "gray"},
                                             {"greyish", "grayish"},
                                             {"jewellery", "jewelry"},
                                             {"ketchup", "catsup"},
                                             {"kerb", "curb"},
                                             {"mollusc", "mollusk"},
                                             {"mould", "mold"},
                                             {"moustache", "mustache"},
                                             {"mum", "mom"},
                                             {"ok", "okay"},
                                             {"omelette", "omelet"},
                                             {"plough", "plow"},
                                             {"programme", "program"},
                                             {"pyjama", "pajama"},
                                             {"pyjamas", "pajamas"},
                                             {"racquet", "racket"},
                                             {"storey", "story"},
                                             {"sulphur", "sulfur"},
                                             {"tyre", "tire"},
                                             {"whisky", "whiskey"},
                                             {"woollen", "woolen"},
                                             {"yoghurt", "yogurt"}}};

// Endings that differ by country, each with what may follow it.
constexpr std::array<Pair, 16> endings = {{{"tre", "ter"},
                                           {"bre", "ber"},
                                           {"ise", "ize"},
                                           {"ised", "ized"},
                                           {"ising", "izing"},
                                           {"isation", "ization"},
                                           {"yse", "yze"},
                                           {"ogue", "og"},
                                           {"lled", "led"},
                                           {"lling", "ling"},
                                           {"ller", "ler"},
                                           {"llers", "lers"},
                                           {"ence", "ense"},
                                           {"tres", "ters"},
                                           {"bres", "bers"},
                                           {"ogues", "ogs"}}};

void addBothWays(std::string_view word, const Pair &pair, std::vector<std::string> &found)
{
    if (word == pair.first)
        found.emplace_back(pair.second);
    if (word == pair.second)
        found.emplace_back(pair.first);
}

void addOtherCountry(const std::string &word, std::vector<std::string> &found)
{
    for (const auto &pair : spellings)
        addBothWays(word, pair, found);
    if (word.size() < 5)
        return;
    for (const auto &[british, american] : endings)
        for (const auto &[from, to] : {Pair{british, american}, Pair{american, british}})
            if (word.size() > from.size() + 1 && word.ends_with(from))
                found.push_back(word.substr(0, word.size() - from.size()) + std::string(to));
    // Inside, for what is built on it: colour, colourful, neighbourhood.
    for (const auto &[from, to] : {Pair{"our", "or"}, Pair{"or", "our"}})
        for (auto at = word.find(from, 2); at != std::string::npos; at = word.find(from, at + 1))
            found.push_back(word.substr(0, at) + std::string(to) + word.substr(at + from.size()));
}

// Likeliest first.
void addOtherNumber(const std::string &word, std::vector<std::string> &found)
{
    for (const auto &pair : irregulars)
        addBothWays(word, pair, found);
    if (word.size() < 3)
        return;
    const auto changed = [&](std::size_t without, std::string_view instead) {
        found.push_back(word.substr(0, word.size() - without) + std::string(instead));
    };
    const bool isHissing = word.ends_with("s") || word.ends_with("x") || word.ends_with("z") || word.ends_with("ch") ||
                           word.ends_with("sh");
    if (word.size() > 4 && word.ends_with("ies"))
        changed(3, "y");
    if (word.size() > 4 && word.ends_with("ves"))
        changed(3, "f");
    // Before the ending "es": planes are no plan.
    if (word.ends_with("s") && !word.ends_with("ss"))
        changed(1, "");
    if (word.size() > 3 && word.ends_with("es"))
        changed(2, "");
    // postwoman, snowmen, grandchildren
    for (const auto &[one, many] : {Pair{"man", "men"}, Pair{"child", "children"}})
        for (const auto &[from, to] : {Pair{one, many}, Pair{many, one}})
            if (word.size() > from.size() && word.ends_with(from))
                changed(from.size(), to);
    if (word.ends_with("y"))
        changed(1, "ies");
    changed(0, isHissing ? "es" : "s");
    if (word.ends_with("o"))
        changed(0, "es");
}

} // namespace

std::vector<std::string> variants(const std::string &word)
{
    // In its other number, then as the other country writes either, then that in its other number: moustaches,
    // mustaches.
    std::vector<std::string> found = {word};
    addOtherNumber(word, found);
    const auto own = found.size();
    for (std::size_t i = 0; i < own; ++i)
        addOtherCountry(std::string(found[i]), found); // a copy: adding moves the strings
    const auto all = found.size();
    for (std::size_t i = own; i < all; ++i)
        addOtherNumber(std::string(found[i]), found);
    // Once each, in order.
    std::vector<std::string> once;
    for (auto &one : found)
        if (one != word && std::ranges::find(once, one) == once.end())
            once.push_back(std::move(one));
    return once;
}

} // namespace photolex::text
