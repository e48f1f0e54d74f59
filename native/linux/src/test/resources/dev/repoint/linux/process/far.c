/* A library far from the program that uses it: what its one call of a patchable comes to. */
#include "far.h"

SUM(far_key, 0)
SUM(far_other, 1000)

long far_check(void) {
    long result;
    CALL(far_key, result);
    return result;
}
