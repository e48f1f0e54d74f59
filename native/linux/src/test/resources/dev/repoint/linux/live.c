/* A library with patchables of all kinds. */
#include <stdint.h>
#include <stddef.h>
#include "repoint.h"

/* ---- hooks ---- */
int price_default(int count);
REPOINT_DECLARE(price, price_default);
int price_default(int count) { return count * 30; }
REPOINT_DEFINE(price, price_default);

int stock_default(int count);
REPOINT_DECLARE(stock, stock_default);
int stock_default(int count) { return count + 7; }
REPOINT_DEFINE(stock, stock_default);

/* Calls its own default, by way of the hook. */
REPOINT_TARGET int price_sale(int count) { return price(count) / 2; }
REPOINT_TARGET int price_dear(int count) { return count * 99; }
REPOINT_TARGET int stock_none(int count) { (void)count; return 0; }
int a_variable = 5;

int call_price(int count) { return price(count) + 1; }
int tail_price(int count) { return price(count); }
int maybe_price(int count) { if (count > 10) return price(count); return -1; }
int both(int count) { return price(count) * 1000 + stock(count); }

/* ---- a pointer ---- */
static int twice(int x) { return 2 * x; }
REPOINT_TARGET int thrice(int x) { return 3 * x; }
REPOINT_TARGET int sevenfold(int x) { return 7 * x; }
/* Hidden, so that calls read it directly. */
extern __typeof__(twice) *factor __attribute__((visibility("hidden")));
REPOINT_DEFINE_POINTER(factor, twice);
int call_factor(int x) { return factor(x) + 1; }
int tail_factor(int x) { return factor(x); }
int load_factor(int x) { int (*volatile loaded)(int) = factor; return loaded(x); }
void store_factor(int which) { factor = which ? sevenfold : twice; }

/* ---- a table of operations ---- */
struct clock { int (*now)(void); int (*add)(int, int); int (*unused)(void); };
static int system_now(void) { return 100; }
static int system_add(int a, int b) { return a + b; }
static int fake_now(void) { return 0x7fff; }
static int fake_add(int a, int b) { return a - b; }
extern struct clock timer __attribute__((visibility("hidden")));
REPOINT_DEFINE_OPERATIONS(struct clock, timer) = {system_now, system_add, system_now};
REPOINT_TARGET const struct clock fake_timer = {fake_now, fake_add, NULL};
REPOINT_TARGET const struct { int (*one)(void); } small_timer = {fake_now};
int call_timer(int x) { return timer.add(timer.now(), x); }
int has_unused(void) { return timer.unused != NULL; }
