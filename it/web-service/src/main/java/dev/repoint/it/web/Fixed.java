package dev.repoint.it.web;

import io.javalin.http.Context;

/// What the methods of the service are replaced by.
final class Fixed {

    private Fixed() {}

    static int amount() {
        return 2;
    }

    static int unit() {
        return 2;
    }

    static void record(Context context) {
        context.attribute("audited", 2);
    }
}
