/* The functions and pointers that sites.c uses. Compiled by itself, so that no caller knows what is in them. */
#include "sites.h"

long count;

int work(int x) { count += 1; return x + 1; }

int other(int x) { count += 10; return x * 10; }

int spare(int x) { count += 100; return x - 1; }

static int local(int x) { count += 10000; return -x; }

function_type pointer = work;
struct operations operations = {1, spare, work};
const struct operations other_operations = {1, local, other};
