package dev.repoint.bench.change;

import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/// The smallest agent that can retransform.
public final class ChangeAgent {

    private static volatile @Nullable Instrumentation instrumentation;

    private ChangeAgent() {}

    /// Called by the JVM.
    ///
    /// @param options not used
    /// @param given the JVM's instrumentation
    public static void premain(@Nullable String options, Instrumentation given) {
        instrumentation = given;
    }

    static Instrumentation instrumentation() {
        Instrumentation given = instrumentation;
        if (given == null) {
            throw new IllegalStateException("this JVM was started without the agent");
        }
        return given;
    }
}
