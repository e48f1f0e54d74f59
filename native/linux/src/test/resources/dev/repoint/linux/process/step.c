/* Stops the first thread of a process before an instruction, and leaves it so: step PID ENTRY PLACE. It runs to the
 * entry of a function first (0: not), and from there step by step to the place. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/user.h>
#include <sys/wait.h>

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static long ask(int request, int pid, long address, long data) {
    errno = 0;
    long result = ptrace(request, pid, address, data);
    if (errno != 0) fail("ptrace");
    return result;
}

static void await(int pid) {
    int status;
    if (waitpid(pid, &status, 0) != pid || !WIFSTOPPED(status)) fail("waitpid");
}

int main(int count, char **arguments) {
    if (count != 4) return 2;
    int pid = atoi(arguments[1]);
    long entry = strtoul(arguments[2], 0, 16), place = strtoul(arguments[3], 0, 16);
    struct user_regs_struct registers;
    ask(PTRACE_ATTACH, pid, 0, 0);
    await(pid);
    long code = ask(PTRACE_PEEKTEXT, pid, entry, 0);
    ask(PTRACE_POKETEXT, pid, entry, (code & ~0xffL) | 0xcc);
    ask(PTRACE_CONT, pid, 0, 0);
    await(pid);
    ask(PTRACE_POKETEXT, pid, entry, code);
    ask(PTRACE_GETREGS, pid, 0, (long)&registers);
    registers.rip = entry;
    ask(PTRACE_SETREGS, pid, 0, (long)&registers);
    for (int i = 0; registers.rip != (unsigned long)place; i++) {
        if (i == 100) {
            fprintf(stderr, "it does not come to %lx\n", place);
            return 1;
        }
        ask(PTRACE_SINGLESTEP, pid, 0, 0);
        await(pid);
        ask(PTRACE_GETREGS, pid, 0, (long)&registers);
    }
    ask(PTRACE_DETACH, pid, 0, SIGSTOP);
    return 0;
}
