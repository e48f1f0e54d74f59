/* Uses functions of another module, and nothing else: a program as it is found anywhere. */
#include <stdio.h>
#include <stdlib.h>

int mine(int x) { return x + 1000; }

int (*volatile held)(int) = abs;

int main(void) {
    printf("called %d\n", abs(-3));
    printf("other %ld\n", labs(-4));
    printf("held %d\n", held(-5));
    return 0;
}
