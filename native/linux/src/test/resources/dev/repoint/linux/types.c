/* Functions of several types, and what calls them. */
#include <stdlib.h>

__attribute__((noipa)) int count(int of) { return of + 1; }
__attribute__((noipa)) int count_twice(int of) { return 2 * of; }
__attribute__((noipa)) long count_far(long of, long step) { return of + step; }
__attribute__((noipa)) double rate(int of) { return of / 2.0; }
__attribute__((noipa, noreturn)) void stop(int code) { exit(code); }

int call_count(int of) { return count(of) + 100; }
int call_rate(int of) { return (int)(10 * rate(of)); }
void call_stop(int code) { stop(code); }
