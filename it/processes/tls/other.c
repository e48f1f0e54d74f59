/* As SSL_read, but who asks for the page "asked" has asked for the page "other". */
#define _GNU_SOURCE
#include <string.h>

struct ssl_st;
int SSL_read(struct ssl_st *connection, void *bytes, int most);

int SSL_read_other(struct ssl_st *connection, void *bytes, int most) {
    int count = SSL_read(connection, bytes, most);
    char *asked = count > 0 ? memmem(bytes, count, "/asked ", 7) : NULL;
    if (asked != NULL) memcpy(asked, "/other ", 7);
    return count;
}
