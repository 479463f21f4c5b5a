#include "app/cli/compare_captions.h"

#include "app/cli/data_arguments.h"
#include "core/base/bytes.h"
#include "core/captioning/speaker.h"
#include "core/image/network.h"
#include "core/joint/ready_rows.h"

#include <fmt/format.h>
#include <map>

namespace photolex::cli {

namespace {

constexpr std::size_t saidOfPhoto = 3; // sentences of either kind

Json saidJson(const captioning::Speaker &speaker, const captioning::Said &said)
{
    Json json = {{"retrieved", Json::array()}, {"generated", Json::array()}};
    for (const auto &one : said.retrieved)
        json["retrieved"].push_back({{"text", one.text}, {"cosine", one.cosine}});
    for (const auto &one : said.generated)
        json["generated"].push_back({{"text", one.text}, {"tags", one.tags}, {"score", one.score}});
    if (speaker.retrieving() == captioning::Silence::None)
        json["sentences_of"] = speaker.sentencesOf();
    else
        json["not_retrieved"] = std::string(captioning::silenceName(speaker.retrieving()));
    if (speaker.generating() != captioning::Silence::None)
        json["not_generated"] = std::string(captioning::silenceName(speaker.generating()));
    if (!speaker.writer().empty())
        json["captions_of"] = speaker.writer();
    return json;
}

std::string saidText(const std::string &id, const captioning::Speaker &speaker, const captioning::Said &said)
{
    std::string text;
    const auto add = [&](const char *kind, captioning::Silence why, const std::string &best) {
        text += fmt::format("  {:<16} {:<10} {}\n", id, kind,
                            best.empty() ? fmt::format("({})", captioning::silenceName(why)) : best);
    };
    add("retrieved", speaker.retrieving(), said.retrieved.empty() ? std::string() : said.retrieved.front().text);
    add("generated", speaker.generating(), said.generated.empty() ? std::string() : said.generated.front().text);
    return text;
}

} // namespace

Result<> addCaptions(const std::vector<std::string> &ids, const std::vector<ChosenEncoder> &chosen,
                     const std::vector<std::string> &photos, const Context &context, Output &output)
{
    const auto lender = model::openBundle({});
    std::vector<std::shared_ptr<const joint::Encoder>> encoders;
    std::vector<std::shared_ptr<const captioning::Speaker>> speakers;
    std::map<std::filesystem::path, std::shared_ptr<const image::Network>> networks; // by bundle
    for (const auto &one : chosen) {
        auto encoder = joint::Encoder::open(one.bundle, one.id);
        if (!encoder)
            return fail(encoder.error());
        auto speaker = captioning::Speaker::open(
            one.bundle, *encoder,
            {.lender = lender ? *lender : nullptr, .cache = featureCache(), .progress = progressLine(context)},
            context.stop);
        if (!speaker)
            return fail(speaker.error());
        if (!(*encoder)->readyRows() && !networks.contains(one.bundle->folder())) {
            auto network = image::Network::open(*one.bundle);
            if (!network)
                return fail(network.error());
            networks.emplace(one.bundle->folder(), std::move(*network));
        }
        encoders.push_back(std::move(*encoder));
        speakers.push_back(std::move(*speaker));
    }
    output.json["captions"] = Json::array();
    for (const auto &name : photos) {
        const auto path = absolutePath(name);
        Json own = {{"path", displayText(path)}, {"encoders", Json::object()}};
        output.text += fmt::format("{}\n", displayText(path));
        for (std::size_t e = 0; e < ids.size(); ++e) {
            const auto *rows = encoders[e]->readyRows();
            const auto point = rows ? rows->pointsOf(std::span(&path, 1))
                                    : search::pointOfFile(path, *networks.at(chosen[e].bundle->folder()), *encoders[e]);
            if (!point)
                return fail(point.error());
            const auto said = speakers[e]->say(*point, {.count = saidOfPhoto}, context.stop);
            if (!said)
                return fail(said.error());
            own["encoders"][ids[e]] = saidJson(*speakers[e], *said);
            output.text += saidText(ids[e], *speakers[e], *said);
        }
        output.json["captions"].push_back(std::move(own));
    }
    return {};
}

} // namespace photolex::cli
