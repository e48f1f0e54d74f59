/* Functions of this test that calls in the server are retargeted to.
 *
 * Each default keeps a name of its own for them, which the linker gives (see server.mk): a call of default_NAME is no
 * call of NAME, so it still reaches the default when NAME has another target. */
#include "server.h"

void default_addReplyLongLong(client *c, long long value);
sds default_genRedisInfoString(dict *sections, int all, int everything);

static long long replies;

/* Counts the integers that are replied. */
void counted_addReplyLongLong(client *c, long long value) {
    replies++;
    default_addReplyLongLong(c, value);
}

/* INFO with one section more: the count. */
sds counted_genRedisInfoString(dict *sections, int all, int everything) {
    sds info = default_genRedisInfoString(sections, all, everything);
    return sdscatprintf(info, "\r\n# Retargeted\r\ninteger_replies:%lld\r\n", replies);
}

/* ECHO with a prefix. Hidden: a stripped server has no name for it. */
__attribute__((visibility("hidden"))) void loud_echoCommand(client *c) {
    addReplyBulkSds(c, sdscat(sdsnew("retargeted "), c->argv[1]->ptr));
}
