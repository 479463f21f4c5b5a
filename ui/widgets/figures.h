// Small tables of figures: one look, one height, numbers at the end of their cells.
#pragma once

#include <QString>

QT_BEGIN_NAMESPACE
class QTableWidget;
class QTableWidgetItem;
QT_END_NAMESPACE

namespace photolex::ui {

// Read only, without a frame; whole rows are selected, and Tab leaves it. `name` is its object name.
QTableWidget *figuresTable(const QString &name, const QString &accessibleName);
QTableWidgetItem *figureItem(const QString &text);
QString percentText(double share); // of 0 to 1
// As tall as its rows: for a table that is not to scroll.
void fitHeight(QTableWidget *table);

} // namespace photolex::ui
