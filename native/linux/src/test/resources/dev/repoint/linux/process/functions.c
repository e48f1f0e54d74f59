/* 2,000 functions, which a thread calls in turn again and again: each adds one, and two once it leads to `two`. Counts results
   that neither of them gives, the passes that saw both, those that saw the one alone, and those that saw the other. Ends when the
   file "stop" is there. With OLDER, it has memory as a former version of Repoint left it. */
#include "counts.h"
#include <pthread.h>
#include <string.h>

enum { WRONG, BOTH, ONES, TWOS };

#define TEN(n, with) with(n##0) with(n##1) with(n##2) with(n##3) with(n##4) with(n##5) with(n##6) with(n##7) with(n##8) with(n##9)
#define HUNDRED(n, with) TEN(n##0, with) TEN(n##1, with) TEN(n##2, with) TEN(n##3, with) TEN(n##4, with) \
    TEN(n##5, with) TEN(n##6, with) TEN(n##7, with) TEN(n##8, with) TEN(n##9, with)
#define ALL(with) HUNDRED(10, with) HUNDRED(11, with) HUNDRED(12, with) HUNDRED(13, with) HUNDRED(14, with) \
    HUNDRED(15, with) HUNDRED(16, with) HUNDRED(17, with) HUNDRED(18, with) HUNDRED(19, with) \
    HUNDRED(20, with) HUNDRED(21, with) HUNDRED(22, with) HUNDRED(23, with) HUNDRED(24, with) \
    HUNDRED(25, with) HUNDRED(26, with) HUNDRED(27, with) HUNDRED(28, with) HUNDRED(29, with)

__attribute__((noipa)) int two(int x) { return x + 2; }
#define FUNCTION(n) __attribute__((noipa)) int f_##n(int x) { return x + 1; }
ALL(FUNCTION)

static int results[2000];
/* Its calls are sites. */
__attribute__((noipa)) static void pass(int x) {
    int *result = results;
#define CALL(n) *result++ = f_##n(x);
    ALL(CALL)
}

static volatile int stopping;

static void *worker(void *nothing) {
    for (int x = 1; !stopping; x = (x + 1) & 0xffff) {
        int ones = 0, twos = 0;
        pass(x);
        for (int i = 0; i < 2000; i++) {
            if (results[i] == x + 1) ones++;
            else if (results[i] == x + 2) twos++;
            else COUNT(WRONG);
        }
        if (ones && twos) COUNT(BOTH);
        else if (ones) COUNT(ONES);
        else COUNT(TWOS);
    }
    return nothing;
}

int main(void) {
    pthread_t thread;
#ifdef OLDER
    static const char magic[8] = "Repoint\n";
    static const int version_and_kind[2] = {2, 1};
    static const long size = 4096;
    char *page = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    memcpy(page, magic, 8);
    memcpy(page + 8, version_and_kind, 8);
    memcpy(page + 16, &size, 8);
    mprotect(page, 4096, PROT_READ | PROT_EXEC);
#endif
    if (begin_counting()) return 1;
    pthread_create(&thread, 0, worker, 0);
    while (access("stop", F_OK)) usleep(5000);
    stopping = 1;
    pthread_join(thread, 0);
    printf("wrong %ld\n", counts[WRONG]);
    return 0;
}
