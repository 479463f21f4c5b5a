#include "ui/common/messages.h"

#include "ui/common/photo_text.h"
#include "ui/common/reasons.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>
#include <cmath>

namespace photolex::ui {

namespace {

struct Messages {
    Q_DECLARE_TR_FUNCTIONS(photolex::ui::Messages)
};

} // namespace

QString librarySentence(const Error &error)
{
    const QString name = displayPath(error.subject), detail = reasonText(error);
    switch (error.code) {
    case Errc::Busy:
        return Messages::tr("The library “%1” is in use by another Photolex. Close it there, then try again.")
            .arg(name);
    case Errc::Unsupported:
        return Messages::tr(
                   "The library “%1” was made by a newer Photolex (%2). It was not touched. Update Photolex, or "
                   "choose another library.")
            .arg(name, detail);
    case Errc::Denied:
        return Messages::tr(
                   "The library “%1” may not be written. Change the permissions of its folder, or choose another "
                   "library.")
            .arg(name);
    case Errc::DiskFull:
        return Messages::tr("No space left on the disk that holds the library “%1”. Free some space, then try again.")
            .arg(name);
    case Errc::Corrupt:
        return Messages::tr(
                   "The library “%1” is damaged (%2). Your photos are not. Restore a backup of the library, or "
                   "move its folder away to begin a new one.")
            .arg(name, detail);
    default:
        return Messages::tr("The library “%1” could not be opened (%2).").arg(name, detail);
    }
}

QString modelsSentence(const Error &error)
{
    const QString name = fileName(error.subject), detail = reasonText(error);
    switch (error.code) {
    case Errc::NotFound:
        return Messages::tr("Search by meaning is off: “%1” is not installed. Install Photolex again to bring it back. "
                            "Names and captions can still be searched.")
            .arg(name);
    case Errc::Corrupt:
        return Messages::tr(
                   "Search by meaning is off: “%1” could not be opened (%2). Import the bundle again. Names and "
                   "captions can still be searched.")
            .arg(name, detail);
    default:
        return Messages::tr("Search by meaning is off: “%1” could not be opened (%2). Names and captions can still be "
                            "searched.")
            .arg(name, detail);
    }
}

QString jobSentence(const Error &error, qint64 done)
{
    const QString count = QLocale().toString(done);
    switch (error.code) {
    case Errc::DiskFull:
        return Messages::tr(
                   "No space left on the disk that holds the library. Indexing paused after %1 photos; nothing "
                   "is lost. Free some space, then scan again.")
            .arg(count);
    case Errc::Busy:
        return Messages::tr("Another Photolex is writing to this library. Scan again when it is done.");
    case Errc::NotFound:
        return Messages::tr("“%1” was not found, so it was not indexed. Connect the drive, then scan again.")
            .arg(displayPath(error.subject));
    case Errc::Denied:
        return Messages::tr("“%1” may not be read, so it was not indexed. Change its permissions, then scan again.")
            .arg(displayPath(error.subject));
    default:
        return Messages::tr("Indexing stopped after %1 photos: %2").arg(count, errorSentence(error));
    }
}

QString reportSentence(const indexing::IndexReport &report)
{
    QStringList parts;
    if (report.added > 0)
        parts.append(Messages::tr("%n photo(s) added", nullptr, static_cast<int>(report.added)));
    if (report.updated > 0)
        parts.append(Messages::tr("%n updated", nullptr, static_cast<int>(report.updated)));
    if (report.moved > 0)
        parts.append(Messages::tr("%n moved", nullptr, static_cast<int>(report.moved)));
    if (report.removed > 0)
        parts.append(Messages::tr("%n gone", nullptr, static_cast<int>(report.removed)));
    if (report.failed > 0 && !parts.isEmpty()) // alone it is no news: the Problems button says it all the time
        parts.append(Messages::tr("%n could not be read", nullptr, static_cast<int>(report.failed)));
    if (report.offline)
        parts.append(Messages::tr("a folder is offline; its photos stay in the library"));
    if (parts.isEmpty())
        return {};
    //: joins the parts of "12 photos added, 2 moved"
    return parts.join(Messages::tr(", "));
}

QString indexedForSentence(const QString &bundle, const indexing::IndexReport &report)
{
    if (report.embedded == 0 && report.failed == 0)
        return {};
    QString sentence =
        Messages::tr("%n photo(s) indexed for “%1”", nullptr, static_cast<int>(report.embedded)).arg(bundle);
    if (report.failed > 0)
        sentence += Messages::tr(", ") + Messages::tr("%n could not be read", nullptr, static_cast<int>(report.failed));
    return sentence;
}

QString timeLeftText(double seconds)
{
    if (seconds < 0)
        return {};
    if (seconds < 60)
        return Messages::tr("less than a minute left");
    const int minutes = static_cast<int>(std::ceil(seconds / 60));
    if (minutes < 60)
        return Messages::tr("%1 min left").arg(minutes);
    return Messages::tr("%1 h %2 min left").arg(minutes / 60).arg(minutes % 60);
}

} // namespace photolex::ui
