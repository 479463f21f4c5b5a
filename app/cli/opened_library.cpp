#include "app/cli/opened_library.h"

#include "core/embedding/rows.h"
#include "core/indexing/indexer.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace photolex::cli {

namespace {

Result<> fillWhereMissing(const OpenedLibrary &opened, const Context &context)
{
    std::error_code ignored;
    if (std::filesystem::exists(opened.catalogue->rowFile(embedding::pointRowsName(opened.encoder->hash())), ignored))
        return {};
    const auto features =
        opened.catalogue->rowFile(embedding::featureRowsName(opened.bundle->manifest().network.sha256));
    if (!opened.encoder->readyRows() && !std::filesystem::exists(features, ignored))
        return {};
    auto writing = openForWriting(context);
    if (!writing)
        return fail(writing.error());
    auto filled =
        indexing::fillPoints(**writing, *opened.encoder, opened.bundle->manifest().network.sha256, context.stop);
    if (!filled)
        return fail(filled.error());
    return {};
}

Result<OpenedLibrary> openCatalogueAndBundle(const Context &context)
{
    OpenedLibrary opened;
    auto catalogue = openForReading(context);
    if (!catalogue)
        return fail(catalogue.error());
    opened.catalogue = std::move(*catalogue);
    auto bundle = model::openBundle(context.bundle);
    if (!bundle)
        return fail(bundle.error());
    opened.bundle = std::move(*bundle);
    return opened;
}

Result<OpenedLibrary> withEncoder(Result<OpenedLibrary> opened, const std::string &id, const Context &context)
{
    if (!opened)
        return opened;
    auto encoder = joint::Encoder::open(opened->bundle, id);
    if (!encoder)
        return fail(encoder.error());
    opened->encoder = std::move(*encoder);
    if (auto filled = fillWhereMissing(*opened, context); !filled)
        return fail(filled.error());
    auto engine = search::Engine::create(opened->catalogue, opened->encoder);
    if (!engine)
        return fail(engine.error());
    opened->engine = std::move(*engine);
    return opened;
}

} // namespace

Result<OpenedLibrary> openLibrary(const std::string &encoder, const Context &context)
{
    return withEncoder(openCatalogueAndBundle(context), encoder, context);
}

Result<ChosenEncoder> chooseEncoder(const std::string &name, const Context &context)
{
    ChosenEncoder chosen{.bundle = nullptr, .id = name, .context = context};
    auto own = model::openBundle(context.bundle);
    if (own && (*own)->encoder(name)) {
        chosen.bundle = std::move(*own);
        return chosen;
    }
    const auto slash = name.rfind('/');
    chosen.context.bundle = name.substr(0, slash);
    chosen.id = slash == std::string::npos ? std::string() : name.substr(slash + 1);
    const auto installed = model::installedBundles();
    const bool isThere =
        std::ranges::any_of(installed, [&](const model::Installed &each) { return each.id == chosen.context.bundle; });
    if (slash == std::string::npos && !isThere) {
        if (!own)
            return fail(own.error());
        std::vector<std::string> names;
        for (const auto &encoder : (*own)->manifest().encoders)
            names.push_back(encoder.id);
        for (const auto &each : installed)
            names.push_back(each.id);
        return fail(Errc::NotFound, name,
                    fmt::format("no encoder of the bundle {} and no installed bundle; there are: {}",
                                (*own)->manifest().id, fmt::join(names, ", ")));
    }
    auto bundle = model::openBundle(chosen.context.bundle);
    if (!bundle)
        return fail(bundle.error());
    const auto *entry = (*bundle)->encoder(chosen.id);
    if (!entry)
        return fail(Errc::NotFound, name,
                    fmt::format("the bundle {} has no encoder {}", (*bundle)->manifest().id, chosen.id));
    chosen.id = entry->id;
    chosen.bundle = std::move(*bundle);
    return chosen;
}

Result<OpenedLibrary> openLinearLibrary(const std::string &encoder, const Context &context)
{
    auto opened = openCatalogueAndBundle(context);
    std::string id = encoder;
    if (opened && id.empty()) {
        const auto &encoders = opened->bundle->manifest().encoders;
        const auto linear = std::ranges::find(encoders, "linear", &model::EncoderEntry::kind);
        if (linear != encoders.end())
            id = linear->id;
    }
    return withEncoder(std::move(opened), id, context);
}

} // namespace photolex::cli
