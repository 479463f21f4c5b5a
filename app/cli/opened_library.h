// A library opened for questions, shared by the commands that ask it.
#pragma once

#include "app/cli/command.h"
#include "core/model/bundle.h"
#include "core/search/search.h"

namespace photolex::cli {

// The catalogue, and one of the bundle's encoders over its rows.
struct OpenedLibrary {
    std::shared_ptr<catalogue::Catalogue> catalogue;
    std::shared_ptr<const model::Bundle> bundle;
    std::shared_ptr<const joint::Encoder> encoder;
    std::shared_ptr<search::Engine> engine;
};

// An empty encoder is the bundle's default one. Rows of another encoder are made from the stored features when they are
// asked for first.
Result<OpenedLibrary> openLibrary(const std::string &encoder, const Context &context);

// An encoder by a name that may tell its bundle: an encoder of the command's own bundle, else BUNDLE/ENCODER, else the
// id of an installed bundle, whose default encoder is meant.
struct ChosenEncoder {
    std::shared_ptr<const model::Bundle> bundle;
    std::string id;  // in it
    Context context; // the command's, with that bundle
};
// NotFound: none of these.
Result<ChosenEncoder> chooseEncoder(const std::string &name, const Context &context);

// An empty encoder is the bundle's first linear one: in its space words and photos add up.
Result<OpenedLibrary> openLinearLibrary(const std::string &encoder, const Context &context);

} // namespace photolex::cli
