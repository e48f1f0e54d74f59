/* A library of these tests: 64 functions, each of which returns its number. */
#define KEY(n) __attribute__((noipa)) int f_##n(void) { return n; }
#define EIGHT(n) KEY(n##0) KEY(n##1) KEY(n##2) KEY(n##3) KEY(n##4) KEY(n##5) KEY(n##6) KEY(n##7)
/* Octal: 00 to 77 are 0 to 63. */
EIGHT(00) EIGHT(01) EIGHT(02) EIGHT(03) EIGHT(04) EIGHT(05) EIGHT(06) EIGHT(07)
