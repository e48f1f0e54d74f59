package dev.repoint.linux;

import static dev.repoint.linux.HandleOption.CRITICAL;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_CHAR;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.invoke.MethodType.methodType;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A program: handles of native functions. Arguments: a folder. Prints `ok` if all of it holds.
final class Handles {

    private final NativeModule calls;

    private Handles(NativeModule calls) {
        this.calls = calls;
    }

    static void main(String[] arguments) throws Throwable {
        Handles handles = new Handles(NativeModule.load(Library.compile(
                Path.of(arguments[0]),
                "calls.c",
                "libcalls.so",
                "-ffunction-sections",
                "-Wl,--emit-relocs",
                "-Wl,-Bsymbolic",
                "-Wl,-soname,libcalls.so")));
        handles.primitives();
        handles.addresses();
        handles.arrays();
        handles.otherTypes();
        handles.sites();
        handles.refusals();
        System.out.println("ok");
    }

    private void primitives() throws Throwable {
        expect(false, "is_even", methodType(boolean.class, int.class), -3);
        expect(true, "is_even", methodType(boolean.class, int.class), -4);
        expect(false, "negated", methodType(boolean.class, boolean.class), true);
        expect(Byte.MIN_VALUE, "next_byte", methodType(byte.class, byte.class), Byte.MAX_VALUE);
        expect(Short.MIN_VALUE, "next_short", methodType(short.class, short.class), Short.MAX_VALUE);
        expect((char) 0x8000, "next_char", methodType(char.class, char.class), (char) 0x7fff);
        expect(Integer.MIN_VALUE, "next_int", methodType(int.class, int.class), Integer.MAX_VALUE);
        expect(Long.MIN_VALUE, "next_long", methodType(long.class, long.class), Long.MAX_VALUE);
        expect(1.25f, "half_float", methodType(float.class, float.class), 2.5f);
        expect(-1.25, "half_double", methodType(double.class, double.class), -2.5);
        expect(
                87_654_321L,
                "mixed",
                methodType(
                        long.class,
                        boolean.class,
                        byte.class,
                        short.class,
                        char.class,
                        int.class,
                        long.class,
                        float.class,
                        double.class),
                true,
                (byte) 2,
                (short) 3,
                (char) 4,
                5,
                6L,
                7f,
                8.0);
        expect(41, "hidden", methodType(int.class, int.class), 42); // of the symbol table, and not exported
    }

    private void addresses() throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment place = arena.allocate(JAVA_LONG);
            MethodHandle store = calls.handle("store", methodType(void.class, MemorySegment.class, long.class));
            store.invokeExact(place, 77L);
            check(place.get(JAVA_LONG, 0) == 77, "stored");
            MethodHandle same = calls.handle("same", methodType(MemorySegment.class, MemorySegment.class));
            check(((MemorySegment) same.invokeExact(place)).address() == place.address(), "the same address");
        }
    }

    /// Arrays are passed without copying: what C stores is seen.
    private void arrays() throws Throwable {
        Map<String, Object> arrays = Map.of(
                "byte",
                new byte[] {5},
                "short",
                new short[] {5},
                "char",
                new char[] {5},
                "int",
                new int[] {5},
                "long",
                new long[] {5},
                "float",
                new float[] {5},
                "double",
                new double[] {5});
        for (Map.Entry<String, Object> each : arrays.entrySet()) {
            Object array = each.getValue();
            Class<?> type = array.getClass().getComponentType();
            MethodHandle first = calls.handle("first_" + each.getKey(), methodType(type, array.getClass()), CRITICAL);
            check(number(first.invoke(array)) == 5, each.getKey());
            check(number(Array.get(array, 0)) == 6, each.getKey() + " is stored");
        }
        long[] to = new long[3];
        MethodHandle copied =
                calls.handle("copied", methodType(long.class, long[].class, int[].class, int.class), CRITICAL);
        check((long) copied.invokeExact(to, new int[] {7, -8, 9}, 3) == 8, "sum");
        check(to[0] == 7 && to[1] == -8 && to[2] == 9, "copied");
        MethodHandle heap = calls.handle(
                "copied", methodType(long.class, MemorySegment.class, MemorySegment.class, int.class), CRITICAL);
        check((long) heap.invokeExact(MemorySegment.ofArray(to), MemorySegment.ofArray(new int[] {1}), 1) == 1, "heap");
    }

    private static double number(Object boxed) {
        return boxed instanceof Character c ? c : ((Number) boxed).doubleValue();
    }

    private void otherTypes() throws Throwable {
        FunctionDescriptor ints = FunctionDescriptor.of(JAVA_INT, JAVA_INT);
        FunctionDescriptor longs = FunctionDescriptor.of(JAVA_LONG, JAVA_LONG);
        // What is above the low bits of the result may be anything: it is the sign that is kept.
        expect(-4L, calls.handle("next_int", methodType(long.class, short.class), ints), (short) -5);
        expect(-127L, calls.handle("next_long", methodType(long.class, byte.class), longs), Byte.MIN_VALUE);
        expect(65536L, calls.handle("next_long", methodType(long.class, char.class), longs), '\uffff');
        expect(
                8,
                calls.handle(
                        "next_char", methodType(int.class, char.class), FunctionDescriptor.of(JAVA_CHAR, JAVA_CHAR)),
                (char) 7);
        expect(true, calls.handle("four_if", methodType(boolean.class, boolean.class), ints), true);
        expect(false, calls.handle("four_if", methodType(boolean.class, boolean.class), ints), false);
        expect(true, calls.handle("next_long", methodType(boolean.class, long.class), longs), (1L << 32) - 1);
        calls.handle("next_int", methodType(void.class, int.class), ints).invokeExact(1);
    }

    /// Sites that the function calls through lead where they are set to, through handles that were made before
    /// as well.
    private void sites() throws Throwable {
        MethodHandle stepped = calls.handle("stepped", methodType(int.class, int.class));
        MethodHandle step = calls.handle("step", methodType(int.class, int.class));
        check((int) stepped.invokeExact(1) == 2, "the default");
        calls.patchable("step").set(NativeTarget.symbol("step_far"));
        check((int) stepped.invokeExact(1) == 1001, "the target");
        check((int) step.invokeExact(1) == 2, "the hook itself is its default");
        calls.patchable("step").reset();
        check((int) stepped.invokeExact(1) == 2, "the default again");
    }

    private void refusals() {
        FunctionDescriptor ints = FunctionDescriptor.of(JAVA_INT, JAVA_INT);
        FunctionDescriptor structure = FunctionDescriptor.of(MemoryLayout.structLayout(JAVA_LONG, JAVA_LONG), JAVA_INT);
        refused(() -> calls.handle("next_inn", methodType(int.class, int.class)), "next_inn", "did you mean next_int");
        refused(() -> calls.handle("a_number", methodType(int.class)), "a variable");
        refused(
                () -> calls.handle("next_int", methodType(int.class, String.class)),
                "(String)int",
                "parameter 1 is java.lang.String",
                "no C type");
        refused(() -> calls.handle("next_int", methodType(Object.class, int.class)), "result is java.lang.Object");
        refused(() -> calls.handle("next_int", methodType(int[].class, int.class), CRITICAL), "result is int[]");
        refused(
                () -> calls.handle("first_int", methodType(int.class, int[].class)),
                "parameter 1 is int[]",
                "CRITICAL");
        refused(() -> calls.handle("same", methodType(int.class, boolean[].class), CRITICAL), "boolean[]", "ADDRESS");
        refused(() -> calls.handle("same", methodType(int.class, String[].class), CRITICAL), "java.lang.String[]");
        refused(
                () -> calls.handle("next_int", methodType(int.class, long.class), ints),
                "parameter 1 is long",
                "JAVA_INT");
        refused(
                () -> calls.handle(
                        "next_int",
                        methodType(int.class, char.class),
                        FunctionDescriptor.of(JAVA_INT, JAVA_CHAR.withOrder(java.nio.ByteOrder.BIG_ENDIAN))),
                "type");
        refused(
                () -> calls.handle("next_int", methodType(short.class, int.class), ints),
                "result is short",
                "JAVA_INT");
        refused(
                () -> calls.handle("next_int", methodType(float.class, int.class), ints),
                "result is float",
                "JAVA_INT");
        refused(
                () -> calls.handle("next_int", methodType(int.class, int.class), FunctionDescriptor.ofVoid(JAVA_INT)),
                "result is int",
                "void");
        refused(() -> calls.handle("next_int", methodType(int.class), ints), "0 parameters", "1");
        refused(
                () -> calls.handle("next_int", methodType(int.class, int[].class), ints, CRITICAL),
                "int[]",
                "JAVA_INT");
        refused(
                () -> calls.handle(
                        "next_int", methodType(long.class, int.class), FunctionDescriptor.of(ADDRESS, JAVA_INT)),
                "result is long",
                "ADDRESS");
        refused(
                () -> calls.handle("next_int", methodType(MemorySegment.class, int.class), structure),
                "a structure of 16 bytes");
        refused(
                () -> calls.handle("next_int", methodType(void.class, int.class), structure),
                "a structure of 16 bytes");
    }

    private void expect(Object expected, String function, java.lang.invoke.MethodType type, Object... arguments)
            throws Throwable {
        MethodHandle handle = calls.handle(function, type);
        check(handle.type().equals(type), function + " has type " + handle.type());
        expect(expected, handle, arguments);
    }

    private static void expect(Object expected, MethodHandle handle, Object... arguments) throws Throwable {
        Object found = handle.invokeWithArguments(List.of(arguments));
        check(Objects.equals(found, expected), handle.type() + " gave " + found + ", not " + expected);
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    private static void refused(Runnable call, String... why) {
        try {
            call.run();
        } catch (NativePatchException e) {
            check(e.getMessage().startsWith("libcalls.so: ") && !e.getMessage().contains("\n"), e.getMessage());
            for (String each : why) {
                check(e.getMessage().contains(each), e.getMessage() + " has no " + each);
            }
            return;
        }
        throw new AssertionError("it was made: " + List.of(why));
    }
}
