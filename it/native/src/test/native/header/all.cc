// Every macro of the header, in the C++ of 1998.
#include <cstdarg>
#include <cstdio>
#include "repoint.h"

extern "C" int global_default(int x) { return x + 10; }
REPOINT_DECLARE(global, global_default);
REPOINT_DEFINE(global, global_default);

namespace inside {

extern "C" int local_default(int x) { return x + 20; }
REPOINT_DECLARE(local, local_default);
REPOINT_DEFINE(local, local_default);

}

static int count;
extern "C" void none_default(int first, ...) {
    va_list list;
    va_start(list, first);
    count = first + va_arg(list, int);
    va_end(list);
}
REPOINT_DECLARE(none, none_default);
REPOINT_DEFINE(none, none_default);

REPOINT_DECLARE_POINTER(pointer, global_default);
REPOINT_DEFINE_POINTER(pointer, global_default);

REPOINT_TARGET static int four(int x) { return x + 3; }
REPOINT_TARGET int five(int x) { return x + 4; }

struct operations {
    int (*first)(int);
    int (*second)(int);
};

REPOINT_DECLARE_OPERATIONS(operations, current);
REPOINT_DEFINE_OPERATIONS(operations, current) = {four, five};

REPOINT_TARGET static const operations others = {five, four};

int main(int one, char **) {
    none(one, 2);
    std::printf("%d %d %d %d %d %d\n", global(one), inside::local(one + 1), count, current.first(one),
                current.second(one), pointer(one + 55));
    return 0;
}
