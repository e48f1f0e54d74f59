/* A static function whose name another file has too. */
#include "matrix.h"

__attribute__((noinline)) static int scale(int x) {
    volatile int scaled = x * 3;
    return scaled;
}

int row_left(int x) {
    int first = scale(x);
    return first + 1;
}
