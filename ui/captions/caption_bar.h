// Above the captions: which photos, in which order, how many of them have none; undo, and the menu of everything.
#pragma once

#include "core/search/captioned.h"

#include <QWidget>
#include <string>
#include <vector>

QT_BEGIN_NAMESPACE
class QAction;
class QComboBox;
class QLineEdit;
class QMenu;
class QTimer;
QT_END_NAMESPACE

namespace photolex::ui {

class ElidedLabel;

class CaptionBar : public QWidget {
    Q_OBJECT
public:
    // `bench` is a switch with its text, `undo` and `redo` become buttons, `menu` opens from the last one.
    CaptionBar(QAction *bench, QAction *undo, QAction *redo, QMenu *menu, QWidget *parent = nullptr);

    const search::CaptionQuery &query() const { return m_query; }
    // Folders (absolute, bytes) and albums to choose from; a choice that is gone becomes all photos.
    void setScopes(const std::vector<std::string> &folders, const std::vector<catalogue::Album> &albums);
    // Photos that were selected in another place, which can be chosen, too. One alone, or none, leaves what is chosen.
    void setSelected(const std::vector<PhotoId> &photos);
    QString scopeText() const;                    // "All photos", "Selected photos", or the folder's or album's name
    void chooseFolder(const std::string &folder); // empty: all photos
    void chooseSelected();
    bool isScoped() const; // not all photos
    void setWords(const QString &words);
    void setWhich(search::Captioned which);
    bool isFiltering() const;
    void clearFilter();
    void setCounts(qint64 shown, qint64 without);

    QByteArray saveState() const;
    void restoreState(const QByteArray &state);

Q_SIGNALS:
    void queryChanged();

private:
    void take();
    void showScopes();

    search::CaptionQuery m_query;
    std::vector<std::string> m_folders;
    std::vector<catalogue::Album> m_albums;
    std::vector<PhotoId> m_selected; // in another place
    QComboBox *m_scope, *m_which, *m_order;
    QLineEdit *m_words;
    ElidedLabel *m_count;
    QTimer *m_typing; // in the word field
    bool m_isSetting = false;
};

} // namespace photolex::ui
