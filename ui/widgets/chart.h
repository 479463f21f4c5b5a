// Curves and bars with bands of confidence, in the colours of light and dark; the same numbers as a table, for screen
// readers and for whoever wants to read them; and as a picture or a table in a file.
//
// Qt Charts stays behind this line. Series differ in colour and in the pattern of their line, so that no colour is
// needed to tell them apart.
#pragma once

#include "core/base/result.h"

#include <QString>
#include <QStringList>
#include <QWidget>
#include <memory>
#include <vector>

namespace photolex::ui {

struct ChartValue {
    double x = 0; // of curves; bars stand in the order of their categories
    double y = 0;
    double low = 0, high = 0; // of the band; equal to y: none
    bool operator==(const ChartValue &) const = default;
};

struct ChartSeries {
    QString name;
    std::vector<ChartValue> values;
    bool operator==(const ChartSeries &) const = default;
};

struct ChartData {
    enum class Kind { Curves, Bars } kind = Kind::Curves;
    QString title, xTitle, yTitle;
    bool logarithmic = false; // the x axis of curves, which then begins at 1
    QStringList categories;   // of bars, one a value
    double farthest = 0;      // of the x axis of curves; 0: as far as the values
    double lowest = 0;        // of the y axis
    double highest = -1;      // below `lowest`: as high as the values
    std::vector<ChartSeries> series;
    bool operator==(const ChartData &) const = default;
};

class Chart : public QWidget {
    Q_OBJECT
public:
    explicit Chart(QWidget *parent = nullptr);
    ~Chart() override;

    void setData(ChartData data);
    const ChartData &data() const;
    void setTableShown(bool shown); // the numbers instead of the picture
    bool isTableShown() const;

    // In the size of now, on the ground of now. `file` ends in .svg, .png or .csv (the numbers). DiskFull, Denied and
    // the like: nothing was written.
    Result<> save(const QString &file) const;

    QSize minimumSizeHint() const override;
    QSize sizeHint() const override;

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace photolex::ui
