#include "core/model/bundle.h"
#include "core/model/names_p.h"
#include "core/model/ready_rows.h"

#include "core/base/bytes.h"
#include "core/base/hash.h"
#include "core/base/paths.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <fstream>
#include <set>

namespace photolex::model {

namespace {

constexpr std::string_view defaultBundle = "photolex-en";

// Collects everything that is wrong, so that nobody finds the faults one after another.
class Faults {
public:
    void add(Errc code, std::string line)
    {
        // The code of the whole is that of its worst part: what is missing can be fetched, what is corrupt must be
        // replaced.
        if (m_lines.empty() || code == Errc::Corrupt)
            m_code = code;
        m_lines.push_back(std::move(line));
    }
    bool any() const { return !m_lines.empty(); }
    Error error(std::string subject) const
    {
        return {m_code, std::move(subject), fmt::format("{}", fmt::join(m_lines, "\n"))};
    }

private:
    Errc m_code = Errc::Corrupt;
    std::vector<std::string> m_lines;
};

std::set<std::string> namedFiles(const Manifest &manifest)
{
    std::set<std::string> names = {"manifest.json", manifest.network.file};
    for (const auto &tail : manifest.network.tails)
        names.insert(tail.file);
    for (const auto &encoder : manifest.encoders)
        names.insert({encoder.file, encoder.vocabulary});
    for (const auto &[name, hash] : manifest.files)
        names.insert(name);
    return names;
}

void checkHash(Faults &faults, const std::filesystem::path &folder, const std::string &name,
               const std::string &expected)
{
    const auto hash = sha256HexOfFile(folder / name);
    if (!hash) {
        faults.add(hash.error().code, fmt::format("{}: {}", hash.error().subject, hash.error().detail));
        return;
    }
    if (*hash == expected)
        return;
    std::string what = "it does not match its checksum";
    if (name.ends_with(".safetensors"))
        if (const auto file = TensorFile::open(folder / name); !file)
            what = file.error().detail; // says what it is: a Git LFS pointer, an HTML page, ...
    faults.add(Errc::Corrupt, fmt::format("{}: {}", displayText(folder / name), what));
}

// A TorchScript archive is a zip file; what is in it only running it would tell.
void checkArchive(Faults &faults, const std::filesystem::path &file)
{
    constexpr std::string_view zip = "PK\x03\x04";
    std::string begin(zip.size(), '\0');
    std::ifstream(file, std::ios::binary).read(begin.data(), static_cast<std::streamsize>(begin.size()));
    if (begin != zip)
        faults.add(Errc::Corrupt, fmt::format("{}: it is no TorchScript archive", displayText(file)));
}

// rows of `name` must be one per word of the vocabulary, or the words are another bundle's.
void checkEncoder(Faults &faults, const std::filesystem::path &folder, const EncoderEntry &encoder,
                  int featureDimension)
{
    const auto subject = displayText(folder / encoder.file);
    const auto file = TensorFile::open(folder / encoder.file);
    if (!file) {
        faults.add(file.error().code, fmt::format("{}: {}", subject, file.error().detail));
        return;
    }
    const auto *map = file->find("image_map");
    if (!map || map->shape != std::vector<std::int64_t>{encoder.dimension, featureDimension})
        faults.add(Errc::Corrupt, fmt::format("{}: \"image_map\" is missing or has another shape", subject));
    const auto *words = file->find("words");
    if (!words || words->shape.size() != 2 || words->shape[1] != encoder.wordDimension) {
        faults.add(Errc::Corrupt, fmt::format("{}: \"words\" is missing or has another shape", subject));
        return;
    }
    for (const auto &[name, tensor] : file->tensors()) {
        const auto *scale = file->find(name + ".scale");
        if ((tensor.type == TensorType::UInt8) != (scale != nullptr) ||
            (scale && (tensor.shape.size() != 2 || scale->shape != std::vector<std::int64_t>{tensor.shape[0]})))
            faults.add(Errc::Corrupt, fmt::format("{}: \"{}.scale\" does not fit \"{}\"", subject, name, name));
    }
    const auto text = readTextFile(folder / encoder.vocabulary);
    if (text && std::ranges::count(*text, '\n') != words->shape[0])
        faults.add(Errc::Corrupt,
                   fmt::format("{}: it has {} words, the encoder \"{}\" {}", displayText(folder / encoder.vocabulary),
                               std::ranges::count(*text, '\n'), encoder.id, words->shape[0]));
}

bool belongsToTail(std::string_view tensor, int fromBlock)
{
    constexpr std::string_view blocks = "blocks.";
    if (!tensor.starts_with(blocks))
        return tensor.starts_with("head.");
    int block = -1;
    std::from_chars(tensor.data() + blocks.size(), tensor.data() + tensor.size(), block);
    return block >= fromBlock;
}

// The tail holds what it replaces in the network, tensor by tensor, and nothing else.
void checkTail(Faults &faults, const std::filesystem::path &folder, const TensorFile &network, const TailEntry &tail)
{
    const auto subject = displayText(folder / tail.file);
    const auto file = TensorFile::open(folder / tail.file);
    if (!file) {
        faults.add(file.error().code, fmt::format("{}: {}", subject, file.error().detail));
        return;
    }
    std::size_t replaced = 0;
    for (const auto &[name, view] : network.tensors()) {
        if (!belongsToTail(name, tail.fromBlock))
            continue;
        ++replaced;
        const auto *own = file->find(name);
        if (!own || own->shape != view.shape)
            faults.add(Errc::Corrupt, fmt::format("{}: \"{}\" is missing or has another shape", subject, name));
    }
    for (const auto &[name, view] : file->tensors())
        if (!belongsToTail(name, tail.fromBlock) || !network.find(name))
            faults.add(Errc::Corrupt, fmt::format("{}: \"{}\" is no part of the tail \"{}\"", subject, name, tail.id));
    if (replaced == 0)
        faults.add(Errc::Corrupt,
                   fmt::format("{}: the network has nothing after block {}", subject, tail.fromBlock - 1));
}

void checkTails(Faults &faults, const std::filesystem::path &folder, const NetworkEntry &entry)
{
    if (entry.tails.empty())
        return;
    const auto network = TensorFile::open(folder / entry.file);
    if (!network) {
        faults.add(network.error().code,
                   fmt::format("{}: {}", displayText(folder / entry.file), network.error().detail));
        return;
    }
    for (const auto &tail : entry.tails)
        checkTail(faults, folder, *network, tail);
}

// Values are looked at when the rows are opened; here it is their shapes, and that both sides are of one space.
void checkReadyRows(Faults &faults, const std::filesystem::path &folder, const Manifest &manifest)
{
    const auto &encoder = manifest.encoders.front();
    const auto check = [&](const std::string &name, std::string_view tensor, bool isNeeded) {
        const auto subject = displayText(folder / name);
        const auto file = TensorFile::open(folder / name);
        if (!file) {
            faults.add(file.error().code, fmt::format("{}: {}", subject, file.error().detail));
            return;
        }
        const auto *rows = file->find(tensor);
        if (!rows && !isNeeded)
            return;
        if (!rows || rows->type != TensorType::Float32 || rows->shape.size() != 2 ||
            rows->shape[1] != encoder.dimension)
            faults.add(Errc::Corrupt, fmt::format("{}: \"{}\" is missing or has another shape", subject, tensor));
    };
    check(manifest.network.file, "points", true);
    check(encoder.file, "texts", false);
    for (const auto name : {rowPathsFile, rowSentencesFile})
        if (!manifest.files.contains(std::string(name)))
            faults.add(Errc::Corrupt, fmt::format("{}: it has no checksum", displayText(folder / name)));
}

void collect(std::vector<Installed> &found, const std::filesystem::path &folder, bool ours)
{
    std::error_code ignored;
    std::vector<std::filesystem::path> folders;
    for (const auto &entry : std::filesystem::directory_iterator(folder, ignored))
        if (std::filesystem::exists(entry.path() / "manifest.json", ignored))
            folders.push_back(entry.path());
    std::ranges::sort(folders);
    for (const auto &path : folders) {
        const auto manifest = readManifest(path / "manifest.json");
        found.push_back({manifest ? manifest->id : displayText(path.filename()), path, ours});
    }
}

} // namespace

std::filesystem::path userModels()
{
    return paths::dataHome() / "models";
}

Result<std::shared_ptr<const Bundle>> Bundle::open(const std::filesystem::path &folder)
{
    const auto subject = displayText(folder);
    auto manifest = readManifest(folder / "manifest.json");
    if (!manifest)
        return fail(manifest.error());
    Faults faults;
    checkHash(faults, folder, manifest->network.file, manifest->network.sha256);
    for (const auto &tail : manifest->network.tails)
        checkHash(faults, folder, tail.file, tail.sha256);
    for (const auto &[name, hash] : manifest->files)
        checkHash(faults, folder, name, hash);
    for (const auto &encoder : manifest->encoders) {
        checkHash(faults, folder, encoder.file, encoder.sha256);
        if (!manifest->files.contains(encoder.vocabulary))
            faults.add(Errc::Corrupt, fmt::format("{}: the vocabulary of \"{}\" has no checksum", subject, encoder.id));
    }
    if (!faults.any() && manifest->network.kind == outsideNetwork) {
        checkArchive(faults, folder / manifest->network.file);
        for (const auto &encoder : manifest->encoders)
            checkArchive(faults, folder / encoder.file);
    } else if (!faults.any() && holdsReadyRows(*manifest)) {
        checkReadyRows(faults, folder, *manifest);
    } else if (!faults.any()) {
        checkTails(faults, folder, manifest->network);
        for (const auto &encoder : manifest->encoders)
            checkEncoder(faults, folder, encoder, manifest->network.featureDimension);
    }
    if (faults.any())
        return fail(faults.error(subject));
    auto bundle = std::make_shared<Bundle>();
    bundle->m_folder = folder;
    bundle->m_manifest = std::move(*manifest);
    return bundle;
}

const EncoderEntry *Bundle::encoder(std::string_view id) const
{
    const auto wanted = trimmed(id);
    if (wanted.empty())
        return m_manifest.encoders.empty() ? nullptr : &m_manifest.encoders.front();
    const auto found = std::ranges::find(m_manifest.encoders, wanted, &EncoderEntry::id);
    return found == m_manifest.encoders.end() ? nullptr : &*found;
}

std::string Bundle::encoderHash(const EncoderEntry &encoder) const
{
    const auto *own = tail(encoder.tail);
    const auto all = m_manifest.network.sha256 + (own ? own->sha256 : std::string()) + encoder.sha256;
    return sha256Hex(std::as_bytes(std::span(all.data(), all.size())));
}

const TailEntry *Bundle::tail(std::string_view id) const
{
    const auto &tails = m_manifest.network.tails;
    const auto found = std::ranges::find(tails, id, &TailEntry::id);
    return found == tails.end() ? nullptr : &*found;
}

std::filesystem::path Bundle::tailFile(const EncoderEntry &encoder) const
{
    const auto *own = tail(encoder.tail);
    return own ? file(own->file) : std::filesystem::path();
}

Result<Manifest> joinBundles(const std::vector<std::filesystem::path> &folders, const std::filesystem::path &out)
{
    Manifest joined;
    std::map<std::string, std::string> vocabularies; // checksum → file name
    std::error_code error;
    std::filesystem::create_directories(out, error);
    if (error)
        return fail(systemError(error.value(), displayText(out)));
    const auto copy = [&](const Bundle &bundle, const std::string &name) {
        if (!error)
            std::filesystem::copy_file(bundle.file(name), out / name, std::filesystem::copy_options::overwrite_existing,
                                       error);
    };
    for (const auto &folder : folders) {
        const auto bundle = Bundle::open(folder);
        if (!bundle)
            return fail(bundle.error());
        const auto &manifest = (*bundle)->manifest();
        if (joined.encoders.empty()) {
            joined = manifest;
            joined.encoders.clear();
            joined.network.tails.clear();
            joined.selfTests.clear();
            joined.files.clear();
            copy(**bundle, manifest.network.file);
        }
        if (manifest.network.sha256 != joined.network.sha256)
            return fail(Errc::Invalid, displayText(folder), "it has another image network");
        for (const auto &tail : manifest.network.tails) {
            const auto found = std::ranges::find_if(joined.network.tails, [&](const TailEntry &other) {
                return other.id == tail.id || other.file == tail.file;
            });
            if (found == joined.network.tails.end()) {
                joined.network.tails.push_back(tail);
                copy(**bundle, tail.file);
            } else if (found->id != tail.id || found->sha256 != tail.sha256) {
                return fail(Errc::Invalid, tail.id, "another tail of that id or file name is there already");
            }
        }
        // Each tells how its own encoders were made.
        if (!manifest.recipe.empty()) {
            if (joined.files.contains(manifest.recipe))
                return fail(Errc::Invalid, manifest.recipe, "another recipe of that file name is there already");
            if (joined.recipe.empty())
                joined.recipe = manifest.recipe;
            joined.files[manifest.recipe] = {};
            copy(**bundle, manifest.recipe);
        }
        for (const auto &set : manifest.trainedOn)
            if (std::ranges::find(joined.trainedOn, set) == joined.trainedOn.end())
                joined.trainedOn.push_back(set);
        for (const auto &encoder : manifest.encoders) {
            if (std::ranges::find(joined.encoders, encoder.id, &EncoderEntry::id) != joined.encoders.end())
                return fail(Errc::Invalid, encoder.id, "an encoder of that id is there already");
            copy(**bundle, encoder.file);
            // Encoders that know the same words share the file.
            const auto [known, isNew] = vocabularies.emplace(manifest.files.at(encoder.vocabulary), encoder.vocabulary);
            if (isNew)
                copy(**bundle, encoder.vocabulary);
            joined.encoders.push_back(encoder);
            joined.encoders.back().vocabulary = known->second;
        }
        if (error)
            return fail(systemError(error.value(), displayText(out)));
    }
    return joined;
}

std::vector<Installed> installedBundles()
{
    std::vector<Installed> found;
    collect(found, paths::resources() / "models", true);
    collect(found, userModels(), false);
    return found;
}

Result<std::shared_ptr<const Bundle>> openBundle(std::string_view idOrFolder)
{
    const auto wanted = trimmed(idOrFolder);
    std::error_code ignored;
    if (wanted.find('/') != std::string::npos ||
        std::filesystem::exists(std::filesystem::path(wanted) / "manifest.json", ignored))
        return Bundle::open(wanted);
    const auto id = wanted.empty() ? std::string(defaultBundle) : wanted;
    const auto installed = installedBundles();
    const auto found = std::ranges::find(installed, id, &Installed::id);
    if (found != installed.end())
        return Bundle::open(found->folder);
    std::vector<std::string> ids;
    ids.reserve(installed.size());
    for (const auto &bundle : installed)
        ids.push_back(bundle.id);
    return fail(Errc::NotFound, id, fmt::format("no such bundle is installed; there are: {}", fmt::join(ids, ", ")));
}

Result<Installed> importBundle(const std::filesystem::path &folder)
{
    const auto bundle = Bundle::open(folder);
    if (!bundle)
        return fail(bundle.error());
    const auto &id = (*bundle)->manifest().id;
    for (const auto &other : installedBundles())
        if (other.id == id)
            return fail(Errc::Invalid, id, "a bundle of that id is installed already: remove it first");
    // Copied beside its place, then renamed: a bundle is there whole or not at all.
    const auto target = userModels() / id;
    const auto temporary = userModels() / (id + ".importing");
    std::error_code error;
    std::filesystem::create_directories(userModels(), error);
    std::filesystem::remove_all(temporary, error);
    std::filesystem::create_directories(temporary, error);
    // What the manifest does not name nobody has checked: it stays where it is.
    for (const auto &name : namedFiles((*bundle)->manifest()))
        if (!error)
            std::filesystem::copy_file(folder / name, temporary / name, error);
    if (!error)
        std::filesystem::rename(temporary, target, error);
    if (error) {
        auto failure = systemError(error.value(), displayText(target));
        std::filesystem::remove_all(temporary, error);
        return fail(std::move(failure));
    }
    return Installed{id, target, false};
}

Result<> removeBundle(std::string_view id)
{
    const auto wanted = trimmed(id);
    for (const auto &bundle : installedBundles()) {
        if (bundle.id != wanted)
            continue;
        if (bundle.ours)
            return fail(Errc::Denied, wanted, "it is part of the program");
        std::error_code error;
        std::filesystem::remove_all(bundle.folder, error);
        if (error)
            return fail(systemError(error.value(), displayText(bundle.folder)));
        return {};
    }
    return fail(Errc::NotFound, wanted, "no such bundle is installed");
}

} // namespace photolex::model
