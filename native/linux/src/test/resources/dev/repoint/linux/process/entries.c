/* Calls functions of each class of entries again and again: entries. Each call must answer what the default answers, or
 * what the target does. Ends when there is a file `stop`. */
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef long (*any)(long, void *);

long three = 3;

__asm__(".section .text.entries,\"ax\",@progbits\n"
        ".macro begin name\n"
        ".p2align 4\n.globl \\name\n.type \\name,@function\n\\name:\n.cfi_startproc\n"
        ".endm\n"
        ".macro end name\n"
        ".cfi_endproc\n.size \\name,.-\\name\n"
        ".endm\n"
        "begin as_it_is\n" /* endbr64 stays; push, mov are moved */
        "endbr64\n push %rbx\n .cfi_adjust_cfa_offset 8\n mov %rdi,%rbx\n lea 1(%rbx,%rbx,2),%rax\n"
        " pop %rbx\n .cfi_adjust_cfa_offset -8\n ret\n"
        "end as_it_is\n"
        "begin rip_relative\n"
        "push %rbx\n .cfi_adjust_cfa_offset 8\n mov three(%rip),%rax\n imul %rdi,%rax\n inc %rax\n"
        " pop %rbx\n .cfi_adjust_cfa_offset -8\n ret\n"
        "end rip_relative\n"
        "begin conditional\n"
        "test %edi,%edi\n je 1f\n lea 1(%rdi,%rdi,2),%rax\n ret\n 1: mov $1,%eax\n ret\n"
        "end conditional\n"
        "begin helper\n"
        "lea 1(%rdi,%rdi,2),%rax\n ret\n"
        "end helper\n"
        "begin jumping\n"
        "nop\n jmp helper\n"
        "end jumping\n"
        "begin calling\n"
        "sub $8,%rsp\n .cfi_adjust_cfa_offset 8\n call helper\n add $8,%rsp\n .cfi_adjust_cfa_offset -8\n ret\n"
        "end calling\n"
        "begin calling_pointer\n" /* its return address lies among the overwritten bytes */
        "push %rdi\n .cfi_adjust_cfa_offset 8\n call *%rsi\n pop %rdi\n .cfi_adjust_cfa_offset -8\n nop\n ret\n"
        "end calling_pointer\n"
        "begin jumping_pointer\n"
        "mov %rsi,%rax\n jmp *%rax\n"
        "end jumping_pointer\n"
        "begin padding\n"
        "mov %rdi,%rax\n ret\n"
        "end padding\n"
        ".p2align 4\n"
        "begin asking\n" /* a system call among the overwritten bytes */
        "push $39\n .cfi_adjust_cfa_offset 8\n pop %rax\n .cfi_adjust_cfa_offset -8\n syscall\n"
        " lea 1(%rdi,%rdi,2),%rax\n ret\n"
        "end asking\n"
        "begin waiting\n" /* pause() */
        "push $34\n .cfi_adjust_cfa_offset 8\n pop %rax\n .cfi_adjust_cfa_offset -8\n syscall\n"
        " lea 1(%rdi,%rdi,2),%rax\n ret\n"
        "end waiting\n"
        ".p2align 12\n.skip 4093\n.globl crossing\n.type crossing,@function\ncrossing:\n"
        " push %rbx\n mov %rdi,%rbx\n lea 1(%rbx,%rbx,2),%rax\n pop %rbx\n ret\n.size crossing,.-crossing\n"
        ".text\n");

long as_it_is(long, void *), rip_relative(long, void *), conditional(long, void *), helper(long, void *),
    jumping(long, void *), calling(long, void *), calling_pointer(long, void *), jumping_pointer(long, void *),
    padding(long, void *), asking(long, void *), waiting(long, void *);

/* The loader calls choose once. */
__attribute__((noinline)) static long chosen(long x, void *y) { return y ? 3 * x + 1 : 0; }
static any choose(void) { return chosen; }
__attribute__((ifunc("choose"))) long indirect(long, void *);
__attribute__((noinline)) static long choosing(long x, void *y) { return indirect(x, y) + (y == 0); }

/* The target of all. */
__attribute__((noinline)) long negative(long x, void *y) { return y ? -x : -x - 1; }

__attribute__((patchable_function_entry(8, 0), noinline)) long padded(long x, void *y) { return y ? 3 * x + 1 : 0; }

static const any functions[] = {as_it_is, rip_relative, conditional, jumping, calling,
                                calling_pointer, jumping_pointer, padding, asking, padded, choosing};
enum { COUNT = sizeof functions / sizeof *functions };

static long waited;

static void wake(int signal) { (void)signal; }

static void *wait(void *nothing) {
    waited = waiting(7, nothing);
    return nothing;
}

int main(void) {
    struct sigaction action = {.sa_handler = wake};
    sigaction(SIGUSR1, &action, 0);
    pthread_t waiter;
    pthread_create(&waiter, 0, wait, 0);
    long calls = 0, wrong = 0, diverted = 0;
    fclose(fopen("ready", "w"));
    while (access("stop", F_OK) != 0) {
        for (int i = 0; i < COUNT; i++) {
            long x = calls++ % 1000 + 2;
            long answer = functions[i](x, (void *)helper);
            int isDefault = answer == (functions[i] == padding ? x : 3 * x + 1);
            diverted += answer == -x;
            wrong += !isDefault && answer != -x;
        }
    }
    while (pthread_tryjoin_np(waiter, 0) != 0) { /* it may not wait yet, and a signal before that is lost */
        pthread_kill(waiter, SIGUSR1);
        usleep(1000);
    }
    printf("%s wrong %ld waited %ld diverted %d\n", calls > 0 ? "called" : "idle", wrong, waited, diverted > 0);
    return 0;
}
