// C++ callers: a virtual method, a template, an overloaded function, and a hook with a default in C++.
#include "matrix.h"

extern "C" int area_default(int x) { return x + 5; }
REPOINT_DECLARE(area, area_default);
REPOINT_DEFINE(area, area_default);
extern "C" REPOINT_TARGET int area_new(int x) { return x + 19000; }

namespace {

template <typename T> struct Shape {
    T side;
    explicit Shape(T given) : side(given) {}
    __attribute__((noinline)) T measure() const { return area(side) + called(side); }
};

}

__attribute__((noinline)) int twice(int x) { return x * 2; }
__attribute__((noinline)) int twice(int x, int y) { return x * 2 + y; }

extern "C" int row_cxx(int x) {
    Shape<int> shape(x + 1);
    return shape.measure() + twice(x) + twice(x, 1);
}
