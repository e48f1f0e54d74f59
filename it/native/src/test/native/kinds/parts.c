/* In an object library. */
#include "kinds.h"

int parts(int x) { return beside(x) + 1; }

int later_default(int x) { return x + 7; }
REPOINT_RECORD("later", "later_default");

REPOINT_TARGET int later_new(int x) { return x + 700; }
