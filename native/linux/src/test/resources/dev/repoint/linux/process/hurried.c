/* One thread that never waits: what it asks for is there at once, as in a server under load. Ends when there is a file
 * `stop`, and prints how often an answer was wrong. */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(void) {
    long wrong = 0, rounds = 0;
    fclose(fopen("ready", "w"));
    while (access("stop", F_OK) != 0) {
        for (int i = 0; i < 1000; i++, rounds++) {
            char *piece = malloc(1 + rounds % 4000);
            piece[0] = 1;
            wrong += poll(0, 0, 0) != 0;
            free(piece);
        }
    }
    printf("wrong %ld\n", wrong);
    return rounds == 0;
}
