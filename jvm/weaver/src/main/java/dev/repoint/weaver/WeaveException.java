package dev.repoint.weaver;

import dev.repoint.SafeText;
import java.io.Serial;

/// A file that could not be woven. Nothing was written.
///
/// The message is one line. It is [safe][SafeText] to print, because it may quote a damaged file. It names the file
/// and, if known, the entry, the offset and the value found.
public final class WeaveException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /// The difference between the version of a class file and the version of its Java.
    private static final int FIRST_VERSION = 44;

    /// The offset of the major version (JVMS 4.1).
    private static final int VERSION = 6;

    /// The class file version of this JDK.
    private static final int NEWEST_VERSION = FIRST_VERSION + Runtime.version().feature();

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
                        + Runtime.version().feature() + " can read (" + NEWEST_VERSION
                        + "); run Repoint with JDK " + java + " or later",
                true);
    }

    /// Checks the version. Its position is the same in all versions of the format.
    ///
    /// @throws WeaveException if it is later than that of this JDK
    public static void requireKnown(byte[] classFile) {
        if (isNewer(classFile)) {
            throw newer(versionOf(classFile));
        }
    }

    /// Whether the version of a class file is later than that of this JDK.
    public static boolean isNewer(byte[] classFile) {
        return versionOf(classFile) > NEWEST_VERSION;
    }

    private static int versionOf(byte[] classFile) {
        return classFile.length < VERSION + 2 ? 0 : (classFile[VERSION] & 0xff) << 8 | classFile[VERSION + 1] & 0xff;
    }

    /// A failure with the class file that is being woven.
    public static WeaveException failed(String internalName, RuntimeException cause) {
        return failure(internalName, "woven", cause);
    }

    /// A failure with another class file.
    public static WeaveException unreadable(String internalName, RuntimeException cause) {
        return failure(internalName, "read", cause);
    }

    private static WeaveException failure(String internalName, String what, RuntimeException cause) {
        String detail = cause.getMessage() == null ? "its class file is malformed" : cause.getMessage();
        int lineEnd = detail.indexOf('\n'); // it may contain a listing of the code
        return new WeaveException(
                "class " + internalName.replace('/', '.') + " cannot be " + what + ": "
                        + (lineEnd < 0 ? detail : detail.substring(0, lineEnd)),
                cause);
    }

    public static WeaveException at(int offset, String found) {
        return new WeaveException("malformed class file at offset " + offset + ": " + found);
    }
}
