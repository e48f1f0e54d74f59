/* Callers in another file. */
#include "hooks.h"

CALLERS(far, 200)
