/* Every macro of the header, in the C of 1989. */
#include <stdarg.h>
#include <stdio.h>
#include "repoint.h"

int global_default(int x) { return x + 10; }
REPOINT_DECLARE(global, global_default);
REPOINT_DEFINE(global, global_default);

static int local_default(int x) { return x + 20; }
REPOINT_DECLARE(local, local_default);
REPOINT_DEFINE(local, local_default);

static int count;
static void none_default(int first, ...) {
    va_list list;
    va_start(list, first);
    count = first + va_arg(list, int);
    va_end(list);
}
REPOINT_DECLARE(none, none_default);
REPOINT_DEFINE(none, none_default);

REPOINT_DECLARE_POINTER(pointer, global_default);
REPOINT_DEFINE_POINTER(pointer, global_default);

REPOINT_TARGET static int four(int x) { return x + 3; }
REPOINT_TARGET int five(int x) { return x + 4; }

struct operations {
    int (*first)(int);
    int (*second)(int);
};

REPOINT_DECLARE_OPERATIONS(struct operations, operations);
REPOINT_DEFINE_OPERATIONS(struct operations, operations) = {four, five};

REPOINT_TARGET static const struct operations others = {five, four};

int main(int one, char **argv) {
    (void)argv;
    none(one, 2);
    printf("%d %d %d %d %d %d\n", global(one), local(one + 1), count, operations.first(one), operations.second(one),
           pointer(one + 55));
    return 0;
}
