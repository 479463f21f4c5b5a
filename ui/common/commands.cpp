#include "ui/common/commands.h"

namespace photolex::ui {

Commands::Commands(QObject *parent)
    : QObject(parent)
{
}

} // namespace photolex::ui
