/* Asks a PostgreSQL server by PQexec, each thread on a connection of its own, and checks every answer: pq CONNECTION SOCKET. */
#define _GNU_SOURCE
#include <libpq-fe.h>
#include <stdlib.h>

#include "witness.h"

static const char *const keys[] = {"libpq.so.5:PQexec"};
static const char *server;

static int is(PGconn *connection, const char *query, const char *expected) {
    PGresult *result = PQexec(connection, query);
    int right = PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) == 1 && PQnfields(result) == 1 &&
                strcmp(PQgetvalue(result, 0, 0), expected) == 0;
    if (!right) fprintf(stderr, "%s: expected %s; %s\n", query, expected, PQerrorMessage(connection));
    PQclear(result);
    return right;
}

static int once(int seed) {
    static __thread PGconn *connection;
    if (connection == NULL) connection = PQconnectdb(server);
    char query[100], expected[100];
    snprintf(query, sizeof query, "SELECT %d + 1", seed);
    snprintf(expected, sizeof expected, "%d", seed + 1);
    int errors = !is(connection, query, expected);
    snprintf(query, sizeof query, "SELECT repeat('%d', %d)", seed % 10, 1 + seed % 90);
    memset(expected, '0' + seed % 10, 1 + seed % 90);
    expected[1 + seed % 90] = 0;
    errors += !is(connection, query, expected);
    if (seed % 16 == 0) { /* an answer of two results and an error, which is the one that counts */
        PGresult *result = PQexec(connection, "SELECT 1; SELECT 1 / 0");
        errors += strcmp(PQresultErrorField(result, PG_DIAG_SQLSTATE), "22012") != 0;
        PQclear(result);
    }
    return errors;
}

int main(int count, char **arguments) {
    if (count != 3) return 2;
    server = arguments[1];
    return serve(arguments[2], keys, sizeof keys / sizeof *keys);
}
