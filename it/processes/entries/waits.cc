/* Waits by epoll_wait and others that the kernel does not restart by itself, and throws through functions of libstdc++ and
 * one whose first instructions hold a call: waits SOCKET. A wait that ends early is a wrong answer; so is an exception that
 * does not arrive. */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <time.h>

#include <new>

#include "witness.h"

static const char *const keys[] = {
    "libc.so.6:epoll_wait",
    "libc.so.6:poll",
    "libc.so.6:nanosleep",
    "libc.so.6:sigtimedwait",
    "libc.so.6:semtimedop",
    "libc.so.6:recv",
    "libstdc++.so.6:_Znwm",
    "libstdc++.so.6:__cxa_rethrow",
    "waits:throwing",
};

extern "C" {
int throwing(int);

__attribute__((noinline)) int thrower(int x) {
    for (volatile int i = 0; i < 20000; i++) continue; /* so that a timer often hits it, and sees the moved call of it */
    if (x % 2 != 0) throw x;
    return 3 * x;
}
}

__asm__(".text\n.p2align 4\n.globl throwing\n.type throwing,@function\nthrowing:\n.cfi_startproc\n"
        "sub $8,%rsp\n.cfi_adjust_cfa_offset 8\ncall thrower\nadd $8,%rsp\n.cfi_adjust_cfa_offset -8\nret\n"
        ".cfi_endproc\n.size throwing,.-throwing\n");

static int semaphores, sockets[2], events;

static int check(const char *wait, bool isRight) {
    if (!isRight) fprintf(stderr, "%s ended early: %s\n", wait, strerror(errno));
    return !isRight;
}

static int early_waits() {
    int errors = 0;
    const timespec time = {0, 1000000};
    epoll_event event;
    errors += check("epoll_wait", epoll_wait(events, &event, 1, 1) == 0);
    pollfd nothing = {-1, 0, 0};
    errors += check("poll", poll(&nothing, 1, 1) == 0);
    errors += check("nanosleep", nanosleep(&time, nullptr) == 0);
    sigset_t never;
    sigemptyset(&never);
    sigaddset(&never, SIGUSR2);
    errors += check("sigtimedwait", sigtimedwait(&never, nullptr, &time) == -1 && errno == EAGAIN);
    sembuf down = {0, -1, 0};
    errors += check("semtimedop", semtimedop(semaphores, &down, 1, &time) == -1 && errno == EAGAIN);
    char byte;
    errors += check("recv with a time limit", recv(sockets[0], &byte, 1, 0) == -1 && errno == EAGAIN);
    return errors;
}

static int lost_exceptions(int seed) {
    int errors = 0, caught = 0;
    try {
        throwing(2 * seed + 1);
    } catch (int which) {
        caught += which == 2 * seed + 1;
    }
    try {
        try {
            errors += operator new(~0UL / 2) != nullptr;
        } catch (...) {
            throw; /* by __cxa_rethrow */
        }
    } catch (const std::bad_alloc &) {
        caught++;
    }
    return errors + (caught != 2);
}

static int once(int seed) {
    int errors = 0;
    for (int i = 0; i < 300; i++) errors += throwing(2 * (seed % 1000)) != 6 * (seed % 1000);
    /* A timer would end waits. And libgcc before 13 holds a lock while an exception is on its way and code is registered, and
       takes it again for a backtrace. */
    sigset_t blocked, before;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGPROF);
    sigaddset(&blocked, SIGUSR2);
    pthread_sigmask(SIG_BLOCK, &blocked, &before);
    errors += early_waits();
    for (int i = 0; i < 20; i++) errors += lost_exceptions(seed % 1000 + i);
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    return errors;
}

static void end(int) {
    semctl(semaphores, 0, IPC_RMID);
    _exit(0);
}

int main(int count, char **arguments) {
    if (count != 2) return 2;
    signal(SIGTERM, end);
    semaphores = semget(IPC_PRIVATE, 1, 0600);
    events = epoll_create1(0);
    const timeval limit = {0, 1000};
    if (semaphores < 0 || events < 0 || socketpair(AF_UNIX, SOCK_STREAM, 0, sockets) != 0) return 1;
    setsockopt(sockets[0], SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    return serve(arguments[1], keys, sizeof keys / sizeof *keys);
}
