// The insides of the Captions place, shared by its source files: what is shown, and what can be done.
#pragma once

#include "core/search/captioned.h"
#include "ui/captions/caption_bar.h"
#include "ui/captions/caption_desk.h"
#include "ui/captions/caption_edits.h"
#include "ui/captions/caption_field.h"
#include "ui/captions/caption_panels.h"
#include "ui/captions/caption_picture.h"
#include "ui/captions/captions_place.h"
#include "ui/captions/suggestions.h"
#include "ui/common/latest.h"
#include "ui/common/photo_model.h"

#include <QTimer>
#include <functional>
#include <unordered_set>

QT_BEGIN_NAMESPACE
class QAction;
class QBoxLayout;
class QKeySequence;
class QLabel;
class QMenu;
class QSplitter;
class QStackedWidget;
QT_END_NAMESPACE

namespace photolex::ui {

class CaptionBench;
class CaptionJobDialog;
class ElidedLabel;
class EmptyState;
class ExchangeDialog;
class PhotoActions;
class PhotoGrid;

struct CaptionsPlace::Impl {
    Impl(CaptionsPlace *place, Session *ofSession, Commands *ofCommands, Selection *ofSelection);

    struct Scopes {
        std::vector<std::string> folders;
        std::vector<catalogue::Album> albums;
    };
    struct Suggested {
        std::vector<Suggestion> suggestions;
        QStringList names;
    };

    CaptionsPlace *q;
    Session *session;
    Commands *commands;
    Selection *selection;
    CaptionDesk desk;
    CaptionEdits edits; // before the desk goes, so that what is typed is written

    PhotoId shown;                           // whose caption the field is for
    std::unordered_set<std::int64_t> edited; // photos: they stay in the list until it is asked for anew
    PhotoId wanted;                          // to be shown as soon as the list has it
    bool insists = false;                    // that the list has it: no filter keeps it away
    std::vector<std::shared_ptr<const SuggestionSource>> sources;

    QMenu *menu = nullptr;
    QAction *undo = nullptr, *redo = nullptr, *benchMode = nullptr;
    CaptionBar *bar = nullptr;
    QSplitter *splitter = nullptr;
    QStackedWidget *stack = nullptr;
    EmptyState *empty = nullptr;
    PhotoGrid *strip = nullptr;
    PhotoModel *model = nullptr;
    PhotoActions *actions = nullptr;
    QWidget *middle = nullptr;
    CaptionPicture *picture = nullptr;
    QBoxLayout *top = nullptr; // the picture above the text, or beside it when the bench is open
    ElidedLabel *name = nullptr;
    QLabel *origin = nullptr, *keys = nullptr;
    CaptionField *field = nullptr;
    CaptionPanels *panels = nullptr;
    CaptionBench *bench = nullptr;
    bool keepsPoint = false;         // the bench is for a point that was handed over, until a photo is chosen here
    CaptionJobDialog *job = nullptr; // made when it is asked for

    QTimer relist, recount, suggest;
    bool isStale = true; // nobody looked since something changed
    bool isTaking = false;
    bool wantsFocus = false;
    Latest<search::CaptionedPhotos> listing{nullptr}, counting{nullptr};
    Latest<std::optional<PhotoId>> seeking{nullptr};
    struct Copies {
        std::vector<CaptionEdits::Step> steps;
        int kept = 0; // have another text of the user's own
    };
    Latest<Copies> copying{nullptr};
    Latest<Scopes> scoping{nullptr};
    Latest<Suggested> suggesting{nullptr};
    Latest<std::vector<search::CountedWord>> countingWords{nullptr}, countingOwn{nullptr};

    void build();
    void buildMenu();
    void connectAll();
    QAction *action(const QString &name, const QString &text, const QKeySequence &keys, QWidget *where,
                    std::function<void()> work);
    void recoverDrafts();
    void openModels();

    // What is shown
    void list();
    void take(search::CaptionedPhotos found);
    void keepEdited(std::vector<PhotoId> &photos) const;
    void readScopes();
    void showEmpty() const;
    void show(PhotoId photo);
    void reload(); // the text of the shown photo, after it was changed here
    void readTexts();
    void takeTexts(PhotoId photo, const Result<CaptionTexts> &texts);
    void readSuggestions();
    void readWords();
    void select(PhotoId photo);

    // What is done
    void step(int by);
    void nextWithout();
    void accept(int index);
    void copyFrom(int by); // the neighbour's caption to this photo
    void copyTo(int by);   // this photo's caption to the neighbour, which is shown then
    void copyToSelected();
    void setText(const QString &text, catalogue::CaptionEntry entry, const QString &what);
    void editMany();
    void exportCaptions();
    void importCaptions();
    void captionAll();
    void setBench(bool on);
    bool chooseForBench(); // from here on the bench follows the photo; true: it was for a point till now
    void showTop();        // the photo and its text, unless the bench is for something else
    void showBulk();
    void showExchange(ExchangeDialog *dialog);
    bool save();
    // As soon as all that was typed and changed is in the catalogue: mostly at once.
    void whenWritten(std::function<void()> work);
    std::vector<PhotoId> chosen() const; // several that are selected; empty: none or one is
};

} // namespace photolex::ui
