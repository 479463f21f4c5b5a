#include "ui/common/photo_model.h"
