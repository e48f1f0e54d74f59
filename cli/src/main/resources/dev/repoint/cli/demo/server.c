/*
 * The server of `repoint demo --native`. It answers GET /invoice/NUMBER with that invoice's checksum and its tax, over
 * HTTP/1.1 on the loopback interface, with a thread for each connection.
 *
 * Two of its functions are hooks: their calls can be pointed elsewhere while it runs. It is otherwise as any server is,
 * and no part of Repoint is in it; the header is a few macros.
 *
 *     checksum   leads to checksum_bitwise, which is right, and slow; checksum_by_table is right, and fast
 *     tax        leads to tax_truncated, which is wrong: it drops what is less than a cent instead of rounding it
 */
#include <repoint.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { INVOICES = 64, INVOICE_SIZE = 65536, REQUEST_SIZE = 4096 };

#define POLYNOMIAL 0xedb88320u /* of CRC-32, as in zip */

static unsigned char invoices[INVOICES][INVOICE_SIZE];
static uint32_t table[256];

/* Which checksum it was; the clients want to know. */
static __thread const char *checksum_by;

uint32_t checksum_bitwise(const unsigned char *bytes, size_t length) {
    uint32_t crc = ~0u;
    checksum_by = "bitwise";
    for (size_t i = 0; i < length; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++) {
            crc = crc >> 1 ^ (crc & 1 ? POLYNOMIAL : 0);
        }
    }
    return ~crc;
}

REPOINT_TARGET uint32_t checksum_by_table(const unsigned char *bytes, size_t length) {
    uint32_t crc = ~0u;
    checksum_by = "by table";
    for (size_t i = 0; i < length; i++) {
        crc = crc >> 8 ^ table[(crc ^ bytes[i]) & 0xff];
    }
    return ~crc;
}

/* The tax of 19 % on a sum in cents, in cents. */
long tax_truncated(long net) {
    return net * 19 / 100;
}

REPOINT_DECLARE(checksum, checksum_bitwise);
REPOINT_DEFINE(checksum, checksum_bitwise);

REPOINT_DECLARE(tax, tax_truncated);
REPOINT_DEFINE(tax, tax_truncated);

static int answer(char *to, size_t size, const char *request) {
    int number = -1;
    char body[128];
    if (sscanf(request, "GET /invoice/%d HTTP/1.1\r\n", &number) != 1 || number < 0 || number >= INVOICES) {
        return snprintf(to, size, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    }
    uint32_t crc = checksum(invoices[number], INVOICE_SIZE); /* a site of checksum */
    long net = 1003 + 100 * number;
    int length = snprintf(body, sizeof body, "invoice %d: net %ld, tax %ld, checksum %08x (%s)\n", number, net,
                          tax(net), (unsigned)crc, checksum_by); /* a site of tax */
    return snprintf(to, size, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", length, body);
}

/* Answers the requests of one connection, one after the other, until the client ends it. */
static void *serve(void *argument) {
    int client = (int)(intptr_t)argument;
    char request[REQUEST_SIZE + 1], reply[512];
    size_t length = 0;
    ssize_t got;
    while (length < REQUEST_SIZE && (got = read(client, request + length, REQUEST_SIZE - length)) > 0) {
        length += (size_t)got;
        request[length] = 0;
        if (strstr(request, "\r\n\r\n") != NULL) {
            int size = answer(reply, sizeof reply, request);
            if (write(client, reply, (size_t)size) != size) {
                break;
            }
            length = 0;
        }
    }
    close(client);
    return NULL;
}

/* SECONDS: ends by itself after so many, whatever became of the one who started it. */
int main(int count, char **arguments) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int server = socket(AF_INET, SOCK_STREAM, 0), client, yes = 1;
    if (count != 2 || server < 0 || bind(server, (struct sockaddr *)&address, size) != 0 || listen(server, 64) != 0
            || getsockname(server, (struct sockaddr *)&address, &size) != 0) {
        perror("server");
        return 1;
    }
    alarm((unsigned)atoi(arguments[1]));
    signal(SIGPIPE, SIG_IGN);
    for (uint32_t i = 0; i < 256; i++) {
        table[i] = i;
        for (int bit = 0; bit < 8; bit++) {
            table[i] = table[i] >> 1 ^ (table[i] & 1 ? POLYNOMIAL : 0);
        }
    }
    for (int i = 0; i < INVOICES; i++) {
        for (int j = 0; j < INVOICE_SIZE; j++) {
            invoices[i][j] = (unsigned char)(i + j * (j >> 8));
        }
    }
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    while ((client = accept(server, NULL, NULL)) >= 0) {
        pthread_t thread;
        setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        if (pthread_create(&thread, NULL, serve, (void *)(intptr_t)client) == 0) {
            pthread_detach(thread);
        } else {
            close(client);
        }
    }
    perror("server: accept");
    return 1;
}
