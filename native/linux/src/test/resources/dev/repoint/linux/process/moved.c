/* Copies its code to memory that no file is behind, as programs do that want large pages, and answers lines; with "changed" one
   byte of it that is never run is another one then. With "exec PATH" executes something else when it is told "e". */
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define FUNCTION __attribute__((noipa))
extern char __executable_start, etext, _init;

FUNCTION int price(int n) { return n * 30; }
FUNCTION int cheap(int n) { return n * 15; }
__asm__(".globl unused\nunused: .byte 0x90, 0x90, 0x90, 0x90\n");
extern char unused;

static void move(int is_changed) {
    unsigned long page = 4096;
    char *start = (char *) ((unsigned long) &_init & -page);
    unsigned long size = ((unsigned long) &etext - (unsigned long) start + page - 1) & -page;
    char *copy = mmap(0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    memcpy(copy, start, size);
    copy[&unused - start] += (char) is_changed;
    mprotect(copy, size, PROT_READ | PROT_EXEC);
    mremap(copy, size, size, MREMAP_MAYMOVE | MREMAP_FIXED, start);
}

int main(int n, char **arguments) {
    char line[80];
    setvbuf(stdin, 0, _IONBF, 0); /* what is executed reads on */
    if (n > 1 && strcmp(arguments[1], "exec")) move(!strcmp(arguments[1], "changed"));
    while (fgets(line, sizeof line, stdin)) {
        if (*line == 'e') execl(arguments[2], arguments[2], (char *) 0);
        printf("%d\n", price(2));
        fflush(stdout);
    }
    return cheap(n);
}
