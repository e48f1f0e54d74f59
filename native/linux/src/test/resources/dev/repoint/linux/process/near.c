/* A program that calls a patchable of its own, and with -DFAR one of the library far.c; with -DCROWDED it has filled all memory
   near it before. Counts what was wrong, and how often each of the two came to its default and to its target. Ends when the file
   "stop" is there. */
#define _GNU_SOURCE
#include "counts.h"
#include "far.h"
#include <stdlib.h>
#include <string.h>

enum { WRONG, NEAR_KEY, NEAR_OTHER, FAR_KEY, FAR_OTHER };

SUM(near_key, 0)
SUM(near_other, 1000)

static long near_check(void) {
    long result;
    CALL(near_key, result);
    return result;
}

#ifdef FAR
long far_check(void);
#endif

static void see(long result, int first) {
    if (result == 0) COUNT(first);
    else if (result == 1000) COUNT(first + 1);
    else COUNT(WRONG);
}

#ifdef CROWDED
/* Maps all that is free within 4 GB. */
static int fill(void) {
    static char text[1 << 16];
    unsigned long here = (unsigned long) near_check & -4096ul, low = here - (4ul << 30), high = here + (4ul << 30), last = low;
    int file = open("/proc/self/maps", O_RDONLY);
    for (long size = 0, more = 1; more > 0; size += more) more = read(file, text + size, sizeof text - 1 - size);
    close(file);
    for (char *line = strtok(text, "\n"); line; line = strtok(0, "\n")) {
        char *rest;
        unsigned long start = strtoul(line, &rest, 16), end = strtoul(rest + 1, 0, 16);
        if (end <= low) continue;
        unsigned long to = start < high ? start : high;
        if (to > last && mmap((void *) last, to - last, PROT_NONE,
                MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0) != (void *) last) return 1;
        if (start >= high) break;
        last = end;
    }
    return 0;
}
#endif

int main(void) {
#ifdef CROWDED
    if (fill()) return 1;
#endif
    if (begin_counting()) return 1;
    while (access("stop", F_OK)) {
        for (int i = 0; i < 1000; i++) {
            see(near_check(), NEAR_KEY);
#ifdef FAR
            see(far_check(), FAR_KEY);
#endif
        }
        usleep(100);
    }
    printf("wrong %ld\n", counts[WRONG]);
    return 0;
}
