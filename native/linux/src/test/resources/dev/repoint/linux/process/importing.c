/* A program of these tests, as a distribution would ship it: its threads call an imported function through two words, and
   check what they see. Ends when the file "stop" is there, with one line of counts: calls, targets seen, and what went
   wrong, which must be 0 each. */
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

int f_000(void);

static volatile int stopping;
static volatile long calls, split, older, waits, seen[64];
static int (*const volatile table[])(void) = {f_000};

#define COUNT(what) __atomic_add_fetch(&(what), 1, __ATOMIC_RELAXED)

static void check(void) {
    int first = f_000();
    int second = table[0]();
    int last = f_000();
    if (first == last && second != first) COUNT(split);
    if (((second - first) & 63) >= 60 || ((last - second) & 63) >= 60) COUNT(older);
    seen[first & 63] = 1;
    COUNT(calls);
}

/* Between two bursts the patcher has the processor, or what is built beside these tests. */
static void *worker(void *x) {
    while (!stopping) {
        struct timespec time = {0, 600000};
        for (int i = 0; i < 10000; i++) check();
        if (nanosleep(&time, 0)) COUNT(waits);
    }
    return x;
}

static void *poller(void *x) {
    int set = epoll_create1(0);
    struct epoll_event event;
    while (!stopping) {
        if (epoll_wait(set, &event, 1, 20) != 0) COUNT(waits);
        check();
    }
    return x;
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

/* Waits that must not end before their time. */
static void *sleeper(void *x) {
    while (!stopping) {
        struct timespec time = {0, 400000000};
        double start = now();
        if (nanosleep(&time, 0) || now() - start < 0.4) COUNT(waits);
    }
    return x;
}

static void *patient(void *x) {
    while (!stopping) {
        double start = now();
        if (poll(0, 0, 400) || now() - start < 0.399) COUNT(waits);
    }
    return x;
}

int main(void) {
    pthread_t threads[5];
    pthread_create(&threads[0], 0, worker, 0);
    pthread_create(&threads[1], 0, worker, 0);
    pthread_create(&threads[2], 0, poller, 0);
    pthread_create(&threads[3], 0, sleeper, 0);
    pthread_create(&threads[4], 0, patient, 0);
    fclose(fopen("ready", "w"));
    while (access("stop", F_OK)) {
        struct timespec time = {0, 5000000};
        if (nanosleep(&time, 0)) COUNT(waits);
        check();
    }
    stopping = 1;
    for (int i = 0; i < 5; i++) pthread_join(threads[i], 0);
    int kinds = 0;
    for (int i = 0; i < 64; i++) kinds += seen[i];
    printf("calls %ld seen %d split %ld older %ld waits %ld\n", calls > 0 ? 1L : 0L, kinds, split, older, waits);
    return 0;
}
