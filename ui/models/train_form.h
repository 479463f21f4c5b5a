// What is to be learnt from, and how: the left side of the page that trains. Whoever owns it asks for the rest.
#pragma once

#include "core/training/material.h"

#include <QWidget>
#include <memory>

namespace photolex::ui {

// An encoder that can be trained further.
struct FirstChoice {
    QString from; // as Settings::from: "photolex-en/linear"
    QString name; // for people
};

class TrainForm : public QWidget {
    Q_OBJECT
public:
    explicit TrainForm(QWidget *parent = nullptr);
    ~TrainForm() override;

    void setFirsts(const QList<FirstChoice> &firsts); // the first is what is chosen at first
    void setSource(const training::Source &source);
    bool hasSource() const;
    training::Source source() const;
    training::Settings settings() const;
    void setName(const QString &name); // unless somebody wrote one

Q_SIGNALS:
    void sourceChanged();   // also what is held out, and the first encoder: the data must be looked at anew
    void settingsChanged(); // anything else that the expected time depends on

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace photolex::ui
