/* Patchable pointers: a variable, and a struct of operations with two instances. */
#include "matrix.h"

int pointed_default(int x) { return x + 70; }
static int plain_open(int x) { return x + 1; }
static int plain_read(int x) { return x + 2; }
static int plain_shut(int x) { return x + 3; }
static int guest_open(int x) { return x + 16000; }
static int guest_read(int x) { return x + 17000; }
static int guest_shut(int x) { return x + 18000; }

REPOINT_DEFINE_POINTER(pointed, pointed_default);
REPOINT_DEFINE_OPERATIONS(struct operations, operations) = {plain_open, plain_read, plain_shut};

REPOINT_DECLARE_OPERATIONS(const struct operations, guest_operations);
REPOINT_TARGET const struct operations guest_operations = {guest_open, guest_read, guest_shut};

int row_pointer(int x) { return pointed(x) + 1; }
int row_pointer_tail(int x) { return pointed(x + 1); }
int row_open(int x) { return operations.open(x) + 1; }
int row_read(int x) { return operations.read(x + 1); }
int row_shut(int x) { return operations.shut(x) * 2; }
