#include "app/cli/opened_library.h"

#include "core/embedding/rows.h"
#include "core/indexing/indexer.h"

#include <algorithm>

namespace photolex::cli {

namespace {

Result<> fillWhereMissing(const OpenedLibrary &opened, const Context &context)
{
    std::error_code ignored;
    if (std::filesystem::exists(opened.catalogue->rowFile(embedding::pointRowsName(opened.encoder->hash())), ignored))
        return {};
    const auto features =
        opened.catalogue->rowFile(embedding::featureRowsName(opened.bundle->manifest().network.sha256));
    if (!std::filesystem::exists(features, ignored))
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
