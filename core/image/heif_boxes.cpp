// What libheif does not tell: whether a file breaks off, and how its picture is turned.
//
// Does the primary item of a HEIF file carry its own rotation or mirroring? libheif 1.15 applies them without saying
// so, and EXIF's orientation, which says the same once more, counts only where they are missing.
//
// ISO/IEC 23008-12: meta holds pitm (the primary item), and iprp with ipco (a list of properties) and ipma (which item
// has which of them, by index from 1).
#include "core/image/boxes_p.h"
#include "core/image/heif_p.h"

namespace photolex::image {

bool hasOwnTransformation(Bytes file)
{
    const auto meta = Cursor(file).find("meta");
    if (!meta || meta->size() < 4)
        return false;
    const Bytes boxes = meta->subspan(4); // version and flags
    const auto pitm = Cursor(boxes).find("pitm"), iprp = Cursor(boxes).find("iprp");
    if (!pitm || !iprp)
        return false;
    Cursor primaryBox(*pitm);
    const auto version = primaryBox.number(1);
    primaryBox.skip(3);
    const auto primary = primaryBox.number(version == 0 ? 2 : 4);

    std::vector<bool> transforms = {false}; // indices count from 1
    if (const auto ipco = Cursor(*iprp).find("ipco")) {
        Cursor properties(*ipco);
        while (auto property = properties.box())
            transforms.push_back(property->type == "irot" || property->type == "imir");
    }
    Cursor parts(*iprp);
    while (const auto ipma = parts.find("ipma")) {
        Cursor cursor(*ipma);
        const auto ipmaVersion = cursor.number(1);
        const bool wide = cursor.number(3) & 1;
        for (auto entries = cursor.number(4); entries > 0 && !cursor.atEnd(); --entries) {
            const auto item = cursor.number(ipmaVersion < 1 ? 2 : 4);
            for (auto count = cursor.number(1); count > 0; --count) {
                const auto index = cursor.number(wide ? 2 : 1) & (wide ? 0x7fff : 0x7f); // the top bit: essential
                if (item == primary && index < transforms.size() && transforms[index])
                    return true;
            }
        }
    }
    return false;
}

bool endsWithinABox(Bytes file)
{
    Cursor boxes(file);
    const std::byte *end = file.data();
    while (const auto box = boxes.box())
        end = box->body.data() + box->body.size();
    const auto left = static_cast<std::size_t>(file.data() + file.size() - end);
    if (left < 8)
        return left > 0;
    const auto size = Cursor(file.last(left)).number(4);
    return size > left || size == 1; // 1: the size stands behind, and was too large or is missing
}

} // namespace photolex::image
