package dev.repoint.internal.report;

import dev.repoint.Key;
import dev.repoint.PatchException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// What Repoint throws where it refuses.
public final class PatchRefusal extends PatchException {

    @Serial
    private static final long serialVersionUID = 1L;

    /// @param message one line: what was found, what to do
    public PatchRefusal(String message) {
        super(null, message, null);
    }

    public PatchRefusal(String message, @Nullable Throwable cause) {
        super(null, message, cause);
    }

    /// @param reason stands behind the key; begins with a blank or a colon
    public PatchRefusal(Key key, String reason) {
        super(key, reason, null);
    }

    public PatchRefusal(Key key, String reason, @Nullable Throwable cause) {
        super(key, reason, cause);
    }
}
