// One query put to several encoders over the photos of the library, by meaning alone: what names and captions say would
// let them agree without deserving it. Blocks: for workers.
#pragma once

#include "core/captioning/speaker.h"
#include "core/eval/agreement.h"
#include "core/search/search.h"
#include "ui/common/photo_model.h"

#include <QString>
#include <QStringList>
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace photolex::ui {

// Encoders of the installed bundles, each opened when it is asked first, its rows made from the features that are
// stored for its image network. Those of the first bundle are known by their own id, those of others as
// "bundle/encoder". Any thread.
class EncoderShelf {
public:
    EncoderShelf(std::shared_ptr<catalogue::Catalogue> catalogue, std::shared_ptr<const model::Bundle> first);
    void add(std::shared_ptr<const model::Bundle> bundle);
    bool holds(const std::string &bundle) const;
    std::shared_ptr<const model::Bundle> bundleOf(const std::string &id) const; // null: none has such an encoder

    // NotFound: no such encoder. One that takes the feature of a tail has the rows that indexing gave it, and no more;
    // so has one of a network whose features are not stored.
    Result<std::shared_ptr<search::Engine>> engine(const std::string &id, const std::stop_token &stop);
    Result<std::shared_ptr<const joint::Encoder>> encoder(const std::string &id);
    // What says captions in the encoder's name; the sentences of another bundle where its own has none. Reading them
    // takes a minute for a text module from outside, once; `progress` is told, from this thread.
    Result<std::shared_ptr<const captioning::Speaker>> speaker(const std::string &id, const ProgressSink &progress,
                                                               const std::stop_token &stop);
    void photosChanged() { ++m_change; } // rows are filled again before the next answer

    const std::shared_ptr<catalogue::Catalogue> &catalogue() const { return m_catalogue; }

private:
    std::shared_ptr<const model::Bundle> lender() const; // the first that holds sentences; null: none does
    struct Opened {
        std::shared_ptr<search::Engine> engine;
        int filledAt = -1; // the change that its rows are of
    };
    std::shared_ptr<catalogue::Catalogue> m_catalogue;
    mutable std::mutex m_bundlesMutex;
    std::vector<std::shared_ptr<const model::Bundle>> m_bundles;
    std::mutex m_mutex;
    std::map<std::string, std::shared_ptr<const joint::Encoder>> m_encoders;
    std::map<std::string, Opened> m_opened;
    std::mutex m_speakersMutex;
    std::map<std::string, std::shared_ptr<const captioning::Speaker>> m_speakers;
    std::atomic<int> m_change = 0;
};

inline constexpr std::size_t comparedPhotos = 20; // of each answer: so many are shown, and measured

struct CompareQuery {
    QString text;
    PhotoId similarTo; // or photos like this one
    bool isEmpty() const { return text.trimmed().isEmpty() && !similarTo; }
    bool operator==(const CompareQuery &) const = default;
};

struct ComparedHit {
    PhotoId photo;
    float score = 0;
    std::vector<std::int64_t> ranks; // with each encoder, in their order; 0: it has no point there
};

struct CompareOutcome {
    struct Pair {
        std::size_t a = 0, b = 0; // encoders
        eval::Agreement agreement;
    };
    struct Move {
        std::size_t a = 0, b = 0;
        eval::Moved moved;
    };
    CompareQuery query;
    bool isInWords = false;                        // not a photo, however it was written
    std::vector<std::vector<ComparedHit>> columns; // an encoder's, best first; empty: it knows no word of the query
    std::vector<QStringList> unknown;              // words, per encoder
    // Per encoder: why it reads no text, or not any text (joint::ReadyRows).
    enum class Reads : std::uint8_t { Everything, ItsSentences, Nothing };
    std::vector<Reads> reads;
    // Photos, per encoder, that it has no point of though another one has (all of them where none has any): they must
    // be indexed for it.
    std::vector<std::int64_t> withoutPoint;
    std::vector<Pair> pairs;                       // of encoders that both have an answer
    eval::Agreement mean;                          // over the pairs
    std::vector<Move> moved;                       // over the pairs, farthest first
    std::unordered_map<PhotoId, PhotoInfo> photos; // all that are named above
    bool isAnswered() const { return !pairs.empty(); }
};

// Of no query only `withoutPoint` and `reads` are told. Text may be "photo:PATH" (search::photoOfQuery). Cancelled;
// NotFound: see engine(), or the photo is not in the library. Invalid: the text holds nothing that can be read.
Result<CompareOutcome> compareQuery(EncoderShelf &shelf, const std::vector<std::string> &encoders,
                                    const CompareQuery &query, const std::stop_token &stop);

} // namespace photolex::ui
