// Photos per month as a strip of bars, oldest on the reading side. Months without photos take no room, so that one
// photo of 1970 does not push the rest together. A click or an arrow key goes to a month.
#pragma once

#include <QWidget>
#include <cstdint>
#include <map>
#include <vector>

namespace photolex::ui {

struct Month {
    int year = 0, month = 0; // 1..12
    std::int64_t photos = 0;
    std::int64_t firstDay = 0, lastDay = 0; // days since 1970 that hold photos
};
std::vector<Month> monthsOf(const std::map<std::int64_t, std::int64_t> &photosPerDay); // oldest first

class Timeline : public QWidget {
    Q_OBJECT
public:
    explicit Timeline(QWidget *parent = nullptr);
    void setMonths(std::vector<Month> months);
    const std::vector<Month> &months() const { return m_months; }
    void setVisibleMonths(int first, int last); // the ones on the screen; −1: none
    QSize sizeHint() const override { return {400, 48}; }

Q_SIGNALS:
    void monthChosen(int index);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    int monthAt(double x) const; // −1: none
    QRectF slot(int index) const;
    void choose(int index);

    std::vector<Month> m_months;
    int m_first = -1, m_last = -1, m_hovered = -1, m_chosen = -1;
};

} // namespace photolex::ui
