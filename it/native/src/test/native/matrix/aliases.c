/* Calls of one function by two names; in a file of their own, where the compiler does not know that. */
#include "matrix.h"

int base(int x);
int other_name(int x);

int row_base(int x) {
    int result = base(x);
    return result + 1;
}

int row_alias(int x) {
    int result = other_name(x);
    return result + 2;
}
