package dev.repoint.linux.memory;

import dev.repoint.linux.call.ProcessMemory;

/// Through `/proc/self/mem`: no protection changes, and each write is a system call. For a few sites.
///
/// @param file that is open
record ProcMemAccess(ProcessMemory file) implements CodeAccess {

    @Override
    public long read(long address, int length) {
        return file.read(address, length);
    }

    @Override
    public void write(long address, long bytes, int length) {
        file.write(address, bytes, length);
    }

    @Override
    public void close() {
        // stays open for the next patch
    }
}
