/* In an executable. */
#include <stdio.h>
#include "kinds.h"

static int own_default(int x) { return x + 10; }
REPOINT_DECLARE(own, own_default);
REPOINT_DEFINE(own, own_default);

/* The linker defines it. */
extern int later(int x);

REPOINT_TARGET int own_new(int x) { return x + 1000; }

int main(int one, char **argv) {
    (void)argv;
    printf("%d %d %d\n", parts(one), own(one), later(one));
    return 0;
}
