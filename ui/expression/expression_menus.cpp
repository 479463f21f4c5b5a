#include "ui/expression/expression_menus.h"

#include "ui/common/commands.h"
#include "ui/common/dropped.h"
#include "ui/common/photo_text.h"
#include "ui/common/selection.h"
#include "ui/common/session.h"
#include "ui/expression/expression_place.h"
#include "ui/expression/expression_text.h"
#include "ui/widgets/elided_label.h"

#include <QApplication>
#include <QClipboard>
#include <QCoreApplication>
#include <QFileDialog>
#include <QInputDialog>
#include <QMenu>
#include <QStandardPaths>

namespace photolex::ui {

namespace {

struct ExpressionMenus {
    Q_DECLARE_TR_FUNCTIONS(photolex::ui::ExpressionMenus)
};

std::vector<catalogue::Catalogue::SavedExpression> savedOf(const Session *session)
{
    if (!session->catalogue())
        return {};
    auto saved = session->catalogue()->savedExpressions();
    return saved ? std::move(*saved) : std::vector<catalogue::Catalogue::SavedExpression>();
}

void chooseFiles(ExpressionPlace *place)
{
    auto *dialog = new QFileDialog(place, ExpressionMenus::tr("Add photos"),
                                   QStandardPaths::writableLocation(QStandardPaths::PicturesLocation));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setLabelText(QFileDialog::Accept, ExpressionMenus::tr("Add photos"));
    QObject::connect(dialog, &QFileDialog::filesSelected, place, [place](const QStringList &files) {
        std::vector<search::Term> terms;
        for (const auto &file : files)
            terms.push_back(photoTerm(pathBytes(file)));
        place->addTerms(terms);
    });
    dialog->open();
}

} // namespace

QMenu *makeAddMenu(Session *session, Selection *selection, ExpressionPlace *place, QWidget *parent)
{
    auto *menu = new QMenu(parent);
    QObject::connect(menu, &QMenu::aboutToShow, place, [menu, session, selection, place] {
        menu->clear();
        QObject::connect(menu->addAction(ExpressionMenus::tr("Photo from a file…")), &QAction::triggered, place,
                         [place] { chooseFiles(place); });
        const auto photos = selection->photos();
        auto *selected =
            menu->addAction(ExpressionMenus::tr("Selected photo(s): %n", nullptr, static_cast<int>(photos.size())));
        selected->setEnabled(!photos.empty());
        QObject::connect(selected, &QAction::triggered, place, [place, photos] { place->addPhotos(photos); });
        const Dropped clipboard = readDropped(QApplication::clipboard()->mimeData());
        auto *paste = menu->addAction(ExpressionMenus::tr("From the clipboard"));
        paste->setEnabled(!clipboard.isEmpty());
        QObject::connect(paste, &QAction::triggered, place, [place, clipboard] { place->addDropped(clipboard); });
        const auto saved = savedOf(session);
        if (saved.empty())
            return;
        menu->addSection(ExpressionMenus::tr("Saved expressions"));
        for (const auto &[name, text] : saved)
            QObject::connect(menu->addAction(menuText(menu, QString::fromStdString(name))), &QAction::triggered, place,
                             [place, name] {
                                 search::Term term;
                                 term.kind = search::Term::Kind::Saved;
                                 term.text = name;
                                 place->addTerms({term});
                             });
    });
    return menu;
}

QMenu *makeSavedMenu(Session *session, Commands *commands, ExpressionPlace *place, QWidget *parent)
{
    auto *menu = new QMenu(parent);
    menu->setObjectName(QStringLiteral("savedExpressions"));
    QObject::connect(menu, &QMenu::aboutToShow, place, [menu, session, commands, place] {
        menu->clear();
        const auto saved = savedOf(session);
        if (saved.empty()) {
            menu->addAction(ExpressionMenus::tr("No saved expressions yet"))->setEnabled(false);
            return;
        }
        for (const auto &[name, text] : saved) {
            auto *action = menu->addAction(menuText(menu, QString::fromStdString(name)));
            action->setToolTip(QString::fromStdString(text));
            QObject::connect(action, &QAction::triggered, place,
                             [place, text] { place->open(QString::fromStdString(text)); });
        }
        menu->addSeparator();
        auto *remove = menu->addMenu(ExpressionMenus::tr("Remove"));
        for (const auto &[name, text] : saved)
            QObject::connect(remove->addAction(menuText(menu, QString::fromStdString(name))), &QAction::triggered,
                             place, [session, commands, name] {
                                 if (const auto done = session->catalogue()->removeSavedExpression(name); !done)
                                     commands->tell(errorSentence(done.error()));
                             });
    });
    menu->setToolTipsVisible(true);
    return menu;
}

void askForName(Session *session, Commands *commands, const search::Expression &expression, QWidget *parent)
{
    auto *dialog = new QInputDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("expressionName"));
    dialog->setWindowTitle(ExpressionMenus::tr("Save the expression"));
    dialog->setLabelText(ExpressionMenus::tr("Name. One that is taken gets this expression instead of its own."));
    dialog->setOkButtonText(ExpressionMenus::tr("Save"));
    QStringList parts;
    for (const auto &term : expression.terms)
        parts.append(signedTitle(term, parts.isEmpty()));
    dialog->setTextValue(parts.join(QLatin1Char(' ')).left(60));
    QObject::connect(dialog, &QInputDialog::textValueSelected, parent,
                     [session, commands, text = search::printExpression(expression)](const QString &entered) {
                         const QString name = entered.trimmed();
                         if (name.isEmpty())
                             return;
                         if (const auto kept = session->catalogue()->saveExpression(name.toStdString(), text); !kept)
                             commands->tell(errorSentence(kept.error()));
                         else
                             commands->tell(ExpressionMenus::tr("Saved as “%1”.").arg(name));
                     });
    dialog->open();
}

} // namespace photolex::ui
