/* What the compiler makes of these with -mcmodel=large computes addresses from distances of 64 bits. */
#include <stdio.h>

__attribute__((noipa, visibility("hidden"))) int val(int x) { return x; }
__attribute__((noipa)) int val2(int x) { return x + 100; }
int (*pointer)(int) = val;
__attribute__((noipa)) int calls(int x) { return val(x) + 1; }
__attribute__((noipa)) int jumps(int x) { return val(x); }
__attribute__((noipa)) int (*takes(void))(int) { return val; }
__attribute__((noipa)) int imports(int x) { return abs(x) + 1; }
