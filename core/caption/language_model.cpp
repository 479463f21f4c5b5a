#include "core/caption/language_model.h"

#include "core/base/bytes.h"
#include "core/base/neural_module.h"
#include "core/text/text.h"

#include <array>
#include <atomic>

namespace photolex::caption {

namespace {
std::atomic<LanguageModel::Backend> languageBackend = nullptr;
constexpr std::array<std::string_view, 3> kindNames = {"lbl", "mlbl", "sc-nlm"};
} // namespace

void Rows::add(std::span<const std::int32_t> words, std::size_t place, std::span<const std::uint8_t> tags,
               std::uint8_t beyond)
{
    for (std::size_t i = 1; i <= contextLength; ++i)
        contexts.push_back(i <= place ? words[place - i] : text::Vocabulary::begin);
    for (std::size_t i = 0; i < tagWindow; ++i)
        windows.push_back(place + i < tags.size() ? tags[place + i] : beyond);
}

std::string_view kindName(Kind kind)
{
    return kindNames[static_cast<std::size_t>(kind)];
}

Result<Kind> kindFrom(std::string_view name)
{
    for (std::size_t i = 0; i < kindNames.size(); ++i)
        if (kindNames[i] == name)
            return static_cast<Kind>(i);
    return fail(Errc::Invalid, displayText(name), "a language model is lbl, mlbl or sc-nlm");
}

void LanguageModel::setBackend(Backend backend)
{
    languageBackend = backend;
}

Result<std::shared_ptr<const LanguageModel>> LanguageModel::open(const std::filesystem::path &file, Kind kind,
                                                                 const Shape &shape)
{
    if (auto opened = openNeuralModule(); !opened)
        return fail(opened.error());
    const auto backend = languageBackend.load();
    if (!backend)
        return fail(Errc::Internal, "neural module", "it brings no language models");
    return backend(file, kind, shape);
}

} // namespace photolex::caption
