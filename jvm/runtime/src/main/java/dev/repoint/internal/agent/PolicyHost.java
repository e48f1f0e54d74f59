package dev.repoint.internal.agent;

import dev.repoint.KeyPattern;
import dev.repoint.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an agent does for a policy file.
public interface PolicyHost {

    /// Lets the runtime call a target that a policy names.
    ///
    /// @param target the target
    /// @param loader where its class is looked for first; null for the bootstrap loader
    void open(Target.Written target, @Nullable ClassLoader loader);

    /// Makes what a policy names patchable, before it is applied.
    ///
    /// @param keys the keys of its lines
    void prepare(List<KeyPattern> keys);
}
