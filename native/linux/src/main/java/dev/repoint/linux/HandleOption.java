package dev.repoint.linux;

/// How a handle of [NativeModule#handle] calls its function.
public enum HandleOption {
    /// The thread stays in its Java state during the call, which makes it cheaper, and arrays of Java can be
    /// passed: as the address of their contents, which are not copied.
    ///
    /// For functions that return within microseconds: until then no garbage is collected. Nothing that the
    /// function calls may call Java: where one of its patchables leads to [NativeTarget#java], the JVM ends.
    CRITICAL
}
