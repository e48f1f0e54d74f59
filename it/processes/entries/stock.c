/* Calls ten functions of stock libraries in four threads, and checks every answer: stock SOCKET. Whoever connects to the
 * socket is told which of the ten are counted by libcounted.so in this moment, as ten digits, then how many rounds there
 * were, how many answers were wrong, and how many backtraces from code that no file has ended there. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <execinfo.h>
#include <openssl/err.h>
#include <openssl/sha.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <ucontext.h>
#include <unistd.h>
#include <zlib.h>

enum { FUNCTIONS = 10, THREADS = 4 };

__thread long stock_calls[FUNCTIONS]; /* libcounted.so counts here */

static atomic_long rounds, wrong, inside, cut;
static const unsigned char digest[32] = {0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40,
                                         0xde, 0x5d, 0xae, 0x22, 0x23, 0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17,
                                         0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00, 0x15, 0xad};

static int ascending(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }

__attribute__((noinline)) static int once(int seed) {
    int errors = 0;
    unsigned char *text = malloc(200 + seed % 100);
    if (text == NULL) return 1;
    memset(text, seed, 200);
    errors += strtol("12345", NULL, 10) != 12345;
    errors += getenv("STOCK") == NULL || strcmp(getenv("STOCK"), "yes") != 0;
    int numbers[9];
    for (int i = 0; i < 9; i++) numbers[i] = (seed + i * 7) % 9;
    qsort(numbers, 9, sizeof *numbers, ascending);
    for (int i = 0; i < 9; i++) errors += numbers[i] != i;
    char address[64];
    struct in_addr local = {htonl(0x7f000001)};
    errors += inet_ntop(AF_INET, &local, address, sizeof address) == NULL || strcmp(address, "127.0.0.1") != 0;
    errors += crc32(0, (const unsigned char *)"123456789", 9) != 0xcbf43926;
    unsigned char packed[400], unpacked[200];
    z_stream stream = {.next_in = text, .avail_in = 200, .next_out = packed, .avail_out = sizeof packed};
    errors += deflateInit(&stream, 6) != Z_OK;
    errors += deflate(&stream, Z_FINISH) != Z_STREAM_END;
    uLong length = sizeof unpacked;
    errors += uncompress(unpacked, &length, packed, stream.total_out) != Z_OK || memcmp(text, unpacked, 200) != 0;
    deflateEnd(&stream);
    unsigned char result[32];
    SHA256((const unsigned char *)"abc", 3, result);
    errors += memcmp(result, digest, 32) != 0;
    SHA256_CTX context;
    SHA256_Init(&context);
    SHA256_Update(&context, "ab", 2);
    SHA256_Update(&context, "c", 1);
    SHA256_Final(result, &context);
    errors += memcmp(result, digest, 32) != 0;
    ERR_clear_error();
    errors += ERR_peek_error() != 0;
    free(text);
    return errors;
}

static void *work(void *number) {
    for (int i = 0;; i++) {
        wrong += once(i + (int)(long)number);
        rounds++;
        if (i % 64 == 0) usleep(50); /* so that a library can be loaded */
    }
    return NULL;
}

static void profile(int signal, siginfo_t *info, void *context) {
    (void)signal;
    (void)info;
    void *at = (void *)((ucontext_t *)context)->uc_mcontext.gregs[REG_RIP];
    Dl_info module;
    if (dladdr(at, &module) != 0) return;
    void *frames[32];
    int count = backtrace(frames, 32), whole = 0;
    for (int i = 0; i < count; i++)
        whole |= (char *)frames[i] >= (char *)work && (char *)frames[i] < (char *)work + 512;
    whole |= count == 32;
    inside++;
    cut += !whole;
}

int main(int count, char **arguments) {
    if (count != 2) return 2;
    void *warm[1];
    backtrace(warm, 1);
    setenv("STOCK", "yes", 1);
    struct sockaddr_un name = {.sun_family = AF_UNIX};
    strncpy(name.sun_path, arguments[1], sizeof name.sun_path - 1);
    int server = socket(AF_UNIX, SOCK_STREAM, 0);
    for (long i = 0; i < THREADS; i++) {
        pthread_t thread;
        pthread_create(&thread, NULL, work, (void *)i);
    }
    struct sigaction action = {.sa_sigaction = profile, .sa_flags = SA_SIGINFO | SA_RESTART};
    sigaction(SIGPROF, &action, NULL);
    struct itimerval often = {{0, 1000}, {0, 1000}};
    setitimer(ITIMER_PROF, &often, NULL);
    if (bind(server, (struct sockaddr *)&name, sizeof name) != 0 || listen(server, 5) != 0) return 1;
    for (;;) {
        int client = accept(server, NULL, NULL);
        long before[FUNCTIONS];
        memcpy(before, stock_calls, sizeof before);
        int errors = once(1);
        char counted[FUNCTIONS + 1] = {0};
        for (int i = 0; i < FUNCTIONS; i++) counted[i] = stock_calls[i] != before[i] ? '1' : '0';
        dprintf(client, "%s %ld %ld %ld %ld\n", counted, rounds, wrong + errors, inside, cut);
        close(client);
    }
}
