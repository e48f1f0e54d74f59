package dev.repoint.weaver;

import dev.repoint.SafeText;
import java.io.Serial;
import java.lang.classfile.ClassFile;

/// A file that could not be woven. Nothing has been written.
///
/// The message is one line, made [safe][SafeText], as a damaged file may be quoted. It names the file down to
/// the entry where that is known, the offset and the value found.
public final class WeaveException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /// What the version of a class file is more than that of its Java.
    private static final int FIRST_VERSION = 44;

    private final boolean ofNewerClass;

    /// A failure that was found here.
    ///
    /// @param message one line
    public WeaveException(String message) {
        this(message, false);
    }

    /// A failure that another one led to.
    ///
    /// @param message one line
    /// @param cause the failure behind it
    public WeaveException(String message, Throwable cause) {
        super(SafeText.of(message), cause);
        this.ofNewerClass = false;
    }

    private WeaveException(String message, boolean ofNewerClass) {
        super(SafeText.of(message));
        this.ofNewerClass = ofNewerClass;
    }

    /// Whether a class file is of a later Java than the JDK that runs this.
    ///
    /// @return true if it may well be as it should be
    public boolean isOfNewerClass() {
        return ofNewerClass;
    }

    /// A class file of a later Java.
    static WeaveException newer(int version) {
        int java = version - FIRST_VERSION;
        return new WeaveException(
                "class file version " + version + " (Java " + java + ") is newer than what JDK "
                        + Runtime.version().feature() + " can read (" + ClassFile.latestMajorVersion()
                        + "); run Repoint with JDK " + java + " or later",
                true);
    }

    static WeaveException at(int offset, String found) {
        return new WeaveException("malformed class file at offset " + offset + ": " + found);
    }
}
