#include "core/image/metadata_write.h"

#include "core/base/bytes.h"
#include "core/image/metadata.h"
#include "core/image/metadata_p.h"

#include <exiv2/exiv2.hpp>
#include <map>
#include <utility>

namespace photolex::image {

namespace {

constexpr auto descriptionKey = "Xmp.dc.description";
constexpr auto defaultLanguage = "x-default";

// Exiv2 throws its own errors and, on odd values, those of the standard library.
template <class Work>
auto guarded(Errc code, std::string_view subject, Work work) -> decltype(work())
{
    initialiseMetadata();
    const std::lock_guard lock(toolkitLock());
    try {
        return work();
    } catch (const std::exception &error) {
        return fail(code, displayText(subject), displayText(std::string_view(error.what())));
    }
}

Result<Exiv2::XmpData> decoded(std::string_view packet)
{
    Exiv2::XmpData xmp;
    if (!packet.empty() && Exiv2::XmpParser::decode(xmp, std::string(packet)) != 0)
        return fail(Errc::Corrupt, "XMP", "not XMP");
    return xmp;
}

Exiv2::LangAltValue::ValueType languagesOf(const Exiv2::XmpData &xmp)
{
    const auto found = xmp.findKey(Exiv2::XmpKey(descriptionKey));
    if (found == xmp.end())
        return {};
    if (const auto *languages = dynamic_cast<const Exiv2::LangAltValue *>(&found->value()))
        return languages->value_;
    Exiv2::LangAltValue::ValueType plain; // some programs write it without languages
    plain[defaultLanguage] = found->toString();
    return plain;
}

std::string descriptionIn(const Exiv2::XmpData &xmp)
{
    const auto languages = languagesOf(xmp);
    const auto preferred = languages.find(defaultLanguage);
    if (preferred != languages.end() && !preferred->second.empty())
        return toUtf8(preferred->second);
    for (const auto &[language, text] : languages)
        if (!text.empty())
            return toUtf8(text);
    return {};
}

void setDescription(Exiv2::XmpData &xmp, std::string_view caption)
{
    Exiv2::LangAltValue value;
    value.value_ = languagesOf(xmp);
    value.value_[defaultLanguage] = caption;
    const Exiv2::XmpKey key(descriptionKey);
    if (const auto old = xmp.findKey(key); old != xmp.end())
        xmp.erase(old);
    xmp.add(key, &value);
}

// All but the description, to see that nothing was lost on the way.
std::multimap<std::string, std::pair<int, std::string>> foreignFields(const Exiv2::XmpData &xmp)
{
    std::multimap<std::string, std::pair<int, std::string>> fields;
    for (const auto &datum : xmp)
        if (datum.key() != descriptionKey)
            fields.emplace(datum.key(), std::pair(static_cast<int>(datum.typeId()), datum.toString()));
    return fields;
}

void setIptcCaption(Exiv2::IptcData &iptc, std::string_view caption)
{
    // The mark says that all fields are UTF-8, so those that were not must become so.
    for (auto &datum : iptc) {
        const bool isText = datum.typeId() == Exiv2::string && datum.key() != "Iptc.Envelope.CharacterSet";
        if (const auto text = isText ? datum.toString() : std::string(); !isValidUtf8(text))
            datum.setValue(toUtf8(text));
    }
    iptc["Iptc.Envelope.CharacterSet"] = std::string("\x1b%G");
    iptc["Iptc.Application2.Caption"] = std::string(caption);
}

} // namespace

Result<std::string> descriptionOf(std::string_view packet)
{
    return guarded(Errc::Corrupt, "XMP", [&]() -> Result<std::string> {
        const auto xmp = decoded(packet);
        if (!xmp)
            return fail(xmp.error());
        return descriptionIn(*xmp);
    });
}

Result<std::string> withDescription(std::string_view packet, std::string_view caption)
{
    // Qualifiers other than a language are written as rdf:value beside them; Exiv2 reads the value and drops the rest.
    if (packet.find("rdf:value") != std::string_view::npos)
        return fail(Errc::Unsupported, "XMP", "it holds qualified values, which would be lost");
    return guarded(Errc::Corrupt, "XMP", [&]() -> Result<std::string> {
        auto xmp = decoded(packet);
        if (!xmp)
            return fail(xmp.error());
        const auto foreign = foreignFields(*xmp);
        setDescription(*xmp, caption);
        std::string written;
        if (Exiv2::XmpParser::encode(written, *xmp,
                                     Exiv2::XmpParser::omitPacketWrapper | Exiv2::XmpParser::useCompactFormat) != 0)
            return fail(Errc::Unsupported, "XMP", "the fields could not be written");
        const auto again = decoded(written);
        if (!again || descriptionIn(*again) != caption)
            return fail(Errc::Unsupported, "XMP", "the caption holds characters that XML cannot say");
        if (foreignFields(*again) != foreign)
            return fail(Errc::Unsupported, "XMP", "it holds fields that would be lost");
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + written;
    });
}

Result<std::vector<std::byte>> withCaption(std::span<const std::byte> photo, const std::filesystem::path &name,
                                           std::string_view caption)
{
    return guarded(Errc::Unsupported, name.native(), [&]() -> Result<std::vector<std::byte>> {
        auto image = Exiv2::ImageFactory::open(reinterpret_cast<const Exiv2::byte *>(photo.data()),
                                               static_cast<long>(photo.size()));
        const auto canWrite = [&](Exiv2::MetadataId kind) {
            const auto mode = image->checkMode(kind);
            return mode == Exiv2::amWrite || mode == Exiv2::amReadWrite;
        };
        if (!canWrite(Exiv2::mdXmp))
            return fail(Errc::Unsupported, displayText(name), "this format's fields cannot be written");
        image->readMetadata();
        setDescription(image->xmpData(), caption);
        if (canWrite(Exiv2::mdExif))
            image->exifData()["Exif.Image.ImageDescription"] = std::string(caption);
        if (canWrite(Exiv2::mdIptc))
            setIptcCaption(image->iptcData(), caption);
        image->writeMetadata();
        auto &io = image->io();
        if (io.open() != 0)
            return fail(Errc::Internal, displayText(name), "the copy could not be read back");
        std::vector<std::byte> bytes(static_cast<std::size_t>(io.size()));
        const auto count = io.read(reinterpret_cast<Exiv2::byte *>(bytes.data()), static_cast<long>(bytes.size()));
        if (static_cast<std::size_t>(count) != bytes.size())
            return fail(Errc::Internal, displayText(name), "the copy could not be read back");
        return bytes;
    });
}

} // namespace photolex::image
