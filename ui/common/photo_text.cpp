#include "ui/common/photo_text.h"

#include "core/base/bytes.h"
#include "ui/common/reasons.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QLocale>
#include <QTimeZone>

namespace photolex::ui {

namespace {

struct Sentences {
    Q_DECLARE_TR_FUNCTIONS(photolex::ui::Sentences)
};

} // namespace

QString displayPath(std::string_view bytes)
{
    return QString::fromStdString(displayText(bytes));
}

QString fileName(std::string_view bytes)
{
    const auto slash = bytes.rfind('/');
    return displayPath(slash == std::string_view::npos ? bytes : bytes.substr(slash + 1));
}

QString toolTipText(const QString &text)
{
    constexpr qsizetype longest = 1000;
    const QString shown = text.size() > longest ? text.left(longest) + QChar(0x2026) : text;
    return QLatin1String("<p style='white-space:pre-wrap'>") + shown.toHtmlEscaped() + QLatin1String("</p>");
}

QUrl fileUrl(std::string_view bytes)
{
    const auto encoded = QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size())).toPercentEncoding("/");
    return QUrl::fromEncoded("file://" + encoded, QUrl::StrictMode);
}

QString nativePath(std::string_view bytes)
{
    return QFile::decodeName(QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size())));
}

std::string pathBytes(const QString &path)
{
    return QFile::encodeName(path).toStdString();
}

QString shortReason(const Error &error)
{
    switch (error.code) {
    case Errc::Cancelled:
        return Sentences::tr("Not read yet");
    case Errc::NotFound:
        return Sentences::tr("The file is gone");
    case Errc::Denied:
        return Sentences::tr("No permission to read");
    case Errc::DiskFull:
        return Sentences::tr("The disk is full");
    case Errc::Corrupt:
        return error.detail.starts_with("empty") ? Sentences::tr("The file is empty")
                                                 : Sentences::tr("The file is damaged");
    case Errc::Unsupported:
        return Sentences::tr("This format cannot be read");
    case Errc::TooLarge:
        return Sentences::tr("The picture is too large");
    case Errc::Busy:
        return Sentences::tr("In use by another program");
    case Errc::Invalid:
    case Errc::Internal:
        break;
    }
    return Sentences::tr("Could not be read");
}

QString errorSentence(const Error &error)
{
    const QString subject = fileName(error.subject);
    const QString detail = reasonText(error);
    switch (error.code) {
    case Errc::Cancelled:
        return Sentences::tr("“%1” was stopped before it was done.").arg(subject);
    case Errc::NotFound:
        return Sentences::tr("“%1” is not there any more.").arg(subject);
    case Errc::Denied:
        return Sentences::tr("“%1” may not be read or written with your rights.").arg(subject);
    case Errc::DiskFull:
        return Sentences::tr("There is no space left on the disk that holds “%1”.").arg(subject);
    case Errc::Corrupt:
        return Sentences::tr("“%1” could not be read (%2).").arg(subject, detail);
    case Errc::Unsupported:
        return Sentences::tr("“%1” is of a kind that cannot be read (%2).").arg(subject, detail);
    case Errc::TooLarge:
        return Sentences::tr("“%1” is too large to be read (%2).").arg(subject, detail);
    case Errc::Busy:
        return Sentences::tr("“%1” is in use by another program.").arg(subject);
    case Errc::Invalid:
        return Sentences::tr("“%1” cannot be used here (%2).").arg(subject, detail);
    case Errc::Internal:
        break;
    }
    return Sentences::tr("Something went wrong inside Photolex with “%1” (%2).").arg(subject, detail);
}

QString errorRemedy(const Error &error)
{
    switch (error.code) {
    case Errc::Cancelled:
        return Sentences::tr("Start it again to go on; what was finished is kept.");
    case Errc::NotFound:
        return Sentences::tr("Connect the drive that held it, or scan the folder again.");
    case Errc::Denied:
        return Sentences::tr("Change the permissions of the file, or choose another place.");
    case Errc::DiskFull:
        return Sentences::tr("Free some space and go on; nothing is lost.");
    case Errc::Corrupt:
        return Sentences::tr("It stays in the library and is tried again when it changes.");
    case Errc::Unsupported:
        return Sentences::tr("Update the program named, or save the picture in another format.");
    case Errc::TooLarge:
        return Sentences::tr("Save a smaller copy of it.");
    case Errc::Busy:
        return Sentences::tr("Close the other program, then try again.");
    case Errc::Invalid:
    case Errc::Internal:
        break;
    }
    return {};
}

QString takenAtText(std::int64_t takenAt)
{
    const auto time = QDateTime::fromSecsSinceEpoch(takenAt, QTimeZone::utc());
    return QLocale().toString(time, QLocale::ShortFormat);
}

QString monthText(int year, int month)
{
    return Sentences::tr("%1 %2", "month name and year").arg(QLocale().standaloneMonthName(month)).arg(year);
}

} // namespace photolex::ui
