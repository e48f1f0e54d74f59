package dev.repoint.agent.control;

import java.util.Objects;

/// A key and what it is to lead to, as they were written.
///
/// @param key such as `com.acme.Crc.update(int,byte[])`; the parameters may be left out where the name is
///     enough
/// @param target such as `com.acme.Fast.update`, `default`, `nothing` or `constant:42`
public record Change(String key, String target) {

    /// Checks that both are there.
    public Change {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(target, "target");
    }
}
