/*
 * A function that a running server of the demo is to get instead of its faulty one. It is built as a library of its own;
 * `repoint set PID --load LIBRARY tax=tax_rounded` has the server load it, and leads the calls of tax here.
 */

/* The tax of 19 % on a sum in cents, in cents, rounded half up. */
long tax_rounded(long net) {
    return (net * 19 + 50) / 100;
}
