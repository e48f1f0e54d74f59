/* adler32 that counts, in the library. adler32_z is the same function under a longer name. */
#include "zlib.h"

static unsigned long calls;

uLong counted_adler32(uLong adler, const Bytef *bytes, uInt length) {
    calls++;
    return adler32_z(adler, bytes, length);
}

/* How often. A function: a program has a copy of its own of the library's variables, and -Bsymbolic ignores that. */
unsigned long counted_adler32_calls(void) {
    return calls;
}
