#include "core/caption/language_model.h"

#include "core/base/bytes.h"
#include "core/base/neural_module.h"

#include <array>
#include <atomic>

namespace photolex::caption {

namespace {
std::atomic<LanguageModel::Backend> languageBackend = nullptr;
constexpr std::array<std::string_view, 3> kindNames = {"lbl", "mlbl", "sc-nlm"};
} // namespace

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
