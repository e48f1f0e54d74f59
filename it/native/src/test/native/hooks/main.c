/* Calls every caller. */
#include <stdio.h>
#include "hooks.h"

int main(int x, char **argv) {
    (void)argv;
    printf("%d %d %d ", near_constant(x), near_tiny(x), near_pure(x));
    printf("%d %d %d ", near_twin_one(x), near_twin_two(x), near_mode(x));
    printf("%d %d %d %d\n", near_empty(x), near_variadic(x), near_looped(x), near_hidden(x));
    printf("%d %d %d ", far_constant(x), far_tiny(x), far_pure(x));
    printf("%d %d %d ", far_twin_one(x), far_twin_two(x), far_mode(x));
    printf("%d %d %d\n", far_empty(x), far_variadic(x), far_looped(x));
    return 0;
}
