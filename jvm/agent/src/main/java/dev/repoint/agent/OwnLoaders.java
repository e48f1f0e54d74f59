package dev.repoint.agent;

import dev.repoint.agent.runtime.RuntimeVisibility;
import dev.repoint.agent.runtime.RuntimeVisibility.VisibleRuntime;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The class loaders whose classes an agent weaves. A secondary agent weaves those that find its runtime, the primary
/// agent also those that find none.
///
/// @param visibility the runtimes that class loaders find
/// @param isSecondary whether this is a secondary agent
record OwnLoaders(RuntimeVisibility visibility, boolean isSecondary) implements Predicate<@Nullable ClassLoader> {

    @Override
    public boolean test(@Nullable ClassLoader loader) {
        VisibleRuntime found = visibility.of(loader);
        return isSecondary ? found == VisibleRuntime.OURS : found != VisibleRuntime.ANOTHER;
    }
}
