/* As lookupKey of redis, but one key is never found. */
#include <stddef.h>
#include <string.h>

struct object {
    unsigned kind;
    int references;
    const char *text;
};

void *lookupKey(void *database, struct object *key, int flags);

void *lookupKeyHiding(void *database, struct object *key, int flags) {
    return strcmp(key->text, "hidden") == 0 ? NULL : lookupKey(database, key, flags);
}
