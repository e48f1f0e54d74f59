// Calls the function of the site that the first argument names, and prints what it returns.

#include <stdio.h>
#include <string.h>

#define EACH(X) SITES(X)
#define DECLARE(name) int site_##name(void);
#define RUN(name) if (strcmp(argv[1], #name) == 0) printf("%d\n", site_##name());

EACH(DECLARE)

int main(int argc, char** argv) {
    if (argc == 2) {
        EACH(RUN)
    }
    return 0;
}
