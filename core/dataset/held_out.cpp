#include "core/dataset/held_out.h"

#include "core/base/bytes.h"
#include "core/dataset/kept_p.h"
#include "core/dataset/lines_p.h"
#include "core/text/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <iterator>

namespace photolex::dataset {

namespace {

std::string nameOf(std::string_view key)
{
    return std::filesystem::path(std::string(key)).stem().native();
}

std::string wordsOf(std::string_view caption)
{
    return fmt::format("{}", fmt::join(text::tokenize(caption), " "));
}

} // namespace

void HeldOut::add(const Dataset &evaluated)
{
    for (const auto &key : evaluated.keys)
        m_names.insert(nameOf(key));
    for (const auto &caption : evaluated.captions)
        if (auto words = wordsOf(caption.text); !words.empty())
            m_captions.insert(std::move(words));
}

Result<> HeldOut::addNames(const std::filesystem::path &table)
{
    const auto text = readTextFile(table);
    if (!text)
        return fail(text.error());
    std::vector<std::string> found;
    eachLine(*text, [&](std::string_view line, std::size_t) {
        std::vector<std::string> names;
        for (const auto field : fieldsOf(line))
            if (std::filesystem::path(std::string(field)).has_extension())
                names.push_back(nameOf(field));
        if (std::ranges::any_of(names, [&](const auto &name) { return m_names.contains(name); }))
            std::ranges::move(names, std::back_inserter(found));
    });
    m_names.insert(found.begin(), found.end());
    return {};
}

HeldOut::Removed HeldOut::removeFrom(Dataset &training) const
{
    Removed removed;
    const auto before = static_cast<std::int64_t>(training.captions.size());
    std::vector<bool> keep(training.keys.size(), true);
    for (std::size_t i = 0; i < training.keys.size(); ++i)
        if (m_names.contains(nameOf(training.keys[i]))) {
            keep[i] = false;
            ++removed.byName;
        }
    const auto isSame = [&](const Caption &caption) { return m_captions.contains(wordsOf(caption.text)); };
    std::vector<bool> describes(training.keys.size(), false); // has a caption left
    std::erase_if(training.captions, [&](const Caption &caption) {
        const auto place = static_cast<std::size_t>(caption.image);
        if (!keep[place])
            return false; // goes with its photo
        if (isSame(caption)) {
            if (!training.hasImages()) {
                keep[place] = false;
                ++removed.byCaption;
            }
            return true;
        }
        describes[place] = true;
        return false;
    });
    // A photo that no caption tells of any more goes too.
    for (std::size_t i = 0; i < keep.size(); ++i)
        if (keep[i] && !describes[i]) {
            keep[i] = false;
            ++removed.byCaption;
        }
    training = keptOf(training, keep);
    removed.captions = before - static_cast<std::int64_t>(training.captions.size());
    return removed;
}

HeldOut::Leaks HeldOut::leaks(const Dataset &training) const
{
    Leaks leaks;
    const auto note = [&](const std::string &what) {
        if (leaks.first.empty())
            leaks.first = displayText(what);
    };
    for (const auto &key : training.keys)
        if (m_names.contains(nameOf(key))) {
            ++leaks.photos;
            note(key);
        }
    for (const auto &caption : training.captions)
        if (m_captions.contains(wordsOf(caption.text))) {
            ++leaks.captions;
            note(caption.text);
        }
    return leaks;
}

} // namespace photolex::dataset
