package dev.repoint.linux;

import static dev.repoint.linux.Verify.expect;
import static dev.repoint.linux.Verify.refused;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.repoint.linux.call.Loader;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntUnaryOperator;

/// Methods of Java stand around native functions, and call them.
final class LiveAround {

    private static final FunctionDescriptor NUMBER = FunctionDescriptor.of(JAVA_INT, JAVA_INT);

    private final Path folder;

    LiveAround(Path folder) {
        this.folder = folder;
    }

    private static MethodHandle method(String name, Class<?>... parameters) throws ReflectiveOperationException {
        return MethodHandles.lookup()
                .findStatic(
                        LiveAround.class,
                        name,
                        MethodType.methodType(parameters[0], List.of(parameters).subList(1, parameters.length)));
    }

    private static int negated(IntUnaryOperator original, int x) {
        return -original.applyAsInt(x);
    }

    private static int thousands(MethodHandle original, int x) throws Throwable {
        return 1000 + (int) original.invokeExact(x);
    }

    private static long longer(MethodHandle original, MemorySegment text) throws Throwable {
        return (long) original.invokeExact(text) + 500;
    }

    void functions() throws Exception {
        Library live = Library.load(Library.patchable(folder));
        NativePatchable price = live.patchable("price");
        NativePatchable stock = live.patchable("stock");
        NativeTarget negated =
                NativeTarget.around(method("negated", int.class, IntUnaryOperator.class, int.class), NUMBER);
        price.set(negated);
        for (int i = 0; i < 20_000; i++) {
            expect(live.call("call_price", i % 100), -30 * (i % 100) + 1);
        }
        System.gc();
        expect(live.call("tail_price", 2), -60);
        expect(live.call("maybe_price", 11), -330);

        stock.set(negated); // each has its own default
        expect(live.call("both", 2), -60_009);
        try (NativeOverride scope = price.override(
                NativeTarget.around(method("thousands", int.class, MethodHandle.class, int.class), NUMBER))) {
            expect(live.call("tail_price", 2), 1060); // the default, and not what is below
        }
        expect(live.call("tail_price", 2), -60);
        live.set("price", "price_dear");
        price.set(negated);
        expect(live.call("tail_price", 2), -60);
        price.reset();
        stock.reset();
        expect(live.call("both", 2), 60_009);
        refused(
                () -> price.set(NativeTarget.around(
                        MethodHandles.dropArguments(
                                MethodHandles.constant(String.class, ""), 0, IntUnaryOperator.class),
                        NUMBER)),
                "is no target of type");
        refused(
                () -> price.set(NativeTarget.around(
                        MethodHandles.dropArguments(MethodHandles.identity(int.class), 0, List.class), NUMBER)),
                "is no target of type");
    }

    void pointers() throws Exception {
        Library live = Library.load(Library.patchable(folder));
        NativePatchable factor = live.patchable("factor");
        NativeTarget negated =
                NativeTarget.around(method("negated", int.class, IntUnaryOperator.class, int.class), NUMBER);
        factor.set(negated);
        expect(live.call("call_factor", 5), -9);
        expect(live.call("load_factor", 5), -10);
        live.set("factor", "thrice");
        factor.set(negated);
        expect(live.call("tail_factor", 5), -10); // still what it held before it was ever set
        factor.reset();
        expect(live.call("tail_factor", 5), 10);
        live.call("store_factor", 1);
        factor.set(negated);
        expect(live.call("tail_factor", 5), -35);
        factor.reset();
        live.module().operations("timer").set("fake_timer");
        NativePatchable unused = live.patchable("timer+16");
        unused.reset();
        unused.set(NativeTarget.around(
                MethodHandles.dropArguments(MethodHandles.constant(int.class, 3), 0, MethodHandle.class),
                FunctionDescriptor.of(JAVA_INT)));
        expect(live.call("has_unused"), 1);
        live.module().operations("timer").reset();
        expect(live.call("call_timer", 5), 105);
    }

    void imports() throws Exception {
        Library live = Library.load(Library.patchable(folder));
        NativeTarget negated =
                NativeTarget.around(method("negated", int.class, IntUnaryOperator.class, int.class), NUMBER);
        Path[] users = {
            Library.compile(
                    folder,
                    "user.c",
                    "liblazy.so",
                    Machine.IS_ARM ? "-Wl,-z,now" : "-Wl,-z,lazy",
                    "-L" + folder,
                    "-llive"),
            Library.compile(folder, "user.c", "libnow.so", "-Wl,-z,now", "-Wl,-z,relro", "-L" + folder, "-llive"),
            Library.compile(
                    folder,
                    "user.c",
                    "libnoplt.so",
                    "-fno-plt",
                    Machine.IS_ARM ? "-Wl,-z,relro,-z,now" : "-Wl,-z,relro",
                    "-L" + folder,
                    "-llive")
        };
        for (Path path : users) {
            String name = path.getFileName().toString();
            long handle = Loader.open(path.toString(), 1); // RTLD_LAZY, as System.load does
            NativePatchable price = NativeModule.find(name).patchable("price");
            MemorySegment calls = MemorySegment.ofAddress(Loader.symbol(handle, "user_price"));
            MemorySegment points = MemorySegment.ofAddress(Loader.symbol(handle, "user_through_pointer"));
            price.set(negated);
            expect(Library.call(calls, 2), -58, name);
            expect(Library.call(points, 2), -57, name);
            expect(live.call("call_price", 2), 61, name);
            price.set(NativeTarget.symbol("price_dear"));
            price.set(negated);
            expect(Library.call(calls, 2), -58, name);
            price.reset();
            expect(Library.call(calls, 2), 62, name);
        }
        live.patchable("price").set(negated); // and all that import it
        for (Path path : users) {
            long handle = Loader.open(path.toString(), 1);
            expect(Library.call(MemorySegment.ofAddress(Loader.symbol(handle, "user_price")), 2), -58, path.toString());
        }
        live.patchable("price").reset();
        chosen();
    }

    /// A function of the C library that the loader chooses.
    private void chosen() throws IOException, ReflectiveOperationException {
        Files.writeString(folder.resolve("text.c"), """
            #include <string.h>
            int length(int n) { char text[100]; memset(text, 'x', sizeof text); text[n] = 0; return (int)strlen(text); }
            """);
        Library text = Library.load(Library.compile(folder, "text.c", "libtext.so", "-fno-builtin"));
        text.patchable("strlen")
                .set(NativeTarget.around(
                        method("longer", long.class, MethodHandle.class, MemorySegment.class),
                        FunctionDescriptor.of(JAVA_LONG, ADDRESS)));
        expect(text.call("length", 12), 512);
        text.patchable("strlen").reset();
        expect(text.call("length", 12), 12);
    }
}
