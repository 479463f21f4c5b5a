#include "ui/settings/preferences.h"

#include "core/base/paths.h"
#include "ui/common/photo_text.h"

#include <algorithm>

namespace photolex::ui {

namespace {

QStringList defaultPatterns()
{
    QStringList patterns;
    for (const auto &pattern : indexing::defaultExcludes())
        patterns.append(QString::fromStdString(pattern));
    return patterns;
}

} // namespace

Preferences::Preferences(QObject *parent)
    : Preferences(nativePath((paths::configHome() / "photolex.conf").native()), parent)
{
}

Preferences::Preferences(const QString &file, QObject *parent)
    : QObject(parent)
    , m_settings(file, QSettings::IniFormat)
{
}

void Preferences::set(const QString &key, const QVariant &value, void (Preferences::*changed)())
{
    if (m_settings.value(key) == value)
        return;
    m_settings.setValue(key, value);
    Q_EMIT(this->*changed)();
}

QString Preferences::language() const
{
    return m_settings.value(QStringLiteral("language")).toString();
}

void Preferences::setLanguage(const QString &language)
{
    set(QStringLiteral("language"), language, &Preferences::languageChanged);
}

Theme Preferences::theme() const
{
    const QString name = m_settings.value(QStringLiteral("theme")).toString();
    return name == QLatin1String("light") ? Theme::Light : name == QLatin1String("dark") ? Theme::Dark : Theme::System;
}

void Preferences::setTheme(Theme theme)
{
    const QString name = theme == Theme::Light  ? QStringLiteral("light")
                         : theme == Theme::Dark ? QStringLiteral("dark")
                                                : QStringLiteral("system");
    set(QStringLiteral("theme"), name, &Preferences::themeChanged);
}

int Preferences::threads() const
{
    return std::clamp(m_settings.value(QStringLiteral("threads"), 0).toInt(), 0, 256);
}

void Preferences::setThreads(int threads)
{
    set(QStringLiteral("threads"), threads, &Preferences::indexingChanged);
}

QString Preferences::bundle() const
{
    return m_settings.value(QStringLiteral("bundle")).toString();
}

void Preferences::setBundle(const QString &id)
{
    set(QStringLiteral("bundle"), id, &Preferences::bundleChanged);
}

bool Preferences::isQuiet() const
{
    return m_settings.value(QStringLiteral("quiet"), false).toBool();
}

void Preferences::setQuiet(bool quiet)
{
    if (quiet != isQuiet())
        set(QStringLiteral("quiet"), quiet, &Preferences::indexingChanged);
}

QStringList Preferences::excludePatterns() const
{
    const QVariant kept = m_settings.value(QStringLiteral("exclude"));
    return kept.isValid() ? kept.toStringList() : defaultPatterns();
}

void Preferences::setExcludePatterns(const QStringList &patterns)
{
    if (patterns == excludePatterns())
        return;
    if (patterns.isEmpty() || patterns == defaultPatterns()) { // empty means the defaults to the scan as well
        m_settings.remove(QStringLiteral("exclude"));
        Q_EMIT indexingChanged();
        return;
    }
    set(QStringLiteral("exclude"), patterns, &Preferences::indexingChanged);
}

indexing::ScanOptions Preferences::scanOptions() const
{
    indexing::ScanOptions options;
    for (const QString &pattern : excludePatterns())
        options.excludePatterns.push_back(pattern.toStdString());
    return options;
}

QByteArray Preferences::state(const QString &place) const
{
    return m_settings.value(QStringLiteral("state/") + place).toByteArray();
}

void Preferences::setState(const QString &place, const QByteArray &state)
{
    m_settings.setValue(QStringLiteral("state/") + place, state);
}

QList<Language> languages()
{
    return {{QStringLiteral("en"), QStringLiteral("English")}, {QStringLiteral("de"), QStringLiteral("Deutsch")}};
}

} // namespace photolex::ui
