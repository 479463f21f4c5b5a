#include "ui/widgets/photo_preview.h"

#include "core/image/decode.h"
#include "core/image/metadata.h"
#include "ui/common/commands.h"
#include "ui/common/latest.h"
#include "ui/common/photo_model.h"
#include "ui/common/photo_text.h"
#include "ui/common/session.h"
#include "ui/common/thumbnail_loader.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/photo_facts.h"
#include "ui/widgets/picture_view.h"

#include <QDesktopServices>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>

namespace photolex::ui {

namespace {

struct Details {
    PhotoInfo info;
    std::vector<catalogue::Caption> captions;
    image::Metadata metadata;
};

Result<Details> readDetails(const catalogue::Catalogue &catalogue, PhotoId photo)
{
    auto info = readInfo(catalogue, photo);
    if (!info)
        return fail(info.error());
    findCompanions(catalogue, std::span(&*info, 1));
    Details details;
    details.info = std::move(*info);
    if (auto captions = catalogue.captions(photo))
        details.captions = std::move(*captions);
    if (details.info.isReadable())
        if (auto metadata = image::readMetadata(details.info.path))
            details.metadata = std::move(*metadata);
    return details;
}

void removeAll(QLayout *layout)
{
    while (auto *item = layout->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        if (item->layout())
            removeAll(item->layout());
        delete item;
    }
}

} // namespace

struct PhotoPreview::Impl {
    PhotoPreview *q;
    Session *session;
    Commands *commands;
    PhotoId photo;
    PhotoInfo info; // of the photo that is shown
    bool pictureIsFull = false;

    PictureView *picture;
    QLabel *count, *name, *line, *companions, *problem;
    QPushButton *raw, *film;
    QLabel *captionsTitle, *wordsTitle, *wordsHint, *factsTitle;
    QVBoxLayout *captions;
    FlowLayout *words;
    QGridLayout *facts;
    QPushButton *similar;
    QWidget *body;
    QScrollArea *scroll;
    QTimer settle; // keys held down pass photos faster than they are read

    Latest<Details> reading{nullptr};
    Latest<QImage> quick{nullptr}, full{nullptr};
    Latest<std::vector<search::Engine::Word>> nearest{nullptr};

    QLabel *addTitle(QVBoxLayout *layout, const QString &text) const;
    void showNothing();
    void read();
    void readPicture();
    void showCompanions();
    void readWords();
    void show(const Details &details);
    void showWords(const Result<std::vector<search::Engine::Word>> &words);
};

PhotoPreview::PhotoPreview(Session *session, Commands *commands, QWidget *parent)
    : QWidget(parent)
    , m_impl(std::make_unique<Impl>())
{
    auto &d = *m_impl;
    d.q = this;
    d.session = session;
    d.commands = commands;
    setAccessibleName(tr("Preview"));

    d.scroll = new QScrollArea;
    d.scroll->setWidgetResizable(true);
    d.scroll->setFrameShape(QFrame::NoFrame);
    d.scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    d.body = new QWidget;
    d.scroll->setWidget(d.body);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(d.scroll);

    auto *layout = new QVBoxLayout(d.body);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(8);
    d.count = new QLabel;
    d.count->setObjectName(QStringLiteral("selectedCount"));
    d.count->hide();
    layout->addWidget(d.count);
    d.picture = new PictureView;
    d.picture->setAccessibleName(tr("Picture"));
    layout->addWidget(d.picture);
    d.name = new QLabel;
    d.name->setTextFormat(Qt::PlainText);
    d.name->setWordWrap(true);
    d.name->setTextInteractionFlags(Qt::TextSelectableByMouse);
    QFont strong = font();
    strong.setWeight(QFont::DemiBold);
    strong.setPointSizeF(strong.pointSizeF() * 1.1);
    d.name->setFont(strong);
    layout->addSpacing(4);
    layout->addWidget(d.name);
    d.line = new QLabel;
    d.line->setTextFormat(Qt::PlainText);
    d.line->setWordWrap(true);
    d.line->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(d.line);
    d.companions = new QLabel;
    d.companions->setTextFormat(Qt::PlainText);
    d.companions->setWordWrap(true);
    d.companions->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(d.companions);
    d.raw = new QPushButton(tr("Show the RAW file"));
    d.raw->setObjectName(QStringLiteral("showRaw"));
    d.raw->setCheckable(true);
    layout->addWidget(d.raw, 0, Qt::AlignLeading);
    d.film = new QPushButton(tr("Play the film"));
    d.film->setObjectName(QStringLiteral("playFilm"));
    d.film->setToolTip(tr("The film that was taken with this photo, in the desktop's player"));
    layout->addWidget(d.film, 0, Qt::AlignLeading);
    d.problem = new QLabel;
    d.problem->setTextFormat(Qt::PlainText);
    d.problem->setWordWrap(true);
    layout->addWidget(d.problem);

    d.captionsTitle = d.addTitle(layout, tr("Captions"));
    d.captions = new QVBoxLayout;
    d.captions->setSpacing(8);
    layout->addLayout(d.captions);

    d.wordsTitle = d.addTitle(layout, tr("Nearest words"));
    d.wordsTitle->setToolTip(tr("What the model thinks this is. Click a word to search for it."));
    auto *words = new QWidget;
    d.words = new FlowLayout(words, 6);
    layout->addWidget(words);
    d.wordsHint = new QLabel;
    d.wordsHint->setWordWrap(true);
    d.wordsHint->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(d.wordsHint);
    d.similar = new QPushButton(tr("Similar photos"));
    layout->addSpacing(4);
    layout->addWidget(d.similar, 0, Qt::AlignLeft);

    d.factsTitle = d.addTitle(layout, tr("Details"));
    d.facts = new QGridLayout;
    d.facts->setHorizontalSpacing(16);
    d.facts->setVerticalSpacing(4);
    d.facts->setColumnStretch(1, 1);
    layout->addLayout(d.facts);
    layout->addStretch(1);

    d.settle.setSingleShot(true);
    d.settle.setInterval(60);
    connect(&d.settle, &QTimer::timeout, this, [this] { m_impl->read(); });
    connect(d.picture, &PictureView::activated, this, [this] {
        if (m_impl->photo)
            Q_EMIT activated(m_impl->photo);
    });
    connect(d.similar, &QPushButton::clicked, this, [this] { m_impl->commands->searchSimilar(m_impl->photo); });
    connect(d.raw, &QPushButton::toggled, this, [this] { m_impl->readPicture(); });
    connect(d.film, &QPushButton::clicked, this, [this] { QDesktopServices::openUrl(fileUrl(m_impl->info.film)); });
    connect(session, &Session::modelsReady, this, [this] { m_impl->readWords(); });
    connect(session, &Session::photosChanged, this, [this](const std::vector<PhotoId> &photos) {
        // "Anything" comes often while a folder is scanned, and hardly ever concerns this photo: only its words are
        // asked for again, and those cost nothing.
        if (std::find(photos.begin(), photos.end(), m_impl->photo) != photos.end())
            m_impl->read();
    });
    d.showNothing();
}

PhotoPreview::~PhotoPreview() = default;

PhotoId PhotoPreview::photo() const
{
    return m_impl->photo;
}

void PhotoPreview::setPhoto(PhotoId photo, int selected)
{
    auto &d = *m_impl;
    d.count->setText(tr("%n photo(s) selected", nullptr, selected));
    d.count->setVisible(selected > 1);
    if (photo == d.photo)
        return;
    d.photo = photo;
    if (photo)
        d.settle.start();
    else
        d.showNothing();
}

QLabel *PhotoPreview::Impl::addTitle(QVBoxLayout *layout, const QString &text) const
{
    auto *title = new QLabel(text);
    QFont font = q->font();
    font.setWeight(QFont::DemiBold);
    title->setFont(font);
    title->setContentsMargins(0, 12, 0, 0);
    layout->addWidget(title);
    return title;
}

void PhotoPreview::Impl::showNothing()
{
    settle.stop();
    reading.cancel();
    quick.cancel();
    full.cancel();
    nearest.cancel();
    picture->setPicture({});
    picture->setText(tr("Select a photo to see it here."));
    for (auto *label : {name, line, companions, problem, captionsTitle, wordsTitle, wordsHint, factsTitle})
        label->hide();
    for (auto *button : {raw, film, similar})
        button->hide();
    removeAll(captions);
    removeAll(words);
    removeAll(facts);
}

void PhotoPreview::Impl::read()
{
    if (!photo || !session->catalogue())
        return;
    reading.run(
        [catalogue = session->catalogue(), id = photo](const std::stop_token &) { return readDetails(*catalogue, id); },
        [this](Result<Details> details) {
            if (!details) {
                showNothing();
                picture->setText(tr("This photo is not in the library any more."));
                return;
            }
            show(*details);
        });
}

void PhotoPreview::Impl::showCompanions()
{
    companions->setText(companionLine(info));
    companions->setVisible(info.hasCompanions());
    raw->setVisible(!info.rawFiles.empty());
    film->setVisible(!info.film.empty());
    if (info.rawFiles.empty()) {
        const QSignalBlocker quiet(raw); // the picture is read in any case
        raw->setChecked(false);
    }
}

void PhotoPreview::Impl::show(const Details &details)
{
    if (info.photo != details.info.photo) {
        const QSignalBlocker quiet(raw);
        raw->setChecked(false);
    }
    info = details.info;
    q->setUpdatesEnabled(false);
    name->setText(info.name);
    name->show();
    line->setText(summaryLine(info));
    line->setVisible(!line->text().isEmpty());
    showCompanions();
    problem->hide();
    if (!info.isReadable())
        problem->setText(tr("The drive or folder that holds this photo is not connected."));
    else if (info.error)
        problem->setText(errorSentence(*info.error) + QLatin1Char(' ') + errorRemedy(*info.error));
    else if (info.state == catalogue::PhotoState::Damaged)
        problem->setText(tr("The file is damaged: a part of the picture is missing."));
    else
        problem->clear();
    problem->setVisible(!problem->text().isEmpty());

    removeAll(captions);
    for (const auto &caption : details.captions) {
        auto *text = new QLabel(QString::fromStdString(caption.text));
        text->setTextFormat(Qt::PlainText); // what looks like markup is text
        text->setWordWrap(true);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        text->setToolTip(originText(caption.origin));
        text->setAccessibleName(tr("Caption"));
        captions->addWidget(text);
    }
    captionsTitle->setVisible(!details.captions.empty());

    removeAll(facts);
    int row = 0;
    for (const auto &[key, value] : photoFacts(info, details.metadata)) {
        auto *label = new QLabel(key);
        label->setForegroundRole(QPalette::PlaceholderText);
        label->setAlignment(Qt::AlignLeading | Qt::AlignTop);
        auto *text = new QLabel(value);
        text->setTextFormat(Qt::PlainText);
        text->setWordWrap(true);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        text->setAccessibleName(key);
        facts->addWidget(label, row, 0);
        facts->addWidget(text, row++, 1);
    }
    factsTitle->show();
    q->setUpdatesEnabled(true);
    scroll->verticalScrollBar()->setValue(0);
    readPicture();
    readWords();
}

void PhotoPreview::Impl::readPicture()
{
    const bool isRaw = raw->isChecked() && !info.rawFiles.empty();
    const auto request = thumbnailRequest(info);
    const int side = static_cast<int>(std::max(picture->width(), 240) * q->devicePixelRatioF());
    pictureIsFull = false;
    picture->setText({});
    const auto failed = [this, id = info.photo](const Error &error) {
        picture->setPicture({});
        picture->setText(shortReason(error));
    };
    // The stored thumbnail at once, the picture at full sharpness as soon as it is decoded.
    quick.run(
        [cache = session->thumbnails(), request, isRaw](const std::stop_token &) -> Result<QImage> {
            if (isRaw)
                return fail(Errc::NotFound, "thumbnail", "none of a RAW file that is shown as one with its photo");
            auto cached = request;
            cached.mayDecode = false;
            return loadThumbnail(cache.get(), cached, 512);
        },
        [this](Result<QImage> image) {
            if (image && !pictureIsFull)
                picture->setPicture(*image);
        });
    if (!info.isReadable())
        return;
    full.run(
        [path = isRaw ? info.rawFiles.front().path : info.path, side](const std::stop_token &) -> Result<QImage> {
            auto decoded = image::decode(path, {.wantedShortSide = side});
            if (!decoded)
                return fail(decoded.error());
            return toImage(image::fitted(decoded->pixels, {side, side}));
        },
        [this, failed](Result<QImage> image) {
            pictureIsFull = image.has_value();
            if (image)
                picture->setPicture(*image);
            else if (!picture->hasPicture() || image.error().code != Errc::NotFound)
                failed(image.error());
        });
}

void PhotoPreview::Impl::readWords()
{
    if (!photo)
        return;
    wordsTitle->show();
    similar->show();
    const auto engine = session->engine();
    if (!engine) {
        removeAll(words);
        similar->setEnabled(false);
        wordsHint->setText(tr("The model is being opened…"));
        wordsHint->show();
        return;
    }
    nearest.run(
        [engine, id = photo](const std::stop_token &) -> Result<std::vector<search::Engine::Word>> {
            const auto point = engine->pointOf(id);
            if (!point)
                return fail(point.error());
            return engine->nearestWords(*point, 12);
        },
        [this](Result<std::vector<search::Engine::Word>> found) { showWords(found); });
}

void PhotoPreview::Impl::showWords(const Result<std::vector<search::Engine::Word>> &found)
{
    removeAll(words);
    similar->setEnabled(found.has_value());
    wordsHint->setVisible(!found);
    if (!found) {
        wordsHint->setText(tr("The words come as soon as this photo has been looked at by the model."));
        return;
    }
    const float best = found->empty() ? 1 : std::max(found->front().score, 1e-6F);
    for (const auto &[word, score] : *found) {
        auto *chip = new Chip(QString::fromStdString(word));
        chip->setStrength(std::clamp(static_cast<double>(score / best), 0.0, 1.0));
        chip->setToolTip(tr("Search for “%1” (score %2)").arg(chip->text(), QLocale().toString(score, 'f', 2)));
        chip->setAccessibleDescription(tr("Search for this word"));
        QObject::connect(chip, &Chip::clicked, q, [this, text = chip->text()] { commands->searchText(text); });
        words->addWidget(chip);
        chip->show();
    }
}

} // namespace photolex::ui
