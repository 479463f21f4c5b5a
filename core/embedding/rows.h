// Rows on disk: the image network's features, or one encoder's points.
//
// One append-only file: a head (magic, version, dimension, hash of the network or encoder), then blocks of rows. A row
// is the photo's id and `dimension` float16; a block carries its row count and an XXH3 checksum. A torn last block is
// cut off when the file is opened for writing and ignored when it is opened for reading. Ids travel with rows; a later
// row of the same photo replaces the earlier one; a row with id −p forgets photo p.
#pragma once

#include "core/base/ids.h"
#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace photolex::embedding {

// Names of row files in a library (Catalogue::rowFile): one for each image network, one for each encoder.
std::string featureRowsName(std::string_view networkHash);
std::string pointRowsName(std::string_view encoderHash);

// The living rows of one file, n × dimension, in memory as float16; rows are in order of photo id.
class Rows {
public:
    // NotFound: no file. Corrupt: a block inside the file fails its checksum (the rows of good blocks are in the
    // message's count; `recover` reads them). Unsupported: newer version. `hash` given and different: Invalid.
    static Result<std::shared_ptr<const Rows>> open(const std::filesystem::path &file, std::string_view hash = {});
    // As open, but damaged blocks are stepped over.
    static Result<std::shared_ptr<const Rows>> recover(const std::filesystem::path &file);
    // From memory; values n × dimension float32. For tests, and for rows that are made on the fly.
    static std::shared_ptr<const Rows> fromMemory(std::vector<PhotoId> ids, std::span<const float> values,
                                                  int dimension);

    std::size_t size() const { return m_ids.size(); }
    int dimension() const { return m_dimension; }
    const std::string &hash() const { return m_hash; }
    std::span<const PhotoId> ids() const { return m_ids; }
    std::span<const std::uint16_t> halves() const { return m_halves; } // n × dimension
    std::vector<float> row(std::size_t index) const;                   // widened
    std::ptrdiff_t indexOf(PhotoId photo) const;                       // −1: none
    // Photos whose row holds NaN or infinity: left out of all the above, and best indexed again.
    std::span<const PhotoId> unusable() const { return m_unusable; }

private:
    static Result<std::shared_ptr<const Rows>> read(const std::filesystem::path &file, std::string_view hash,
                                                    bool despiteDamage);
    void settle(std::span<const std::int64_t> ids);

    std::vector<PhotoId> m_unusable;
    std::vector<PhotoId> m_ids;
    std::vector<std::uint16_t> m_halves;
    int m_dimension = 0;
    std::string m_hash;
};

// The photos that have a row of use in the file, in order of id, without keeping the rows in memory. Damaged blocks are
// stepped over. NotFound; Invalid: another hash.
Result<std::vector<PhotoId>> rowIds(const std::filesystem::path &file, std::string_view hash);

// For a file that open calls Corrupt: the rows of its good blocks in a new file, the damaged one kept beside it
// (NAME.aside1). The count of rows kept, forgetting ones included. Photos that lost their row are indexed again.
Result<std::size_t> repair(const std::filesystem::path &file);

// One writer a file: the library's lock sees to that, and a lock on the file itself (Busy).
class RowWriter {
public:
    // Makes the file, or opens it and cuts off a torn block. A file with another hash or dimension is set aside
    // (renamed NAME.aside1), a damaged one too once its good blocks are carried over. Unsupported: newer version.
    static Result<RowWriter> open(const std::filesystem::path &file, int dimension, std::string_view hash);

    // Invalid: a value that is not finite, a row of length zero, another dimension.
    Result<> append(PhotoId photo, std::span<const float> row);
    Result<> forget(PhotoId photo);
    // Writes the open block and syncs. After this the rows survive kill −9 and power loss. DiskFull leaves the file
    // whole.
    Result<> flush();
    std::size_t pending() const;

    RowWriter(RowWriter &&) noexcept;
    RowWriter &operator=(RowWriter &&) noexcept;
    ~RowWriter(); // flushes; errors are lost, so flush first

private:
    RowWriter();
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

// scores[i] = row i · point. Dispatches to AVX2 + F16C at run time. `scores` has rows.size() places.
void scoreAll(const Rows &rows, std::span<const float> point, std::span<float> scores);
// The same for the rows from `first` on, as many as `scores` has places: for work that is cut into pieces.
void scoreSome(const Rows &rows, std::size_t first, std::span<const float> point, std::span<float> scores);

} // namespace photolex::embedding
