// A thread that throws all the time, and is interrupted all the time by a handler that makes a backtrace. With -DSLEEPER
// another one waits. Ends when there is a file `stop`, after some more backtraces.
#include <dlfcn.h>
#include <execinfo.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

static volatile long backtraces, cut;

extern "C" {
/* Its first instructions hold a call; its body has a loop, so that no caller holds a copy of it. */
__attribute__((noinline)) long passing(long depth) {
    if (depth == 0) throw 1L;
    long found = passing(depth - 1);
    __asm__ volatile("");
    return found + 1;
}

/* The target. */
__attribute__((noinline)) long other(long depth) { return passing(depth) + 1; }
}

/* The last instructions with which the unwinder itself lands in a handler have no callers that could be told. */
static bool isUnwinder(void *context) {
    Dl_info info;
    void *at = (void *)((ucontext_t *)context)->uc_mcontext.gregs[REG_RIP];
    return dladdr(at, &info) != 0 && strstr(info.dli_fname, "libgcc_s") != nullptr;
}

static void handler(int, siginfo_t *, void *context) {
    void *frames[64];
    int count = backtrace(frames, 64);
    backtraces = backtraces + 1;
    cut = cut + (count < 5 && !isUnwinder(context));
}

static void *sleeper(void *) {
    for (;;) pause();
}

int main() {
#ifdef SLEEPER
    pthread_t thread;
    pthread_create(&thread, nullptr, sleeper, nullptr);
#else
    (void)sleeper;
#endif
    void *warm[1];
    backtrace(warm, 1);
    struct sigaction action = {};
    action.sa_sigaction = handler;
    action.sa_flags = SA_RESTART | SA_SIGINFO;
    sigaction(SIGPROF, &action, nullptr);
    struct sigevent event = {};
    event.sigev_notify = SIGEV_THREAD_ID;
    event.sigev_signo = SIGPROF;
    event._sigev_un._tid = syscall(SYS_gettid);
    timer_t timer;
    timer_create(CLOCK_MONOTONIC, &event, &timer);
    struct itimerspec often = {{0, 50000}, {0, 50000}};
    timer_settime(timer, 0, &often, nullptr);
    fclose(fopen("ready", "w"));
    long caught = 0;
    for (long last = -1; last < 0 || backtraces < last; caught++) {
        if (last < 0 && access("stop", F_OK) == 0) last = backtraces + 2000;
        try {
            passing(20);
        } catch (long) {
        }
    }
    printf("caught %d backtraces %d cut %ld\n", caught > 0, backtraces > 0, cut);
    return 0;
}
