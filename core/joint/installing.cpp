#include "core/joint/installing.h"

#include "core/base/bytes.h"
#include "core/image/network.h"
#include "core/joint/encoder.h"
#include "core/model/outside.h"
#include "core/model/ready_rows.h"

#include <algorithm>
#include <chrono>
#include <vector>

namespace photolex::joint {

namespace {

constexpr int warmUps = 2, runs = 9; // the first calls compile and allocate

// The median of the seconds that `work` takes.
template <class Work>
Result<double> medianSeconds(const Work &work, const std::stop_token &stop)
{
    std::vector<double> seconds;
    for (int i = 0; i < warmUps + runs; ++i) {
        if (stop.stop_requested())
            return fail(Errc::Cancelled, "speed", "nothing was changed");
        const auto start = std::chrono::steady_clock::now();
        if (const auto done = work(); !done)
            return fail(done.error());
        if (i >= warmUps)
            seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    std::ranges::nth_element(seconds, seconds.begin() + runs / 2);
    return seconds[runs / 2];
}

} // namespace

Result<model::Installed> installBundle(const std::filesystem::path &folder, Code code)
{
    const auto bundle = model::Bundle::open(folder);
    if (!bundle)
        return fail(bundle.error());
    if (!model::holdsCode((*bundle)->manifest())) {
        if (auto tested = selfTest(*bundle); !tested)
            return fail(tested.error());
        return model::importBundle(folder);
    }
    if (code != Code::Accepted)
        return fail(Errc::Denied, displayText(folder),
                    "it holds TorchScript, which is code that runs when it is opened: look where it comes from, then "
                    "accept it");
    auto installed = model::importBundle(folder);
    if (!installed)
        return installed;
    const auto copy = model::Bundle::open(installed->folder);
    const auto tested = copy ? selfTest(*copy) : Result<>(fail(copy.error()));
    if (tested)
        return installed;
    if (auto removed = model::removeBundle(installed->id); !removed)
        return fail(removed.error());
    return fail(tested.error());
}

Result<Speed> measureSpeed(const std::shared_ptr<const model::Bundle> &bundle, const std::stop_token &stop)
{
    if (model::holdsReadyRows(bundle->manifest()))
        return fail(Errc::Unsupported, bundle->manifest().id, "its points came ready-made: nothing is computed here");
    const auto network = image::Network::open(*bundle);
    if (!network)
        return fail(network.error());
    image::Pixels photo{{.width = 400, .height = 300}, std::vector<std::uint8_t>(std::size_t{400} * 300 * 3)};
    for (std::size_t i = 0; i < photo.rgb.size(); ++i)
        photo.rgb[i] = static_cast<std::uint8_t>(i * 7 + i / 1200);
    std::vector<std::string> tails = {{}};
    for (const auto &tail : bundle->manifest().network.tails)
        tails.push_back(tail.id);
    Speed speed;
    const auto ofPhoto = medianSeconds([&] { return (*network)->features(photo, tails); }, stop);
    if (!ofPhoto)
        return fail(ofPhoto.error());
    speed.secondsPerPhoto = *ofPhoto;
    for (const auto &entry : bundle->manifest().encoders) {
        const auto encoder = Encoder::open(bundle, entry.id);
        if (!encoder)
            return fail(encoder.error());
        // Words that the encoder knows, whatever its language.
        std::string sentence;
        const auto &vocabulary = (*encoder)->vocabulary();
        for (std::size_t i = 0; i < 7; ++i)
            sentence += vocabulary.word(static_cast<std::int32_t>(std::min(i + 10, vocabulary.size() - 1))) + ' ';
        const auto ofSentence = medianSeconds([&] { return (*encoder)->sentencePoint(sentence); }, stop);
        if (!ofSentence)
            return fail(ofSentence.error());
        speed.secondsPerSentence[entry.id] = *ofSentence;
    }
    return speed;
}

} // namespace photolex::joint
