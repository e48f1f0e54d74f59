/* A bit of everything that an object file can have. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct ops {
    int (*open)(const char *);
    int (*close)(int);
    long calls;
};

static int opened;
int shared_counter = 3;
int common_counter;
_Thread_local int of_thread = 4;
_Thread_local int of_thread_zeros;

__attribute__((noinline)) static int open_default(const char *name) { return opened += (int) strlen(name); }
__attribute__((noinline)) static int close_default(int file) { return file - shared_counter; }

struct ops ops = {open_default, close_default, 0};

__attribute__((visibility("hidden"))) int util_hidden(int x) { return x * 3; }
__attribute__((visibility("protected"))) int util_protected(int x) { return x * 5; }
__attribute__((weak)) int util_weak(int x) { return x * 7; }
extern int nowhere(int) __attribute__((weak));

static int twice(int x) { return 2 * x; }
static int thrice(int x) { return 3 * x; }
static int (*choose(void))(int) { return getenv("TWICE") ? twice : thrice; }
int util_chosen(int) __attribute__((ifunc("choose")));

int util_old(int x) { return x + 1; }
int util_new(int x) { return x + 2; }
#ifdef VERSIONS
__asm__(".symver util_old, util_renewed@UTIL_1.0");
__asm__(".symver util_new, util_renewed@@UTIL_2.0");
#endif

__attribute__((patchable_function_entry(4, 2))) int util_padded(int x) { return util_hidden(x) + util_weak(x); }
__attribute__((patchable_function_entry(3))) int util_padded_too(int x) { return util_protected(x) - 1; }

int util_run(const char *name) {
    ops.calls++;
    of_thread += of_thread_zeros + common_counter;
    printf("%s\n", name);
    if (nowhere) return nowhere(1);
    return ops.close(ops.open(name)) + util_chosen(of_thread) + util_padded(1) + util_padded_too(2);
}
