# The program shop of examples/native-hook, and a shop in C++ whose hook the linker is to make.
cp "$REPOINT"/examples/native-hook/*.[ch] .
cc "-I$REPOINT/include" "@$REPOINT/include/repoint.cflags" "@$REPOINT/include/repoint.ldflags" -o shop shop.c price.c
cat > till.cc << 'END'
#include <cstdio>
namespace shop {
int price(int count);
int price_default(int count);
}
int main() { std::printf("two teas cost %d\n", shop::price(2)); }
END
cat > prices.cc << 'END'
namespace shop {
int price_default(int count) { return 30 * count; }
int price_sale(int count) { return 15 * count; }
}
END
