// JPEG through libjpeg-turbo: scaled in the DCT, so that 12 megapixels cost a third, with what a cut or scratched file
// still holds, its colour profile, its EXIF orientation, and CMYK.
#include "core/image/decode_p.h"

#include <fmt/format.h>

#include <algorithm>
#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <jerror.h>
#include <jpeglib.h>
#include <memory>

namespace photolex::image {

namespace {

// The header of a JPEG may name this many times the pixels of other formats, since it is decoded smaller at once. The
// product must stay below the largest header of all, 65,500 × 65,500, which no camera writes.
constexpr std::int64_t kLimitFactor = 8;
// Of a progressive file all coefficients lie in memory before the first row comes out.
constexpr std::int64_t kCoefficientBytesPerPixel = 6;
// A few bytes a scan, each walking the whole picture, are a known way to burn a day. Real files have some ten to
// twenty.
constexpr int kMostScans = 200, kMostScansOfLarge = 40;
constexpr std::int64_t kLargePixels = std::int64_t{1} << 26;

// Plain data only: longjmp runs no destructors, so nothing below may own memory while libjpeg works.
struct Reader {
    jpeg_decompress_struct info;
    jpeg_error_mgr errors;
    jpeg_source_mgr source;
    jpeg_progress_mgr progress;
    std::jmp_buf escape;
    char message[JMSG_LENGTH_MAX];
    int errorCode;
    bool reachedEnd; // bytes were asked for beyond the last one
    bool damaged;
    // How far the input was when the first damage showed.
    int damageScan;
    unsigned damageRow;
};

Reader *readerOf(j_common_ptr info)
{
    return static_cast<Reader *>(info->client_data);
}

void onError(j_common_ptr info)
{
    Reader *reader = readerOf(info);
    reader->errorCode = info->err->msg_code;
    info->err->format_message(info, reader->message);
    std::longjmp(reader->escape, 1);
}

void onMessage(j_common_ptr info, int level)
{
    if (level >= 0)
        return;
    const int code = info->err->msg_code;
    // Others, such as extraneous bytes before a marker, leave the picture whole.
    if (code != JWRN_HIT_MARKER && code != JWRN_HUFF_BAD_CODE && code != JWRN_MUST_RESYNC)
        return;
    Reader *reader = readerOf(info);
    if (reader->damaged)
        return;
    reader->damaged = true;
    reader->damageScan = reader->info.input_scan_number;
    reader->damageRow = reader->info.input_iMCU_row;
}

void onProgress(j_common_ptr info)
{
    Reader *reader = readerOf(info);
    const auto pixels = std::int64_t{reader->info.image_width} * reader->info.image_height;
    if (reader->info.input_scan_number > (pixels > kLargePixels ? kMostScansOfLarge : kMostScans))
        ERREXIT(info, JERR_BAD_PROGRESSION);
}

boolean fillInput(j_decompress_ptr info)
{
    // The file ends early, or only lacks its last marker: an end marker lets libjpeg finish with what it has.
    static constexpr JOCTET end[] = {0xFF, JPEG_EOI};
    static_cast<Reader *>(info->client_data)->reachedEnd = true;
    info->src->next_input_byte = end;
    info->src->bytes_in_buffer = sizeof end;
    return TRUE;
}

void skipInput(j_decompress_ptr info, long count)
{
    if (count <= 0)
        return;
    if (static_cast<std::size_t>(count) > info->src->bytes_in_buffer) {
        fillInput(info);
        return;
    }
    info->src->next_input_byte += count;
    info->src->bytes_in_buffer -= static_cast<std::size_t>(count);
}

void nothing(j_decompress_ptr) {}

void prepare(Reader &reader, Bytes bytes)
{
    reader.info.err = jpeg_std_error(&reader.errors);
    reader.errors.error_exit = onError;
    reader.errors.emit_message = onMessage;
    reader.errors.output_message = [](j_common_ptr) {};
    reader.info.client_data = &reader;
    if (setjmp(reader.escape)) // creating fails only when the library is not the one compiled against
        std::abort();
    jpeg_create_decompress(&reader.info);
    reader.info.client_data = &reader;
    reader.source.init_source = nothing;
    reader.source.fill_input_buffer = fillInput;
    reader.source.skip_input_data = skipInput;
    reader.source.resync_to_restart = jpeg_resync_to_restart;
    reader.source.term_source = nothing;
    reader.source.next_input_byte = octets(bytes);
    reader.source.bytes_in_buffer = bytes.size();
    reader.info.src = &reader.source;
    reader.progress.progress_monitor = onProgress;
    reader.info.progress = &reader.progress;
}

tl::unexpected<Error> readerError(const Reader &reader)
{
    switch (reader.errorCode) {
    case JERR_BAD_PRECISION:
    case JERR_SOF_UNSUPPORTED:
    case JERR_CONVERSION_NOTIMPL:
    case JERR_ARITH_NOTIMPL:
    case JERR_COMPONENT_COUNT:
        return fail(Errc::Unsupported, {}, fmt::format("this kind of JPEG: {}", reader.message));
    case JERR_NO_BACKING_STORE:
    case JERR_OUT_OF_MEMORY:
        return fail(Errc::TooLarge, {},
                    fmt::format("{} × {} pixels in progressive JPEG need more memory than allowed",
                                reader.info.image_width, reader.info.image_height));
    default:
        break;
    }
    if (reader.reachedEnd)
        return fail(Errc::Corrupt, {}, "the file ends early");
    return fail(Errc::Corrupt, {}, fmt::format("damaged JPEG: {}", reader.message));
}

struct ReaderDeleter {
    void operator()(Reader *reader) const
    {
        jpeg_destroy_decompress(&reader->info);
        delete reader;
    }
};
using ReaderPointer = std::unique_ptr<Reader, ReaderDeleter>;

ReaderPointer makeReader(Bytes bytes)
{
    ReaderPointer reader(new Reader{});
    prepare(*reader, bytes);
    return reader;
}

// These three hold the setjmp: no objects with destructors in them.
bool readHeader(Reader &reader)
{
    if (setjmp(reader.escape))
        return false;
    jpeg_save_markers(&reader.info, JPEG_APP0 + 1, 0xFFFF);
    jpeg_save_markers(&reader.info, JPEG_APP0 + 2, 0xFFFF);
    return jpeg_read_header(&reader.info, TRUE) == JPEG_HEADER_OK;
}

bool readProfile(Reader &reader, JOCTET **data, unsigned *size)
{
    if (setjmp(reader.escape))
        return false;
    return jpeg_read_icc_profile(&reader.info, data, size);
}

// False: libjpeg gave up; `rowsDone` says how far it came.
bool readRows(Reader &reader, std::uint8_t *out, std::size_t stride, unsigned *rowsDone)
{
    if (setjmp(reader.escape))
        return false;
    while (reader.info.output_scanline < reader.info.output_height) {
        JSAMPROW row = out + stride * reader.info.output_scanline;
        jpeg_read_scanlines(&reader.info, &row, 1);
        *rowsDone = reader.info.output_scanline;
    }
    return true;
}

bool start(Reader &reader)
{
    if (setjmp(reader.escape))
        return false;
    return jpeg_start_decompress(&reader.info);
}

int orientationOf(const Reader &reader)
{
    for (auto marker = reader.info.marker_list; marker; marker = marker->next) {
        if (marker->marker == JPEG_APP0 + 1 && marker->data_length > 6 && std::memcmp(marker->data, "Exif\0\0", 6) == 0)
            return exifOrientation({reinterpret_cast<const std::byte *>(marker->data), marker->data_length});
    }
    return 1;
}

std::vector<std::byte> profileOf(Reader &reader)
{
    JOCTET *data = nullptr;
    unsigned size = 0;
    if (!readProfile(reader, &data, &size) || !data)
        return {};
    const auto *begin = reinterpret_cast<const std::byte *>(data);
    std::vector<std::byte> profile(begin, begin + size);
    std::free(data);
    return profile;
}

// Eighths. Only the powers of two have vector code in libjpeg-turbo.
int scaleFor(Size size, const DecodeOptions &options)
{
    const std::int64_t shortSide = std::min(size.width, size.height);
    for (const int scale : {1, 2, 4, 8}) {
        const std::int64_t pixels = (std::int64_t{size.width} * scale / 8) * (std::int64_t{size.height} * scale / 8);
        const std::int64_t pixelsOfNext = pixels * 4;
        const bool largeEnough = options.wantedShortSide > 0 && shortSide * scale / 8 >= options.wantedShortSide;
        if (largeEnough || scale == 8 || pixelsOfNext > options.pixelLimit)
            return scale;
    }
    return 8;
}

} // namespace

Result<Header> jpegHeader(Bytes bytes)
{
    const auto reader = makeReader(bytes);
    if (!readHeader(*reader))
        return readerError(*reader);
    return Header{.format = Format::Jpeg,
                  .size = {static_cast<int>(reader->info.image_width), static_cast<int>(reader->info.image_height)},
                  .orientation = orientationOf(*reader)};
}

Result<Decoded> decodeJpeg(Bytes bytes, const DecodeOptions &options)
{
    const auto reader = makeReader(bytes);
    auto &info = reader->info;
    if (!readHeader(*reader))
        return readerError(*reader);

    Decoded decoded;
    decoded.fullSize = {static_cast<int>(info.image_width), static_cast<int>(info.image_height)};
    if (const auto checked = checkSize(decoded.fullSize, options.pixelLimit * kLimitFactor); !checked)
        return fail(checked.error());
    const std::int64_t pixelCount = std::int64_t{decoded.fullSize.width} * decoded.fullSize.height;
    // Even a picture of one colour takes some bits for each 8 × 8 block.
    if (pixelCount > options.pixelLimit && pixelCount / 4096 > static_cast<std::int64_t>(bytes.size()))
        return fail(Errc::Corrupt, {},
                    fmt::format("the header names {} × {} pixels, but the file has only {} bytes",
                                decoded.fullSize.width, decoded.fullSize.height, bytes.size()));
    decoded.orientation = orientationOf(*reader);
    const auto profile = profileOf(*reader);

    const bool inkBased = info.jpeg_color_space == JCS_CMYK || info.jpeg_color_space == JCS_YCCK;
    info.out_color_space = inkBased ? JCS_CMYK : JCS_RGB;
    info.scale_num = static_cast<unsigned>(scaleFor(decoded.fullSize, options));
    info.scale_denom = 8;
    info.dct_method = JDCT_ISLOW;
    info.mem->max_memory_to_use = options.pixelLimit * kCoefficientBytesPerPixel;
    if (!start(*reader))
        return readerError(*reader);

    const Size size = {static_cast<int>(info.output_width), static_cast<int>(info.output_height)};
    const std::size_t stride = std::size_t{info.output_width} * (inkBased ? 4 : 3);
    std::vector<std::uint8_t> samples(stride * info.output_height, inkBased ? std::uint8_t{0} : options.background);
    unsigned rowsDone = 0;
    const bool complete = readRows(*reader, samples.data(), stride, &rowsDone);
    decoded.damaged = reader->damaged || !complete;
    // So little came that nobody would know the picture: the rest is libjpeg's grey.
    const bool lostAtOnce = reader->damaged && reader->damageScan <= 1 && reader->damageRow * 12 < info.total_iMCU_rows;
    if ((!complete && rowsDone * 12 < info.output_height) || lostAtOnce) {
        if (!complete)
            return readerError(*reader);
        return fail(Errc::Corrupt, {},
                    reader->reachedEnd ? "the file ends early" : "damaged JPEG: nothing can be shown");
    }

    if (inkBased) {
        // Adobe writes inks inverted (255: no ink) and marks the file; without the mark they are straight.
        if (info.saw_Adobe_marker)
            std::transform(samples.begin(), samples.end(), samples.begin(),
                           [](std::uint8_t value) { return static_cast<std::uint8_t>(255 - value); });
        decoded.pixels = cmykToSrgb(std::move(samples), size, profile, decoded.warning);
    } else {
        decoded.pixels = {size, std::move(samples)};
        if (!profile.empty())
            decoded.warning = convertToSrgb(decoded.pixels, profile);
    }
    return decoded;
}

namespace {

struct Writer {
    jpeg_compress_struct info;
    jpeg_error_mgr errors;
    std::jmp_buf escape;
    unsigned char *data;
    unsigned long size;
};

bool compress(Writer &writer, const Pixels &pixels, int quality)
{
    if (setjmp(writer.escape))
        return false;
    jpeg_create_compress(&writer.info);
    writer.info.client_data = &writer;
    jpeg_mem_dest(&writer.info, &writer.data, &writer.size);
    writer.info.image_width = static_cast<JDIMENSION>(pixels.size.width);
    writer.info.image_height = static_cast<JDIMENSION>(pixels.size.height);
    writer.info.input_components = 3;
    writer.info.in_color_space = JCS_RGB;
    jpeg_set_defaults(&writer.info);
    jpeg_set_quality(&writer.info, quality, TRUE);
    jpeg_start_compress(&writer.info, TRUE);
    const std::size_t stride = std::size_t{3} * writer.info.image_width;
    while (writer.info.next_scanline < writer.info.image_height) {
        auto *row = const_cast<JSAMPROW>(pixels.rgb.data() + stride * writer.info.next_scanline);
        jpeg_write_scanlines(&writer.info, &row, 1);
    }
    jpeg_finish_compress(&writer.info);
    return true;
}

} // namespace

Result<std::vector<std::byte>> encodeJpeg(const Pixels &pixels, int quality)
{
    const auto expected = std::size_t{3} * static_cast<std::size_t>(std::max(pixels.size.width, 0)) *
                          static_cast<std::size_t>(std::max(pixels.size.height, 0));
    if (pixels.isEmpty() || pixels.rgb.size() != expected || pixels.size.width > JPEG_MAX_DIMENSION ||
        pixels.size.height > JPEG_MAX_DIMENSION)
        return fail(Errc::Invalid, "picture", "no size that a JPEG can have");
    Writer writer{};
    writer.info.err = jpeg_std_error(&writer.errors);
    writer.info.client_data = &writer;
    writer.errors.error_exit = [](j_common_ptr info) {
        std::longjmp(static_cast<Writer *>(info->client_data)->escape, 1);
    };
    writer.errors.output_message = [](j_common_ptr) {};
    const bool done = compress(writer, pixels, std::clamp(quality, 1, 100));
    jpeg_destroy_compress(&writer.info);
    const auto *begin = reinterpret_cast<const std::byte *>(writer.data);
    std::vector<std::byte> bytes;
    if (done)
        bytes.assign(begin, begin + writer.size);
    std::free(writer.data);
    if (!done)
        return fail(Errc::Internal, "picture", "the JPEG could not be written");
    return bytes;
}

} // namespace photolex::image
