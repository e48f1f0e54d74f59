/* A library with a hook. */
#include <repoint.h>

int price_default(int count);
REPOINT_DECLARE(price, price_default);

int price_default(int count) {
    return 30 * count;
}
REPOINT_DEFINE(price, price_default);

REPOINT_TARGET int price_sale(int count) {
    return 15 * count;
}

int total(int count) {
    return price(count);
}
