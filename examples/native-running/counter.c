#include <stdio.h>
#include <unistd.h>
#include "price.h"

/* Sells two teas every tenth of a second, for an hour. */
int main(void) {
    for (int i = 0; i < 36000; i++) {
        printf("two teas cost %d\n", price(2));
        fflush(stdout);
        usleep(100000);
    }
    return 0;
}
