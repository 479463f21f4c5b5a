#include "ui/settings/settings_place.h"

#include "core/base/paths.h"
#include "core/base/threads.h"
#include "ui/common/commands.h"
#include "ui/common/folder_size.h"
#include "ui/common/latest.h"
#include "ui/common/photo_text.h"
#include "ui/common/session.h"
#include "ui/settings/preferences.h"
#include "ui/style/icons.h"
#include "ui/style/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDate>
#include <QDesktopServices>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <functional>
#include <thread>

namespace photolex::ui {

namespace {

struct StoredPlace {
    QString title;
    std::filesystem::path path;
    QLabel *size = nullptr;
};

QLabel *note(const QString &text)
{
    auto *label = new QLabel(text);
    label->setWordWrap(true);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

} // namespace

struct SettingsPlace::Impl {
    Session *session;
    Commands *commands;
    Preferences *preferences;
    QVBoxLayout *column = nullptr;
    QList<StoredPlace> places;
    QTimer patternsSettled;
    std::function<void()> keepPatterns;
    std::unique_ptr<Latest<std::vector<std::int64_t>>> sizes = std::make_unique<Latest<std::vector<std::int64_t>>>();
    std::unique_ptr<Latest<bool>> clearing = std::make_unique<Latest<bool>>();
    std::unique_ptr<Latest<bool>> backingUp = std::make_unique<Latest<bool>>();

    QFormLayout *section(const QString &title)
    {
        auto *heading = new QLabel(title);
        QFont font = heading->font();
        font.setBold(true);
        font.setPointSizeF(font.pointSizeF() * 1.15);
        heading->setFont(font);
        if (column->count() > 0)
            column->addSpacing(2 * gridUnit);
        column->addWidget(heading);
        auto *form = new QFormLayout;
        form->setContentsMargins(0, 0, 0, 0);
        form->setHorizontalSpacing(3 * gridUnit);
        form->setVerticalSpacing(gridUnit);
        form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
        form->setLabelAlignment(Qt::AlignLeading | Qt::AlignVCenter);
        column->addLayout(form);
        return form;
    }

    // One column of labels for all sections.
    static QLabel *label(const QString &text, QWidget *buddy = nullptr)
    {
        auto *made = new QLabel(text);
        made->setFixedWidth(24 * gridUnit);
        made->setWordWrap(true);
        made->setBuddy(buddy);
        return made;
    }

    void addAppearance();
    void addIndexing();
    void addStorage();
    void addStoredPlace(QFormLayout *form, const QString &title, const std::filesystem::path &path,
                        QPushButton *extra = nullptr);
    void readSizes();
    void clearThumbnails();
    void backUp(QWidget *parent);
};

void SettingsPlace::Impl::addAppearance()
{
    auto *form = section(SettingsPlace::tr("Appearance"));
    auto *language = new QComboBox;
    language->setObjectName(QStringLiteral("language"));
    language->setAccessibleName(SettingsPlace::tr("Language"));
    language->addItem(SettingsPlace::tr("That of the system"), QString());
    for (const auto &each : languages())
        language->addItem(each.name, each.code);
    language->setCurrentIndex(std::max(0, language->findData(preferences->language())));
    QObject::connect(language, &QComboBox::activated, preferences,
                     [this, language] { preferences->setLanguage(language->currentData().toString()); });
    form->addRow(label(SettingsPlace::tr("Language"), language), language);

    auto *theme = new QComboBox;
    theme->setObjectName(QStringLiteral("theme"));
    theme->setAccessibleName(SettingsPlace::tr("Theme"));
    theme->addItem(SettingsPlace::tr("That of the system"), static_cast<int>(Theme::System));
    theme->addItem(SettingsPlace::tr("Light"), static_cast<int>(Theme::Light));
    theme->addItem(SettingsPlace::tr("Dark"), static_cast<int>(Theme::Dark));
    theme->setCurrentIndex(theme->findData(static_cast<int>(preferences->theme())));
    QObject::connect(theme, &QComboBox::activated, preferences,
                     [this, theme] { preferences->setTheme(static_cast<Theme>(theme->currentData().toInt())); });
    form->addRow(label(SettingsPlace::tr("Theme"), theme), theme);
}

void SettingsPlace::Impl::addIndexing()
{
    auto *form = section(SettingsPlace::tr("Indexing"));
    auto *threads = new QSpinBox;
    threads->setObjectName(QStringLiteral("threads"));
    threads->setAccessibleName(SettingsPlace::tr("Processor cores used"));
    threads->setRange(0, std::max(1, static_cast<int>(std::thread::hardware_concurrency())));
    threads->setSpecialValueText(SettingsPlace::tr("All (%1)").arg(threads->maximum()));
    threads->setValue(preferences->threads());
    QObject::connect(threads, &QSpinBox::valueChanged, preferences, &Preferences::setThreads);
    form->addRow(label(SettingsPlace::tr("Processor cores used"), threads), threads);

    auto *quiet = new QCheckBox(SettingsPlace::tr("Index quietly"));
    quiet->setObjectName(QStringLiteral("quiet"));
    quiet->setChecked(preferences->isQuiet());
    QObject::connect(quiet, &QCheckBox::toggled, preferences, &Preferences::setQuiet);
    QObject::connect(preferences, &Preferences::indexingChanged, quiet,
                     [this, quiet] { quiet->setChecked(preferences->isQuiet()); });
    form->addRow(label({}), quiet);
    form->addRow(label({}), note(SettingsPlace::tr("One core, and only what other programs leave.")));

    auto *patterns = new QPlainTextEdit(preferences->excludePatterns().join(QLatin1Char('\n')));
    patterns->setObjectName(QStringLiteral("patterns"));
    patterns->setAccessibleName(SettingsPlace::tr("Names that are left out"));
    patterns->setTabChangesFocus(true);
    patterns->setMinimumHeight(patterns->fontMetrics().lineSpacing() * 6);
    patterns->setMaximumHeight(patterns->fontMetrics().lineSpacing() * 9);
    patternsSettled.setSingleShot(true);
    patternsSettled.setInterval(600);
    QObject::connect(patterns, &QPlainTextEdit::textChanged, &patternsSettled, qOverload<>(&QTimer::start));
    keepPatterns = [this, patterns] {
        QStringList lines;
        for (const QString &line : patterns->toPlainText().split(QLatin1Char('\n')))
            if (!line.trimmed().isEmpty())
                lines.append(line.trimmed());
        preferences->setExcludePatterns(lines);
    };
    QObject::connect(&patternsSettled, &QTimer::timeout, preferences, [this] { keepPatterns(); });
    auto *patternsLabel = label(SettingsPlace::tr("Names that are left out"), patterns);
    patternsLabel->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    form->addRow(patternsLabel, patterns);
    form->addRow(label({}), note(SettingsPlace::tr("One pattern a line; * stands for anything. They hold for files and "
                                                   "folders from the next scan on. An empty list brings the defaults "
                                                   "back.")));
}

void SettingsPlace::Impl::addStoredPlace(QFormLayout *form, const QString &title, const std::filesystem::path &path,
                                         QPushButton *extra)
{
    auto *line = new QHBoxLayout;
    line->setSpacing(gridUnit);
    const QString shown = displayPath(path.native());
    auto *where = new QLabel(shown);
    where->setTextInteractionFlags(Qt::TextSelectableByMouse);
    where->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    where->setToolTip(shown);
    auto *size = new QLabel;
    size->setForegroundRole(QPalette::PlaceholderText);
    auto *open = new QToolButton;
    open->setIcon(icon(QStringLiteral("settings/place-open")));
    open->setToolTip(SettingsPlace::tr("Show in the file manager"));
    open->setAccessibleName(SettingsPlace::tr("Show “%1” in the file manager").arg(title));
    open->setAutoRaise(true);
    QObject::connect(open, &QToolButton::clicked, open, [path] { QDesktopServices::openUrl(fileUrl(path.native())); });
    line->addWidget(where, 1);
    line->addWidget(size);
    if (extra)
        line->addWidget(extra);
    line->addWidget(open);
    form->addRow(label(title), line);
    places.append({title, path, size});
}

void SettingsPlace::Impl::addStorage()
{
    auto *form = section(SettingsPlace::tr("Where things are kept"));
    if (session->catalogue()) {
        const auto library = session->catalogue()->library();
        auto *clear = new QPushButton(SettingsPlace::tr("Clear"));
        clear->setAccessibleName(SettingsPlace::tr("Clear the thumbnails"));
        clear->setToolTip(SettingsPlace::tr("Thumbnails are made again when they are needed"));
        clear->setObjectName(QStringLiteral("clearThumbnails"));
        QObject::connect(clear, &QPushButton::clicked, clear, [this] { clearThumbnails(); });
        addStoredPlace(form, SettingsPlace::tr("Library"), library);
        addStoredPlace(form, SettingsPlace::tr("Thumbnails"), library / "thumbnails", clear);
    }
    addStoredPlace(form, SettingsPlace::tr("Models"), paths::dataHome() / "models");
    addStoredPlace(form, SettingsPlace::tr("Settings"), paths::configHome());
    auto *backup = new QPushButton(SettingsPlace::tr("Back up the library…"));
    backup->setObjectName(QStringLiteral("backup"));
    backup->setEnabled(session->catalogue() != nullptr);
    QObject::connect(backup, &QPushButton::clicked, backup, [this, backup] { backUp(backup->window()); });
    auto *line = new QHBoxLayout;
    line->addWidget(backup);
    line->addStretch();
    form->addRow(label({}), line);
    form->addRow(label({}), note(SettingsPlace::tr("Captions, searches and the list of folders go into one file. Your "
                                                   "photos stay where they are and are never changed.")));
}

void SettingsPlace::Impl::readSizes()
{
    std::vector<std::filesystem::path> wanted;
    for (const auto &place : places)
        wanted.push_back(place.path);
    sizes->run(
        [wanted](const std::stop_token &stop) -> Result<std::vector<std::int64_t>> {
            std::vector<std::int64_t> bytes;
            for (const auto &path : wanted)
                bytes.push_back(bytesBelow(path, stop));
            return bytes;
        },
        [this](Result<std::vector<std::int64_t>> bytes) {
            for (std::size_t each = 0; bytes && each < bytes->size(); ++each)
                places[static_cast<qsizetype>(each)].size->setText(QLocale().formattedDataSize((*bytes)[each], 1));
        });
}

void SettingsPlace::Impl::clearThumbnails()
{
    clearing->run(
        [cache = session->thumbnails()](const std::stop_token &) -> Result<bool> {
            const auto cleared = cache->clear();
            if (!cleared)
                return fail(cleared.error());
            return true;
        },
        [this](const Result<bool> &cleared) {
            commands->tell(cleared ? SettingsPlace::tr("The thumbnails were cleared.")
                                   : errorSentence(cleared.error()));
            readSizes();
        });
}

void SettingsPlace::Impl::backUp(QWidget *parent)
{
    const QString name = QStringLiteral("photolex-%1.sqlite").arg(QDate::currentDate().toString(Qt::ISODate));
    auto *dialog = new QFileDialog(parent, SettingsPlace::tr("Back up the library"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(name);
    dialog->setLabelText(QFileDialog::Accept, SettingsPlace::tr("Back up"));
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, [this](const QString &file) {
        backingUp->run(
            [catalogue = session->catalogue(), file](const std::stop_token &) -> Result<bool> {
                const auto saved = catalogue->backup(pathBytes(file));
                if (!saved)
                    return fail(saved.error());
                return true;
            },
            [this, file](const Result<bool> &saved) {
                commands->tell(saved ? SettingsPlace::tr("The library was backed up to “%1”.").arg(file)
                                     : errorSentence(saved.error()));
            });
    });
    dialog->open();
}

SettingsPlace::SettingsPlace(Session *session, Commands *commands, Preferences *preferences, QWidget *parent)
    : QWidget(parent)
    , m_impl(std::make_unique<Impl>())
{
    m_impl->session = session;
    m_impl->commands = commands;
    m_impl->preferences = preferences;
    setAccessibleName(tr("Settings"));

    auto *page = new QWidget;
    page->setMaximumWidth(90 * gridUnit);
    m_impl->column = new QVBoxLayout(page);
    m_impl->column->setContentsMargins(4 * gridUnit, 3 * gridUnit, 4 * gridUnit, 3 * gridUnit);
    m_impl->addAppearance();
    m_impl->addIndexing();
    m_impl->addStorage();
    m_impl->column->addStretch();

    auto *holder = new QWidget; // keeps the page at a width that reads well, at the reading side
    auto *across = new QHBoxLayout(holder);
    across->setContentsMargins(0, 0, 0, 0);
    across->addWidget(page, 10);
    across->addStretch(1);
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(holder);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(scroll);
}

SettingsPlace::~SettingsPlace()
{
    if (m_impl->patternsSettled.isActive()) // typed just before the place went
        m_impl->keepPatterns();
}

void SettingsPlace::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_impl->readSizes();
}

} // namespace photolex::ui
