package dev.repoint.weaver;

import dev.repoint.SafeText;
import java.io.Serial;
import java.lang.classfile.ClassFile;

/// A file that could not be woven. Nothing was written.
///
/// The message is one line. It is [safe][SafeText] to print, because it may quote a damaged file. It names the file
/// and, if known, the entry, the offset and the value found.
public final class WeaveException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /// The difference between the version of a class file and the version of its Java.
    private static final int FIRST_VERSION = 44;

    private final boolean ofNewerClass;

    /// A failure without a cause.
    ///
    /// @param message one line
    public WeaveException(String message) {
        this(message, false);
    }

    /// A failure with a cause.
    ///
    /// @param message one line
    /// @param cause the cause
    public WeaveException(String message, Throwable cause) {
        super(SafeText.of(message), cause);
        this.ofNewerClass = false;
    }

    private WeaveException(String message, boolean ofNewerClass) {
        super(SafeText.of(message));
        this.ofNewerClass = ofNewerClass;
    }

    /// Whether a class file needs a later Java than the running JDK.
    ///
    /// @return true if the file may be correct
    public boolean isOfNewerClass() {
        return ofNewerClass;
    }

    /// A class file that needs a later Java.
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
