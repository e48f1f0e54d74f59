package dev.repoint.internal.point;

import dev.repoint.internal.report.ChangeRecord;
import org.jspecify.annotations.Nullable;

/// One change of a patch. [PatchCommit] makes several of them at one moment, in these steps, all but the last under
/// its lock.
public interface PendingChange {

    /// Whether something that callers or readers use leads elsewhere by it.
    default boolean leads() {
        return true;
    }

    /// Looks at what there is, and makes all objects that the other steps need. Nothing changes yet, and this
    /// alone may fail.
    ///
    /// @param gate decides from [#close()] on
    void prepare(Gate gate);

    /// Lets the gate decide which target a call reaches.
    void close();

    /// Leaves the gate behind.
    ///
    /// @param made whether it was opened; if not, everything is as it was
    void settle(boolean made);

    /// What is left to do when the patch has been made and the lock is no longer held.
    default void after() {}

    /// What it did, for reports, once the patch has been made.
    ///
    /// @return null if it changed nothing that counts
    default @Nullable ChangeRecord changed() {
        return null;
    }
}
