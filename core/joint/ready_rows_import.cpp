// Matrices and lists from elsewhere into a bundle.
#include "core/base/bytes.h"
#include "core/base/csv.h"
#include "core/base/lines.h"
#include "core/base/npy.h"
#include "core/joint/ready_rows.h"
#include "core/joint/staging_p.h"
#include "core/model/outside.h"
#include "core/model/ready_rows.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <unordered_map>

namespace photolex::joint {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t mostDimensions = 4096;

std::ptrdiff_t pathColumn(const std::vector<std::string> &names)
{
    for (const std::string_view wanted : {"path", "file", "filename", "image", "photo"})
        if (const auto found = std::ranges::find(names, wanted); found != names.end())
            return found - names.begin();
    return -1;
}

Result<std::vector<std::string>> readPaths(const fs::path &file, const fs::path &root)
{
    const auto text = readTextFile(file);
    if (!text)
        return fail(text.error());
    const auto subject = displayText(file);
    std::vector<std::string> paths;
    constexpr std::string_view mark = "\xEF\xBB\xBF"; // that some programs put before UTF-8
    const auto lines = linesOf(std::string_view(*text).substr(text->starts_with(mark) ? mark.size() : 0));
    const auto head = csvRecords(lines.empty() ? std::string_view() : lines.front(), subject);
    const auto column = head && !head->empty() ? pathColumn(head->front()) : -1;
    if (column >= 0) {
        auto records = csvRecords(*text, subject);
        if (!records)
            return fail(records.error());
        for (std::size_t i = 1; i < records->size(); ++i) {
            if ((*records)[i].size() <= static_cast<std::size_t>(column))
                return fail(Errc::Corrupt, subject, fmt::format("record {} has no path", i + 1));
            paths.push_back(std::move((*records)[i][static_cast<std::size_t>(column)]));
        }
    } else {
        for (const auto line : lines) {
            // A name may hold commas; one that stands in quotes is written as tables are.
            const auto quoted =
                line.starts_with('"') ? csvRecords(line, subject) : Result<std::vector<std::vector<std::string>>>();
            paths.push_back(quoted && !quoted->empty() ? quoted->front().front() : std::string(line));
        }
    }
    std::error_code ignored;
    const auto base = root.empty() ? root : fs::absolute(root, ignored);
    std::unordered_map<std::string, std::size_t> seen;
    for (std::size_t i = 0; i < paths.size(); ++i) {
        if (paths[i].empty() || paths[i].find('\0') != std::string::npos)
            return fail(Errc::Invalid, subject, fmt::format("path {} is empty, or no path", i + 1));
        const fs::path own = paths[i];
        paths[i] = (base / own).lexically_normal().native(); // an absolute one stays
        if (const auto [first, isNew] = seen.emplace(paths[i], i); !isNew)
            return fail(Errc::Invalid, subject,
                        fmt::format("\"{}\" stands there twice, as path {} and path {}: a photo has one row",
                                    displayText(paths[i]), first->second + 1, i + 1));
    }
    return paths;
}

Result<std::vector<std::string>> readLines(const fs::path &file)
{
    const auto text = readTextFile(file);
    if (!text)
        return fail(text.error());
    if (!isValidUtf8(*text))
        return fail(Errc::Corrupt, displayText(file), "it is not UTF-8");
    std::vector<std::string> sentences;
    for (const auto line : linesOf(*text))
        sentences.emplace_back(line);
    return sentences;
}

struct Lengths {
    double shortest = std::numeric_limits<double>::max(), longest = 0;
};

// Scales rows to length 1; `nameOf(row)` is what stands beside it in the other file.
template <class NameOf>
Result<Lengths> makeUnit(NpyMatrix &matrix, const fs::path &file, const NameOf &nameOf)
{
    Lengths lengths;
    for (std::size_t i = 0; i < matrix.rows; ++i) {
        auto row = std::span(matrix.values).subspan(i * matrix.columns, matrix.columns);
        double squares = 0;
        for (const float value : row)
            squares += static_cast<double>(value) * value;
        if (!(squares > 0) || !std::isfinite(squares))
            return fail(Errc::Invalid, displayText(file),
                        fmt::format("row {} ({}) {}: leave it out of both files, or compute it again", i + 1,
                                    displayText(nameOf(i)),
                                    std::isfinite(squares) ? "is all zero" : "holds a value that is not finite"));
        const auto length = std::sqrt(squares);
        lengths.shortest = std::min(lengths.shortest, length);
        lengths.longest = std::max(lengths.longest, length);
        for (auto &value : row)
            value = static_cast<float>(value / length);
    }
    return lengths;
}

bool areAllTheSame(const NpyMatrix &matrix)
{
    const auto first = std::span(matrix.values).first(matrix.columns);
    for (std::size_t i = 1; i < matrix.rows; ++i)
        if (!std::ranges::equal(first, std::span(matrix.values).subspan(i * matrix.columns, matrix.columns)))
            return false;
    return matrix.rows > 1;
}

std::string lengthText(const Lengths &lengths)
{
    return std::abs(lengths.shortest - 1) < 1e-3 && std::abs(lengths.longest - 1) < 1e-3
               ? std::string("points have length 1")
               : fmt::format("lengths {:.3g} to {:.3g}: scaled to 1 here", lengths.shortest, lengths.longest);
}

// What is read and checked, before anything is written.
struct Read {
    NpyMatrix rows, texts; // texts: 0 rows where there are none
    std::vector<std::string> paths, sentences;
    std::vector<ImportCheck> checks;
};

Result<Read> readAll(const RowFiles &files)
{
    Read read;
    auto rows = readNpy(files.rows);
    if (!rows)
        return fail(rows.error());
    read.rows = std::move(*rows);
    if (read.rows.columns < 2 || read.rows.columns > mostDimensions)
        return fail(Errc::Invalid, displayText(files.rows),
                    fmt::format("a row has {} numbers, allowed are 2 to {}", read.rows.columns, mostDimensions));
    auto paths = readPaths(files.paths, files.root);
    if (!paths)
        return fail(paths.error());
    read.paths = std::move(*paths);
    if (read.paths.size() != read.rows.rows)
        return fail(Errc::Invalid, displayText(files.paths),
                    fmt::format("it has {} paths, {} has {} rows: one path a row is wanted, in the same order",
                                read.paths.size(), displayText(files.rows), read.rows.rows));
    const auto lengths = makeUnit(read.rows, files.rows, [&](std::size_t i) { return read.paths[i]; });
    if (!lengths)
        return fail(lengths.error());
    if (areAllTheSame(read.rows))
        return fail(Errc::Invalid, displayText(files.rows), "all its rows are the same: compute them again");
    read.checks = {{"shapes", true, fmt::format("{} rows of {} numbers", read.rows.rows, read.rows.columns)},
                   {"paths", true, fmt::format("{}, each once", read.paths.size())},
                   {"values", true, "finite, and no row all zero"},
                   {"unit length", true, lengthText(*lengths)}};
    if (files.texts.empty())
        return read;
    auto texts = readNpy(files.texts);
    if (!texts)
        return fail(texts.error());
    read.texts = std::move(*texts);
    if (read.texts.columns != read.rows.columns)
        return fail(Errc::Invalid, displayText(files.texts),
                    fmt::format("a sentence has {} numbers, a photo {}: both must be of one space", read.texts.columns,
                                read.rows.columns));
    auto sentences = readLines(files.sentences);
    if (!sentences)
        return fail(sentences.error());
    read.sentences = std::move(*sentences);
    if (read.sentences.size() != read.texts.rows)
        return fail(Errc::Invalid, displayText(files.sentences),
                    fmt::format("it has {} lines, {} has {} rows: one sentence a line is wanted, in the same order",
                                read.sentences.size(), displayText(files.texts), read.texts.rows));
    const auto textLengths = makeUnit(read.texts, files.texts, [&](std::size_t i) { return read.sentences[i]; });
    if (!textLengths)
        return fail(textLengths.error());
    read.checks.push_back({"sentences", true, fmt::format("{}; {}", read.texts.rows, lengthText(*textLengths))});
    return read;
}

TensorData tensorOf(std::string name, NpyMatrix matrix)
{
    return {std::move(name),
            {static_cast<std::int64_t>(matrix.rows), static_cast<std::int64_t>(matrix.columns)},
            std::move(matrix.values),
            TensorType::Float32};
}

model::Manifest manifestOf(const RowFiles &files, const Read &read)
{
    const auto dimension = static_cast<int>(read.rows.columns);
    model::Manifest manifest;
    manifest.id = manifest.title = files.id;
    manifest.version = "1";
    manifest.licence = files.licence.empty() ? "not told: ask whoever computed the rows" : files.licence;
    manifest.provenance = fmt::format("Ready-made rows from outside: {} and {}", displayText(files.rows.filename()),
                                      displayText(files.paths.filename()));
    manifest.language = "en";
    manifest.network.kind = model::rowsKind;
    manifest.network.file = "points.safetensors";
    manifest.network.featureLayer = "output";
    manifest.network.featureDimension = dimension;
    model::EncoderEntry encoder;
    encoder.id = files.id;
    encoder.kind = model::rowsKind;
    encoder.name = read.sentences.empty() ? "Ready-made rows of photos" : "Ready-made rows of photos and sentences";
    encoder.dimension = encoder.wordDimension = dimension;
    encoder.file = "texts.safetensors";
    encoder.vocabulary = "words.txt";
    manifest.encoders = {encoder};
    manifest.files = {{std::string(model::rowPathsFile), {}}, {std::string(model::rowSentencesFile), {}}};
    return manifest;
}

Result<> writeBundle(const RowFiles &files, Read read, const fs::path &folder)
{
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        return fail(systemError(error.value(), displayText(folder)));
    const auto manifest = manifestOf(files, read);
    std::string paths, sentences;
    for (const auto &path : read.paths)
        paths.append(path).push_back('\0');
    for (const auto &sentence : read.sentences)
        sentences.append(sentence).push_back('\n');
    for (const auto &[name, text] : {std::pair(std::string(model::rowPathsFile), &paths),
                                     std::pair(std::string(model::rowSentencesFile), &sentences)})
        if (auto written = writeFileAtomically(folder / name, *text); !written)
            return written;
    if (auto written = writeFileAtomically(folder / "words.txt", std::string_view("<s>\n</s>\n")); !written)
        return written;
    std::vector<TensorData> points, texts;
    points.push_back(tensorOf("points", std::move(read.rows)));
    if (read.texts.rows > 0)
        texts.push_back(tensorOf("texts", std::move(read.texts)));
    if (auto written = writeTensorFile(folder / manifest.network.file, points); !written)
        return written;
    if (auto written = writeTensorFile(folder / manifest.encoders.front().file, texts); !written)
        return written;
    return model::writeManifest(folder, manifest);
}

} // namespace

Result<ImportedRows> importRows(const RowFiles &files, const std::stop_token &stop)
{
    if (files.texts.empty() != files.sentences.empty())
        return fail(Errc::Invalid, displayText(files.texts.empty() ? files.sentences : files.texts),
                    "rows of sentences need the sentences themselves beside them, and the other way round");
    const auto folder = model::stagingFolder(files.id);
    if (!folder)
        return fail(folder.error());
    const Staging staging(*folder);
    auto read = readAll(files);
    if (!read)
        return fail(read.error());
    ImportedRows imported{.installed = {},
                          .dimension = static_cast<int>(read->rows.columns),
                          .rows = read->rows.rows,
                          .sentences = read->sentences.size(),
                          .checks = std::move(read->checks)};
    if (stop.stop_requested())
        return fail(Errc::Cancelled, files.id, "nothing was installed");
    if (auto written = writeBundle(files, std::move(*read), staging.folder()); !written)
        return fail(written.error());
    const auto bundle = model::Bundle::open(staging.folder());
    if (!bundle)
        return fail(bundle.error());
    if (auto tested = selfTest(*bundle); !tested)
        return fail(tested.error());
    if (stop.stop_requested())
        return fail(Errc::Cancelled, files.id, "nothing was installed");
    auto installed = model::installStaged(files.id);
    if (!installed)
        return fail(installed.error());
    imported.installed = std::move(*installed);
    return imported;
}

} // namespace photolex::joint
