package dev.repoint.internal.point;

import java.io.Serial;

/// What a change was prepared for no longer holds. Nothing has changed; it has to be prepared once more.
public final class StaleChange extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public StaleChange() {
        super("overtaken by another change", null, false, false);
    }
}
