#include "core/base/bytes.h"
#include "core/base/csv.h"
#include "core/base/npy.h"
#include "core/exchange/chosen_p.h"

namespace photolex::exchange {

Result<Report> writeRows(const catalogue::Catalogue &catalogue, const embedding::Rows &rows,
                         const std::filesystem::path &folder, const std::stop_token &stop)
{
    if (auto writable = writableFolder(folder); !writable)
        return fail(writable.error());
    Report report;
    std::string values, paths = "path\r\n";
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (stop.stop_requested())
            return fail(Errc::Cancelled, "export", "nothing was written");
        const auto path = catalogue.absolutePath(rows.ids()[i]);
        if (!path)
            continue; // no longer in the library
        const auto row = rows.row(i);
        values.append(reinterpret_cast<const char *>(row.data()), row.size() * sizeof(float));
        paths += csvField(*path) + "\r\n";
        ++report.written;
    }
    const auto head = npyHead(static_cast<std::size_t>(report.written), static_cast<std::size_t>(rows.dimension()));
    if (auto written = writeFileAtomically(folder / "rows.npy", head + values); !written)
        return fail(written.error());
    if (auto written = writeFileAtomically(folder / "rows.csv", paths); !written)
        return fail(written.error());
    return report;
}

} // namespace photolex::exchange
