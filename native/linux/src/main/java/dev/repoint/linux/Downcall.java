package dev.repoint.linux;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// A handle of a native function, as a Java type wants it.
///
/// | in Java | in C |
/// | --- | --- |
/// | a primitive type | the same: `boolean` is `bool`, `char` is `uint16_t`, `long` is `int64_t` |
/// | an integer, or `float` | a wider one, with its sign |
/// | `boolean` | an integer, 1 or 0; as a result, whether it is not 0 |
/// | `MemorySegment` | an address, or a structure |
/// | an array of a primitive type, where the call is critical | the address of its contents |
final class Downcall {

    private static final Map<Class<?>, ValueLayout> LAYOUTS = Map.of(
            boolean.class, ValueLayout.JAVA_BOOLEAN,
            byte.class, ValueLayout.JAVA_BYTE,
            short.class, ValueLayout.JAVA_SHORT,
            char.class, ValueLayout.JAVA_CHAR,
            int.class, ValueLayout.JAVA_INT,
            long.class, ValueLayout.JAVA_LONG,
            float.class, ValueLayout.JAVA_FLOAT,
            double.class, ValueLayout.JAVA_DOUBLE,
            MemorySegment.class, ValueLayout.ADDRESS);
    /// From narrow to wide.
    private static final List<Class<?>> INTEGERS = List.of(byte.class, short.class, int.class, long.class);
    /// Those whose contents have an address: of `boolean[]` the JDK gives none.
    private static final Set<Class<?>> ARRAYS =
            Set.of(byte[].class, short[].class, char[].class, int[].class, long[].class, float[].class, double[].class);

    private final String key;
    private final MethodType type;
    private final boolean isCritical;

    /// @param key for messages
    Downcall(String key, MethodType type, Set<HandleOption> options) {
        this.key = key;
        this.type = type;
        this.isCritical = options.contains(HandleOption.CRITICAL);
    }

    /// The C type that fits best.
    ///
    /// @throws NativePatchException if one of the Java types has none
    FunctionDescriptor fitting() {
        MemoryLayout[] parameters = new MemoryLayout[type.parameterCount()];
        for (int i = 0; i < parameters.length; i++) {
            Class<?> java = type.parameterType(i);
            parameters[i] = java.isArray() ? ValueLayout.ADDRESS : LAYOUTS.get(java);
            if (parameters[i] == null) {
                throw refused(parameter(i) + ", and no C type is like it");
            }
        }
        Class<?> result = type.returnType();
        if (result == void.class) {
            return FunctionDescriptor.ofVoid(parameters);
        }
        MemoryLayout layout = LAYOUTS.get(result);
        if (layout == null) {
            throw refused(result() + ", and no C type is like it");
        }
        return FunctionDescriptor.of(layout, parameters);
    }

    /// The handle, whose type is the Java type.
    ///
    /// @param c the type of the function
    /// @throws NativePatchException if a Java type cannot be adapted to the C type in its place
    MethodHandle of(MemorySegment function, FunctionDescriptor c) {
        requireFit(c);
        MethodHandle call;
        try {
            Linker.Option[] options =
                    isCritical ? new Linker.Option[] {Linker.Option.critical(true)} : new Linker.Option[0];
            call = Linker.nativeLinker().downcallHandle(function, c, options);
        } catch (IllegalArgumentException e) {
            throw NativePatchException.because(key, "", "no function of type " + c + " can be called", e);
        }
        MethodHandle[] filters = new MethodHandle[type.parameterCount()];
        for (int i = 0; i < filters.length; i++) {
            filters[i] = argument(type.parameterType(i), call.type().parameterType(i));
        }
        call = MethodHandles.filterArguments(call, 0, filters);
        if (type.returnType() == boolean.class && call.type().returnType() != boolean.class) {
            call = MethodHandles.filterReturnValue(call, isNotZero(call.type().returnType()));
        }
        return call.asType(type);
    }

    private void requireFit(FunctionDescriptor c) {
        if (c.argumentLayouts().size() != type.parameterCount()) {
            throw refused("it has " + type.parameterCount() + " parameters, and the C type " + c + " has "
                    + c.argumentLayouts().size());
        }
        for (int i = 0; i < type.parameterCount(); i++) {
            requireParameter(i, c.argumentLayouts().get(i));
        }
        MemoryLayout layout = c.returnLayout().orElse(null);
        Class<?> result = type.returnType();
        if (result == void.class) {
            if (layout != null && !(layout instanceof ValueLayout)) {
                throw refused("the C type returns " + text(layout) + ", for which it has no memory");
            }
            return;
        }
        boolean fits = layout instanceof ValueLayout value
                && (widens(value.carrier(), result) || result == boolean.class && INTEGERS.contains(value.carrier()));
        if (!fits) {
            throw refused(result() + ", and the C type returns " + (layout == null ? "void" : text(layout)));
        }
    }

    private void requireParameter(int i, MemoryLayout layout) {
        Class<?> java = type.parameterType(i);
        Class<?> carrier = layout instanceof ValueLayout value ? value.carrier() : MemorySegment.class;
        boolean isAddress = layout instanceof ValueLayout && carrier == MemorySegment.class;
        if (ARRAYS.contains(java) && isAddress) {
            if (!isCritical) {
                throw refused(parameter(i) + ", and C takes an address: ask for " + HandleOption.CRITICAL
                        + ", or pass a MemorySegment");
            }
            return;
        }
        boolean fits = widens(java, carrier) || java == boolean.class && INTEGERS.contains(carrier);
        if (!fits) {
            throw refused(parameter(i) + ", and C takes " + text(layout));
        }
    }

    /// Whether no value is lost.
    private static boolean widens(Class<?> from, Class<?> to) {
        if (from == to) {
            return true;
        }
        if (from == char.class) {
            return to == int.class || to == long.class;
        }
        return from == float.class && to == double.class
                || INTEGERS.contains(from) && INTEGERS.indexOf(from) < INTEGERS.indexOf(to);
    }

    private static MethodHandle argument(Class<?> java, Class<?> carrier) {
        if (java.isArray()) {
            try {
                return MethodHandles.publicLookup()
                        .findStatic(MemorySegment.class, "ofArray", MethodType.methodType(MemorySegment.class, java));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return MethodHandles.explicitCastArguments(
                MethodHandles.identity(carrier), MethodType.methodType(carrier, java));
    }

    private static MethodHandle isNotZero(Class<?> integer) {
        try {
            MethodHandle test = MethodHandles.lookup()
                    .findStatic(Downcall.class, "isNotZero", MethodType.methodType(boolean.class, long.class));
            return test.asType(MethodType.methodType(boolean.class, integer));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("UnusedMethod") // by its handle
    private static boolean isNotZero(long value) {
        return value != 0;
    }

    private String parameter(int i) {
        return "its parameter " + (i + 1) + " is " + type.parameterType(i).getTypeName();
    }

    private String result() {
        return "its result is " + type.returnType().getTypeName();
    }

    private NativePatchException refused(String why) {
        return NativePatchException.of(key, "a method of type " + type + " cannot call it: " + why);
    }

    private static String text(MemoryLayout layout) {
        if (layout instanceof ValueLayout value) {
            return value.carrier() == MemorySegment.class
                    ? "ADDRESS"
                    : "JAVA_" + value.carrier().getName().toUpperCase(Locale.ROOT);
        }
        return "a structure of " + layout.byteSize() + " bytes";
    }
}
