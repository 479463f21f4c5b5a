// EXIF, IPTC and XMP through Exiv2. Whatever the library throws becomes a warning, and what was read before it stays.
#include "core/image/metadata.h"

#include "core/base/bytes.h"
#include "core/image/dates_p.h"
#include "core/image/metadata_p.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <exiv2/exiv2.hpp>
#include <fcntl.h>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>

namespace photolex::image {

namespace fs = std::filesystem;

std::mutex &toolkitLock()
{
    static std::mutex mutex;
    return mutex;
}

std::string toUtf8(std::string text)
{
    if (isValidUtf8(text))
        return text;
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            out += c;
        } else {
            out += static_cast<char>(0xC0 | byte >> 6);
            out += static_cast<char>(0x80 | (byte & 0x3F));
        }
    }
    return out;
}

namespace {

// Where Exiv2's messages go while the lock is held.
std::vector<std::string> *g_warnings = nullptr;

void collectMessage(int, const char *message)
{
    constexpr std::size_t most = 20;
    if (!g_warnings || !message || g_warnings->size() >= most)
        return;
    std::string text(message);
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r'))
        text.pop_back();
    g_warnings->push_back(displayText(text));
}

class WarningsInto {
public:
    explicit WarningsInto(std::vector<std::string> &warnings) { g_warnings = &warnings; }
    ~WarningsInto() { g_warnings = nullptr; }
    WarningsInto(const WarningsInto &) = delete;
    WarningsInto &operator=(const WarningsInto &) = delete;
};

// Exiv2 throws its own errors and, on odd values, those of the standard library.
template <class Work>
void tolerant(std::vector<std::string> &warnings, std::string_view what, Work work)
{
    try {
        work();
    } catch (const std::exception &error) {
        warnings.push_back(fmt::format("{}: {}", what, displayText(std::string_view(error.what()))));
    }
}

// Cameras pad with spaces and zeros. What is inside stays as it is.
std::string trimmed(std::string text)
{
    const auto isPadding = [](char c) { return c == '\0' || c == ' ' || c == '\n' || c == '\r' || c == '\t'; };
    if (std::all_of(text.begin(), text.end(), isPadding))
        return {};
    while (!text.empty() && (text.back() == '\0' || text.back() == ' '))
        text.pop_back();
    return text;
}

// What cameras and their programs write into the description of every photo: a phrase, or the number of the file.
bool isCameraPhrase(std::string_view text)
{
    static constexpr std::array<std::string_view, 5> phrases = {"SONY DSC", "SAMSUNG", "DCIM", "Exif_JPEG_PICTURE",
                                                                "KODAK Digital Still Camera"};
    if (std::find(phrases.begin(), phrases.end(), text) != phrases.end() || text.ends_with("DIGITAL CAMERA"))
        return true;
    for (const std::string_view prefix : {"DSCN", "DSCF", "DSC_", "DSC", "IMG_", "000"}) {
        const auto rest = text.substr(text.starts_with(prefix) ? prefix.size() : 0);
        if (rest.size() < text.size() && !rest.empty() &&
            rest.find_first_not_of("0123456789") == std::string_view::npos)
            return true;
    }
    return false;
}

// --- EXIF ---

const Exiv2::Exifdatum *find(const Exiv2::ExifData &exif, const char *key)
{
    const auto found = exif.findKey(Exiv2::ExifKey(key));
    return found == exif.end() || found->count() == 0 ? nullptr : &*found;
}

std::string text(const Exiv2::ExifData &exif, const char *key)
{
    const auto *datum = find(exif, key);
    return datum ? trimmed(toUtf8(datum->toString())) : std::string();
}

std::optional<double> number(const Exiv2::ExifData &exif, const char *key, long index = 0)
{
    const auto *datum = find(exif, key);
    if (!datum || static_cast<long>(datum->count()) <= index)
        return std::nullopt;
    double value = datum->toFloat(index);
    if (datum->typeId() == Exiv2::unsignedRational || datum->typeId() == Exiv2::signedRational) {
        const auto rational = datum->toRational(index); // floats of Exiv2 lose digits
        if (rational.second == 0)
            return std::nullopt;
        value = static_cast<double>(rational.first) / rational.second;
    }
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

std::optional<double> positive(std::optional<double> value)
{
    return value && *value > 0 ? value : std::nullopt;
}

std::string cameraName(const std::string &maker, const std::string &model)
{
    if (model.empty() || maker.empty())
        return model.empty() ? maker : model;
    // Most models repeat the first word of their maker: "NIKON CORPORATION" and "NIKON D70".
    const std::string_view word = std::string_view(maker).substr(0, maker.find(' '));
    const bool repeats = model.size() >= word.size() &&
                         std::equal(word.begin(), word.end(), model.begin(), [](unsigned char a, unsigned char b) {
                             return std::tolower(a) == std::tolower(b);
                         });
    return repeats ? model : maker + ' ' + model;
}

std::optional<double> degrees(const Exiv2::ExifData &exif, const char *key, const char *referenceKey, double limit)
{
    const auto whole = number(exif, key, 0);
    if (!whole)
        return std::nullopt;
    const double value = *whole + number(exif, key, 1).value_or(0) / 60 + number(exif, key, 2).value_or(0) / 3600;
    if (!(value >= 0 && value <= limit))
        return std::nullopt;
    const std::string reference = text(exif, referenceKey);
    return reference == "S" || reference == "W" ? -value : value;
}

void addFields(const Exiv2::ExifData &exif, Metadata &metadata)
{
    static constexpr std::array<std::string_view, 22> shownElsewhere = {
        "Make",
        "Model",
        "Orientation",
        "ExposureTime",
        "FNumber",
        "ApertureValue",
        "FocalLength",
        "ISOSpeedRatings",
        "ImageDescription",
        "UserComment",
        "GPSLatitude",
        "GPSLongitude",
        "GPSLatitudeRef",
        "GPSLongitudeRef",
        "LensModel",
        "MakerNote",
        "ExifTag",
        "GPSTag",
        "InteroperabilityTag",
        "XMLPacket",
        "IPTCNAA",
        "InterColorProfile",
    };
    constexpr std::size_t mostFields = 80, longestValue = 200;
    for (const auto &datum : exif) {
        const std::string group = datum.groupName(), name = datum.tagName();
        if (group != "Image" && group != "Photo" && group != "GPSInfo")
            continue;
        if (name.starts_with("0x") || static_cast<std::size_t>(datum.size()) > longestValue ||
            metadata.fields.size() >= mostFields ||
            std::find(shownElsewhere.begin(), shownElsewhere.end(), name) != shownElsewhere.end())
            continue;
        const std::string value = trimmed(toUtf8(datum.print(&exif)));
        if (!value.empty())
            metadata.fields.emplace_back(toUtf8(datum.tagLabel()), value);
    }
}

void takeDate(Metadata &metadata, std::optional<std::int64_t> date, DateSource source)
{
    if (metadata.takenAt || !date)
        return;
    metadata.takenAt = date;
    metadata.takenAtSource = source;
}

void takeCaption(Metadata &metadata, std::string caption, const char *field)
{
    if (!metadata.caption.empty() || caption.empty())
        return;
    metadata.caption = std::move(caption);
    metadata.captionField = field;
}

void readExif(const Exiv2::ExifData &exif, Metadata &metadata)
{
    auto &warnings = metadata.warnings;
    tolerant(warnings, "EXIF date", [&] {
        for (const char *key : {"Exif.Photo.DateTimeOriginal", "Exif.Photo.DateTimeDigitized", "Exif.Image.DateTime"})
            takeDate(metadata, parseDate(text(exif, key)), DateSource::Exif);
    });
    tolerant(warnings, "EXIF orientation", [&] {
        const auto value = number(exif, "Exif.Image.Orientation");
        if (value && *value >= 1 && *value <= 8)
            metadata.orientation = static_cast<int>(*value);
    });
    tolerant(warnings, "EXIF camera", [&] {
        metadata.camera = cameraName(text(exif, "Exif.Image.Make"), text(exif, "Exif.Image.Model"));
        metadata.lens = text(exif, "Exif.Photo.LensModel");
        if (metadata.lens.empty()) {
            if (const auto lens = Exiv2::lensName(exif); lens != exif.end())
                metadata.lens = trimmed(toUtf8(lens->print(&exif)));
        }
    });
    tolerant(warnings, "EXIF exposure", [&] {
        metadata.exposureSeconds = positive(number(exif, "Exif.Photo.ExposureTime"));
        metadata.aperture = positive(number(exif, "Exif.Photo.FNumber"));
        if (!metadata.aperture) {
            if (const auto apex = number(exif, "Exif.Photo.ApertureValue"); apex && *apex > 0 && *apex < 20)
                metadata.aperture = std::exp2(*apex / 2);
        }
        metadata.focalLengthMm = positive(number(exif, "Exif.Photo.FocalLength"));
        if (const auto iso = positive(number(exif, "Exif.Photo.ISOSpeedRatings")); iso && *iso < 1e8)
            metadata.iso = static_cast<int>(*iso);
    });
    tolerant(warnings, "EXIF position", [&] {
        const auto latitude = degrees(exif, "Exif.GPSInfo.GPSLatitude", "Exif.GPSInfo.GPSLatitudeRef", 90);
        const auto longitude = degrees(exif, "Exif.GPSInfo.GPSLongitude", "Exif.GPSInfo.GPSLongitudeRef", 180);
        // 0, 0 is what a receiver without a fix writes.
        if (latitude && longitude && (*latitude != 0 || *longitude != 0)) {
            metadata.latitude = latitude;
            metadata.longitude = longitude;
        }
    });
    tolerant(warnings, "EXIF fields", [&] { addFields(exif, metadata); });
}

void readExifCaption(const Exiv2::ExifData &exif, Metadata &metadata)
{
    tolerant(metadata.warnings, "EXIF description", [&] {
        if (auto description = text(exif, "Exif.Image.ImageDescription"); !isCameraPhrase(description))
            takeCaption(metadata, std::move(description), "exif");
    });
    tolerant(metadata.warnings, "EXIF comment", [&] {
        const auto *datum = find(exif, "Exif.Photo.UserComment");
        const auto *comment = datum ? dynamic_cast<const Exiv2::CommentValue *>(&datum->value()) : nullptr;
        if (!comment)
            return;
        if (auto written = trimmed(toUtf8(comment->comment())); !isCameraPhrase(written))
            takeCaption(metadata, std::move(written), "exif-comment");
    });
}

// --- XMP ---

const Exiv2::Xmpdatum *find(const Exiv2::XmpData &xmp, const char *key)
{
    const auto found = xmp.findKey(Exiv2::XmpKey(key));
    return found == xmp.end() ? nullptr : &*found;
}

std::string languageText(const Exiv2::XmpData &xmp, const char *key)
{
    const auto *datum = find(xmp, key);
    if (!datum)
        return {};
    if (const auto *languages = dynamic_cast<const Exiv2::LangAltValue *>(&datum->value())) {
        const auto preferred = languages->value_.find("x-default");
        if (preferred != languages->value_.end() && !trimmed(preferred->second).empty())
            return toUtf8(preferred->second);
        for (const auto &[language, value] : languages->value_) {
            if (!trimmed(value).empty())
                return toUtf8(value);
        }
        return {};
    }
    return toUtf8(datum->toString());
}

void addKeyword(Metadata &metadata, std::string keyword)
{
    keyword = trimmed(toUtf8(std::move(keyword)));
    if (!keyword.empty() &&
        std::find(metadata.keywords.begin(), metadata.keywords.end(), keyword) == metadata.keywords.end())
        metadata.keywords.push_back(std::move(keyword));
}

void readXmp(const Exiv2::XmpData &xmp, Metadata &metadata, const char *captionField)
{
    auto &warnings = metadata.warnings;
    tolerant(warnings, "XMP description", [&] {
        auto caption = languageText(xmp, "Xmp.dc.description");
        if (trimmed(caption).empty())
            caption.clear();
        if (!isCameraPhrase(caption))
            takeCaption(metadata, std::move(caption), captionField);
    });
    tolerant(warnings, "XMP title", [&] {
        if (metadata.title.empty())
            metadata.title = trimmed(languageText(xmp, "Xmp.dc.title"));
    });
    tolerant(warnings, "XMP keywords", [&] {
        if (const auto *subject = find(xmp, "Xmp.dc.subject")) {
            for (long i = 0; i < static_cast<long>(subject->count()); ++i)
                addKeyword(metadata, subject->toString(i));
        }
    });
    tolerant(warnings, "XMP rating", [&] {
        const auto *rating = find(xmp, "Xmp.xmp.Rating");
        if (!rating || metadata.rating)
            return;
        const std::string written = rating->toString();
        char *end = nullptr;
        const double value = std::strtod(written.c_str(), &end);
        if (end != written.c_str() && value >= -1 && value <= 5)
            metadata.rating = static_cast<int>(std::lround(value));
    });
}

void readXmpDate(const Exiv2::XmpData &xmp, Metadata &metadata)
{
    tolerant(metadata.warnings, "XMP date", [&] {
        for (const char *key : {"Xmp.exif.DateTimeOriginal", "Xmp.photoshop.DateCreated", "Xmp.xmp.CreateDate"}) {
            if (const auto *datum = find(xmp, key))
                takeDate(metadata, parseDate(datum->toString()), DateSource::Xmp);
        }
    });
}

void readIptc(const Exiv2::IptcData &iptc, Metadata &metadata)
{
    tolerant(metadata.warnings, "IPTC", [&] {
        for (const auto &datum : iptc) {
            const std::string key = datum.key();
            if (key == "Iptc.Application2.Caption") {
                if (auto caption = trimmed(toUtf8(datum.toString())); !isCameraPhrase(caption))
                    takeCaption(metadata, std::move(caption), "iptc");
            } else if (key == "Iptc.Application2.ObjectName" && metadata.title.empty()) {
                metadata.title = trimmed(toUtf8(datum.toString()));
            } else if (key == "Iptc.Application2.Keywords") {
                addKeyword(metadata, datum.toString());
            }
        }
    });
}

// --- files ---

std::optional<std::string> readSidecar(const fs::path &photo, std::vector<std::string> &warnings)
{
    const auto sidecar = sidecarOf(photo);
    if (sidecar.empty())
        return std::nullopt;
    constexpr std::size_t limitBytes = std::size_t{1} << 24;
    auto packet = readTextFile(sidecar, limitBytes);
    if (packet)
        return std::move(*packet);
    warnings.push_back(fmt::format("{}: {}", packet.error().subject, packet.error().detail));
    return std::nullopt;
}

// The clock on the wall, as seconds since 1970 read without a zone.
std::int64_t wallClock(std::time_t time)
{
    std::tm local{};
    if (!::localtime_r(&time, &local))
        return time;
    return ::timegm(&local);
}

template <class Open>
Result<Metadata> readWith(const fs::path &path, std::optional<std::time_t> changed, Open open)
{
    initialiseMetadata();
    Metadata metadata;
    const auto packet = readSidecar(path, metadata.warnings);
    {
        const std::lock_guard lock(toolkitLock());
        const WarningsInto collector(metadata.warnings);
        Exiv2::XmpData sidecar;
        if (packet) {
            tolerant(metadata.warnings, "sidecar", [&] {
                if (Exiv2::XmpParser::decode(sidecar, *packet) != 0)
                    metadata.warnings.emplace_back("sidecar: not XMP");
            });
        }
        // AutoPtr in Exiv2 0.27, UniquePtr in 0.28.
        decltype(Exiv2::ImageFactory::open(std::string())) file{};
        tolerant(metadata.warnings, "metadata", [&] { file = open(); });
        if (file.get() && file->good())
            tolerant(metadata.warnings, "metadata", [&] { file->readMetadata(); });
        const bool readable = file.get() != nullptr;
        static const Exiv2::ExifData noExif;
        static const Exiv2::IptcData noIptc;
        static const Exiv2::XmpData noXmp;
        const Exiv2::ExifData &exif = readable ? file->exifData() : noExif;
        const Exiv2::XmpData &embedded = readable ? file->xmpData() : noXmp;

        readExif(exif, metadata);
        readXmp(sidecar, metadata, "xmp-sidecar");
        readXmpDate(sidecar, metadata);
        readXmp(embedded, metadata, "xmp");
        readXmpDate(embedded, metadata);
        readIptc(readable ? file->iptcData() : noIptc, metadata);
        readExifCaption(exif, metadata);
        for (const Exiv2::XmpData *xmp : std::initializer_list<const Exiv2::XmpData *>{&sidecar, &embedded}) {
            tolerant(metadata.warnings, "XMP caption", [&] {
                if (const auto *datum = find(*xmp, "Xmp.acdsee.caption"))
                    takeCaption(metadata, trimmed(toUtf8(datum->toString())), "acdsee");
            });
        }
    }
    takeDate(metadata, dateInName(path.filename().native()), DateSource::Name);
    if (changed)
        takeDate(metadata, wallClock(*changed), DateSource::FileTime);
    constexpr std::int64_t day = 24 * 3600; // the camera may be in another zone
    metadata.takenInFuture = metadata.takenAt && *metadata.takenAt > wallClock(std::time(nullptr)) + day;
    return metadata;
}

} // namespace

void initialiseMetadata()
{
    static const bool once = [] {
        Exiv2::LogMsg::setHandler(collectMessage);
        Exiv2::LogMsg::setLevel(Exiv2::LogMsg::warn);
        Exiv2::XmpParser::initialize();
#ifdef EXV_ENABLE_BMFF
        Exiv2::enableBMFF(true); // HEIC and AVIF
#endif
        return true;
    }();
    static_cast<void>(once);
}

Result<Metadata> readMetadata(const fs::path &path)
{
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0)
        return fail(systemError(errno, displayText(path)));
    if (!S_ISREG(status.st_mode))
        return fail(Errc::Invalid, displayText(path), "not a file");
    if (::access(path.c_str(), R_OK) != 0)
        return fail(systemError(errno, displayText(path)));
    return readWith(path, status.st_mtime, [&] { return Exiv2::ImageFactory::open(path.native()); });
}

Result<Metadata> readMetadata(std::span<const std::byte> bytes, const fs::path &path)
{
    struct stat status {};
    const bool known = ::stat(path.c_str(), &status) == 0;
    return readWith(path, known ? std::optional(status.st_mtime) : std::nullopt, [&] {
        return Exiv2::ImageFactory::open(reinterpret_cast<const Exiv2::byte *>(bytes.data()),
                                         static_cast<long>(bytes.size()));
    });
}

fs::path sidecarOf(const fs::path &photo)
{
    std::vector<fs::path> names;
    for (const char *extension : {".xmp", ".XMP"}) {
        names.push_back(photo.native() + extension);
        names.push_back(fs::path(photo).replace_extension(extension));
    }
    // photo.jpg.xmp in either spelling before photo.xmp in either.
    std::swap(names[1], names[2]);
    for (const auto &name : names) {
        std::error_code ignored;
        if (name != photo && fs::is_regular_file(name, ignored))
            return name;
    }
    return {};
}

} // namespace photolex::image
