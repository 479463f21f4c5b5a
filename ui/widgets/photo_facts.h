// What is said of a photo in preview and viewer: one summary line, and a list of facts from its file.
#pragma once

#include "core/image/metadata.h"
#include "ui/common/photo_model.h"

#include <QList>
#include <QPair>
#include <QString>

namespace photolex::ui {

QString summaryLine(const PhotoInfo &info); // "12 March 2024, 14:03 · 4,000 × 3,000"
QList<QPair<QString, QString>> photoFacts(const PhotoInfo &info, const image::Metadata &metadata);
QString exposureText(const image::Metadata &metadata); // "1/250 s · f/2.8 · ISO 100 · 50 mm"; empty: unknown
QString originText(catalogue::CaptionOrigin origin);

} // namespace photolex::ui
