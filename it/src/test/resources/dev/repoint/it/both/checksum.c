/* The checksum of Checksum.java, with its step as a hook. */
#include <stdint.h>
#include "repoint.h"

uint32_t mix_default(uint32_t sum, int8_t next);
REPOINT_DECLARE(mix, mix_default);
uint32_t mix_default(uint32_t sum, int8_t next) { return 31 * sum + (uint32_t)next; }
REPOINT_DEFINE(mix, mix_default);
REPOINT_TARGET uint32_t mix_xor(uint32_t sum, int8_t next) { return 31 * sum ^ (uint32_t)next; }

static int64_t calls;
int64_t calls_made(void) { return calls; }

int64_t update(int64_t start, const int8_t *data, int32_t length)
{
    uint32_t sum = (uint32_t)start;
    calls++;
    for (int32_t i = 0; i < length; i++)
        sum = mix(sum, data[i]);
    return sum;
}
