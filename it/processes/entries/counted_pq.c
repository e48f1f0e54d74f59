/* Counts calls of PQexec, and passes them on. */
#include <libpq-fe.h>

extern __thread long counted_calls[] __attribute__((tls_model("initial-exec"))); /* of the program */

PGresult *counted_PQexec(PGconn *connection, const char *query) {
    counted_calls[0]++;
    return PQexec(connection, query);
}
