/* Defaults, their hooks, and the targets. */
#include <stdarg.h>
#include "matrix.h"

static int taken;

int called_default(int x) { return x + 10; }
int tailed_default(int x) { return x + 20; }
int conditional_default(int x) { return x + 30; }
int tabled_default(int x) { return x + 40; }
int addressed_default(int x) { return x + 50; }
int factorial_default(int x) { return x < 2 ? 1 : x * factorial(x - 1); }
void noted_default(int x) { taken += x; }
void last_noted_default(int x) { taken += 2 * x; }
int pair_default(int x) { return x + 60; }
int same_left_default(int x) { return x * 7 + 3; }
int same_right_default(int x) { return x * 7 + 3; }

int sum_default(int count, ...) {
    va_list list;
    int sum = 0;
    va_start(list, count);
    while (count-- > 0) sum += va_arg(list, int);
    va_end(list);
    return sum;
}

int notes(void) {
    int all = taken;
    taken = 0;
    return all;
}

REPOINT_DEFINE(called, called_default);
REPOINT_DEFINE(tailed, tailed_default);
REPOINT_DEFINE(conditional, conditional_default);
REPOINT_DEFINE(tabled, tabled_default);
REPOINT_DEFINE(addressed, addressed_default);
REPOINT_DEFINE(factorial, factorial_default);
REPOINT_DEFINE(sum, sum_default);
REPOINT_DEFINE(noted, noted_default);
REPOINT_DEFINE(last_noted, last_noted_default);
REPOINT_DEFINE(pair_first, pair_default);
REPOINT_DEFINE(pair_second, pair_default);
REPOINT_DEFINE(same_left, same_left_default);
REPOINT_DEFINE(same_right, same_right_default);

/*
 * Uses every register that a function need not preserve, so that a caller that relied on one of them would show it.
 */
static int spoil(int x) {
#if defined(__x86_64__)
    __asm__ volatile("" ::: "rax", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "memory");
    __asm__ volatile("xor %%ecx, %%ecx\n\txor %%edx, %%edx\n\txor %%esi, %%esi\n\txor %%r8d, %%r8d\n\t"
                     "xor %%r9d, %%r9d\n\txor %%r10d, %%r10d\n\txor %%r11d, %%r11d"
                     ::: "rcx", "rdx", "rsi", "r8", "r9", "r10", "r11", "cc");
#elif defined(__aarch64__)
    __asm__ volatile("mov x1, #0\n\tmov x2, #0\n\tmov x3, #0\n\tmov x4, #0\n\tmov x5, #0\n\tmov x6, #0\n\tmov x7, #0\n\t"
                     "mov x8, #0\n\tmov x9, #0\n\tmov x10, #0\n\tmov x11, #0\n\tmov x12, #0\n\tmov x13, #0\n\t"
                     "mov x14, #0\n\tmov x15, #0"
                     ::: "x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11", "x12", "x13", "x14", "x15");
#endif
    return x;
}

REPOINT_TARGET int called_new(int x) { return spoil(x) + 1000; }
REPOINT_TARGET int tailed_new(int x) { return spoil(x) + 2000; }
REPOINT_TARGET int conditional_new(int x) { return spoil(x) + 3000; }
REPOINT_TARGET int tabled_new(int x) { return spoil(x) + 4000; }
REPOINT_TARGET int addressed_new(int x) { return spoil(x) + 5000; }
REPOINT_TARGET int factorial_new(int x) { return spoil(x) + 6000; }
REPOINT_TARGET int sum_new(int count, ...) { return spoil(count) + 7000; }
REPOINT_TARGET void noted_new(int x) { taken += spoil(x) + 8000; }
REPOINT_TARGET int pair_new(int x) { return spoil(x) + 9000; }
REPOINT_TARGET int same_new(int x) { return spoil(x) + 10000; }
REPOINT_TARGET int pointed_new(int x) { return spoil(x) + 11000; }
REPOINT_TARGET int opened_new(int x) { return spoil(x) + 12000; }
REPOINT_TARGET int imported_new(int x) { return spoil(x) + 13000; }
REPOINT_TARGET int scale_new(int x) { return spoil(x) + 14000; }
REPOINT_TARGET int base_new(int x) { return spoil(x) + 15000; }
