// What stands where photos would be: a drawing, a title, a sentence, and at most one button. Never an empty grey area.
#pragma once

#include <QWidget>

QT_BEGIN_NAMESPACE
class QLabel;
class QPushButton;
QT_END_NAMESPACE

namespace photolex::ui {

class EmptyState : public QWidget {
    Q_OBJECT
public:
    enum class Picture { Photos, Filter, Drive, Search };
    explicit EmptyState(QWidget *parent = nullptr);
    // An empty `action` shows no button.
    void setContent(Picture picture, const QString &title, const QString &sentence, const QString &action = {});
    QString title() const;

Q_SIGNALS:
    void actionTriggered();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Picture m_picture = Picture::Photos;
    QLabel *m_title;
    QLabel *m_sentence;
    QPushButton *m_action;
};

} // namespace photolex::ui
