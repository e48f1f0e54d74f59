// A thread that throws all the time through a function, and is interrupted all the time by a handler that makes a backtrace.
#include <atomic>
#include <csignal>
#include <cstring>
#include <dlfcn.h>
#include <execinfo.h>
#include <pthread.h>
#include <sys/syscall.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

static std::atomic<int> backtraces, cut, stopped;
static pthread_t thread;

extern "C" {
__attribute__((noinline)) int passing(int depth) {
    if (depth == 0) throw 1;
    int found = passing(depth - 1);
    __asm__ volatile("");
    return found + 1;
}

__attribute__((noinline)) int other(int depth) { return passing(depth) + 1; }
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
    backtraces++;
    cut += count < 4 && !isUnwinder(context);
}

static void *run(void *) {
    struct sigevent event = {};
    event.sigev_notify = SIGEV_THREAD_ID;
    event.sigev_signo = SIGPROF;
    event._sigev_un._tid = syscall(SYS_gettid);
    timer_t timer;
    timer_create(CLOCK_MONOTONIC, &event, &timer);
    struct itimerspec often = {{0, 50000}, {0, 50000}};
    timer_settime(timer, 0, &often, nullptr);
    while (!stopped) {
        try {
            passing(20);
        } catch (int) {
        }
    }
    timer_delete(timer);
    return nullptr;
}

extern "C" int begin() {
    void *warm[1];
    backtrace(warm, 1);
    struct sigaction action = {};
    action.sa_sigaction = handler;
    action.sa_flags = SA_RESTART | SA_SIGINFO;
    sigaction(SIGPROF, &action, nullptr);
    return pthread_create(&thread, nullptr, run, nullptr);
}

/* Waits for so many more backtraces. If none comes for ten seconds, the process ends: `exit` would wait for the lock, too. */
extern "C" int await_more(int count) {
    int now = backtraces, last = now;
    for (int idle = 0; backtraces < now + count; idle++) {
        if (backtraces != last) idle = 0, last = backtraces;
        if (idle == 10000) _exit(3);
        usleep(1000);
    }
    return 0;
}

/* The number of backtraces that were cut. */
extern "C" int end() {
    stopped = 1;
    pthread_join(thread, nullptr);
    return cut;
}
