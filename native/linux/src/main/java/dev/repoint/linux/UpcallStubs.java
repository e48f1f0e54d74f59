package dev.repoint.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// Machine code that calls methods of Java. It is never freed, because a thread may be in it. One stub for each
/// method, type and default is enough. Guarded by the lock of [NativeRegistry].
final class UpcallStubs {

    private final IdentityHashMap<MethodHandle, Map<Use, Long>> stubs = new IdentityHashMap<>();

    /// @param original the address of the default that the method gets; 0 if it gets none
    private record Use(FunctionDescriptor type, long original) {}

    /// The address of code that calls a method.
    ///
    /// @throws IllegalArgumentException if the descriptor does not describe the method's type
    long of(MethodHandle method, FunctionDescriptor type) {
        return stub(method, new Use(type, 0), () -> method);
    }

    /// The address of code that calls a method with a function as its first argument.
    ///
    /// @param original the address of the function
    /// @throws IllegalArgumentException if the descriptor does not describe the rest of the method's type, or the
    ///     function cannot be called through the type of the first parameter
    long around(MethodHandle method, FunctionDescriptor type, long original) {
        return stub(method, new Use(type, original), () -> {
            MethodHandle call = Linker.nativeLinker().downcallHandle(MemorySegment.ofAddress(original), type);
            Class<?> first = method.type().parameterType(0);
            Object argument = first == MethodHandle.class ? call : MethodHandleProxies.asInterfaceInstance(first, call);
            return MethodHandles.insertArguments(method, 0, argument);
        });
    }

    private long stub(MethodHandle method, Use use, Supplier<MethodHandle> bound) {
        return stubs.computeIfAbsent(method, key -> new HashMap<>())
                .computeIfAbsent(
                        use,
                        key -> Linker.nativeLinker()
                                .upcallStub(bound.get(), use.type(), Arena.global())
                                .address());
    }
}
