package dev.repoint.jmx;

import java.util.List;
import java.util.Map;

/// The patchables of a JVM, for tools that speak JMX.
///
/// It is registered as `dev.repoint:type=Patchables` if the system property `repoint.mxbean` asks for it:
/// `true` to look, `write` to change targets, too. A program registers it by [Patchables#register]. Anyone who can
/// connect to the JVM can use it.
///
/// Only types of the JDK cross the connection. A change that is refused throws an
/// [IllegalArgumentException] whose message is one line that names the key and the reason, and has changed
/// nothing; one that is not allowed throws an [UnsupportedOperationException].
///
/// Keys and targets are written as everywhere. A patchable is known once it was called, read or looked up; with
/// the agent the others are found by `repoint set`.
///
/// Thread-safe.
public interface PatchablesMXBean {

    /// One patchable.
    ///
    /// @param key its key, as [dev.repoint.Key#text()]
    /// @param defaultTarget its declaration, which calls reach if nothing is set
    /// @param target its current target: `default`, `nothing`, `constant:VALUE`, or the name of a method or class
    /// @param mode how the target is kept: `constant` or `pointer`
    /// @param modeReason why, where it came to that by itself; else empty
    /// @param links how many places have linked to it
    /// @param changes how many times its target was changed
    /// @param loader the class loader of its class
    /// @param note what an operator has to know; empty where there is nothing
    record Row(
            String key,
            String defaultTarget,
            String target,
            String mode,
            String modeReason,
            int links,
            long changes,
            String loader,
            String note) {}

    /// All that are known.
    ///
    /// @return ordered by key
    List<Row> getPatchables();

    /// Whether targets may be changed.
    ///
    /// @return false if it is only to be looked at
    boolean isWritable();

    /// Redirects a patchable, in all class loaders.
    ///
    /// @param key names one patchable
    /// @param target the new target
    void set(String key, String target);

    /// Redirects patchables, as one patch.
    ///
    /// @param targets by their keys
    void setAll(Map<String, String> targets);

    /// Leads patchables to their default, as one patch.
    ///
    /// @param key a key, or a pattern
    void reset(String key);

    /// Leads all patchables to their default, as one patch.
    void resetAll();
}
