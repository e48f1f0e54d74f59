// A function whose first instructions hold a call that throws, again and again: unwinding. Its calls are also run step by
// step; after each instruction a backtrace has to reach main. Ends when there is a file `stop`.
#include <dlfcn.h>
#include <execinfo.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

extern "C" {
long wrapped(long);

__attribute__((noinline)) long thrower(long x) {
    if (x % 2 != 0) throw x;
    return 3 * x;
}

/* The target: its own call reaches the default. */
__attribute__((noinline)) long around(long x) { return wrapped(x) + 1000; }
}

__asm__(".text\n.p2align 4\n.globl wrapped\n.type wrapped,@function\nwrapped:\n.cfi_startproc\n"
        "sub $8,%rsp\n.cfi_adjust_cfa_offset 8\ncall thrower\nadd $8,%rsp\n.cfi_adjust_cfa_offset -8\nret\n"
        ".cfi_endproc\n.size wrapped,.-wrapped\n");

static volatile long steps, cut;

static void step(int, siginfo_t *, void *) {
    void *frames[64];
    int count = backtrace(frames, 64);
    bool isWhole = false;
    for (int i = 0; i < count; i++) {
        Dl_info info;
        isWhole |= dladdr(frames[i], &info) != 0 && info.dli_sname != nullptr && strcmp(info.dli_sname, "main") == 0;
    }
    steps = steps + 1;
    cut = cut + !isWhole;
}

int main() {
    void *warm[1];
    backtrace(warm, 1);
    struct sigaction action = {};
    action.sa_sigaction = step;
    action.sa_flags = SA_SIGINFO;
    sigaction(SIGTRAP, &action, nullptr);
    long wrong = 0, caught = 0, diverted = 0;
    fclose(fopen("ready", "w"));
    for (long x = 2, left = 300; left > 0; x++) {
        left -= access("stop", F_OK) == 0; // enough to see what is set last
        long answer = 0, thrown = 0;
        try {
            answer = wrapped(x);
        } catch (long which) {
            thrown = which;
            caught++;
        }
        wrong += x % 2 != 0 ? thrown != x : answer != 3 * x && answer != 3 * x + 1000;
        diverted += answer == 3 * x + 1000;
        if (x % 100 == 0) {
            __asm__ volatile("pushf\norl $0x100,(%%rsp)\npopf" ::: "memory", "cc");
            answer = wrapped(2 * x);
            __asm__ volatile("pushf\nandl $~0x100,(%%rsp)\npopf" ::: "memory", "cc");
            wrong += answer != 6 * x && answer != 6 * x + 1000;
        }
        usleep(200);
    }
    printf("wrong %ld caught %d diverted %d steps %d cut %d\n", wrong, caught > 0, diverted > 0, steps > 0, cut > 0);
    return 0;
}
