#include "ui/widgets/photo_viewer.h"
