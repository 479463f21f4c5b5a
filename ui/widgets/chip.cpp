#include "ui/widgets/chip.h"
