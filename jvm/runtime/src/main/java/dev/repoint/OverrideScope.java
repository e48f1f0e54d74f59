package dev.repoint;

/// An override that lasts until it is closed.
///
/// {@snippet :
/// try (OverrideScope scope = clock.override(Target.of(LongSupplier.class, () -> 42))) {
///     ...
/// }
/// }
///
/// Overrides nest. Closing the innermost brings back the target below it; closing another one takes it out from
/// between. Where another target was set meanwhile, that one stays, and closing changes nothing. Closing twice
/// does nothing. Thread-safe.
public final class OverrideScope implements AutoCloseable {

    private final Runnable end;

    OverrideScope(Runnable end) {
        this.end = end;
    }

    /// Ends the override. When this returns, no call that starts reaches its target by way of this override.
    @Override
    public void close() {
        end.run();
    }
}
