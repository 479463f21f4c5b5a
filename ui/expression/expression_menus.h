// What is added by menu, and saved expressions: to open, to save, to remove.
#pragma once

#include "core/search/expression.h"

#include <QtGlobal>

QT_BEGIN_NAMESPACE
class QMenu;
class QWidget;
QT_END_NAMESPACE

namespace photolex::ui {

class Commands;
class ExpressionPlace;
class Selection;
class Session;

// Filled anew each time it is opened. All but the parent outlive the menu.
QMenu *makeAddMenu(Session *session, Selection *selection, ExpressionPlace *place, QWidget *parent);
QMenu *makeSavedMenu(Session *session, Commands *commands, ExpressionPlace *place, QWidget *parent);
// Asks for a name and saves the expression under it.
void askForName(Session *session, Commands *commands, const search::Expression &expression, QWidget *parent);

} // namespace photolex::ui
