#include "calls.h"

#define NOTE(type, symbol, value)                                                                                     \
    __asm__(".pushsection .note.repoint,\"a\",%note\n\t.balign 4\n\t.long 8, 3f-2f, " #type "\n\t.asciz \"Repoint\"\n"   \
            "2:\t.asciz \"" symbol "\"\n\t.asciz \"" value "\"\n3:\t.balign 4\n\t.popsection\n")

static __attribute__((noinline)) int util(int x) { return x * 5 + 2; }

int get(int x) { return x + 1; }
int put(int x) { return x * 2; }
int same_left(int x) { return x * 7 + get(x); }
int same_right(int x) { return x * 7 + get(x); }
int twice(int x) { return util(x) + util(x + 1); }

static int body(int x) { return x - 1; }
int another(int x) __attribute__((alias("body")));

NOTE(1, "hook", "hook_default");
__attribute__((used)) int hook_default(int x) { return x + 40; }
__asm__(".globl hook\n\t.type hook, %function\n\t.set hook, hook_default\n");

NOTE(2, "quiet", "quiet");
__attribute__((noinline)) int quiet(int x) { return x + 50; }

NOTE(3, "declared", "put");
int (*declared)(int) = put;
