package dev.repoint.linux.call;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// Code of ours that takes the address of an array of words, and their number. It stays for ever.
///
/// It is stored in new pages before these may be run: the kernel cleans the caches when it lets pages be run for the
/// first time (Linux, `__sync_icache_dcache` of AArch64).
public final class EmittedFunction {

    private final MethodHandle function;

    /// @param code may stand anywhere
    public EmittedFunction(byte[] code) {
        long address = Memory.map(code.length, Memory.READ | Memory.WRITE);
        Memory.bytes(address, code);
        Memory.protect(address, code.length, Memory.READ | Memory.EXECUTE);
        function = Linker.nativeLinker()
                .downcallHandle(MemorySegment.ofAddress(address), FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG));
    }

    /// Calls it.
    ///
    /// @param count how many of the words count
    public void call(long[] words, int count) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment copy = arena.allocate((long) count * Long.BYTES, Long.BYTES);
            MemorySegment.copy(words, 0, copy, JAVA_LONG, 0, count);
            function.invokeExact(copy.address(), (long) count);
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }
}
