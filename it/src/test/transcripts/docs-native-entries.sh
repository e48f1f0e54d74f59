# A till as a distribution ships it: without relocations of code and without symbols, which are in a debug file.
cat > till.c << 'END'
#include <stdio.h>
volatile int percent = 19;
__attribute__((noinline)) int tax(int cents) { return cents * percent / 100; }
__attribute__((noinline)) int rounded_tax(int cents) { return (tax(cents) + 9) / 10 * 10; }
int main(void) { printf("tax: %d\n", tax(450)); return 0; }
END
cc -O2 -Wl,--build-id -o till till.c
mkdir debug
objcopy --only-keep-debug till debug/till.debug
objcopy --strip-all --add-gnu-debuglink=debug/till.debug till
