#include <repoint.h>

int price_default(int count);
REPOINT_DECLARE(price, price_default);
