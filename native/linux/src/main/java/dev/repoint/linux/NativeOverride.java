package dev.repoint.linux;

/// An override that lasts until it is closed.
///
/// {@snippet :
/// try (NativeOverride scope = crc32.override(NativeTarget.symbol("crc32_simd"))) {
///     ...
/// }
/// }
///
/// Overrides nest. Closing the innermost restores the target below it; closing another one only removes it. If you
/// have set another target since, that stays, and closing changes nothing. Closing twice does nothing. Thread-safe.
public final class NativeOverride implements AutoCloseable {

    private final NativeRegistry registry;
    private final NativePoint point;
    private final NativePoint.Layer layer;

    NativeOverride(NativeRegistry registry, NativePoint point, NativePoint.Layer layer) {
        this.registry = registry;
        this.point = point;
        this.layer = layer;
    }

    /// Ends the override.
    ///
    /// @throws NativePatchException if the target below it cannot be restored; the override stays then
    @Override
    public void close() {
        registry.end(point, layer);
    }
}
