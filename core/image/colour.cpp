// Colour profiles to sRGB through lcms2. Making a transform costs more than using it on a small photo, so the latest
// are kept; a profile that turns out to be sRGB itself costs nothing.
#include "core/base/hash.h"
#include "core/image/decode_p.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <lcms2.h>
#include <list>
#include <memory>
#include <mutex>

namespace photolex::image {

namespace {

constexpr std::string_view kBroken = "broken colour profile, sRGB assumed";
constexpr std::string_view kMisfit = "the colour profile is for another kind of picture, sRGB assumed";

enum class Kind : std::uint8_t { Rgb, Grey, Cmyk };

struct ProfileCloser {
    void operator()(void *profile) const { cmsCloseProfile(profile); }
};
using Profile = std::unique_ptr<void, ProfileCloser>;

struct Transform {
    cmsHTRANSFORM handle = nullptr; // null: the profile is broken
    Kind kind = Kind::Rgb;          // of the profile
    bool changesNothing = false;
    Transform() = default;
    Transform(const Transform &) = delete;
    Transform &operator=(const Transform &) = delete;
    ~Transform()
    {
        if (handle)
            cmsDeleteTransform(handle);
    }
};
using TransformPointer = std::shared_ptr<const Transform>;

// A grid of colours through the transform: most photos carry sRGB itself.
bool isNearlyIdentity(cmsHTRANSFORM transform)
{
    std::vector<std::uint8_t> in;
    for (int red = 0; red <= 255; red += 51) {
        for (int green = 0; green <= 255; green += 51) {
            for (int blue = 0; blue <= 255; blue += 51)
                for (const int value : {red, green, blue})
                    in.push_back(static_cast<std::uint8_t>(value));
        }
    }
    std::vector<std::uint8_t> out(in.size());
    cmsDoTransform(transform, in.data(), out.data(), static_cast<cmsUInt32Number>(in.size() / 3));
    return std::equal(in.begin(), in.end(), out.begin(), [](int a, int b) { return std::abs(a - b) <= 2; });
}

std::shared_ptr<Transform> makeTransform(Profile profile)
{
    auto transform = std::make_shared<Transform>();
    if (!profile)
        return transform;
    cmsUInt32Number inputType = 0;
    switch (cmsGetColorSpace(profile.get())) {
    case cmsSigRgbData:
        transform->kind = Kind::Rgb, inputType = TYPE_RGB_8;
        break;
    case cmsSigGrayData:
        transform->kind = Kind::Grey, inputType = TYPE_GRAY_8;
        break;
    case cmsSigCmykData:
        transform->kind = Kind::Cmyk, inputType = TYPE_CMYK_8;
        break;
    default:
        return transform;
    }
    const Profile srgb(cmsCreate_sRGBProfile());
    // Without the cache inside, one transform may be used by many threads at once.
    const cmsUInt32Number flags = cmsFLAGS_NOCACHE | cmsFLAGS_BLACKPOINTCOMPENSATION;
    transform->handle =
        cmsCreateTransform(profile.get(), inputType, srgb.get(), TYPE_RGB_8, INTENT_RELATIVE_COLORIMETRIC, flags);
    transform->changesNothing =
        transform->handle && transform->kind == Kind::Rgb && isNearlyIdentity(transform->handle);
    return transform;
}

template <class Make>
TransformPointer cached(std::uint64_t key, Make make)
{
    struct Entry {
        std::uint64_t key;
        TransformPointer transform;
    };
    constexpr std::size_t kept = 16;
    static std::mutex mutex;
    static std::list<Entry> entries;
    {
        const std::lock_guard lock(mutex);
        const auto found = std::find_if(entries.begin(), entries.end(), [&](const Entry &e) { return e.key == key; });
        if (found != entries.end()) {
            entries.splice(entries.begin(), entries, found);
            return entries.front().transform;
        }
    }
    TransformPointer made = make();
    const std::lock_guard lock(mutex);
    entries.push_front({key, made});
    if (entries.size() > kept)
        entries.pop_back();
    return made;
}

TransformPointer transformFor(Bytes profile)
{
    static const bool quiet = (cmsSetLogErrorHandler([](cmsContext, cmsUInt32Number, const char *) {}), true);
    static_cast<void>(quiet);
    return cached(xxh3(profile), [&] {
        return makeTransform(
            Profile(cmsOpenProfileFromMem(profile.data(), static_cast<cmsUInt32Number>(profile.size()))));
    });
}

void apply(const Transform &transform, Pixels &pixels)
{
    const auto width = static_cast<std::size_t>(pixels.size.width);
    std::vector<std::uint8_t> grey(transform.kind == Kind::Grey ? width : 0);
    for (std::size_t y = 0; y < static_cast<std::size_t>(pixels.size.height); ++y) {
        std::uint8_t *row = pixels.rgb.data() + y * width * 3;
        const std::uint8_t *from = row;
        if (transform.kind == Kind::Grey) {
            for (std::size_t x = 0; x < width; ++x)
                grey[x] = row[x * 3];
            from = grey.data();
        }
        cmsDoTransform(transform.handle, from, row, static_cast<cmsUInt32Number>(width));
    }
}

bool isGrey(const Pixels &pixels)
{
    for (std::size_t i = 0; i < pixels.rgb.size(); i += 3) {
        if (pixels.rgb[i] != pixels.rgb[i + 1] || pixels.rgb[i] != pixels.rgb[i + 2])
            return false;
    }
    return true;
}

std::string convert(Pixels &pixels, const Transform &transform)
{
    if (!transform.handle)
        return std::string(kBroken);
    if (transform.kind == Kind::Cmyk || (transform.kind == Kind::Grey && !isGrey(pixels)))
        return std::string(kMisfit);
    if (!transform.changesNothing)
        apply(transform, pixels);
    return {};
}

} // namespace

std::string convertToSrgb(Pixels &pixels, Bytes profile)
{
    return convert(pixels, *transformFor(profile));
}

std::string convertToSrgb(Pixels &pixels, const Primaries &primaries)
{
    const auto key = xxh3(std::as_bytes(std::span(&primaries, 1)));
    const auto transform = cached(key, [&] {
        const cmsCIExyY white{primaries.whiteX, primaries.whiteY, 1};
        const cmsCIExyYTRIPLE triple{{primaries.redX, primaries.redY, 1},
                                     {primaries.greenX, primaries.greenY, 1},
                                     {primaries.blueX, primaries.blueY, 1}};
        // The curve of sRGB (IEC 61966-2-1) in lcms's form 4: (ax + b)^γ above d, cx below.
        const cmsFloat64Number parameters[] = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};
        cmsToneCurve *curve = cmsBuildParametricToneCurve(nullptr, 4, parameters);
        cmsToneCurve *curves[] = {curve, curve, curve};
        Profile profile(cmsCreateRGBProfile(&white, &triple, curves));
        cmsFreeToneCurve(curve);
        return makeTransform(std::move(profile));
    });
    return convert(pixels, *transform);
}

Pixels cmykToSrgb(std::vector<std::uint8_t> cmyk, Size size, Bytes profile, std::string &warning)
{
    Pixels pixels{size, std::vector<std::uint8_t>(cmyk.size() / 4 * 3)};
    if (!profile.empty()) {
        const auto transform = transformFor(profile);
        if (transform->handle && transform->kind == Kind::Cmyk) {
            const auto width = static_cast<std::size_t>(size.width);
            for (std::size_t y = 0; y < static_cast<std::size_t>(size.height); ++y)
                cmsDoTransform(transform->handle, cmyk.data() + y * width * 4, pixels.rgb.data() + y * width * 3,
                               static_cast<cmsUInt32Number>(width));
            return pixels;
        }
        warning = transform->handle ? kMisfit : kBroken;
    }
    for (std::size_t i = 0, o = 0; i + 3 < cmyk.size(); i += 4, o += 3) {
        const int light = 255 - cmyk[i + 3];
        for (std::size_t c = 0; c < 3; ++c)
            pixels.rgb[o + c] = static_cast<std::uint8_t>(((255 - cmyk[i + c]) * light + 127) / 255);
    }
    return pixels;
}

} // namespace photolex::image
