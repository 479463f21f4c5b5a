// Captions as one file: CSV and JSON.
#include "core/base/bytes.h"
#include "core/base/csv.h"
#include "core/exchange/chosen_p.h"

#include <array>
#include <nlohmann/json.hpp>

namespace photolex::exchange {

namespace {

std::string_view originName(catalogue::CaptionOrigin origin)
{
    static constexpr std::array<std::string_view, 4> names = {"user", "file", "retrieved", "generated"};
    return names[static_cast<std::size_t>(origin)];
}

} // namespace

Result<Report> writeTable(const catalogue::Catalogue &catalogue, std::span<const PhotoId> photos, Table table,
                          const std::filesystem::path &file, const std::stop_token &stop, const ProgressSink &progress)
{
    const auto known = catalogue.photoAt(file);
    if (known && *known)
        return fail(Errc::Invalid, displayText(file), "this is a photo of the library");
    if (auto folder = writableFolder(file.parent_path()); !folder)
        return fail(folder.error());
    Report report;
    std::string csv = "path,caption\r\n";
    auto list = nlohmann::ordered_json::array();
    const auto visited = eachChosen(catalogue, photos, stop, progress, [&](const Chosen &chosen) -> Result<> {
        if (!chosen.caption) {
            ++report.withoutCaption;
            return {};
        }
        ++report.written;
        if (table == Table::Csv)
            csv += csvField(chosen.path) + ',' + csvField(chosen.caption->text) + "\r\n";
        else
            list.push_back({{"path", displayText(chosen.path)},
                            {"caption", chosen.caption->text},
                            {"origin", originName(chosen.caption->origin)},
                            {"field", chosen.caption->detail},
                            {"changed_at", chosen.caption->changedAt}});
        return {};
    });
    if (!visited)
        return fail(visited.error());
    if (table == Table::Json)
        csv = nlohmann::ordered_json{{"photos", std::move(list)}}.dump(
                  2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) +
              '\n';
    if (auto written = writeFileAtomically(file, csv); !written)
        return fail(written.error());
    return report;
}

} // namespace photolex::exchange
