#include "price.h"

int price_default(int count) {
    return 30 * count;
}
REPOINT_DEFINE(price, price_default);

REPOINT_TARGET int price_sale(int count) {
    return 15 * count;
}
