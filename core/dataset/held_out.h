// Photos and captions that figures are measured on, and what of the training sets gives them away.
//
//     dataset::HeldOut heldOut;
//     heldOut.add(dev);
//     heldOut.add(test);
//     heldOut.addNames("flickr8k_in_flickr30k.tsv");   // the same photos under another name
//     const auto removed = heldOut.removeFrom(texts);
//     heldOut.leaks(texts).captions;                   // 0
//
// Two captions are the same when their words are (text::tokenize): case, punctuation and spaces say nothing. Two photos
// are the same when their files' names are, extension and folder apart.
#pragma once

#include "core/dataset/dataset.h"

#include <string>
#include <unordered_set>

namespace photolex::dataset {

class HeldOut {
public:
    void add(const Dataset &evaluated); // every photo and caption of it; call before addNames
    // A table, tabs between: what stands in a line with the name of a held-out photo and is a file name too (it has an
    // extension) is another name of that photo.
    Result<> addNames(const std::filesystem::path &table);

    bool isEmpty() const { return m_names.empty() && m_captions.empty(); }
    std::size_t captions() const { return m_captions.size(); } // different ones
    std::size_t names() const { return m_names.size(); }

    struct Removed {
        std::int64_t byName = 0, byCaption = 0; // photos or groups that went whole
        std::int64_t captions = 0;              // captions that went, with them or alone
    };
    // Of a set of texts, a group that has a name or a caption in common goes whole: its other sentences tell of the
    // same photo. Of photos, those with a name in common go, and of the others only the caption: what two people wrote
    // of two photos may well be the same.
    Removed removeFrom(Dataset &training) const;

    struct Leaks {
        std::int64_t photos = 0, captions = 0; // still there
        std::string first;                     // the first of them
    };
    Leaks leaks(const Dataset &training) const;

private:
    std::unordered_set<std::string> m_names;    // without extension
    std::unordered_set<std::string> m_captions; // words with spaces between
};

} // namespace photolex::dataset
