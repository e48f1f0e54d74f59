#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calls.h"

#define NOINLINE __attribute__((noinline))

static NOINLINE int util(int x) { return x * 3 + 1; }

struct operations operations = {get, put};
const struct operations fixed = {put, get};
int (*pointer)(int) = put;
static int (*hidden)(int) = get;

NOINLINE void point(int (*to)(int)) {
    hidden = to;
    pointer = to;
}

NOINLINE int factorial(int n) { return n < 2 ? 1 : n * factorial(n - 1) + factorial(n - 2); }

NOINLINE int tail(int x) { return put(x + 3); }

NOINLINE int tail_if(int x) {
    if (x > 3) return factorial(x);
    return 7;
}

NOINLINE int imports(int x) {
    if (x == 77) abort();
    return abs(x) + rand() + (int)strlen(getenv("HOME"));
}

NOINLINE int tail_import(char *x) { return puts(x); }

NOINLINE int through(int x) { return pointer(x) + operations.get(x) + operations.put(x) + hidden(x) + fixed.get(x); }

NOINLINE int tail_through(int x) { return pointer(x + 1); }

NOINLINE int (*take(int k))(int) { return k ? factorial : put; }

NOINLINE int choose(int x) {
    switch (x) {
    case 0: return get(1);
    case 1: return put(2);
    case 2: return factorial(3);
    case 3: return tail(4);
    case 4: return same_left(3);
    case 5: return same_right(9);
    default: return util(x) + twice(x);
    }
}

int main(int c, char **v) {
    if (c > 5) point(take(c));
    printf("%d %d\n", factorial(c), tail(c));
    puts(v[0]);
    return through(c) + tail_if(c) + take(c)(3) + choose(c) + imports(c) + tail_import("4") + tail_through(c)
        + another(3) + hook(4) + quiet(5) + declared(6);
}
