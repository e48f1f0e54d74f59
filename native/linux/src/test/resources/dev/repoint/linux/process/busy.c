/* A program of these tests: its threads call two patchables and check what they see, while others wait in system calls,
   come and go, get signals, and hold values in vector registers. Ends when the file "stop" is there, with one line of
   counts: calls, targets seen, and what went wrong, which must be 0 each. */
#define _GNU_SOURCE
#include <errno.h>
#ifdef __x86_64__
#include <immintrin.h>
#endif
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define KEY(p, n) __attribute__((noipa)) int p##n(void) { return n; }
#define EIGHT(p, n) KEY(p, n##0) KEY(p, n##1) KEY(p, n##2) KEY(p, n##3) KEY(p, n##4) KEY(p, n##5) KEY(p, n##6) KEY(p, n##7)
/* Octal: 00 to 77 are 0 to 63. */
#define ALL(p) EIGHT(p, 00) EIGHT(p, 01) EIGHT(p, 02) EIGHT(p, 03) EIGHT(p, 04) EIGHT(p, 05) EIGHT(p, 06) EIGHT(p, 07)
ALL(a_)
ALL(b_)

static volatile int stopping;
static volatile long calls, split, older, waits, epolls, vectors, sent, received, seen[64];
static int (*const volatile table[])(void) = {a_000};

#define COUNT(what) __atomic_add_fetch(&(what), 1, __ATOMIC_RELAXED)

__attribute__((noipa)) int a_at_the_end(void) { return a_000(); }
__attribute__((noipa)) int far_away(int go) { return go ? b_000() : 0; }

static void check(void) {
    int first = a_000();
    int second = far_away(1);
    int word = table[0]();
    int last = a_at_the_end();
    if (first == last && (second != first || word != first)) COUNT(split);
    if (((second - first) & 63) >= 60) COUNT(older);
    seen[first & 63] = 1;
    COUNT(calls);
}

static void handler(int number) { COUNT(received); }

static void nap(long nanos) {
    struct timespec time = {0, nanos};
    if (nanosleep(&time, 0)) COUNT(waits);
}

/* Between two bursts the patcher has the processor, or what is built beside these tests. */
static const struct timespec pause_between = {0, 600000};

static void burst(void) {
    for (int i = 0; i < 10000; i++) check();
}

static void *worker(void *x) {
    while (!stopping) {
        burst();
        nap(pause_between.tv_nsec);
    }
    return x;
}

static volatile int sender_ended;

static void *receiver(void *x) {
    sigset_t mine;
    sigemptyset(&mine);
    sigaddset(&mine, SIGRTMIN);
    pthread_sigmask(SIG_UNBLOCK, &mine, 0);
    while (!sender_ended) {
        burst();
        nanosleep(&pause_between, 0); /* a signal ends it */
    }
    sched_yield(); /* what is queued for it is delivered on the way back */
    return x;
}

static pthread_t receiving, sending;

static void *sender(void *x) {
    while (!stopping) {
        union sigval value = {0};
        if (!pthread_sigqueue(receiving, SIGRTMIN, value)) COUNT(sent);
        nap(300000);
    }
    sender_ended = 1;
    return x;
}

static int pipes[2];

static void *once(void *x) {
    check();
    if (write(pipes[1], "x", 1) != 1) COUNT(waits);
    return x;
}

static void *storm(void *x) {
    while (!stopping) {
        pthread_t some[4];
        for (int i = 0; i < 4; i++) pthread_create(&some[i], 0, once, 0);
        for (int i = 0; i < 4; i++) pthread_join(some[i], 0);
        nap(pause_between.tv_nsec);
    }
    return x;
}

static void *reader(void *x) {
    char one;
    for (;;) if (read(pipes[0], &one, 1) != 1) COUNT(waits);
    return x;
}

static void *poller(void *x) {
    while (!stopping) if (poll(0, 0, 20) != 0) COUNT(waits);
    return x;
}

static void *epoller(void *x) {
    int set = epoll_create1(0);
    struct epoll_event event;
    while (!stopping) if (epoll_wait(set, &event, 1, 20) != 0) COUNT(epolls);
    return x;
}

/* Of a socket with a time limit. */
static void *timed(void *x) {
    int sockets[2];
    struct timeval limit = {0, 20000};
    char one;
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, sockets) || setsockopt(sockets[0], SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit))
        COUNT(epolls);
    while (!stopping) if (recv(sockets[0], &one, 1, 0) != -1 || errno != EAGAIN) COUNT(epolls);
    return x;
}

static void *conditional(void *x) {
    pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_cond_t never = PTHREAD_COND_INITIALIZER;
    pthread_mutex_lock(&lock);
    while (!stopping) {
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += 20000000;
        until.tv_sec += until.tv_nsec / 1000000000;
        until.tv_nsec %= 1000000000;
        if (pthread_cond_timedwait(&never, &lock, &until) != ETIMEDOUT) COUNT(waits);
    }
    return x;
}

#ifdef __x86_64__
__attribute__((target("avx2"))) static void *vector(void *x) {
    struct timespec time = {0, 2000000};
    __m256i pattern = _mm256_set_epi64x(0x1111111122222222, 0x3333333344444444, 0x5555555566666666, 0x7777777788888888);
    while (!stopping) {
        __m256i after;
        long result = SYS_nanosleep;
        __asm__ volatile("vmovdqa %2, %%ymm9\n\tsyscall\n\tvmovdqa %%ymm9, %1"
                         : "+a"(result), "=m"(after) : "m"(pattern), "D"(&time), "S"(0L)
                         : "rcx", "r11", "memory", "xmm9");
        if (result != 0) COUNT(waits);
        if (memcmp(&pattern, &after, sizeof after)) COUNT(vectors);
    }
    return x;
}
static int has_vectors(void) { return __builtin_cpu_supports("avx2"); }
#else
static void *vector(void *x) {
    struct timespec time = {0, 2000000};
    const long pattern[2] = {0x1111111122222222, 0x3333333344444444};
    while (!stopping) {
        long after[2];
        register long call __asm__("x8") = SYS_nanosleep;
        register long result __asm__("x0") = (long) &time;
        register long left __asm__("x1") = 0;
        __asm__ volatile("ldr q9, %2\n\tsvc #0\n\tstr q9, %1"
                         : "+r"(result), "=m"(after)
                         : "m"(pattern), "r"(left), "r"(call)
                         : "memory", "v9");
        if (result != 0) COUNT(waits);
        if (memcmp(&pattern, &after, sizeof after)) COUNT(vectors);
    }
    return x;
}
static int has_vectors(void) { return 1; }
#endif

int main(void) {
    sigset_t blocked;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGRTMIN);
    pthread_sigmask(SIG_BLOCK, &blocked, 0);
    struct sigaction action = {.sa_handler = handler};
    sigaction(SIGRTMIN, &action, 0);
    if (pipe(pipes)) return 1;
    fclose(fopen("ready", "w"));
    pthread_t thread;
    pthread_create(&receiving, 0, receiver, 0);
    pthread_create(&sending, 0, sender, 0);
    void *(*const all[])(void *) = {worker, storm, reader, poller, epoller, timed, conditional};
    for (unsigned i = 0; i < sizeof all / sizeof *all; i++) pthread_create(&thread, 0, all[i], 0);
    if (has_vectors()) pthread_create(&thread, 0, vector, 0);
    int forked = 0;
    while (access("stop", F_OK)) {
        if (!forked && !access("fork", F_OK)) {
            forked = 1;
            if (!fork()) {
                FILE *child = fopen("child", "w");
                fprintf(child, "%d\n", getpid());
                fclose(child);
                while (access("stop", F_OK)) {
                    check();
                    nap(1000000);
                }
                child = fopen("child-sees", "w");
                fprintf(child, "%d %d\n", a_000(), b_000());
                fclose(child);
                _exit(0);
            }
        }
        check();
        nap(5000000);
    }
    stopping = 1;
    pthread_join(sending, 0);
    pthread_join(receiving, 0);
    int kinds = 0;
    for (int i = 0; i < 64; i++) kinds += seen[i];
    printf("calls %ld seen %d split %ld older %ld waits %ld epolls %ld vectors %ld lost %d\n", calls > 0 ? 1L : 0L, kinds, split, older,
           waits, epolls, vectors, (int) (sent - received));
    return 0;
}
