// Bundles of ready-made rows: points that somebody computed elsewhere, with the paths of their photos, and perhaps
// points of sentences (core/joint/ready_rows.h). They hold no network, no words, and no code.
//
// Network and encoder of such a bundle are of the kind "rows". What they name:
//
//     the network's file   `points` n × d, float32 rows of length 1, one a photo
//     paths.zero           n paths as they were given, each with a zero byte behind it
//     the encoder's file   `texts` m × d, float32 rows of length 1, one a sentence; nothing, where no sentences came
//     sentences.txt        m sentences, one a line
#pragma once

#include "core/model/bundle.h"

#include <string_view>

namespace photolex::model {

inline constexpr std::string_view rowsKind = "rows";
inline constexpr std::string_view rowPathsFile = "paths.zero", rowSentencesFile = "sentences.txt";

inline bool holdsReadyRows(const Manifest &manifest)
{
    return manifest.network.kind == rowsKind;
}

} // namespace photolex::model
