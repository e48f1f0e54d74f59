/* In a shared library. */
#include "kinds.h"

REPOINT_DECLARE(inside, inside_default);

int beside(int x) { return inside(x) + 1; }
