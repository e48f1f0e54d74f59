/* In a static library, which becomes part of a shared one. */
#include "kinds.h"

int inside_default(int x) { return x + 1; }
REPOINT_DECLARE(inside, inside_default);
REPOINT_DEFINE(inside, inside_default);

REPOINT_TARGET int inside_new(int x) { return x + 100; }
