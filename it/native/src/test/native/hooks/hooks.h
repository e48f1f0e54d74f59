/* Defaults that tempt a compiler, and one caller of each in every file. */
#ifndef HOOKS_H
#define HOOKS_H

#include "repoint.h"

int constant_default(int x);
int tiny_default(int x);
int pure_default(int x) __attribute__((const));
int twin_one_default(int x);
int twin_two_default(int x);
int mode_default(int x, int mode);
void empty_default(int x);
int variadic_default(int count, ...);
int looped_default(int x, int sum);

REPOINT_DECLARE(constant, constant_default);
REPOINT_DECLARE(tiny, tiny_default);
REPOINT_DECLARE(pure, pure_default);
REPOINT_DECLARE(twin_one, twin_one_default);
REPOINT_DECLARE(twin_two, twin_two_default);
REPOINT_DECLARE(mode, mode_default);
REPOINT_DECLARE(empty, empty_default);
REPOINT_DECLARE(variadic, variadic_default);
REPOINT_DECLARE(looped, looped_default);

#define CALLER(name, prefix) __attribute__((noinline)) int prefix##_##name

/*
 * One caller of each hook: the name of a caller ends with that of its hook. The number makes those of one file differ
 * from those of another, as functions that are alike may become one.
 */
#define CALLERS(prefix, number) \
    CALLER(constant, prefix)(int x) { return constant(x) + number; } \
    CALLER(tiny, prefix)(int x) { return tiny(x) + x + number; } \
    CALLER(pure, prefix)(int x) { return pure(x) * 2 + number; } \
    CALLER(twin_one, prefix)(int x) { return twin_one(x) + 1 + number; } \
    CALLER(twin_two, prefix)(int x) { return twin_two(x) + 2 + number; } \
    CALLER(mode, prefix)(int x) { return mode(x, 3) - x + number; } \
    CALLER(empty, prefix)(int x) { empty(x); return x + number; } \
    CALLER(variadic, prefix)(int x) { return variadic(2, x, x + 1) + number; } \
    CALLER(looped, prefix)(int x) { return looped(x + 2, 0) + number; }

int near_constant(int x), near_tiny(int x), near_pure(int x), near_twin_one(int x), near_twin_two(int x);
int near_mode(int x), near_empty(int x), near_variadic(int x), near_looped(int x), near_hidden(int x);
int far_constant(int x), far_tiny(int x), far_pure(int x), far_twin_one(int x), far_twin_two(int x);
int far_mode(int x), far_empty(int x), far_variadic(int x), far_looped(int x);

#endif
