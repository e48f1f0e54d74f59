#include <stdio.h>
#include "price.h"

int main(void) {
    printf("two teas cost %d\n", price(2));
    return 0;
}
