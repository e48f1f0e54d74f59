/* The kernel runs filters: each line of input has the number of instructions, these in hex, and six arguments in hex. For each
   prints what system call 1000 ends with under the filter: its errno, "killed", or "rejected" for a filter that is none. */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define CALL 1000
#define REJECTED -1

static int under(unsigned short count, struct sock_filter *program, unsigned long *a) {
    struct sock_fprog filter = {count, program};
    int status, result = 0, ends[2];
    if (pipe(ends)) return REJECTED;
    pid_t child = fork();
    if (child == 0) {
        if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter)) result = REJECTED;
        else result = syscall(CALL, a[0], a[1], a[2], a[3], a[4], a[5]) == -1 ? errno : 0;
        _exit(write(ends[1], &result, sizeof result) != sizeof result);
    }
    waitpid(child, &status, 0);
    if (!WIFSIGNALED(status) && read(ends[0], &result, sizeof result) != sizeof result) result = REJECTED;
    close(ends[0]);
    close(ends[1]);
    return WIFSIGNALED(status) ? -WTERMSIG(status) : result;
}

int main(void) {
    unsigned count;
    while (scanf("%u", &count) == 1) {
        struct sock_filter program[4096];
        unsigned long words[6];
        for (unsigned i = 0; i < count; i++) {
            unsigned long word;
            if (scanf("%lx", &word) != 1) return 1;
            memcpy(&program[i], &word, sizeof word);
        }
        for (int i = 0; i < 6; i++) {
            if (scanf("%lx", &words[i]) != 1) return 1;
        }
        int result = under((unsigned short) count, program, words);
        if (result == -SIGSYS) puts("killed");
        else if (result == REJECTED) puts("rejected");
        else printf("%d\n", result);
    }
    return 0;
}
