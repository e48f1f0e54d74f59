/*
 * Two functions that are alike, one called by its own name and one through a hook. The caller has five values to keep
 * across each call. gcc sees that plain() leaves most registers alone and keeps them there (-fipa-ra, on from -O2); a
 * target that uses these registers, as every function may, destroys them.
 */
#include <stdio.h>
#include "repoint.h"

__attribute__((noinline)) int plain(int x) { return x + 1; }

__attribute__((noinline)) int hooked_default(int x) { return x + 1; }
REPOINT_DECLARE(hooked, hooked_default);
REPOINT_DEFINE(hooked, hooked_default);

#ifndef __clang__
int noipa(int x);
REPOINT_NOIPA(noipa);
int noipa(int x) { return x + 1; }
#else
#define noipa hooked
#endif

/* Allowed to change every one of them: System V ABI, AMD64 supplement, "Registers"; AAPCS64, "Core registers". */
REPOINT_TARGET int target(int x) {
#if defined(__x86_64__)
    __asm__ volatile("xor %%ecx, %%ecx\n\txor %%edx, %%edx\n\txor %%esi, %%esi\n\txor %%r8d, %%r8d\n\t"
                     "xor %%r9d, %%r9d\n\txor %%r10d, %%r10d\n\txor %%r11d, %%r11d"
                     ::: "rcx", "rdx", "rsi", "r8", "r9", "r10", "r11", "cc");
#elif defined(__aarch64__)
    __asm__ volatile("mov x1, #0\n\tmov x2, #0\n\tmov x3, #0\n\tmov x4, #0\n\tmov x5, #0\n\tmov x6, #0\n\tmov x7, #0\n\t"
                     "mov x8, #0\n\tmov x9, #0\n\tmov x10, #0\n\tmov x11, #0\n\tmov x12, #0\n\tmov x13, #0\n\t"
                     "mov x14, #0\n\tmov x15, #0"
                     ::: "x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11", "x12", "x13", "x14", "x15");
#endif
    return x + 1000;
}

__attribute__((noinline)) static int call_plain(int a, int b, int c, int d, int e, int f) {
    return plain(a) + b * 2 + c * 3 + d * 4 + e * 5 + f * 6;
}

__attribute__((noinline)) static int call_hooked(int a, int b, int c, int d, int e, int f) {
    return hooked(a) + b * 2 + c * 3 + d * 4 + e * 5 + f * 6;
}

__attribute__((noinline)) static int call_noipa(int a, int b, int c, int d, int e, int f) {
    return noipa(a) + b * 2 + c * 3 + d * 4 + e * 5 + f * 6;
}

int main(int x, char **argv) {
    (void)argv;
    printf("plain %d\n", call_plain(x, x + 1, x + 2, x + 3, x + 4, x + 5));
    printf("hooked %d\n", call_hooked(x, x + 1, x + 2, x + 3, x + 4, x + 5));
    printf("noipa %d\n", call_noipa(x, x + 1, x + 2, x + 3, x + 4, x + 5));
    return 0;
}
