package dev.repoint.linux;

/// An option for the calls of a handle of [NativeModule#handle].
public enum HandleOption {
    /// The thread stays in its Java state during the call. Calls are cheaper, and you can pass arrays of Java: the
    /// function gets the address of their contents, without a copy.
    ///
    /// For functions that return within microseconds: garbage collection waits for them. The function must never call
    /// back into Java: if it calls a patchable with the target [NativeTarget#java], the JVM ends.
    CRITICAL
}
