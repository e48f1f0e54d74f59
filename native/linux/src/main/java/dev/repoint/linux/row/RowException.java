package dev.repoint.linux.row;

import java.io.Serial;

/// A site of a form that cannot be changed in memory. Its message is the reason.
public final class RowException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String place;

    RowException(String place, String reason) {
        super(reason);
        this.place = place;
    }

    RowException(String place, Exception reason) {
        super(reason.getMessage(), reason);
        this.place = place;
    }

    /// What messages call the site.
    public String place() {
        return place;
    }
}
