package dev.repoint.it.web;

import io.javalin.http.Context;

/// Notes that a request was seen.
final class Audit {

    private Audit() {}

    static void record(Context context) {
        context.attribute("audited", 1);
    }
}
