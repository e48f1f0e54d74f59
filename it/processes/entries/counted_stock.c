/* Counts calls of ten functions, and passes them on. */
#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/sha.h>
#include <stdlib.h>
#include <zlib.h>

extern __thread long counted_calls[] __attribute__((tls_model("initial-exec"))); /* of the program */

void *counted_malloc(size_t size) {
    counted_calls[0]++;
    return malloc(size);
}

long counted_strtol(const char *text, char **end, int base) {
    counted_calls[1]++;
    return strtol(text, end, base);
}

char *counted_getenv(const char *name) {
    counted_calls[2]++;
    return getenv(name);
}

void counted_qsort(void *all, size_t count, size_t size, int (*compare)(const void *, const void *)) {
    counted_calls[3]++;
    qsort(all, count, size, compare);
}

const char *counted_inet_ntop(int family, const void *address, char *text, socklen_t size) {
    counted_calls[4]++;
    return inet_ntop(family, address, text, size);
}

uLong counted_crc32(uLong crc, const Bytef *bytes, uInt length) {
    counted_calls[5]++;
    return crc32(crc, bytes, length);
}

int counted_deflate(z_streamp stream, int flush) {
    counted_calls[6]++;
    return deflate(stream, flush);
}

unsigned char *counted_SHA256(const unsigned char *bytes, size_t length, unsigned char *digest) {
    counted_calls[7]++;
    return SHA256(bytes, length, digest);
}

int counted_SHA256_Update(SHA256_CTX *context, const void *bytes, size_t length) {
    counted_calls[8]++;
    return SHA256_Update(context, bytes, length);
}

void counted_ERR_clear_error(void) {
    counted_calls[9]++;
    ERR_clear_error();
}
