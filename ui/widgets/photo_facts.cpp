#include "ui/widgets/photo_facts.h"

#include "core/base/bytes.h"
#include "ui/common/photo_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <cmath>

namespace photolex::ui {

namespace {

struct Facts {
    Q_DECLARE_TR_FUNCTIONS(photolex::ui::PhotoFacts)
};

QString shown(const std::string &text)
{
    return QString::fromStdString(displayText(text));
}

QString coordinate(double degrees, const QString &positive, const QString &negative)
{
    return Facts::tr("%1° %2", "coordinate: degrees and direction")
        .arg(QLocale().toString(std::abs(degrees), 'f', 4), degrees < 0 ? negative : positive);
}

} // namespace

QString summaryLine(const PhotoInfo &info)
{
    QStringList parts;
    if (info.takenAt)
        parts += takenAtText(*info.takenAt);
    if (info.width > 0)
        parts += Facts::tr("%1 × %2", "width and height in pixels")
                     .arg(QLocale().toString(info.width), QLocale().toString(info.height));
    return parts.join(QStringLiteral(" · "));
}

QString exposureText(const image::Metadata &metadata)
{
    const QLocale locale;
    QStringList parts;
    if (metadata.exposureSeconds && *metadata.exposureSeconds > 0) {
        const double seconds = *metadata.exposureSeconds;
        parts += seconds < 0.4 ? Facts::tr("1/%1 s", "exposure time").arg(std::lround(1 / seconds))
                               : Facts::tr("%1 s", "exposure time").arg(locale.toString(seconds, 'g', 3));
    }
    if (metadata.aperture && *metadata.aperture > 0)
        parts += QStringLiteral("f/%1").arg(locale.toString(*metadata.aperture, 'g', 3));
    if (metadata.iso && *metadata.iso > 0)
        parts += QStringLiteral("ISO %1").arg(*metadata.iso);
    if (metadata.focalLengthMm && *metadata.focalLengthMm > 0)
        parts += Facts::tr("%1 mm", "focal length").arg(locale.toString(*metadata.focalLengthMm, 'g', 4));
    return parts.join(QStringLiteral(" · "));
}

QList<QPair<QString, QString>> photoFacts(const PhotoInfo &info, const image::Metadata &metadata)
{
    QList<QPair<QString, QString>> facts;
    const auto add = [&](const QString &key, const QString &value) {
        if (!value.trimmed().isEmpty())
            facts.append({key, value});
    };
    add(Facts::tr("Title"), shown(metadata.title));
    add(Facts::tr("Camera"), shown(metadata.camera));
    add(Facts::tr("Lens"), shown(metadata.lens));
    add(Facts::tr("Exposure"), exposureText(metadata));
    if (metadata.latitude && metadata.longitude)
        add(Facts::tr("Place"), coordinate(*metadata.latitude, Facts::tr("N", "north"), Facts::tr("S", "south")) +
                                    QStringLiteral(", ") +
                                    coordinate(*metadata.longitude, Facts::tr("E", "east"), Facts::tr("W", "west")));
    QStringList keywords;
    for (const auto &keyword : metadata.keywords)
        keywords += shown(keyword);
    add(Facts::tr("Keywords"), keywords.join(QStringLiteral(", ")));
    if (metadata.rating && *metadata.rating > 0)
        add(Facts::tr("Rating"), QString(std::min(*metadata.rating, 5), QChar(0x2605)));
    if (metadata.takenInFuture)
        add(Facts::tr("Date"), Facts::tr("lies in the future: the camera's clock may be wrong"));
    add(Facts::tr("File size"), QLocale().formattedDataSize(info.stamp.size));
    const auto slash = info.path.rfind('/');
    add(Facts::tr("Folder"), displayPath(slash == std::string::npos ? info.path : info.path.substr(0, slash)));
    return facts;
}

QString originText(catalogue::CaptionOrigin origin)
{
    switch (origin) {
    case catalogue::CaptionOrigin::User:
        return Facts::tr("Written by you");
    case catalogue::CaptionOrigin::File:
        return Facts::tr("From the file");
    case catalogue::CaptionOrigin::Retrieved:
        return Facts::tr("From a similar photo");
    case catalogue::CaptionOrigin::Generated:
        return Facts::tr("Generated");
    }
    return {};
}

} // namespace photolex::ui
