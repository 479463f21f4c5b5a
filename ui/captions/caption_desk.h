// Reads and writes captions in the order in which that is asked, on one thread of its own: what is read holds what was
// written before. Nothing that was handed in is lost: a write that fails (a full disk) stays and is tried again, and
// what is read meanwhile shows it.
#pragma once

#include "core/base/result.h"
#include "core/catalogue/catalogue.h"

#include <QObject>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace photolex::ui {

struct CaptionTexts {
    PhotoId photo;
    std::vector<catalogue::Caption> captions; // those that stand, the user's first
    std::vector<catalogue::Caption> history;  // newest first
    std::string own() const;                  // the user's text; empty: none
    std::string standing() const;             // the user's, else the file's
};

class CaptionDesk : public QObject {
    Q_OBJECT
public:
    explicit CaptionDesk(std::shared_ptr<catalogue::Catalogue> catalogue, QObject *parent = nullptr);
    ~CaptionDesk() override; // once everything was tried

    // As it is typed. What waits for the same photo is replaced.
    void keepDraft(PhotoId photo, std::string text);
    // `done` is called on this object's thread, unless it is gone by then.
    using Written = std::function<void(const catalogue::UserTextsSet &)>;
    void write(std::vector<catalogue::UserText> texts, catalogue::CaptionEntry entry, Written done = {});
    // Proposals of models, as Catalogue::setProposedCaptions() takes them.
    void propose(std::vector<catalogue::ProposalChange> changes, Written done = {});
    // Answered in the order of the questions. NotFound: the photo is gone.
    void read(PhotoId photo, std::function<void(Result<CaptionTexts>)> done);

    // Waits until all has been tried. False: something could not be written.
    bool flush();
    // As flush(), but no longer than this. False: it is not all tried yet.
    bool flushFor(std::chrono::milliseconds longest);

Q_SIGNALS:
    void failed(const photolex::Error &error); // once for each row of failures
    void recovered();                          // what had failed is written

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace photolex::ui
