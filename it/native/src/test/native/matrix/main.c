/* The program. It hands 1 on in a way that the compiler does not see through. */
#include "matrix.h"

int main(int argc, char **argv) {
    (void)argv;
    rows(argc);
    return 0;
}
