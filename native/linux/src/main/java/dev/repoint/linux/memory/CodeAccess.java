package dev.repoint.linux.memory;

/// A way to read and write code, open for one patch. Not thread-safe.
///
/// Nothing is ordered, and nothing atomic but the store of one byte, and of 4 bytes at a multiple of 4 with
/// [MprotectAccess]: who writes what another thread may run has to see to that.
public sealed interface CodeAccess extends AutoCloseable permits ProcMemAccess, MprotectAccess {

    /// Up to 8 bytes, the first one lowest.
    ///
    /// @throws dev.repoint.linux.call.CallFailedException if they are not mapped
    long read(long address, int length);

    /// Writes up to 8 bytes, the first one lowest.
    ///
    /// @throws dev.repoint.linux.call.CallFailedException if that is not possible
    void write(long address, long bytes, int length);

    /// Ends the access.
    ///
    /// @throws dev.repoint.linux.call.CallFailedException if a protection could not be restored
    @Override
    void close();
}
