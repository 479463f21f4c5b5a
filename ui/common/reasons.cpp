#include "ui/common/reasons.h"

#include "ui/common/photo_text.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <array>
#include <vector>

namespace photolex::ui {

namespace {

constexpr auto context = "photolex::ui::Reasons";

// As core writes them, with %1, %2, … for what is filled in.
constexpr std::array whole = {
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "empty file"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "the file holds only zeros"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "the file ends early"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "the file ends early, later frames are missing"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "not a picture of a known format"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "not a file"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "not a folder"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "its drive is not connected"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "not enough memory"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "not enough memory for this picture"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "part of the picture is missing"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "the header names no picture size"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "%1 × %2 pixels, allowed are %3 million"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "%1 × %2 pixels in progressive JPEG need more memory than allowed"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "the header names %1 × %2 pixels, but the file has only %3 bytes"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "a frame of %1 × %2 pixels"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "damaged JPEG: nothing can be shown"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "damaged BMP: no picture size"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "BMP with %1 bits a pixel and compression %2"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "damaged GIF"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "PNG with %1 channels"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "libpng could not start"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "damaged TIFF: no picture size"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "damaged TIFF: its directory cannot be read"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "damaged TIFF: its rows cannot be read"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "TIFF with floating point in this arrangement"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "TIFF with numbers of a kind that no camera writes"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "damaged WebP: its parts do not fit together"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "libheif gave no pixels"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons",
                      "needs libheif 1.19 or newer, this is %1: install it from your distribution's backports"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "LibRaw %1 does not know this kind of RAW"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "this RAW needs more memory than allowed"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "LibRaw developed no picture of a known kind"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "the network gave values that are not finite, so it cannot be searched"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "the library has schema version %1, this program knows up to %2"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "this is not an SQLite database"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "this is the database of another program"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "it holds no captions"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "it has sentences only, no photos"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "the first line must name the columns path and caption"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "record %1 has %2 fields, not %3"),
    QT_TRANSLATE_NOOP(
        "photolex::ui::Reasons",
        "it is no file of captions: a folder with .txt or XMP beside the photos, captions.tsv, a table "
        "with the columns path and caption, Karpathy's or COCO's JSON, or a Flickr token file is expected"),
};

// After these and a colon stands what a library said.
constexpr std::array heads = {
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "this kind of JPEG"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "damaged JPEG"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "damaged PNG"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "this kind of TIFF"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "damaged TIFF"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "libheif %1 cannot read this"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "damaged HEIC or AVIF"),
    QT_TRANSLATE_NOOP("photolex::ui::Reasons", "damaged RAW"),
};

struct Pattern {
    QRegularExpression expression;
    const char *source;
};

Pattern patternOf(const char *source, const char *tail)
{
    static const QRegularExpression placeholder(QStringLiteral("%\\d"));
    QStringList parts = QString::fromUtf8(source).split(placeholder);
    for (QString &part : parts)
        part = QRegularExpression::escape(part);
    return {QRegularExpression(
                QRegularExpression::anchoredPattern(parts.join(QLatin1String("(.+)")) + QLatin1String(tail))),
            source};
}

// The whole ones first: "damaged TIFF: no picture size" is not a library's word.
const std::vector<Pattern> &patterns()
{
    static const std::vector<Pattern> all = [] {
        std::vector<Pattern> made;
        made.reserve(std::size(whole) + std::size(heads));
        for (const char *source : whole)
            made.push_back(patternOf(source, ""));
        for (const char *source : heads)
            made.push_back(patternOf(source, "(?:: .*)?"));
        return made;
    }();
    return all;
}

const Pattern *find(const QString &detail, QRegularExpressionMatch *match)
{
    for (const auto &pattern : patterns()) {
        *match = pattern.expression.match(detail);
        if (match->hasMatch())
            return &pattern;
    }
    return nullptr;
}

// Details are English already, so in English they stay whole.
bool isEnglish()
{
    return QCoreApplication::translate(context, whole.front()) == QLatin1String(whole.front());
}

} // namespace

bool isKnownReason(const Error &error)
{
    QRegularExpressionMatch match;
    return find(displayPath(error.detail), &match) != nullptr;
}

QString reasonText(const Error &error)
{
    QString detail = displayPath(error.detail);
    if (detail.isEmpty())
        return shortReason(error);
    if (isEnglish())
        return detail;
    QRegularExpressionMatch match;
    const auto *pattern = find(detail, &match);
    if (!pattern)
        return shortReason(error);
    QString text = QCoreApplication::translate(context, pattern->source);
    for (int part = 1; part <= match.lastCapturedIndex(); ++part)
        text.replace(QStringLiteral("%%1").arg(part), match.captured(part));
    return text;
}

} // namespace photolex::ui
