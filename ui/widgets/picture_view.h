// A picture, fitted into whatever space there is, sharp at every device pixel ratio.
#pragma once

#include <QImage>
#include <QPixmap>
#include <QWidget>

namespace photolex::ui {

class PictureView : public QWidget {
    Q_OBJECT
public:
    explicit PictureView(QWidget *parent = nullptr);
    void setPicture(const QImage &picture); // null shows `text`
    void setText(const QString &text);
    bool hasPicture() const { return !m_picture.isNull(); }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override { return width * 3 / 4; }
    QSize sizeHint() const override { return {288, 216}; }

Q_SIGNALS:
    void activated();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;

private:
    QImage m_picture;
    QPixmap m_scaled; // for this size and ratio
    QString m_text;
};

} // namespace photolex::ui
