# A program that calls functions of its own and one of zlib's kind, and a library with a fixed parse.
cat > work.c << 'END'
#include <stdio.h>
#include <unistd.h>
#include <repoint.h>
int checksum_default(int value);
REPOINT_DECLARE(checksum, checksum_default);
int checksum_default(int value) { return value + 1; }
REPOINT_DEFINE(checksum, checksum_default);
REPOINT_TARGET int checksum_simd(int value) { return value + 2; }
void log_default(int value);
REPOINT_DECLARE(log_value, log_default);
void log_default(int value) { printf("%d\n", value); }
REPOINT_DEFINE(log_value, log_default);
int parse_default(int value);
REPOINT_DECLARE(parse, parse_default);
int parse_default(int value) { return -value; }
REPOINT_DEFINE(parse, parse_default);
int scale(int value);
int main(void) {
    for (int i = 0; i < 36000; i++) {
        log_value(checksum(i) + parse(i) + scale(i));
        fflush(stdout);
        usleep(50000);
    }
    return 0;
}
END
echo 'int twice(int v) { return 2 * v; } int scale(int v) { return twice(v); }' > scale.c
echo 'int parse_fixed(int value) { return value; }' > fix.c
flags="-I$REPOINT/include @$REPOINT/include/repoint.cflags"
cc $flags -fPIC -shared -fno-inline "@$REPOINT/include/repoint-shared.ldflags" -o libscale.so.1 -Wl,-soname,libscale.so.1 scale.c
cc -fPIC -shared -o libfix.so fix.c
cc $flags "@$REPOINT/include/repoint.ldflags" -o work work.c ./libscale.so.1 '-Wl,-rpath,$ORIGIN'
./work > work.log & pid=$!
trap 'kill $pid 2> /dev/null || true' EXIT
