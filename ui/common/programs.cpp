#include "ui/common/programs.h"

#include "ui/common/photo_text.h"

#include <QMimeDatabase>
#include <array>
#include <fstream>
#include <gio/gdesktopappinfo.h>
#include <gio/gio.h>
#include <memory>

namespace photolex::ui {

namespace {

struct Unref {
    void operator()(gpointer object) const { g_object_unref(object); }
};
template <class T>
using Ref = std::unique_ptr<T, Unref>;

// By content where the name says nothing or too much; GIO would go by the name alone.
std::string kindOf(const std::string &path)
{
    std::array<char, 16'384> head{};
    std::ifstream file(path, std::ios::binary);
    file.read(head.data(), head.size());
    const QByteArray bytes(head.data(), static_cast<int>(file.gcount()));
    return QMimeDatabase().mimeTypeForFileNameAndData(fileName(path), bytes).name().toStdString();
}

bool isOurs(const QString &id)
{
    return id.contains(QLatin1String("photolex"), Qt::CaseInsensitive);
}

QString iconOf(GAppInfo *program)
{
    GIcon *icon = g_app_info_get_icon(program); // borrowed
    if (!icon)
        return {};
    gchar *text = g_icon_to_string(icon);
    const QString name = QString::fromUtf8(text);
    g_free(text);
    return name;
}

} // namespace

std::vector<Program> programsFor(const std::string &path)
{
    const std::string kind = kindOf(path);
    std::vector<Program> programs;
    const auto add = [&](GAppInfo *program, bool isDefault) {
        const char *id = g_app_info_get_id(program);
        if (!id || isOurs(QString::fromUtf8(id)) ||
            !(g_app_info_supports_files(program) || g_app_info_supports_uris(program)))
            return;
        programs.push_back({QString::fromUtf8(id), QString::fromUtf8(g_app_info_get_display_name(program)),
                            iconOf(program), isDefault});
    };
    const Ref<GAppInfo> preferred(g_app_info_get_default_for_type(kind.c_str(), FALSE));
    if (preferred)
        add(preferred.get(), true);
    GList *all = g_app_info_get_all_for_type(kind.c_str());
    for (const GList *each = all; each; each = each->next)
        if (auto *program = G_APP_INFO(each->data); !preferred || !g_app_info_equal(program, preferred.get()))
            add(program, false);
    g_list_free_full(all, g_object_unref);
    return programs;
}

Result<> openWith(const QString &id, std::span<const std::string> paths)
{
    const Ref<GDesktopAppInfo> program(g_desktop_app_info_new(id.toUtf8().constData()));
    if (!program)
        return fail(Errc::NotFound, id.toStdString(), "no such desktop entry");
    GList *files = nullptr;
    for (const auto &path : paths)
        files = g_list_append(files, g_file_new_for_path(path.c_str()));
    GError *error = nullptr;
    const bool started = g_app_info_launch(G_APP_INFO(program.get()), files, nullptr, &error) != FALSE;
    g_list_free_full(files, g_object_unref);
    if (started)
        return {};
    std::string detail = error ? error->message : "not started";
    g_clear_error(&error);
    return fail(Errc::Internal, g_app_info_get_display_name(G_APP_INFO(program.get())), std::move(detail));
}

} // namespace photolex::ui
