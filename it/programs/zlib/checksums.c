/* Compresses, expands, and prints checksums, by a shared zlib. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

unsigned long counted_adler32_calls(void); /* in the library */

static unsigned long own_calls;

/* What calls of crc32 in this program are retargeted to. */
uLong own_crc32(uLong crc, const Bytef *bytes, uInt length) {
    own_calls++;
    return crc32_z(crc, bytes, length);
}

static void round_trip(const Bytef *plain, uLong length, int level) {
    uLong bound = compressBound(length), expanded = length;
    Bytef *packed = malloc(bound), *back = malloc(length);
    if (!packed || !back || compress2(packed, &bound, plain, length, level) != Z_OK
            || uncompress(back, &expanded, packed, bound) != Z_OK || expanded != length
            || memcmp(plain, back, length) != 0) {
        puts("the round trip failed");
        exit(1);
    }
    printf("level %d: %lu -> %lu bytes, crc32 %08lx\n", level, length, bound, crc32(0, packed, (uInt)bound));
    packed[bound - 1] ^= 1; /* the last byte of the Adler-32 */
    printf("level %d: a wrong checksum gives %d\n", level, uncompress(back, &expanded, packed, bound));
    free(packed);
    free(back);
}

int main(void) {
    static Bytef plain[200000];
    unsigned seed = 1;
    for (size_t i = 0; i < sizeof plain; i++) {
        seed = seed * 1103515245 + 12345;
        plain[i] = (Bytef)(i % 7 ? "retarget"[seed >> 29] : seed >> 24);
    }
    for (int level = 0; level <= 9; level += 3) {
        round_trip(plain, sizeof plain, level);
    }
    printf("crc32 %08lx, adler32 %08lx\n", crc32(0, plain, sizeof plain), adler32(1, plain, sizeof plain));
    printf("crc32 of the check text %08lx\n", crc32(0, (const Bytef *)"123456789", 9));
    fprintf(stderr, "calls in the library: %lu\ncalls in the program: %lu\n", counted_adler32_calls(), own_calls);
    return 0;
}
