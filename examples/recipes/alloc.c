// A program without Repoint code: it allocates memory again and again.
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(void) {
    for (int i = 0; i < 36000; i++) {
        char *memory = malloc(100);
        printf("%s\n", memory ? "allocated" : "no memory");
        fflush(stdout);
        free(memory);
        usleep(10000);
    }
    return 0;
}
