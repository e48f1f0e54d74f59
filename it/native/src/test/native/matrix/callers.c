/* Callers of hooks: calls, tail calls, pointers to hooks. */
#include "matrix.h"

int row_call(int x) { return called(x) * 2 + 1; }

/* Values that live across calls. */
int row_live(int a, int b, int c) { return called(a) * b + called(b) * c - a + b - c; }

int row_loop(int x) {
    int sum = 0;
    for (int i = 0; i < x + 2; i++) sum += called(i) - 10;
    return sum;
}

int row_tail(int x) { return tailed(x + 1); }

static int (*const table[])(int) = {called, tabled};

int row_table(int x) { return table[x & 1](x); }

int row_address(int x) {
    int (*volatile address)(int) = addressed;
    return address(x);
}

int row_factorial(int x) { return factorial(x + 3); }

int row_sum(int x) { return sum(3, x, x + 1, x + 2); }

int row_noted(int x) {
    noted(x);
    noted(x + 1);
    return notes();
}

__attribute__((noinline)) static void note_last(int x) { last_noted(x + 1); }

int row_last_noted(int x) {
    note_last(x);
    return notes();
}

int row_pair_first(int x) { return pair_first(x) + 1; }
int row_pair_second(int x) { return pair_second(x) + 1; }
int row_same_left(int x) { return same_left(x) + 1; }
int row_same_right(int x) { return same_right(x) + 1; }
int row_imported(int x) { return imported(x) + imported_too(x); }
int row_imported_tail(int x) { return imported(x + 1); }
