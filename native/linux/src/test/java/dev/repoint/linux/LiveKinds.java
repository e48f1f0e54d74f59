package dev.repoint.linux;

import static dev.repoint.linux.Verify.check;
import static dev.repoint.linux.Verify.expect;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.repoint.linux.call.Loader;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntUnaryOperator;

/// Patchables of all kinds lead elsewhere in one patch.
final class LiveKinds {

    private static final FunctionDescriptor NUMBER = FunctionDescriptor.of(JAVA_INT, JAVA_INT);

    private final Path folder;

    LiveKinds(Path folder) {
        this.folder = folder;
    }

    void kinds() throws Exception {
        Library live = Library.load(Library.patchable(folder));
        Path path = Library.compile(folder, "user.c", "libuser.so", "-Wl,-z,now", "-L" + folder, "-llive");
        long handle = Loader.open(path.toString(), Loader.NOW);
        MemorySegment imported = MemorySegment.ofAddress(Loader.symbol(handle, "user_price"));
        NativePatchable price = live.patchable("price");
        NativePatchable stock = live.patchable("stock");
        NativePatchable factor = live.patchable("factor");
        NativePatchable import_ = NativeModule.find("libuser.so").patchable("price");
        NativeOperations timer = live.module().operations("timer");
        List<byte[]> before = live.memory();
        MethodHandle negated = MethodHandles.lookup()
                .findStatic(
                        LiveKinds.class,
                        "negated",
                        MethodType.methodType(int.class, IntUnaryOperator.class, int.class));
        MethodHandle inJava = MethodHandles.lookup()
                .findStatic(LiveKinds.class, "inJava", MethodType.methodType(int.class, int.class));
        for (int i = 0; i < 3; i++) {
            new NativePatch()
                    .set(price, NativeTarget.around(negated, NUMBER))
                    .set(stock, NativeTarget.java(inJava, NUMBER))
                    .set(factor, NativeTarget.symbol("thrice"))
                    .set(import_, NativeTarget.symbol("price_dear"))
                    .apply();
            timer.set("fake_timer");
            expect(live.call("tail_price", 2), -60);
            expect(live.call("both", 2), -60_000 + 1002);
            expect(live.call("call_factor", 5), 16);
            expect(live.call("call_timer", 5), 0x7fff - 5);
            expect(Library.call(imported, 2), 200);
            new NativePatch()
                    .reset(price)
                    .set(stock, NativeTarget.zero())
                    .reset(factor)
                    .reset(import_)
                    .apply();
            timer.reset();
            expect(live.call("both", 2), 60_000);
            expect(live.call("call_factor", 5), 11);
            expect(live.call("call_timer", 5), 105);
            expect(Library.call(imported, 2), 62);
            stock.reset();
            check(Library.isSame(before, live.memory()), "every byte is back");
        }
    }

    private static int negated(IntUnaryOperator original, int x) {
        return -original.applyAsInt(x);
    }

    private static int inJava(int x) {
        return x + 1000;
    }
}
