#include "ui/library/library_place.h"
