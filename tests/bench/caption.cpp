// Captions of a point: 20 structures, 5 beginnings kept. The points and structures are left in SCRATCH, so that a peer
// fills the very same.
//
//     bench_caption BUNDLE SCRATCH THREADS
#include "core/base/bytes.h"
#include "core/base/threads.h"
#include "core/caption/captioner.h"
#include "tests/bench/measure.h"

#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>
#include <set>

using namespace photolex;

namespace {

constexpr int rounds = 20;
constexpr int samples = 20;
constexpr int beginnings = 5;

const std::vector<std::string> sentences = {
    "a dog runs across the grass",           "two children play with a ball on the beach",
    "a man rides a bicycle down a street",   "a plate of food on a wooden table",
    "snow covers the mountains in winter",   "a woman in a red dress is dancing",
    "a group of people stand by a river",    "a cat sleeps on a sofa",
    "a train stops at the station at night", "a boy jumps into a swimming pool",
};

} // namespace

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    threads::prepareProcess(std::stoi(argv[3]));
    const auto bundle = model::Bundle::open(argv[1]);
    if (!bundle)
        return bench::failed(bundle.error());
    const auto captioner = caption::Captioner::open(*bundle);
    if (!captioner)
        return bench::failed(captioner.error());
    nlohmann::json work = nlohmann::json::array();
    std::vector<double> seconds, decoding;
    for (int i = 0; i < rounds; ++i) {
        const auto read = (*captioner)->encoder()->sentencePoint(sentences[i % sentences.size()]);
        if (!read)
            return bench::failed(read.error());
        caption::Options options;
        options.samples = samples;
        options.beam = beginnings;
        options.perStructure = beginnings; // all candidates
        options.seed = static_cast<std::uint64_t>(i) + 1;
        const auto before = bench::wallSeconds();
        const auto captions = (*captioner)->captions(read->point, options, {});
        if (!captions)
            return bench::failed(captions.error());
        seconds.push_back(bench::wallSeconds() - before);
        auto &one = work.emplace_back();
        one["content"] = (*captioner)->content(read->point, options.contentMap);
        std::vector<std::string> texts;
        std::set<std::string> structures;
        for (const auto &caption : *captions) {
            texts.push_back(caption.text);
            if (const auto tags = fmt::format("{}", fmt::join(caption.tags, " ")); structures.insert(tags).second)
                one["structures"].push_back(tags);
        }
        // What the peer does not do: reading the candidates and measuring them.
        const auto beforeReading = bench::wallSeconds();
        for (const auto &caption : *captions)
            (*captioner)->tagger().numbers(caption.words);
        if (const auto points = (*captioner)->encoder()->sentencePoints(texts); !points)
            return bench::failed(points.error());
        decoding.push_back(seconds.back() - (bench::wallSeconds() - beforeReading));
        one["best"] = captions->front().text;
    }
    std::filesystem::create_directories(argv[2]);
    if (auto written = writeFileAtomically(std::filesystem::path(argv[2]) / "captions.json", work.dump()); !written)
        return bench::failed(written.error());
    fmt::print("{{\"seconds_median\": {:.4f}, \"seconds_p95\": {:.4f}, \"decoding_median\": {:.4f}, \"first\": {:.4f}, "
               "\"best\": \"{}\"}}\n",
               bench::quantile(seconds, 0.5), bench::quantile(seconds, 0.95), bench::quantile(decoding, 0.5),
               seconds.front(), work.back()["best"].get<std::string>());
    return 0;
}
