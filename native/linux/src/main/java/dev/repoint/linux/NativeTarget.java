package dev.repoint.linux;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Objects;

/// A target of a native patchable. Immutable.
///
/// A function that takes its place must have its type and keep to the C calling convention. If debug information
/// shows both types, Repoint refuses another type. It also refuses [#zero] for a function that returns a
/// floating-point number or a struct, or that never returns. It does not check [#code], [#java] and [#around].
public sealed interface NativeTarget {

    /// A function by its name.
    ///
    /// Repoint looks for it in the module of the patchable, then where the loader finds it for that module, then in
    /// the whole program. If the function chooses an implementation at start (`STT_GNU_IFUNC`), the target is the
    /// chosen one.
    ///
    /// @param name as in the symbol table; a local symbol that is not unique is written `util.c:crc32`, and in
    ///     another process a function of a module `libfix.so:crc32`
    /// @throws IllegalArgumentException if the name is blank
    static NativeTarget symbol(String name) {
        return new Symbol(name);
    }

    /// Code at an address: of another library, or generated at run time. It must stay there for ever.
    ///
    /// @param code a segment that begins with the first instruction
    static NativeTarget code(MemorySegment code) {
        return new Code(Objects.requireNonNull(code, "code").address());
    }

    /// A method of Java.
    ///
    /// Native code calls it by an upcall, from any thread; a thread that is not attached to the JVM is attached for
    /// the call. Repoint keeps it for ever. It must not throw: that would end the JVM. Signal handlers must not call
    /// it.
    ///
    /// The [entry][Mechanism#ENTRY] of a function is called by everybody, also by the JVM. There only threads reach
    /// the method that the JVM knows, that are in native code, and that are not in the method already. Others call the
    /// default: threads of the garbage collector, of compilers, threads that are not attached, and Java threads that
    /// are inside the JVM. The caller may hold locks of native code, such as that of `malloc` or of the loader; the
    /// JVM may stop the method, for a garbage collection, while it does. So the method should do little.
    ///
    /// @param method its type is the one that the descriptor describes
    /// @param type   of the C function
    static NativeTarget java(MethodHandle method, FunctionDescriptor type) {
        return new Java(method, type);
    }

    /// A method of Java that can call the default. Its first argument is the native function that is called while
    /// nothing is set; the others are those of the call.
    ///
    /// {@snippet :
    /// static int half(IntUnaryOperator original, int count) {
    ///     return original.applyAsInt(count) / 2;
    /// }
    /// }
    ///
    /// The default is bound once, when the target is set: for a pointer it is the function that the pointer holds
    /// then. Calls that the default makes follow their current targets. For the rest this is as [#java].
    ///
    /// @param method its first parameter is a [MethodHandle], whose type is that of the C function, or a
    ///     public functional interface that can call such a function; the descriptor describes the rest of its type
    /// @param type   of the C function
    /// @throws IllegalArgumentException if the first parameter is none of these
    static NativeTarget around(MethodHandle method, FunctionDescriptor type) {
        return new Around(method, type);
    }

    /// An empty function that returns no value.
    static NativeTarget nothing() {
        return new Nothing();
    }

    /// A function that returns the integer or pointer zero.
    static NativeTarget zero() {
        return new Zero();
    }

    /// The target that was built: every byte is as before.
    static NativeTarget byDefault() {
        return new Default();
    }

    /// Reads a target as commands write it: `nothing`, `zero`, `default`, or else the name of a function.
    ///
    /// @throws IllegalArgumentException if the text is empty
    static NativeTarget parse(String text) {
        return switch (text) {
            case "nothing" -> nothing();
            case "zero" -> zero();
            case "default" -> byDefault();
            default -> symbol(text);
        };
    }

    /// The text for people: the name of a symbol, an address, `nothing`, `zero`, `default`.
    String text();

    /// A function by its name.
    ///
    /// @param name never empty
    record Symbol(String name) implements NativeTarget {
        /// @throws IllegalArgumentException if the name is blank
        public Symbol {
            if (Objects.requireNonNull(name, "name").isBlank()) {
                throw new IllegalArgumentException("the target '" + name + "' is not the name of a function");
            }
        }

        @Override
        public String text() {
            return name;
        }
    }

    /// Code at an address.
    ///
    /// @param address of its first instruction, not 0
    record Code(long address) implements NativeTarget {
        /// @throws IllegalArgumentException if the address is 0
        public Code {
            if (address == 0) {
                throw new IllegalArgumentException("a target at address 0");
            }
        }

        @Override
        public String text() {
            return "0x" + Long.toHexString(address);
        }
    }

    /// A method of Java.
    ///
    /// @param method is called
    /// @param type   of the C function
    record Java(MethodHandle method, FunctionDescriptor type) implements NativeTarget {
        /// Checks that both are there.
        public Java {
            Objects.requireNonNull(method, "method");
            Objects.requireNonNull(type, "type");
        }

        @Override
        public String text() {
            return "java " + method.type();
        }
    }

    /// A method of Java that can call the default.
    ///
    /// @param method its first parameter takes the default
    /// @param type   of the C function
    record Around(MethodHandle method, FunctionDescriptor type) implements NativeTarget {
        /// @throws IllegalArgumentException if the first parameter is no method handle and no interface
        public Around {
            Objects.requireNonNull(method, "method");
            Objects.requireNonNull(type, "type");
            boolean takesDefault = method.type().parameterCount() > 0
                    && (method.type().parameterType(0) == MethodHandle.class
                            || method.type().parameterType(0).isInterface());
            if (!takesDefault) {
                throw new IllegalArgumentException("a method of type " + method.type()
                        + " cannot take the default; give it a MethodHandle or a functional interface as first"
                        + " parameter");
            }
        }

        @Override
        public String text() {
            return "around java " + method.type().dropParameterTypes(0, 1);
        }
    }

    /// An empty function.
    record Nothing() implements NativeTarget {
        @Override
        public String text() {
            return "nothing";
        }
    }

    /// A function that gives zero.
    record Zero() implements NativeTarget {
        @Override
        public String text() {
            return "zero";
        }
    }

    /// No function: a pointer that is null.
    ///
    /// @param text the place that holds the null pointer
    record Null(String text) implements NativeTarget {}

    /// The default.
    record Default() implements NativeTarget {
        @Override
        public String text() {
            return "default";
        }
    }
}
