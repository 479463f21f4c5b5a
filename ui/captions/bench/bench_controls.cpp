#include "ui/captions/bench/bench_controls.h"

#include "ui/style/theme.h"

#include <QDataStream>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

namespace photolex::ui {

namespace {

constexpr quint32 stateVersion = 1;

} // namespace

BenchControls::BenchControls(QWidget *parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Settings of the bench"));
    const caption::Options usual;
    auto *form = new QFormLayout;
    form->setContentsMargins(0, 0, 0, 0);
    form->setVerticalSpacing(gridUnit / 2);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    m_samples = add(form, tr("Structures"), tr("How many structures are drawn from those of captions"), "samples", 1,
                    100, 1, usual.samples, 0);
    m_nearest = add(form, tr("From similar"), tr("How many more structures come from sentences about similar photos"),
                    "nearest", 0, 20, 1, usual.nearest, 0);
    m_beam = add(form, tr("Search width"), tr("Beginnings that are followed at every word"), "beam", 1, 30, 1,
                 usual.beam, 0);
    m_candidates = add(form, tr("Candidates"), tr("Captions that are shown of each structure"), "candidates", 1, 10, 1,
                       usual.perStructure, 0);
    m_temperature = add(form, tr("Chance"), tr("0: always the likeliest words; more is more surprising"), "temperature",
                        0, 3, 0.1, usual.temperature, 1);
    m_shortest =
        add(form, tr("Shortest"), tr("Words of a drawn structure, at least"), "shortest", 2, 20, 1, usual.shortest, 0);
    m_longest =
        add(form, tr("Longest"), tr("Words of a drawn structure, at most"), "longest", 2, 20, 1, usual.longest, 0);
    m_cosine = add(form, tr("Nearness"), tr("Weight of the nearness to the photo in the score"), "cosineWeight", 0, 30,
                   0.5, usual.cosineWeight, 1);
    m_language = add(form, tr("Language"), tr("Weight of the likely words in the score"), "languageWeight", 0, 5, 0.1,
                     usual.languageWeight, 1);
    m_structure = add(form, tr("Structure"), tr("Weight of the frequent structure in the score"), "structureWeight", 0,
                      2, 0.05, usual.structureWeight, 2);
    setLayout(form);
}

BenchControls::Row BenchControls::add(QFormLayout *form, const QString &name, const QString &tip, const char *object,
                                      double least, double most, double step, double value, int digits)
{
    auto *slider = new QSlider(Qt::Horizontal);
    slider->setObjectName(QLatin1String(object));
    slider->setRange(static_cast<int>(std::lround(least / step)), static_cast<int>(std::lround(most / step)));
    slider->setPageStep(std::max(1, (slider->maximum() - slider->minimum()) / 10));
    slider->setToolTip(tip);
    slider->setMinimumWidth(10 * gridUnit);
    auto *number = new QLabel;
    number->setMinimumWidth(number->fontMetrics().horizontalAdvance(QStringLiteral("00,00")));
    number->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto *line = new QHBoxLayout;
    line->setSpacing(gridUnit / 2);
    line->addWidget(slider, 1);
    line->addWidget(number);
    auto *label = new QLabel(name);
    label->setToolTip(tip);
    label->setBuddy(slider);
    form->addRow(label, line);
    connect(slider, &QSlider::valueChanged, this, [this, slider, number, name, step, digits](int at) {
        const auto text = QLocale().toString(at * step, 'f', digits);
        number->setText(text);
        slider->setAccessibleName(name + QLatin1Char(' ') + text);
        Q_EMIT changed();
    });
    const QSignalBlocker blocker(this);
    slider->setValue(static_cast<int>(std::lround(value / step)));
    number->setText(QLocale().toString(slider->value() * step, 'f', digits));
    slider->setAccessibleName(name + QLatin1Char(' ') + number->text());
    return {slider, step};
}

double BenchControls::value(const Row &row) const
{
    return row.slider->value() * row.step;
}

void BenchControls::applyTo(caption::Options &options) const
{
    const auto whole = [this](const Row &row) { return static_cast<int>(std::lround(value(row))); };
    options.samples = whole(m_samples);
    options.nearest = whole(m_nearest);
    options.perStructure = whole(m_candidates);
    options.beam = std::max(whole(m_beam), options.perStructure); // no more are found than are followed
    options.temperature = value(m_temperature);
    options.shortest = whole(m_shortest);
    options.longest = std::max(whole(m_longest), options.shortest);
    options.cosineWeight = value(m_cosine);
    options.languageWeight = value(m_language);
    options.structureWeight = value(m_structure);
}

QByteArray BenchControls::saveState() const
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream << stateVersion;
    for (const auto *row : {&m_samples, &m_nearest, &m_beam, &m_candidates, &m_temperature, &m_shortest, &m_longest,
                            &m_cosine, &m_language, &m_structure})
        stream << qint32(row->slider->value());
    return bytes;
}

void BenchControls::restoreState(const QByteArray &state)
{
    QDataStream stream(state);
    quint32 version = 0;
    stream >> version;
    if (version != stateVersion)
        return;
    const QSignalBlocker blocker(this);
    for (auto *row : {&m_samples, &m_nearest, &m_beam, &m_candidates, &m_temperature, &m_shortest, &m_longest,
                      &m_cosine, &m_language, &m_structure}) {
        qint32 at = 0;
        stream >> at;
        if (stream.status() != QDataStream::Ok)
            return;
        row->slider->setValue(at);
    }
}

} // namespace photolex::ui
