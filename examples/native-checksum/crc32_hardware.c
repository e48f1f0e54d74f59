/*
 * CRC-32 by carry-less multiplication: "Fast CRC Computation for Generic Polynomials Using PCLMULQDQ Instruction",
 * Gopal and others, Intel, 2009; the bits are reflected, as in gzip. A register holds 16 bytes. To move it on by n bits
 * its two halves are multiplied with x^(n+32) and x^(n-32) modulo P, and the products are added to what lies there.
 *
 * What is too short, and the last 15 bytes at most, is left to the default.
 */
#include "crc32_hook.h"
#include <immintrin.h>
#include <stdint.h>

#define SSE __attribute__((__target__("sse4.1,pclmul")))
#define AVX512 __attribute__((__target__("avx512f,vpclmulqdq,sse4.1,pclmul")))

/* Moves a register on by as many bits as the factors are for, and adds what lies there. */
SSE static inline __m128i fold(__m128i sum, __m128i factors, __m128i there) {
    __m128i low = _mm_clmulepi64_si128(sum, factors, 0x00);
    __m128i high = _mm_clmulepi64_si128(sum, factors, 0x11);
    return _mm_xor_si128(_mm_xor_si128(low, high), there);
}

/* The same of four registers in one. */
AVX512 static inline __m512i fold_four(__m512i sum, __m512i factors, __m512i there) {
    __m512i low = _mm512_clmulepi64_epi128(sum, factors, 0x00);
    __m512i high = _mm512_clmulepi64_epi128(sum, factors, 0x11);
    return _mm512_ternarylogic_epi64(low, high, there, 0x96);
}

SSE static inline __m128i load(const unsigned char *bytes) {
    return _mm_loadu_si128((const __m128i *)bytes);
}

/* By 128 bits. */
SSE static inline __m128i by_16(void) {
    return _mm_set_epi64x(0x0ccaa009e, 0x1751997d0);
}

/* By 512 bits. */
SSE static inline __m128i by_64(void) {
    return _mm_set_epi64x(0x1c6e41596, 0x154442bd4);
}

/* From four registers that follow each other, and the bytes behind them, to the checksum. */
SSE static unsigned long finish(__m128i x0, __m128i x1, __m128i x2, __m128i x3, const unsigned char *bytes, size_t length) {
    const __m128i low_half = _mm_set_epi32(0, -1, 0, -1);
    __m128i x = fold(fold(fold(x0, by_16(), x1), by_16(), x2), by_16(), x3);
    for (; length >= 16; bytes += 16, length -= 16) {
        x = fold(x, by_16(), load(bytes));
    }
    /* 128 bits to 64. */
    x = _mm_xor_si128(_mm_srli_si128(x, 8), _mm_clmulepi64_si128(x, by_16(), 0x10));
    x = _mm_xor_si128(_mm_srli_si128(x, 4),
                      _mm_clmulepi64_si128(_mm_and_si128(x, low_half), _mm_cvtsi64_si128(0x163cd6124), 0x00));
    /* 64 bits to 32: Barrett's reduction, with the quotient of x^64 and P, and P. */
    const __m128i barrett = _mm_set_epi64x(0x1f7011641, 0x1db710641);
    __m128i quotient = _mm_clmulepi64_si128(_mm_and_si128(x, low_half), barrett, 0x10);
    x = _mm_xor_si128(x, _mm_clmulepi64_si128(_mm_and_si128(quotient, low_half), barrett, 0x00));
    return crc32_z_default(~(uint32_t)_mm_extract_epi32(x, 1) & 0xffffffff, bytes, length);
}

REPOINT_TARGET SSE unsigned long crc32_pclmul(unsigned long crc, const unsigned char *bytes, size_t length) {
    if (!bytes || length < 64) {
        return crc32_z_default(crc, bytes, length);
    }
    __m128i x0 = _mm_xor_si128(load(bytes), _mm_cvtsi32_si128((int)~(uint32_t)crc));
    __m128i x1 = load(bytes + 16), x2 = load(bytes + 32), x3 = load(bytes + 48);
    for (bytes += 64, length -= 64; length >= 64; bytes += 64, length -= 64) {
        x0 = fold(x0, by_64(), load(bytes));
        x1 = fold(x1, by_64(), load(bytes + 16));
        x2 = fold(x2, by_64(), load(bytes + 32));
        x3 = fold(x3, by_64(), load(bytes + 48));
    }
    return finish(x0, x1, x2, x3, bytes, length);
}

REPOINT_TARGET AVX512 unsigned long crc32_avx512(unsigned long crc, const unsigned char *bytes, size_t length) {
    if (!bytes || length < 256) {
        return crc32_pclmul(crc, bytes, length);
    }
    const __m512i by_256 = _mm512_broadcast_i32x4(_mm_set_epi64x(0x1322d1430, 0x11542778a));
    const __m512i four_by_64 = _mm512_broadcast_i32x4(by_64());
    __m512i x0 = _mm512_xor_si512(_mm512_loadu_si512(bytes),
                                  _mm512_zextsi128_si512(_mm_cvtsi32_si128((int)~(uint32_t)crc)));
    __m512i x1 = _mm512_loadu_si512(bytes + 64);
    __m512i x2 = _mm512_loadu_si512(bytes + 128);
    __m512i x3 = _mm512_loadu_si512(bytes + 192);
    for (bytes += 256, length -= 256; length >= 256; bytes += 256, length -= 256) {
        x0 = fold_four(x0, by_256, _mm512_loadu_si512(bytes));
        x1 = fold_four(x1, by_256, _mm512_loadu_si512(bytes + 64));
        x2 = fold_four(x2, by_256, _mm512_loadu_si512(bytes + 128));
        x3 = fold_four(x3, by_256, _mm512_loadu_si512(bytes + 192));
    }
    x0 = fold_four(fold_four(fold_four(x0, four_by_64, x1), four_by_64, x2), four_by_64, x3);
    for (; length >= 64; bytes += 64, length -= 64) {
        x0 = fold_four(x0, four_by_64, _mm512_loadu_si512(bytes));
    }
    return finish(_mm512_castsi512_si128(x0), _mm512_extracti32x4_epi32(x0, 1), _mm512_extracti32x4_epi32(x0, 2),
                  _mm512_extracti32x4_epi32(x0, 3), bytes, length);
}
