#include "ui/captions/caption_desk.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace photolex::ui {

namespace {

constexpr auto pauseAfterFailure = std::chrono::seconds(2);

} // namespace

std::string CaptionTexts::own() const
{
    return !captions.empty() && captions.front().origin == catalogue::CaptionOrigin::User ? captions.front().text
                                                                                          : std::string();
}

std::string CaptionTexts::standing() const
{
    return !captions.empty() && captions.front().origin <= catalogue::CaptionOrigin::File ? captions.front().text
                                                                                          : std::string();
}

struct CaptionDesk::Impl {
    struct Typed {
        PhotoId photo;
        std::string text;
    };
    struct Write {
        std::vector<catalogue::UserText> texts;
        catalogue::CaptionEntry entry;
        std::vector<catalogue::ProposalChange> proposals; // instead of texts
        CaptionDesk::Written done;
    };
    struct Read {
        PhotoId photo;
        std::function<void(Result<CaptionTexts>)> done;
    };

    CaptionDesk *q = nullptr;
    std::shared_ptr<catalogue::Catalogue> catalogue;

    std::mutex mutex;
    std::condition_variable_any wake, idle;
    std::deque<Typed> drafts; // of photos that are typed for; behind what is written
    std::deque<Write> writes; // the first one stays here until it is written
    std::deque<Read> reads;
    bool isBusy = false;
    bool isFailing = false; // the first write could not be done
    std::jthread worker;    // last: joined before anything above goes

    void run(const std::stop_token &stop);
    bool hasWork() const { return !reads.empty() || (!isFailing && (!writes.empty() || !drafts.empty())); }
    void writeFirst(std::unique_lock<std::mutex> &lock);
    void writeDraft(std::unique_lock<std::mutex> &lock);
    void answer(std::unique_lock<std::mutex> &lock);
    void fails(const Error &error);
    Result<CaptionTexts> textsOf(PhotoId photo, const std::vector<std::string> &waiting) const;
    template <class Work>
    void post(Work work)
    {
        QMetaObject::invokeMethod(q, std::move(work), Qt::QueuedConnection);
    }
};

void CaptionDesk::Impl::run(const std::stop_token &stop)
{
    std::unique_lock lock(mutex);
    while (true) {
        if (!hasWork()) {
            isBusy = false;
            idle.notify_all();
            if (stop.stop_requested())
                return;
            if (isFailing) { // try again by itself, or as soon as something comes
                const auto before = writes.size() + drafts.size();
                wake.wait_for(lock, stop, pauseAfterFailure,
                              [&] { return !reads.empty() || !isFailing || writes.size() + drafts.size() != before; });
                isBusy = true;
                if (reads.empty() && !stop.stop_requested()) {
                    if (writes.empty())
                        writeDraft(lock);
                    else
                        writeFirst(lock);
                }
                if (reads.empty())
                    continue;
            } else {
                wake.wait(lock, stop, [this] { return hasWork(); });
                if (!hasWork())
                    continue;
            }
        }
        isBusy = true;
        if (!writes.empty() && !isFailing)
            writeFirst(lock);
        else if (!drafts.empty() && !isFailing)
            writeDraft(lock);
        else if (!reads.empty())
            answer(lock);
    }
}

void CaptionDesk::Impl::fails(const Error &error)
{
    if (!isFailing)
        post([this, error] { Q_EMIT q->failed(error); });
    isFailing = true;
}

void CaptionDesk::Impl::writeFirst(std::unique_lock<std::mutex> &lock)
{
    // Nobody else takes from the front, and a deque that grows at its end keeps it where it is.
    const Write &first = writes.front();
    lock.unlock();
    Result<catalogue::UserTextsSet> set;
    if (first.proposals.empty())
        set = catalogue->setUserCaptions(first.texts, first.entry);
    else if (auto passedOver = catalogue->setProposedCaptions(first.proposals))
        set->passedOver = std::move(*passedOver);
    else
        set = fail(passedOver.error());
    lock.lock();
    if (!set)
        return fails(set.error());
    if (isFailing)
        post([this] { Q_EMIT q->recovered(); });
    isFailing = false;
    if (auto done = std::move(writes.front().done))
        post([done = std::move(done), set = std::move(*set)] { done(set); });
    writes.pop_front();
}

void CaptionDesk::Impl::writeDraft(std::unique_lock<std::mutex> &lock)
{
    if (drafts.empty())
        return;
    Typed draft = std::move(drafts.front());
    drafts.pop_front();
    lock.unlock();
    const auto kept = catalogue->keepDraft(draft.photo, draft.text);
    lock.lock();
    if (kept) {
        if (isFailing)
            post([this] { Q_EMIT q->recovered(); });
        isFailing = false;
        return;
    }
    if (std::ranges::find(drafts, draft.photo, &Typed::photo) == drafts.end())
        drafts.push_front(std::move(draft)); // nothing newer has come
    fails(kept.error());
}

void CaptionDesk::Impl::answer(std::unique_lock<std::mutex> &lock)
{
    const Read read = std::move(reads.front());
    reads.pop_front();
    std::vector<std::string> waiting;
    for (const auto &write : writes)
        for (const auto &text : write.texts)
            if (text.photo == read.photo)
                waiting.push_back(text.text);
    lock.unlock();
    auto texts = textsOf(read.photo, waiting);
    post([done = read.done, texts = std::move(texts)] { done(texts); });
    lock.lock();
}

Result<CaptionTexts> CaptionDesk::Impl::textsOf(PhotoId photo, const std::vector<std::string> &waiting) const
{
    const auto known = catalogue->photo(photo);
    auto captions = catalogue->captions(photo);
    auto history = catalogue->captionHistory(photo);
    if (!known || !captions || !history)
        return fail(!known ? known.error() : !captions ? captions.error() : history.error());
    if (!*known)
        return fail(Errc::NotFound, "photo", "it has left the library");
    CaptionTexts texts{photo, std::move(*captions), std::move(*history)};
    for (const auto &text : waiting) { // what could not be written yet counts all the same
        std::erase_if(texts.captions, [](const auto &each) { return each.origin == catalogue::CaptionOrigin::User; });
        if (!text.empty())
            texts.captions.insert(texts.captions.begin(), {.photo = photo, .text = text});
    }
    return texts;
}

CaptionDesk::CaptionDesk(std::shared_ptr<catalogue::Catalogue> catalogue, QObject *parent)
    : QObject(parent)
    , m_impl(std::make_unique<Impl>())
{
    m_impl->q = this;
    m_impl->catalogue = std::move(catalogue);
    m_impl->worker = std::jthread([this](const std::stop_token &stop) { m_impl->run(stop); });
}

CaptionDesk::~CaptionDesk()
{
    flush();
    m_impl->worker.request_stop();
    m_impl->worker.join();
}

void CaptionDesk::keepDraft(PhotoId photo, std::string text)
{
    {
        const std::lock_guard lock(m_impl->mutex);
        auto &drafts = m_impl->drafts;
        if (const auto same = std::ranges::find(drafts, photo, &Impl::Typed::photo); same != drafts.end())
            same->text = std::move(text);
        else
            drafts.push_back({photo, std::move(text)});
    }
    m_impl->wake.notify_all();
}

void CaptionDesk::write(std::vector<catalogue::UserText> texts, catalogue::CaptionEntry entry, Written done)
{
    {
        const std::lock_guard lock(m_impl->mutex);
        // The caption takes the place of its draft, which must not come after it.
        std::erase_if(m_impl->drafts, [&](const Impl::Typed &draft) {
            return std::ranges::find(texts, draft.photo, &catalogue::UserText::photo) != texts.end();
        });
        m_impl->writes.push_back({std::move(texts), entry, {}, std::move(done)});
    }
    m_impl->wake.notify_all();
}

void CaptionDesk::propose(std::vector<catalogue::ProposalChange> changes, Written done)
{
    {
        const std::lock_guard lock(m_impl->mutex);
        m_impl->writes.push_back({{}, catalogue::CaptionEntry::Generated, std::move(changes), std::move(done)});
    }
    m_impl->wake.notify_all();
}

void CaptionDesk::read(PhotoId photo, std::function<void(Result<CaptionTexts>)> done)
{
    {
        const std::lock_guard lock(m_impl->mutex);
        m_impl->reads.push_back({photo, std::move(done)});
    }
    m_impl->wake.notify_all();
}

bool CaptionDesk::flushFor(std::chrono::milliseconds longest)
{
    std::unique_lock lock(m_impl->mutex);
    auto &d = *m_impl;
    return d.idle.wait_for(lock, longest,
                           [&] { return d.isFailing || (!d.isBusy && d.writes.empty() && d.drafts.empty()); });
}

bool CaptionDesk::flush()
{
    std::unique_lock lock(m_impl->mutex);
    auto &d = *m_impl;
    if (d.isFailing) { // once more, now
        d.idle.wait(lock, [&] { return !d.isBusy; });
        d.isFailing = false;
    }
    d.wake.notify_all();
    d.idle.wait(lock, [&] { return !d.isBusy && (d.isFailing || (d.writes.empty() && d.drafts.empty())); });
    return !d.isFailing;
}

} // namespace photolex::ui
