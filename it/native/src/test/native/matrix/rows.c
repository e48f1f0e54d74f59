/* Prints every row. */
#include <stdio.h>
#include "matrix.h"

#define ROW(name) printf(#name " %d\n", row_##name(one))

void rows(int one) {
    ROW(call);
    printf("live %d\n", row_live(one, one + 1, one + 2));
    ROW(loop);
    ROW(tail);
    ROW(conditional);
    ROW(table);
    ROW(address);
    ROW(factorial);
    ROW(sum);
    ROW(noted);
    ROW(last_noted);
    ROW(pair_first);
    ROW(pair_second);
    ROW(same_left);
    ROW(same_right);
    ROW(pointer);
    ROW(pointer_tail);
    ROW(open);
    ROW(read);
    ROW(shut);
    ROW(left);
    ROW(right);
    ROW(clones);
    ROW(self);
    ROW(alias);
    ROW(base);
    ROW(imported);
    ROW(imported_tail);
    ROW(cxx);
}
