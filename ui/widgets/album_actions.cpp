#include "ui/widgets/album_actions.h"

#include "ui/common/commands.h"
#include "ui/common/latest.h"
#include "ui/common/photo_text.h"
#include "ui/common/session.h"

#include <QCoreApplication>
#include <QInputDialog>
#include <QMessageBox>
#include <QPushButton>

namespace photolex::ui {

namespace {

struct Albums {
    Q_DECLARE_TR_FUNCTIONS(photolex::ui::Albums)
};

// Runs in a worker, one job each: what was begun is not overtaken by the next.
template <class T>
void inBackground(Commands *commands, std::function<Result<T>(const std::stop_token &)> work,
                  std::function<QString(const T &)> sentence)
{
    auto *latest = new Latest<T>(commands);
    latest->run(std::move(work), [commands, latest, sentence = std::move(sentence)](Result<T> done) {
        latest->deleteLater();
        commands->changeAlbums();
        commands->tell(done ? sentence(*done)
                            : errorSentence(done.error()) + QLatin1Char(' ') + errorRemedy(done.error()));
    });
}

QString shown(const std::string &name)
{
    return QString::fromStdString(name);
}

// A name was refused: it is asked for again, with the reason.
QString refusal(const Error &error)
{
    return error.code == Errc::Invalid ? Albums::tr("There is an album of this name already. Choose another one.")
                                       : errorSentence(error);
}

QInputDialog *nameDialog(QWidget *parent, const QString &title, const QString &text, const QString &button)
{
    auto *dialog = new QInputDialog(parent->window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("albumDialog"));
    dialog->setWindowTitle(title);
    dialog->setLabelText(Albums::tr("Name of the album"));
    dialog->setTextValue(text);
    dialog->setOkButtonText(button);
    return dialog;
}

} // namespace

void addToAlbum(Session *session, Commands *commands, AlbumId album, const std::string &name,
                std::vector<PhotoId> photos)
{
    inBackground<std::int64_t>(
        commands,
        [catalogue = session->catalogue(), album, photos = std::move(photos)](const std::stop_token &) {
            return catalogue->addToAlbum(album, photos);
        },
        [name](std::int64_t added) {
            return added == 0
                       ? Albums::tr("They are in “%1” already.").arg(shown(name))
                       : Albums::tr("%n photo(s) added to “%1”.", nullptr, static_cast<int>(added)).arg(shown(name));
        });
}

void removeFromAlbum(Session *session, Commands *commands, AlbumId album, std::vector<PhotoId> photos)
{
    const int count = static_cast<int>(photos.size());
    inBackground<bool>(
        commands,
        [catalogue = session->catalogue(), album, photos = std::move(photos)](const std::stop_token &) -> Result<bool> {
            if (auto removed = catalogue->removeFromAlbum(album, photos); !removed)
                return fail(removed.error());
            return true;
        },
        [count](bool) { return Albums::tr("%n photo(s) taken out of the album. The files stay.", nullptr, count); });
}

void askForAlbum(Session *session, Commands *commands, QWidget *parent, std::vector<PhotoId> photos)
{
    auto *dialog = nameDialog(parent, Albums::tr("New album"), {}, Albums::tr("Create album"));
    QObject::connect(dialog, &QInputDialog::textValueSelected, parent,
                     [=, photos = std::move(photos)](const QString &name) {
                         if (name.trimmed().isEmpty())
                             return;
                         const auto album = session->catalogue()->addAlbum(name.toStdString());
                         if (!album)
                             return commands->tell(refusal(album.error()));
                         if (!photos.empty())
                             return addToAlbum(session, commands, *album, name.trimmed().toStdString(), photos);
                         commands->changeAlbums();
                     });
    dialog->open();
}

void askForAlbumName(Session *session, Commands *commands, QWidget *parent, AlbumId album, const std::string &name)
{
    auto *dialog = nameDialog(parent, Albums::tr("Rename album"), shown(name), Albums::tr("Rename"));
    QObject::connect(dialog, &QInputDialog::textValueSelected, parent, [=](const QString &wanted) {
        if (wanted.trimmed().isEmpty())
            return;
        if (const auto renamed = session->catalogue()->renameAlbum(album, wanted.toStdString()); !renamed)
            return commands->tell(refusal(renamed.error()));
        commands->changeAlbums();
    });
    dialog->open();
}

void askToRemoveAlbum(Session *session, Commands *commands, QWidget *parent, AlbumId album, const std::string &name)
{
    auto *question = new QMessageBox(parent);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setIcon(QMessageBox::Question);
    question->setTextFormat(Qt::PlainText);
    question->setText(Albums::tr("Remove the album “%1”?").arg(shown(name)));
    question->setInformativeText(Albums::tr("Its photos stay in the library, and their files where they are."));
    auto *remove = question->addButton(Albums::tr("Remove album"), QMessageBox::DestructiveRole);
    question->setDefaultButton(question->addButton(QMessageBox::Cancel));
    QObject::connect(remove, &QPushButton::clicked, parent, [=] {
        if (const auto removed = session->catalogue()->removeAlbum(album); !removed)
            return commands->tell(errorSentence(removed.error()));
        commands->changeAlbums();
    });
    question->open();
}

} // namespace photolex::ui
