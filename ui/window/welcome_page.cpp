#include "ui/window/welcome_page.h"

#include "core/image/decode.h"
#include "ui/common/photo_text.h"
#include "ui/style/icons.h"
#include "ui/style/theme.h"

#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>
#include <filesystem>

namespace photolex::ui {

namespace {

constexpr int countedAtMost = 1000; // enough to say "more than 1,000"

int countPictures(const std::filesystem::path &folder, const std::stop_token &stop)
{
    int count = 0, seen = 0;
    std::error_code error;
    auto entry = std::filesystem::recursive_directory_iterator(
        folder, std::filesystem::directory_options::skip_permission_denied, error);
    for (; !error && entry != std::filesystem::recursive_directory_iterator(); entry.increment(error)) {
        if (stop.stop_requested() || count >= countedAtMost || ++seen > 50'000)
            break;
        std::error_code ignored;
        const auto &path = entry->path();
        if (path.has_extension() && entry->is_regular_file(ignored) && image::mayBePicture(path))
            ++count;
    }
    return count;
}

} // namespace

WelcomePage::WelcomePage(const QString &pictures, QWidget *parent)
    : QWidget(parent)
    , m_offer(new QPushButton)
{
    setObjectName(QStringLiteral("welcome"));
    setAccessibleName(tr("Welcome"));
    auto *picture = new QLabel;
    picture->setPixmap(applicationIcon().pixmap({96, 96}, devicePixelRatioF()));
    picture->setAlignment(Qt::AlignCenter);
    auto *title = new QLabel(tr("See your photos, and find them by words"));
    QFont font = title->font();
    font.setPointSizeF(font.pointSizeF() * 1.8);
    title->setFont(font);
    title->setAlignment(Qt::AlignCenter);
    title->setWordWrap(true);
    auto *sentence =
        new QLabel(tr("Open a folder to look through it at once. While you do, Photolex learns what is in the "
                      "pictures, so that “dog on a beach” finds them. Nothing leaves this computer, and no "
                      "photo is changed."));
    sentence->setAlignment(Qt::AlignCenter);
    sentence->setWordWrap(true);
    sentence->setForegroundRole(QPalette::PlaceholderText);
    sentence->setFixedWidth(64 * gridUnit);
    sentence->setMinimumHeight(sentence->heightForWidth(64 * gridUnit)); // wrapped lines are not in its size hint

    auto *open = new QPushButton(tr("Open a folder of photos"));
    open->setObjectName(QStringLiteral("openFolder"));
    open->setDefault(true);
    open->setMinimumHeight(6 * gridUnit);
    m_offer->setObjectName(QStringLiteral("openPictures"));
    m_offer->setFlat(true);
    m_offer->hide();
    connect(open, &QPushButton::clicked, this, &WelcomePage::folderRequested);
    connect(m_offer, &QPushButton::clicked, this, [this, pictures] { Q_EMIT folderChosen(pictures); });

    auto *column = new QVBoxLayout(this);
    column->addStretch(2);
    column->addWidget(picture);
    column->addSpacing(2 * gridUnit);
    column->addWidget(title);
    column->addWidget(sentence, 0, Qt::AlignHCenter);
    column->addSpacing(2 * gridUnit);
    column->addWidget(open, 0, Qt::AlignHCenter);
    column->addWidget(m_offer, 0, Qt::AlignHCenter);
    column->addStretch(3);

    if (!pictures.isEmpty())
        m_counting.run(
            [folder = pathBytes(pictures)](const std::stop_token &stop) -> Result<int> {
                return countPictures(folder, stop);
            },
            [this, pictures](Result<int> count) {
                if (!count || *count == 0)
                    return;
                const QString name = fileName(pathBytes(pictures));
                m_offer->setText(*count >= countedAtMost
                                     ? tr("Open “%1” with more than %2 photos").arg(name, QLocale().toString(*count))
                                     : tr("Open “%1” with %n photo(s)", nullptr, *count).arg(name));
                m_offer->show();
            });
}

} // namespace photolex::ui
