#include "core/dataset/tagged.h"

#include "core/base/bytes.h"
#include "core/dataset/lines_p.h"

#include <fmt/format.h>

namespace photolex::dataset {

Result<std::vector<TaggedSentence>> loadTagged(const std::filesystem::path &file)
{
    const auto subject = displayText(file);
    const auto text = readTextFile(file);
    if (!text)
        return fail(text.error());
    if (!isValidUtf8(*text))
        return fail(Errc::Corrupt, subject, "it is not UTF-8");
    std::vector<TaggedSentence> sentences(1);
    std::size_t wrong = 0;
    eachLine(*text, [&](std::string_view line, std::size_t number) {
        if (line.empty()) {
            if (!sentences.back().words.empty())
                sentences.emplace_back();
            return;
        }
        const auto fields = fieldsOf(line);
        if (fields.size() != 2 || fields[0].empty() || fields[1].empty()) {
            wrong = wrong == 0 ? number : wrong;
            return;
        }
        sentences.back().words.emplace_back(fields[0]);
        sentences.back().tags.emplace_back(fields[1]);
    });
    if (wrong > 0)
        return fail(Errc::Corrupt, subject, fmt::format("line {} is no word and tag with a tab between", wrong));
    if (sentences.back().words.empty())
        sentences.pop_back();
    if (sentences.empty())
        return fail(Errc::Invalid, subject, "it holds no sentence");
    return sentences;
}

} // namespace photolex::dataset
