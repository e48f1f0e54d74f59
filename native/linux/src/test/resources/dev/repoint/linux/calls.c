/* Functions of all types, to be called from Java. */
#include <stdbool.h>
#include <stdint.h>
#include "repoint.h"

bool is_even(int32_t x) { return x % 2 == 0; }
bool negated(bool x) { return !x; }
int8_t next_byte(int8_t x) { return (int8_t)(x + 1); }
int16_t next_short(int16_t x) { return (int16_t)(x + 1); }
uint16_t next_char(uint16_t x) { return (uint16_t)(x + 1); }
int32_t next_int(int32_t x) { return (int32_t)((uint32_t)x + 1); }
int64_t next_long(int64_t x) { return (int64_t)((uint64_t)x + 1); }
float half_float(float x) { return x / 2; }
double half_double(double x) { return x / 2; }
int64_t mixed(bool a, int8_t b, int16_t c, uint16_t d, int32_t e, int64_t f, float g, double h)
{
    return a + 10 * b + 100 * c + 1000 * d + 10000 * e + 100000 * f + (int64_t)(1000000 * g) + (int64_t)(10000000 * h);
}
int32_t four_if(int32_t x) { return x ? 4 : 0; }
void store(int64_t *into, int64_t value) { *into = value; }
void *same(void *address) { return address; }
int8_t first_byte(int8_t *a) { return a[0]++; }
int16_t first_short(int16_t *a) { return a[0]++; }
uint16_t first_char(uint16_t *a) { return a[0]++; }
int32_t first_int(int32_t *a) { return a[0]++; }
int64_t first_long(int64_t *a) { return a[0]++; }
float first_float(float *a) { return a[0]++; }
double first_double(double *a) { return a[0]++; }
int64_t copied(int64_t *to, const int32_t *from, int32_t count)
{
    int64_t sum = 0;
    for (int32_t i = 0; i < count; i++)
        sum += to[i] = from[i];
    return sum;
}
static int32_t hidden(int32_t x) { return x - 1; }
int32_t (*const points_to_hidden)(int32_t) = hidden;
int32_t a_number = 5;

int32_t step_default(int32_t x);
REPOINT_DECLARE(step, step_default);
int32_t step_default(int32_t x) { return x + 1; }
REPOINT_DEFINE(step, step_default);
REPOINT_TARGET int32_t step_far(int32_t x) { return x + 1000; }
int32_t stepped(int32_t x) { return step(x); }
