#include "ui/widgets/photo_grid.h"
