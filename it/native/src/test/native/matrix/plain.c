/* Functions that are no hooks: clones, recursion, an alias. */
#include "matrix.h"

/* Called with one constant again and again: gcc -O3 makes a copy for it. */
__attribute__((noinline)) static int powers(int x, int power, int limit) {
    int product = 1;
    for (int i = 0; i < power && product < limit; i++) product *= x;
    for (int i = 0; i < power; i++) product -= i * x;
    return product & 63;
}

int row_clones(int x) { return powers(x + 1, 3, 1000) + powers(x + 2, 3, 1000) + powers(x + 3, 3, 1000); }

__attribute__((noinline)) int depth(int x) {
    volatile int left = x;
    if (left <= 0) return 0;
    return depth(left - 1) * 2 + depth(left - 2) + 1;
}

int row_self(int x) { return depth(x + 2); }

__attribute__((noinline)) int base(int x) {
    volatile int result = x + 80;
    return result;
}

int other_name(int x) __attribute__((alias("base")));
