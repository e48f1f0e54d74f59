package dev.repoint;

/// A listener that is told of patches. Closing it ends that; closing it again does nothing.
///
/// Thread-safe.
public final class ListenerScope implements AutoCloseable {

    private final Runnable ends;

    ListenerScope(Runnable ends) {
        this.ends = ends;
    }

    /// The listener is told of no patch that begins from now on.
    @Override
    public void close() {
        ends.run();
    }
}
