#include "ui/widgets/photo_preview.h"
