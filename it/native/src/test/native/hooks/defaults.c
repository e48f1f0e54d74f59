/* The defaults, their hooks, and callers that can see them. */
#include <stdarg.h>
#include "hooks.h"

int constant_default(int x) { return x ? 7 : 7; }
int tiny_default(int x) { return x + 1; }
int pure_default(int x) { return x * x; }
int twin_one_default(int x) { return x * 31 + 17; }
int twin_two_default(int x) { return x * 31 + 17; }
int mode_default(int x, int mode) { return mode == 3 ? x + 3 : mode == 4 ? x * 9 : x ^ mode; }
void empty_default(int x) { (void)x; }

int variadic_default(int count, ...) {
    va_list list;
    int sum = 0;
    va_start(list, count);
    while (count-- > 0) sum += va_arg(list, int);
    va_end(list);
    return sum;
}

/* Comes back to itself through its hook, by a jump where the compiler can. */
int looped_default(int x, int sum) { return x <= 0 ? sum : looped(x - 1, sum + x); }

static int hidden_default(int x) { return x + 90; }

REPOINT_DECLARE(hidden, hidden_default);

REPOINT_DEFINE(constant, constant_default);
REPOINT_DEFINE(tiny, tiny_default);
REPOINT_DEFINE(pure, pure_default);
REPOINT_DEFINE(twin_one, twin_one_default);
REPOINT_DEFINE(twin_two, twin_two_default);
REPOINT_DEFINE(mode, mode_default);
REPOINT_DEFINE(empty, empty_default);
REPOINT_DEFINE(variadic, variadic_default);
REPOINT_DEFINE(looped, looped_default);
REPOINT_DEFINE(hidden, hidden_default);

CALLERS(near, 100)
CALLER(hidden, near)(int x) { return hidden(x) + 1; }
