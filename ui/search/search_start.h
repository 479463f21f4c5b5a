// What the Search place shows before anything is asked: what one can do, and the recent and saved searches.
#pragma once

#include <QWidget>

QT_BEGIN_NAMESPACE
class QLabel;
QT_END_NAMESPACE

namespace photolex::ui {

class Session;

class SearchStart : public QWidget {
    Q_OBJECT
public:
    explicit SearchStart(Session *session, QWidget *parent = nullptr);
    void refresh(); // the lists are read again

Q_SIGNALS:
    void chosen(const QString &text);

private:
    struct Part {
        QLabel *title;
        QWidget *chips;
    };
    Part addPart(const QString &title);
    void fill(const Part &part, const QStringList &texts);

    Session *m_session;
    Part m_saved, m_recent, m_examples;
};

} // namespace photolex::ui
