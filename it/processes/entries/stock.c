/* Calls ten functions of stock libraries, and checks every answer: stock SOCKET. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/sha.h>
#include <stdlib.h>
#include <zlib.h>

#include "witness.h"

static const char *const keys[] = {
    "libc.so.6:malloc",
    "libc.so.6:strtol",
    "libc.so.6:getenv",
    "libc.so.6:qsort",
    "libc.so.6:inet_ntop",
    "libz.so.1:crc32",
    "libz.so.1:deflate",
    "libcrypto.so.3:SHA256",
    "libcrypto.so.3:SHA256_Update",
    "libcrypto.so.3:ERR_clear_error",
};

static const unsigned char digest[32] = {0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40,
                                         0xde, 0x5d, 0xae, 0x22, 0x23, 0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17,
                                         0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00, 0x15, 0xad};

static int ascending(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }

static int once(int seed) {
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

int main(int count, char **arguments) {
    if (count != 2) return 2;
    setenv("STOCK", "yes", 1);
    return serve(arguments[1], keys, sizeof keys / sizeof *keys);
}
