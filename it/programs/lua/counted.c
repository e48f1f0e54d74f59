/* Counts values that are made strings, and tells the count at the end. default_luaL_tolstring is the default under a
 * name of its own, which the linker gives. */
#include <stdio.h>
#include "lua.h"

const char *default_luaL_tolstring(lua_State *state, int index, size_t *length);

static long strings;

const char *counted_luaL_tolstring(lua_State *state, int index, size_t *length) {
    strings++;
    return default_luaL_tolstring(state, index, length);
}

__attribute__((destructor)) static void tell(void) {
    fprintf(stderr, "counted strings: %ld\n", strings);
}
