// An encoder as the Compare place shows it.
#pragma once

#include <QList>
#include <QString>
#include <QStringList>
#include <string>
#include <vector>

namespace photolex::ui {

inline constexpr int fewestEncoders = 2, mostEncoders = 4;

struct EncoderChoice {
    QString id;   // in its bundle
    QString name; // for people
    bool operator==(const EncoderChoice &) const = default;
};

inline std::vector<std::string> idsOf(const QList<EncoderChoice> &encoders)
{
    std::vector<std::string> ids;
    for (const auto &encoder : encoders)
        ids.push_back(encoder.id.toStdString());
    return ids;
}

inline QStringList namesOf(const QList<EncoderChoice> &encoders)
{
    QStringList names;
    for (const auto &encoder : encoders)
        names << encoder.name;
    return names;
}

} // namespace photolex::ui
