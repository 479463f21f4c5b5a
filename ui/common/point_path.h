// The way of the expression that is worked on: the point after its first term, after its second, ... The Expression
// place sets it; whoever draws the space follows it.
#pragma once

#include <QObject>
#include <QString>
#include <vector>

namespace photolex::ui {

class PointPath : public QObject {
    Q_OBJECT
public:
    struct Step {
        std::vector<float> point; // of the default encoder, length 1; empty: cancels out, or nothing of it is known
        QString label;            // the term that led here: "− blue"
        bool operator==(const Step &) const = default;
    };
    explicit PointPath(QObject *parent = nullptr);

    const std::vector<Step> &steps() const { return m_steps; }
    // `changed` follows only when something differs.
    void set(std::vector<Step> steps);

Q_SIGNALS:
    void changed();

private:
    std::vector<Step> m_steps;
};

} // namespace photolex::ui
