#include "ui/expression/example_gallery.h"

#include "ui/common/session.h"
#include "ui/common/thumbnail_loader.h"
#include "ui/expression/expression_text.h"
#include "ui/style/theme.h"
#include "ui/widgets/chip.h"

#include <QAbstractButton>
#include <QElapsedTimer>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>
#include <QProgressBar>
#include <QStyle>
#include <QVBoxLayout>
#include <algorithm>
#include <mutex>
#include <optional>

namespace photolex::ui {

namespace {

constexpr int sliceMs = 30, pauseMs = 20; // of a worker; a query gets in between
constexpr int pictureSide = 72, resultSide = 56;

bool isSame(const search::Example &a, const search::Example &b)
{
    return a.photo == b.photo && a.from == b.from && a.to == b.to;
}

} // namespace

struct ExampleGallery::Work {
    std::mutex mutex;
    std::optional<search::ExampleSearch> examples;
};

// photo − word + word → three photos, as one button.
class ExampleGallery::Card : public QAbstractButton {
public:
    Card(const search::Example &example, ThumbnailLoader *loader, QWidget *parent)
        : QAbstractButton(parent)
        , m_example(example)
        , m_loader(loader)
    {
        setFocusPolicy(Qt::StrongFocus);
        setCursor(Qt::PointingHandCursor);
        setAttribute(Qt::WA_Hover);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
        setAccessibleName(ExampleGallery::tr("Example: a photo, minus “%1”, plus “%2”")
                              .arg(QString::fromStdString(example.from), QString::fromStdString(example.to)));
        setToolTip(ExampleGallery::tr("Put this together"));
    }
    const search::Example &example() const { return m_example; }
    QSize sizeHint() const override
    {
        return {2 * gridUnit + pictureSide + wordWidth() + arrowWidth + 3 * (resultSide + 4) + gridUnit,
                pictureSide + 2 * gridUnit + titleHeight()};
    }
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
        const QColor window = palette().color(QPalette::Window), ink = palette().color(QPalette::WindowText);
        const QColor accent = palette().color(QPalette::Highlight);
        painter.setPen(QPen(hasFocus() ? accent : blend(window, ink, underMouse() ? 0.32 : 0.14), hasFocus() ? 2 : 1));
        painter.setBrush(isDown() ? blend(palette().color(QPalette::Base), accent, 0.12)
                                  : palette().color(QPalette::Base));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 8, 8);

        painter.setPen(quietText(palette()));
        const QRect title(gridUnit, gridUnit / 2, width() - 2 * gridUnit, titleHeight());
        painter.drawText(title, Qt::AlignLeading | Qt::AlignVCenter, attributeText(m_example.attribute));
        const int top = titleHeight() + gridUnit;
        int x = gridUnit;
        picture(painter, m_example.photo, QRect(x, top, pictureSide, pictureSide));
        x += pictureSide;
        const QRect words(x, top, wordWidth(), pictureSide);
        painter.setPen(ink);
        const auto line = [&](int row, const QString &text) {
            const QRect where(words.left() + gridUnit, words.top() + row * words.height() / 2, words.width() - gridUnit,
                              words.height() / 2);
            painter.drawText(mirrored(where), Qt::AlignLeading | Qt::AlignVCenter, text);
        };
        line(0, QStringLiteral("− ") + QString::fromStdString(m_example.from));
        line(1, QStringLiteral("+ ") + QString::fromStdString(m_example.to));
        x += wordWidth();
        // An arrow in the direction of reading.
        const double middle = top + pictureSide / 2.0;
        const bool rightToLeft = layoutDirection() == Qt::RightToLeft;
        const double from = rightToLeft ? width() - x : x, reach = rightToLeft ? -1 : 1;
        painter.setPen(QPen(quietText(palette()), 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        const QPointF head(from + reach * (arrowWidth - 10), middle);
        painter.drawLine(QPointF(from + reach * 4, middle), head);
        painter.drawPolyline(QPolygonF{head + QPointF(-reach * 5, -4.5), head, head + QPointF(-reach * 5, 4.5)});
        x += arrowWidth;
        for (const auto photo : m_example.found) {
            picture(painter, photo, QRect(x, top + (pictureSide - resultSide) / 2, resultSide, resultSide));
            x += resultSide + 4;
        }
    }

private:
    static constexpr int arrowWidth = 4 * gridUnit;
    int titleHeight() const { return fontMetrics().height() + 4; }
    int wordWidth() const
    {
        const auto of = [this](const std::string &word) {
            return fontMetrics().horizontalAdvance(QStringLiteral("− ") + QString::fromStdString(word));
        };
        // Nearly always the same, so that the cards stand in columns.
        return std::max({of(m_example.from), of(m_example.to), 11 * gridUnit}) + 2 * gridUnit;
    }
    QRect mirrored(const QRect &where) const { return QStyle::visualRect(layoutDirection(), rect(), where); }
    void picture(QPainter &painter, PhotoId photo, const QRect &logical)
    {
        const QRect where = mirrored(logical);
        QPainterPath path;
        path.addRoundedRect(where, 4, 4);
        const QPixmap pixmap = m_loader->pixmap(photo);
        if (pixmap.isNull())
            return painter.fillPath(path, palette().color(QPalette::AlternateBase));
        painter.save();
        painter.setClipPath(path);
        // The middle of the picture, filling the square.
        const QSizeF size = pixmap.size();
        const double side = std::min(size.width(), size.height());
        painter.drawPixmap(QRectF(where), pixmap, {(size.width() - side) / 2, (size.height() - side) / 2, side, side});
        painter.restore();
    }

    search::Example m_example;
    ThumbnailLoader *m_loader;
};

ExampleGallery::ExampleGallery(Session *session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_loader(new ThumbnailLoader(session, this))
{
    auto *title = new QLabel(tr("Add and subtract what is in pictures"));
    QFont large = title->font();
    large.setPointSizeF(large.pointSizeF() * 1.6);
    title->setFont(large);
    auto *sentence =
        new QLabel(tr("Drop a photo above, take a word away, add another: a blue car, minus “blue”, plus “red”. "
                      "What lies there, photos and words, is shown at once."));
    sentence->setWordWrap(true);
    sentence->setForegroundRole(QPalette::PlaceholderText);
    m_found = new QLabel;
    m_found->setObjectName(QStringLiteral("examplesFound"));
    m_found->setWordWrap(true);
    QFont bold = m_found->font();
    bold.setBold(true);
    m_found->setFont(bold);
    m_progress = new QProgressBar;
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(4);
    m_progress->setMaximumWidth(40 * gridUnit);
    m_progress->setAccessibleName(tr("Looking for examples"));
    m_progress->hide();
    m_cards = makeFlow(12);

    auto *inside = new QWidget;
    auto *column = new QVBoxLayout(inside);
    column->setContentsMargins(4 * gridUnit, 3 * gridUnit, 4 * gridUnit, 3 * gridUnit);
    column->addWidget(title);
    column->addWidget(sentence);
    column->addSpacing(2 * gridUnit);
    column->addWidget(m_found);
    column->addWidget(m_progress);
    column->addWidget(m_cards);
    column->addStretch();
    fillScrolling(this, inside);

    m_next.setSingleShot(true);
    m_next.setInterval(pauseMs);
    connect(&m_next, &QTimer::timeout, this, &ExampleGallery::goOn);
    m_again.setSingleShot(true);
    m_again.setInterval(5000);
    connect(&m_again, &QTimer::timeout, this, [this] {
        if (isVisible())
            begin();
    });
    connect(session, &Session::modelsReady, this, [this] {
        if (isVisible())
            begin();
    });
    // While photos are added, what can be found grows: look again when there are half as many more.
    connect(session, &Session::photosChanged, this, [this] {
        if (!m_isSearching && !m_again.isActive())
            m_again.start();
    });
    connect(m_loader, &ThumbnailLoader::loaded, this, [this] {
        for (auto *card : m_shownCards)
            card->update();
    });
    showExamples();
}

ExampleGallery::~ExampleGallery() = default;

void ExampleGallery::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_isSearching)
        m_next.start();
    else
        begin();
}

void ExampleGallery::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_next.stop();
    m_slice.cancel(); // goes on from where it was when this is seen again
}

void ExampleGallery::begin()
{
    const auto engine = m_session->engine();
    if (!engine)
        return showExamples();
    const auto rows = engine->rows();
    const std::size_t photos = rows ? (*rows)->size() : 0;
    if (m_work && 2 * photos < 3 * m_photos) {
        if (m_isSearching)
            m_next.start();
        return;
    }
    m_photos = photos;
    m_work = std::make_shared<Work>();
    m_isSearching = photos > 0;
    showExamples();
    if (m_isSearching)
        m_next.start();
}

void ExampleGallery::goOn()
{
    if (!isVisible() || m_slice.isRunning() || !m_session->engine() || !m_work)
        return;
    m_slice.run(
        [work = m_work, engine = m_session->engine()](const std::stop_token &stop) -> Result<Slice> {
            const std::lock_guard lock(work->mutex);
            auto &examples = work->examples;
            if (!examples) // made in the worker too: it reads a sample of the rows
                examples.emplace(engine);
            Slice slice;
            slice.more = true;
            QElapsedTimer clock;
            clock.start();
            while (slice.more && clock.elapsed() < sliceMs) {
                const auto more = examples->step(stop);
                if (!more)
                    return fail(more.error());
                slice.more = *more;
            }
            slice.best = examples->best(shown);
            slice.done = examples->done();
            slice.total = examples->total();
            return slice;
        },
        [this](Result<Slice> slice) {
            if (slice)
                return take(*slice);
            m_isSearching = false; // no rows can be read: the notice of the search says why
            showExamples();
        });
}

void ExampleGallery::take(const Slice &slice)
{
    m_isSearching = slice.more;
    m_progress->setRange(0, static_cast<int>(std::max<std::size_t>(slice.total, 1)));
    m_progress->setValue(static_cast<int>(slice.done));
    const bool changed =
        !std::equal(m_examples.begin(), m_examples.end(), slice.best.begin(), slice.best.end(), isSame);
    m_examples = slice.best;
    if (changed || !m_isSearching)
        showExamples();
    if (m_isSearching)
        m_next.start();
}

void ExampleGallery::showExamples()
{
    if (!m_session->engine())
        m_found->setText(tr("The encoder is still opening."));
    else if (!m_examples.empty())
        m_found->setText(tr("Found in your own photos"));
    else if (m_isSearching)
        m_found->setText(tr("Looking for examples in your own photos…"));
    else if (m_photos == 0)
        m_found->setText(tr("As soon as photos are indexed, examples from them are shown here."));
    else
        m_found->setText(tr("No pair of words works well in your photos yet. Try your own: any photo, any word."));
    m_progress->setVisible(m_isSearching);
    // Cards stay while they are shown at the same place: the focus must not get lost while better ones come.
    auto *flow = m_cards->layout();
    std::size_t kept = 0;
    while (kept < m_shownCards.size() && kept < m_examples.size() &&
           isSame(m_shownCards[kept]->example(), m_examples[kept]))
        ++kept;
    while (m_shownCards.size() > kept) {
        flow->removeWidget(m_shownCards.back());
        m_shownCards.back()->hide();
        m_shownCards.back()->deleteLater();
        m_shownCards.pop_back();
    }
    while (m_shownCards.size() < m_examples.size()) {
        auto *card = new Card(m_examples[m_shownCards.size()], m_loader, m_cards);
        connect(card, &QAbstractButton::clicked, this, [this, card] { Q_EMIT chosen(card->example()); });
        flow->addWidget(card);
        card->show();
        m_shownCards.push_back(card);
    }
    flow->invalidate();
    m_cards->updateGeometry();
    loadPictures();
}

void ExampleGallery::loadPictures()
{
    std::vector<PhotoId> photos;
    for (const auto &example : m_examples) {
        photos.push_back(example.photo);
        photos.insert(photos.end(), example.found.begin(), example.found.end());
    }
    if (photos.empty())
        return m_loader->clear();
    m_infos.run(
        [catalogue = m_session->catalogue(), photos](const std::stop_token &) { return readInfos(*catalogue, photos); },
        [this](Result<std::vector<PhotoInfo>> infos) {
            if (!infos)
                return;
            std::vector<ThumbnailRequest> requests;
            for (const auto &info : *infos)
                requests.push_back(thumbnailRequest(info));
            m_loader->setSide(static_cast<int>(1.5 * pictureSide * devicePixelRatioF()));
            m_loader->want(std::move(requests));
        });
}

} // namespace photolex::ui
