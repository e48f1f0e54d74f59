/* Counts calls of the functions of waits.cc, and passes them on. */
#include <poll.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/sem.h>
#include <sys/socket.h>
#include <time.h>

#include <new>

extern "C" {

extern __thread long counted_calls[] __attribute__((tls_model("initial-exec"))); /* of the program */

int counted_epoll_wait(int events, epoll_event *found, int count, int millis) {
    counted_calls[0]++;
    return epoll_wait(events, found, count, millis);
}

int counted_poll(pollfd *files, nfds_t count, int millis) {
    counted_calls[1]++;
    return poll(files, count, millis);
}

int counted_nanosleep(const timespec *time, timespec *left) {
    counted_calls[2]++;
    return nanosleep(time, left);
}

int counted_sigtimedwait(const sigset_t *signals, siginfo_t *found, const timespec *time) {
    counted_calls[3]++;
    return sigtimedwait(signals, found, time);
}

int counted_semtimedop(int semaphores, sembuf *changes, size_t count, const timespec *time) {
    counted_calls[4]++;
    return semtimedop(semaphores, changes, count, time);
}

ssize_t counted_recv(int socket, void *bytes, size_t count, int flags) {
    counted_calls[5]++;
    return recv(socket, bytes, count, flags);
}

void *counted__Znwm(size_t size) {
    counted_calls[6]++;
    return operator new(size);
}

void __cxa_rethrow();

void counted___cxa_rethrow() {
    counted_calls[7]++;
    __cxa_rethrow();
}

int throwing(int x);

int counted_throwing(int x) {
    counted_calls[8]++;
    return throwing(x);
}
}
