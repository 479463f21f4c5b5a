// A file or folder to be named in a form: typed, dropped, or chosen in a dialog.
#pragma once

#include <QString>
#include <QWidget>
#include <cstdint>

QT_BEGIN_NAMESPACE
class QLineEdit;
QT_END_NAMESPACE

namespace photolex::ui {

class FileField : public QWidget {
    Q_OBJECT
public:
    enum class Kind : std::uint8_t { File, Folder };
    // `name`: object name of the line; `title`: for screen readers and the dialog; `filter`: of a file dialog.
    FileField(const QString &name, const QString &title, Kind kind, const QString &filter, QWidget *parent = nullptr);

    QString text() const; // trimmed; empty: none
    void setText(const QString &path);

Q_SIGNALS:
    void changed();

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void choose();

    Kind m_kind;
    QString m_title, m_filter;
    QLineEdit *m_line;
};

} // namespace photolex::ui
