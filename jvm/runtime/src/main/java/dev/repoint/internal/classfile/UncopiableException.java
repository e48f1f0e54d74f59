package dev.repoint.internal.classfile;

import java.io.Serial;

/// Code cannot be copied to another class. The message says why.
public final class UncopiableException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public UncopiableException(String reason) {
        super(reason);
    }
}
