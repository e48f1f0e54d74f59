package dev.repoint.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/// Machine code that calls methods of Java. It is never freed, because a thread may be in it, and one for each
/// method and type is enough. Guarded by the lock of [NativeRegistry].
final class UpcallStubs {

    private final IdentityHashMap<MethodHandle, Map<FunctionDescriptor, Long>> stubs = new IdentityHashMap<>();

    /// The address of the code.
    ///
    /// @throws IllegalArgumentException if the descriptor does not describe the method's type
    long of(MethodHandle method, FunctionDescriptor type) {
        return stubs.computeIfAbsent(method, key -> new HashMap<>())
                .computeIfAbsent(
                        type,
                        key -> Linker.nativeLinker()
                                .upcallStub(method, key, Arena.global())
                                .address());
    }
}
