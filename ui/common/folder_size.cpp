#include "ui/common/folder_size.h"

namespace photolex::ui {

std::int64_t bytesBelow(const std::filesystem::path &path, const std::stop_token &stop)
{
    std::error_code error;
    if (std::filesystem::is_regular_file(path, error))
        return static_cast<std::int64_t>(std::filesystem::file_size(path, error));
    std::int64_t bytes = 0;
    auto entry = std::filesystem::recursive_directory_iterator(
        path, std::filesystem::directory_options::skip_permission_denied, error);
    for (; !error && entry != std::filesystem::recursive_directory_iterator() && !stop.stop_requested();
         entry.increment(error)) {
        std::error_code ignored;
        if (entry->is_regular_file(ignored) && !entry->is_symlink(ignored))
            bytes += static_cast<std::int64_t>(entry->file_size(ignored));
    }
    return bytes;
}

} // namespace photolex::ui
