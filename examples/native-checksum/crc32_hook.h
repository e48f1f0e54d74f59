/* Included before every file of zlib: crc32_z is a hook, and its default is the function of zlib. */
#ifndef CRC32_HOOK_H
#define CRC32_HOOK_H

#include <repoint.h>
#include <stddef.h>

unsigned long crc32_z_default(unsigned long crc, const unsigned char *bytes, size_t length);
REPOINT_DECLARE(crc32_z, crc32_z_default);

#endif
