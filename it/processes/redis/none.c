/* The library that is brought along. */
#include <stddef.h>

struct client;
void addReplyProto(struct client *c, const char *text, size_t length);

/* As addReplyNull, but it says so in words. */
void addReplyNone(struct client *c) {
    addReplyProto(c, "+none\r\n", 7);
}
