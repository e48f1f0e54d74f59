package dev.repoint.agent.control;

import java.util.Objects;

/// A key and its requested target, as text.
///
/// @param key for example `com.acme.Crc.update(int,byte[])`; you can omit the parameters if the name is unique
/// @param target for example `com.acme.Fast.update`, `default`, `nothing` or `constant:42`
public record Change(String key, String target) {

    /// Checks that neither is empty.
    public Change {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(target, "target");
    }
}
