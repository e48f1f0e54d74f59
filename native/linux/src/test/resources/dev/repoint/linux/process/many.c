/* Two threads pass over 10,000 calls of one patchable, which lie on a thousand pages, again and again. Each call has to return
   its number, and the generation of the target that it came to. Counts what was wrong, then how often a call came to an older
   target than the one before it, then the passes that saw one generation alone, for each. Ends when the file "stop" is there. */
#include "counts.h"
#include <pthread.h>

enum { WRONG, OLDER, WHOLE };

/* Octal: 01 to 77. */
#define KEY(n) __attribute__((noipa)) int key_##n(int place) { return 0##n << 16 | place; }
#define EIGHT(n) KEY(n##0) KEY(n##1) KEY(n##2) KEY(n##3) KEY(n##4) KEY(n##5) KEY(n##6) KEY(n##7)
EIGHT(0) EIGHT(1) EIGHT(2) EIGHT(3) EIGHT(4) EIGHT(5) EIGHT(6) EIGHT(7)
__attribute__((noipa)) int key(int place) { return place; }

struct pass {
    int last, changes;
};

__attribute__((noipa)) void see(struct pass *pass, int place, int result) {
    int generation = result >> 16;
    if ((result & 0xffff) != place) COUNT(WRONG);
    if (((generation - pass->last) & 63) >= 60) COUNT(OLDER);
    pass->changes += generation != pass->last;
    pass->last = generation;
}

#define SEE(n, i) see(pass, n * 10 + i, key(n * 10 + i));
#define PAGE(n) __attribute__((noipa, aligned(4096))) void page_##n(struct pass *pass) { \
    SEE(n, 0) SEE(n, 1) SEE(n, 2) SEE(n, 3) SEE(n, 4) SEE(n, 5) SEE(n, 6) SEE(n, 7) SEE(n, 8) SEE(n, 9) }
#define TEN(n, with) with(n##0) with(n##1) with(n##2) with(n##3) with(n##4) with(n##5) with(n##6) with(n##7) with(n##8) with(n##9)
#define HUNDRED(n, with) TEN(n##0, with) TEN(n##1, with) TEN(n##2, with) TEN(n##3, with) TEN(n##4, with) \
    TEN(n##5, with) TEN(n##6, with) TEN(n##7, with) TEN(n##8, with) TEN(n##9, with)
#define ALL(with) HUNDRED(10, with) HUNDRED(11, with) HUNDRED(12, with) HUNDRED(13, with) HUNDRED(14, with) \
    HUNDRED(15, with) HUNDRED(16, with) HUNDRED(17, with) HUNDRED(18, with) HUNDRED(19, with)
ALL(PAGE)

#define NAME(n) page_##n,
static void (*const pages[])(struct pass *) = {ALL(NAME)};

static volatile int stopping;

static void *worker(void *x) {
    struct pass pass = {0, 0};
    while (!stopping) {
        pass.changes = 0;
        for (unsigned i = 0; i < sizeof pages / sizeof *pages; i++) pages[i](&pass);
        if (pass.changes == 0) COUNT(WHOLE + pass.last);
    }
    return x;
}

int main(void) {
    pthread_t threads[2];
    if (begin_counting()) return 1;
    for (int i = 0; i < 2; i++) pthread_create(&threads[i], 0, worker, 0);
    while (access("stop", F_OK)) usleep(5000);
    stopping = 1;
    for (int i = 0; i < 2; i++) pthread_join(threads[i], 0);
    printf("wrong %ld older %ld\n", counts[WRONG], counts[OLDER]);
    return 0;
}
