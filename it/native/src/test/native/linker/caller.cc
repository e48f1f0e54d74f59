// Calls a function that only the linker defines: -Wl,--defsym,_ZN4shop5priceEi=_ZN4shop13price_defaultEi
#include <cstdio>
#include "repoint.h"

namespace shop {

int price(int count);

REPOINT_TARGET int price_sale(int count) { return count + 3000; }

}

REPOINT_RECORD("_ZN4shop5priceEi", "_ZN4shop13price_defaultEi");

int main(int one, char **) {
    std::printf("%d\n", shop::price(one));
    return 0;
}
