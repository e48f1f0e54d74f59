/*
 * What the files of this folder know of each other. Every row_ function is one row of the output: a use of a patchable.
 * The defaults give results below 100, the targets (named _new) from 1000 on.
 */
#ifndef MATRIX_H
#define MATRIX_H

#include "repoint.h"

#ifdef __cplusplus
extern "C" {
#endif

int called_default(int x);
int tailed_default(int x);
int conditional_default(int x);
int tabled_default(int x);
int addressed_default(int x);
int factorial_default(int x);
int sum_default(int count, ...);
void noted_default(int x);
void last_noted_default(int x);
int pair_default(int x);
int same_left_default(int x);
int same_right_default(int x);
int pointed_default(int x);

REPOINT_DECLARE(called, called_default);
REPOINT_DECLARE(tailed, tailed_default);
REPOINT_DECLARE(conditional, conditional_default);
REPOINT_DECLARE(tabled, tabled_default);
REPOINT_DECLARE(addressed, addressed_default);
REPOINT_DECLARE(factorial, factorial_default);
REPOINT_DECLARE(sum, sum_default);
REPOINT_DECLARE(noted, noted_default);
REPOINT_DECLARE(last_noted, last_noted_default);
REPOINT_DECLARE(pair_first, pair_default);
REPOINT_DECLARE(pair_second, pair_default);
REPOINT_DECLARE(same_left, same_left_default);
REPOINT_DECLARE(same_right, same_right_default);
REPOINT_DECLARE_POINTER(pointed, pointed_default);

int notes(void);

struct operations {
    int (*open)(int);
    int (*read)(int);
    int (*shut)(int);
};

REPOINT_DECLARE_OPERATIONS(struct operations, operations);

int imported(int x);
int imported_too(int x);

int row_call(int x);
int row_live(int a, int b, int c);
int row_loop(int x);
int row_tail(int x);
int row_conditional(int x);
int row_table(int x);
int row_address(int x);
int row_factorial(int x);
int row_sum(int x);
int row_noted(int x);
int row_last_noted(int x);
int row_pair_first(int x);
int row_pair_second(int x);
int row_same_left(int x);
int row_same_right(int x);
int row_pointer(int x);
int row_pointer_tail(int x);
int row_open(int x);
int row_read(int x);
int row_shut(int x);
int row_left(int x);
int row_right(int x);
int row_clones(int x);
int row_self(int x);
int row_alias(int x);
int row_base(int x);
int row_imported(int x);
int row_imported_tail(int x);
int row_cxx(int x);

void rows(int one);

#ifdef __cplusplus
}
#endif

#endif
