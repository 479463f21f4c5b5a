// Sliders of the bench: how many structures are drawn, how wide the search is, how much is left to chance, how long
// captions are, and what their score is made of.
#pragma once

#include "core/caption/captioner.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QFormLayout;
class QSlider;
QT_END_NAMESPACE

namespace photolex::ui {

class BenchControls : public QWidget {
    Q_OBJECT
public:
    explicit BenchControls(QWidget *parent = nullptr);
    void applyTo(caption::Options &options) const;

    QByteArray saveState() const;
    void restoreState(const QByteArray &state); // what is no state of these sliders is ignored

Q_SIGNALS:
    void changed();

private:
    struct Row {
        QSlider *slider;
        double step; // value of one step of the slider
    };
    Row add(QFormLayout *form, const QString &name, const QString &tip, const char *object, double least, double most,
            double step, double value, int digits);
    double value(const Row &row) const;

    Row m_samples, m_nearest, m_beam, m_candidates, m_temperature, m_shortest, m_longest, m_cosine, m_language,
        m_structure;
};

} // namespace photolex::ui
