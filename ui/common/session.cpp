#include "ui/common/session.h"
