/* Counts the steps of statements, and tells the count at the end. default_sqlite3_step is the default under a name of
 * its own, which the linker gives. */
#include <stdio.h>
#include "sqlite3.h"

int default_sqlite3_step(sqlite3_stmt *statement);

static long steps;

int counted_sqlite3_step(sqlite3_stmt *statement) {
    steps++;
    return default_sqlite3_step(statement);
}

__attribute__((destructor)) static void tell(void) {
    fprintf(stderr, "counted steps: %ld\n", steps);
}
