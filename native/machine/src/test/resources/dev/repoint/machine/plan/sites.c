/* One use of each kind of one function. Prints for each what it gives, and what the function that ran has counted. */
#include <stdio.h>
#include <string.h>

#include "sites.h"

extern long count;

int call(int x) { return work(x) + 100; }

int jump(int x) { return work(x); }

int pointer_call(int x) { return pointer(x) + 100; }

int pointer_jump(int x) { return pointer(x); }

int operation(int x) { return operations.second(x) + 100; }

int conditional(int x);

#if defined __x86_64__
asm(".text\n"
    ".globl conditional\n"
    ".type conditional, @function\n"
    "conditional:\n"
    "    test %edi, %edi\n"
    "    js work" PLT "\n"
    "    lea 1000(%rdi), %eax\n"
    "    ret\n"
    ".size conditional, . - conditional\n");
#else
asm(".text\n"
    ".globl conditional\n"
    ".type conditional, %function\n"
    "conditional:\n"
    "    cmp w0, #0\n"
    "    b.lt work\n"
    "    add w0, w0, #1000\n"
    "    ret\n"
    ".size conditional, . - conditional\n");
#endif

function_type stored[] = {work, spare};

/* Reads the pointer where no compiler knows what it holds. */
int data_pointer(int x) {
    function_type volatile *table = stored;
    return table[0](x);
}

/* A target that uses the default that it stands in for. */
int wrapping(int x) { count += 1000; return work(x) - 7; }

int untouched(int x) { return spare(x) + 100; }

int main(int argc, char **argv) {
    struct { const char *name; function_type use; } uses[] = {
        {"call", call}, {"jump", jump}, {"conditional", conditional}, {"pointer_call", pointer_call},
        {"pointer_jump", pointer_jump}, {"operation", operation}, {"data_pointer", data_pointer},
        {"untouched", untouched},
    };
    for (unsigned i = 0; i < sizeof uses / sizeof *uses; i++) {
        count = 0;
        int given = uses[i].use(-3);
        if (argc > 1 && !strcmp(argv[1], "counts"))
            printf("%s %ld\n", uses[i].name, count);
        else
            printf("%s %d %ld\n", uses[i].name, given, count);
    }
    return 0;
}
