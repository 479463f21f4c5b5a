#include "ui/common/thumbnail_loader.h"
