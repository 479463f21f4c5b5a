// The Settings place: language, theme, how much of the machine indexing may take, what is left out, where things are
// kept. Every change takes effect at once; there is nothing to confirm.
#pragma once

#include <QWidget>
#include <memory>

namespace photolex::ui {

class Session;
class Commands;
class Preferences;

class SettingsPlace : public QWidget {
    Q_OBJECT
public:
    // All three outlive the place.
    SettingsPlace(Session *session, Commands *commands, Preferences *preferences, QWidget *parent = nullptr);
    ~SettingsPlace() override;

protected:
    void showEvent(QShowEvent *event) override; // sizes are read again

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace photolex::ui
