package dev.repoint.internal.jmx;

import dev.repoint.PatchException;
import dev.repoint.PatchableState;
import java.util.List;
import java.util.Map;

/// What the bean looks at and changes: all patchables that are known, named by texts.
///
/// Thread-safe.
public interface PatchablesControl {

    /// All patchables that are known.
    ///
    /// @return snapshots, ordered by key
    List<PatchableState> states();

    /// Leads patchables elsewhere.
    ///
    /// @param targets by their keys
    /// @throws PatchException if a key names none or several, or a target does not fit; then nothing has
    ///     changed
    void set(Map<String, String> targets);

    /// Leads patchables to their default.
    ///
    /// @param pattern which ones
    /// @throws PatchException if it matches none
    void reset(String pattern);

    /// Leads all patchables to their default.
    void resetAll();
}
