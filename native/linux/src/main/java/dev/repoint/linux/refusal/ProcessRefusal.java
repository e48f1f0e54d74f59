package dev.repoint.linux.refusal;

import dev.repoint.linux.NativePatchException;
import dev.repoint.linux.call.CallFailedException;
import dev.repoint.linux.ptrace.ProcessFiles;
import org.jspecify.annotations.Nullable;

/// The refusal of a patch of another process.
public final class ProcessRefusal extends NativePatchException {

    private static final long serialVersionUID = 1L;

    private ProcessRefusal(String key, String site, String reason, @Nullable Throwable cause) {
        super(key, site, reason, cause);
    }

    /// A refusal that concerns the key itself.
    ///
    /// @param key empty if it concerns no key
    public static NativePatchException of(String key, String reason) {
        return new ProcessRefusal(key, "", reason, null);
    }

    /// A refusal at one of the sites of a key.
    public static NativePatchException at(String key, String site, String reason) {
        return new ProcessRefusal(key, site, reason, null);
    }

    /// A refusal that something else has explained already.
    public static NativePatchException because(String key, String site, Exception cause) {
        return new ProcessRefusal(key, site, String.valueOf(cause.getMessage()), cause);
    }

    /// The same with words before the explanation.
    public static NativePatchException because(String key, String site, String reason, Exception cause) {
        return new ProcessRefusal(key, site, reason + ": " + cause.getMessage(), cause);
    }

    /// The memory of a process cannot be opened for reading.
    public static NativePatchException cannotRead(long pid, CallFailedException e) {
        return cannot(pid, "looked into", e);
    }

    /// The memory of a process cannot be opened for writing.
    public static NativePatchException cannotChange(long pid, CallFailedException e) {
        return cannot(pid, "changed", e);
    }

    private static NativePatchException cannot(long pid, String verb, CallFailedException e) {
        return of("", "process " + pid + " cannot be " + verb + ": " + e.getMessage() + ProcessFiles.howToPermit(pid));
    }
}
