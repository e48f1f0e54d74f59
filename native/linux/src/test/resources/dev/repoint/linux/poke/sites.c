/* Sites for tests of the poker: 1,000 calls, of 10 functions, and what may happen to a process meanwhile. */
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define SITES 1000
#define FUNCTIONS 10
#define VERSIONS 64

/* Function j of version k returns 16 k + j. Site i calls function i % 10 of version 0. */
__asm__(
    "   .text\n"
    "   .balign 16\n"
    "   .globl targets\n"
    "targets:\n"
    "   .set k, 0\n"
    "   .rept 64\n"
    "   .set j, 0\n"
    "   .rept 10\n"
    "   .balign 16\n"
    "   mov $(16 * k + j), %eax\n"
    "   ret\n"
    "   .set j, j + 1\n"
    "   .endr\n"
    "   .set k, k + 1\n"
    "   .endr\n"
    "   .balign 16\n"
    "   .globl callers\n"
    "callers:\n"
    "   .set i, 0\n"
    "   .rept 1000\n"
    "   .balign 16\n"
    "   sub $8, %rsp\n"
    "   call targets + (i % 10) * 16\n"
    "   add $8, %rsp\n"
    "   ret\n"
    "   .set i, i + 1\n"
    "   .endr\n");

extern char callers[], targets[];

/* A pointer that is called through. */
int (*pointer)(void) = (int (*)(void))0;

int call_pointer(void) { return pointer(); }

int call_site(int i) { return ((int (*)(void))(callers + 16 * i))(); }

/* The number of the version that all sites lead to, or -1 if they lead to several. */
int version_of_all(void)
{
    int version = call_site(0) / 16;
    for (int i = 0; i < SITES; i++)
        if (call_site(i) != 16 * version + i % FUNCTIONS)
            return -1;
    return version;
}

/* The checker: calls all sites in order, again and again. */
_Atomic int64_t passes, went_back, not_a_version;
static _Atomic int stop;
static pthread_t checker;

static void *check(void *unused)
{
    int last = 0;
    (void)unused;
    while (!stop) {
        for (int i = 0; i < SITES; i++) {
            int result = call_site(i);
            if (result % 16 != i % FUNCTIONS)
                not_a_version++;
            int version = result / 16;
            /* There are at most two patches while a pass lasts, so half of all versions are surely older. */
            if ((version - last + VERSIONS) % VERSIONS >= VERSIONS / 2)
                went_back++;
            else
                last = version;
        }
        passes++;
    }
    return 0;
}

int start_checker(void) { return pthread_create(&checker, 0, check, 0); }

void stop_checker(void)
{
    stop = 1;
    pthread_join(checker, 0);
}

/* The child calls all sites, twice, with all breakpoints that stand there. Returns the version that it saw. */
int version_in_child(void)
{
    int status;
    pid_t child = fork();
    if (child == 0) {
        int version = version_of_all();
        _exit(version == version_of_all() && version >= 0 ? version : 255);
    }
    if (child < 0 || waitpid(child, &status, 0) != child)
        return -2;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1000 - WTERMSIG(status);
}

/* A thread that blocks SIGTRAP until it is told to end. */
static _Atomic int blocks, may_end;
static pthread_t blocker;

static void *block(void *unused)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTRAP);
    pthread_sigmask(SIG_BLOCK, &set, 0);
    pthread_setname_np(pthread_self(), "deaf");
    blocks = 1;
    while (!may_end)
        usleep(1000);
    return unused;
}

int start_blocker(void)
{
    if (pthread_create(&blocker, 0, block, 0))
        return 1;
    while (!blocks)
        usleep(1000);
    return 0;
}

void stop_blocker(void)
{
    may_end = 1;
    pthread_join(blocker, 0);
}

/* Somebody else's handler of SIGTRAP. */
_Atomic int64_t foreign_traps;

static void on_trap(int signal, siginfo_t *info, void *context)
{
    (void)signal, (void)info, (void)context;
    foreign_traps++;
}

int install_handler(void)
{
    struct sigaction action = {0};
    action.sa_sigaction = on_trap;
    action.sa_flags = SA_SIGINFO;
    return sigaction(SIGTRAP, &action, 0);
}

int install_ignore(void) { return signal(SIGTRAP, SIG_IGN) == SIG_ERR; }

void breakpoint(void) { __asm__ volatile("int3"); }

int send_trap(void) { return raise(SIGTRAP); }
