// The Models place: the bundles that are installed, with all that is known of them; new ones are checked before they
// come in, and what is there can be checked again, measured and removed.
#pragma once

#include <QWidget>
#include <memory>

namespace photolex::ui {

class Session;

class ModelsPlace : public QWidget {
    Q_OBJECT
public:
    explicit ModelsPlace(Session *session, QWidget *parent = nullptr); // outlives it
    ~ModelsPlace() override;

    // What comes of it stands in the line above the page. A bundle that holds code is asked about first.
    void import(const QString &folder);
    bool isBusy() const;

Q_SIGNALS:
    void bundlesRead(); // the list is that of now
    void done();        // importing, checking, measuring or removing came to an end

protected:
    void showEvent(QShowEvent *event) override; // the list is read again

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace photolex::ui
