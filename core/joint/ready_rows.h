// Points that somebody computed elsewhere, as an encoder: a matrix of photos with their paths, and perhaps one of
// sentences (core/model/ready_rows.h says how a bundle holds them).
//
// Such an encoder computes nothing. It has points of the photos that came with it and of no others, and knows the
// sentences that came with it, each as a whole, and no others; without sentences it has no text side. Whether a row is
// still true of a photo that was edited since, nobody here can know: whoever computed it answers for it.
#pragma once

#include "core/base/result.h"
#include "core/base/tensor_file.h"
#include "core/joint/encoder.h"
#include "core/joint/installing.h"
#include "core/model/bundle.h"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace photolex::joint {

class ReadyRows {
public:
    // Corrupt: the numbers of rows, paths and sentences differ.
    static Result<std::shared_ptr<const ReadyRows>> open(const model::Bundle &bundle);

    std::size_t size() const { return m_paths.size(); }
    const std::vector<std::string> &paths() const { return m_paths; } // bytes, as they were given
    std::vector<float> row(std::size_t index) const;                  // dimension numbers, length 1
    // One row a photo, n × dimension; photos are found as matchPaths does. NotFound: the first that no row is of.
    Result<std::vector<float>> pointsOf(std::span<const std::filesystem::path> photos) const;

    const std::vector<std::string> &sentences() const { return m_sentences; } // empty: there is no text side
    std::vector<float> sentenceRow(std::size_t index) const;
    // By its letters, else by its words: case and punctuation do not matter then. −1: it did not come.
    std::ptrdiff_t sentence(std::string_view text) const;

private:
    TensorFile m_points, m_texts;
    std::vector<std::string> m_paths, m_sentences;
    std::unordered_map<std::string, std::size_t> m_byText, m_byWords;
};

Result<std::shared_ptr<const Encoder>> openReadyRows(const model::Bundle &bundle);

// Which row is of which photo. A path that is absolute is that photo; else the photo is looked for whose path ends with
// it (it was relative to some folder), and then, for either, the one photo of its name, when no other row has that name
// (the photos lie elsewhere here).
struct PathMatch {
    std::vector<std::ptrdiff_t> rowOf;                // of each photo; −1: none
    std::size_t byPath = 0, byEnding = 0, byName = 0; // rows that were found so
    std::vector<std::size_t> unmatched;               // rows without a photo
    std::vector<std::size_t> ambiguous;               // rows that several photos could be meant by, or several rows
                                                      // one photo by
};
PathMatch matchPaths(std::span<const std::string> rows, std::span<const std::string> photos); // photos: absolute

struct RowFiles {
    std::filesystem::path rows;             // .npy, n × d
    std::filesystem::path paths;            // a table with a column "path", or one path a line; in the order of `rows`
    std::filesystem::path texts, sentences; // .npy, m × d, and text with one sentence a line; both or neither
    std::filesystem::path root;             // relative paths are meant from here; empty: they stay as they are
    std::string id;                         // of the bundle
    std::string licence;                    // empty: not told
};
struct ImportedRows {
    model::Installed installed;
    int dimension = 0;
    std::size_t rows = 0, sentences = 0;
    std::vector<ImportCheck> checks; // all passed
};
// Makes a bundle of them among the user's models. Rows are scaled to length 1. Errors of readNpy, and besides Invalid:
// the id is taken or no plain name, a count or dimension that does not fit, a path twice, a row that is not finite or
// all zero, rows that are all the same; the detail names row and path, and what to do. A refusal leaves nothing behind.
Result<ImportedRows> importRows(const RowFiles &files, const std::stop_token &stop);

} // namespace photolex::joint
