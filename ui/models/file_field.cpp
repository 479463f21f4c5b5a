#include "ui/models/file_field.h"

#include "ui/style/theme.h"

#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QUrl>

namespace photolex::ui {

namespace {

QString droppedFile(const QMimeData *mime)
{
    const auto urls = mime->urls();
    return urls.size() == 1 && urls.first().isLocalFile() ? urls.first().toLocalFile() : QString();
}

} // namespace

FileField::FileField(const QString &name, const QString &title, Kind kind, const QString &filter, QWidget *parent)
    : QWidget(parent)
    , m_kind(kind)
    , m_title(title)
    , m_filter(filter)
    , m_line(new QLineEdit)
{
    m_line->setObjectName(name);
    m_line->setAccessibleName(title);
    m_line->setAcceptDrops(false); // the field takes files as what they are, not as their address
    setAcceptDrops(true);
    auto *button = new QPushButton(tr("Choose…"));
    button->setAutoDefault(false);
    button->setAccessibleName(tr("Choose: %1", "what the button chooses").arg(title));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(gridUnit);
    row->addWidget(m_line, 1);
    row->addWidget(button);
    setFocusProxy(m_line);
    connect(button, &QPushButton::clicked, this, &FileField::choose);
    connect(m_line, &QLineEdit::textChanged, this, &FileField::changed);
}

QString FileField::text() const
{
    return m_line->text().trimmed();
}

void FileField::setText(const QString &path)
{
    m_line->setText(path);
}

void FileField::choose()
{
    auto *dialog = new QFileDialog(window(), m_title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(m_kind == Kind::Folder ? QFileDialog::Directory : QFileDialog::ExistingFile);
    dialog->setOption(QFileDialog::ShowDirsOnly, m_kind == Kind::Folder);
    if (!m_filter.isEmpty())
        dialog->setNameFilters({m_filter, tr("All files (*)")});
    if (!text().isEmpty())
        dialog->setDirectory(QFileInfo(text()).absolutePath());
    connect(dialog, &QFileDialog::fileSelected, this, &FileField::setText);
    dialog->open();
}

void FileField::dragEnterEvent(QDragEnterEvent *event)
{
    if (!droppedFile(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void FileField::dropEvent(QDropEvent *event)
{
    setText(droppedFile(event->mimeData()));
    event->setDropAction(Qt::CopyAction); // nothing is moved
    event->accept();
}

} // namespace photolex::ui
