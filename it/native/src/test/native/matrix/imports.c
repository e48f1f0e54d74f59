/* The library that the program, or its library, imports from. */
int imported(int x) { return x + 33; }
int imported_too(int x) { return x + 44; }
