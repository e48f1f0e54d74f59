# A server with a function, a log and a table of operations.
cat > server.c << 'END'
#include <stdio.h>
#include <repoint.h>
struct operations { int (*flush)(void); int (*sync)(void); };
static int native_flush(void) { return 1; }
static int native_sync(void) { return 2; }
static int xen_flush(void) { return 11; }
static int xen_sync(void) { return 12; }
REPOINT_TARGET struct operations xen_ops = {xen_flush, xen_sync};
REPOINT_DECLARE_OPERATIONS(struct operations, ops);
REPOINT_DEFINE_OPERATIONS(struct operations, ops) = {native_flush, native_sync};
unsigned crc32_default(unsigned value);
REPOINT_DECLARE(crc32, crc32_default);
unsigned crc32_default(unsigned value) { return value + 1; }
REPOINT_DEFINE(crc32, crc32_default);
REPOINT_TARGET unsigned crc32_simd(unsigned value) { return value + 2; }
void log_debug_default(const char *text);
REPOINT_DECLARE(log_debug, log_debug_default);
void log_debug_default(const char *text) { puts(text); }
REPOINT_DEFINE(log_debug, log_debug_default);
int main(void) {
    log_debug("computing");
    printf("%u %d %d\n", crc32(0), ops.flush(), ops.sync());
    return 0;
}
END
cc "-I$REPOINT/include" "@$REPOINT/include/repoint.cflags" "@$REPOINT/include/repoint.ldflags" -o server server.c
