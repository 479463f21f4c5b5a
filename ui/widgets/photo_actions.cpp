#include "ui/widgets/photo_actions.h"
