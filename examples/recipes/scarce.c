// An allocator that always fails, to test the error handling of a program.
#include <stddef.h>

void *scarce_malloc(size_t size) {
    (void) size;
    return NULL;
}
