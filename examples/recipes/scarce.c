// An allocator that has nothing left, to test what a program does then.
#include <stddef.h>

void *scarce_malloc(size_t size) {
    (void) size;
    return NULL;
}
