package dev.repoint.link;

import java.io.Serial;

/// What a change was prepared for no longer holds. Nothing has changed; it has to be prepared once more.
final class Overtaken extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    Overtaken() {
        super("overtaken by another change", null, false, false);
    }
}
