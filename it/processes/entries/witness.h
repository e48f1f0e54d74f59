/* What the programs of these runs have in common. A program defines the keys of some functions, and `once`, which calls
 * each of them and returns how many answers were wrong. Four threads do that without end. Whoever connects to the socket is
 * told which of the functions are counted in this moment, how many rounds there were, how many answers were wrong, how often
 * a timer has seen a backtrace through code that no file has, and how many of those ended there. */
#include <dlfcn.h>
#include <execinfo.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <ucontext.h>
#include <unistd.h>

enum { MOST_FUNCTIONS = 16, THREADS = 4, FRAMES = 32, WORK_BYTES = 512 };

#ifdef __cplusplus
extern "C" {
#endif
__thread long counted_calls[MOST_FUNCTIONS]; /* the library that is brought along counts here */
#ifdef __cplusplus
}
#endif

static long rounds, wrong, inside, cut;

#define ADD(count, more) __atomic_add_fetch(&(count), more, __ATOMIC_RELAXED)

__attribute__((noinline)) static int once(int seed);

__attribute__((noinline)) static void *work(void *number) {
    for (int i = 0;; i++) {
        ADD(wrong, once(i + (int)(long)number));
        ADD(rounds, 1);
        if (i % 64 == 0) usleep(50); /* so that a library can be loaded */
    }
    return NULL;
}

/* Looks at backtraces with a frame in code that no file has: moved instructions. */
static void profile(int signal, siginfo_t *info, void *context) {
    (void)signal;
    (void)info;
    void *frames[FRAMES];
    int count = backtrace(frames, FRAMES), whole = count == FRAMES;
    Dl_info module;
    int moved = dladdr((void *)((ucontext_t *)context)->uc_mcontext.gregs[REG_RIP], &module) == 0;
    for (int i = 0; i < count; i++) {
        moved |= dladdr(frames[i], &module) == 0;
        whole |= (char *)frames[i] >= (char *)work && (char *)frames[i] < (char *)work + WORK_BYTES;
    }
    ADD(inside, moved);
    ADD(cut, moved && !whole);
}

/* Never returns but for an error. */
static int serve(const char *path, const char *const *keys, int functions) {
    void *warm[1];
    backtrace(warm, 1);
    struct sockaddr_un name;
    memset(&name, 0, sizeof name);
    name.sun_family = AF_UNIX;
    strncpy(name.sun_path, path, sizeof name.sun_path - 1);
    int server = socket(AF_UNIX, SOCK_STREAM, 0);
    for (long i = 0; i < THREADS; i++) {
        pthread_t thread;
        pthread_create(&thread, NULL, work, (void *)i);
    }
    sigset_t profiling; /* the kernel gives a signal to this thread first, which waits, and that tells nothing */
    sigemptyset(&profiling);
    sigaddset(&profiling, SIGPROF);
    pthread_sigmask(SIG_BLOCK, &profiling, NULL);
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = profile;
    action.sa_flags = SA_SIGINFO | SA_RESTART;
    sigaction(SIGPROF, &action, NULL);
    struct itimerval often = {{0, 1000}, {0, 1000}};
    setitimer(ITIMER_PROF, &often, NULL);
    if (bind(server, (struct sockaddr *)&name, sizeof name) != 0 || listen(server, 5) != 0) return 1;
    for (;;) {
        int client = accept(server, NULL, NULL);
        long before[MOST_FUNCTIONS];
        memcpy(before, counted_calls, sizeof before);
        ADD(wrong, once(1));
        int counted[MOST_FUNCTIONS];
        for (int i = 0; i < functions; i++) counted[i] = counted_calls[i] != before[i];
        for (int i = 0; i < functions; i++) dprintf(client, "%s=%d ", keys[i], counted[i]);
        dprintf(client, "rounds=%ld wrong=%ld inside=%ld cut=%ld\n", rounds, wrong, inside, cut);
        close(client);
    }
}
