package dev.repoint.linux;

import static dev.repoint.linux.Verify.check;
import static dev.repoint.linux.Verify.expect;
import static dev.repoint.linux.Verify.refused;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.repoint.linux.call.Memory;
import dev.repoint.linux.memory.Mapping;
import dev.repoint.linux.memory.Mappings;
import dev.repoint.machine.site.Safety;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Functions of a library lead elsewhere.
final class LiveFunctions {

    private final Path folder;

    LiveFunctions(Path folder) {
        this.folder = folder;
    }

    void hook() throws IOException {
        Library live = Library.load(Library.patchable(folder));
        List<byte[]> before = live.memory();
        check(live.patchable("price").safety() == Safety.HOOK, "a hook");
        expect(live.call("call_price", 2), 61);

        live.set("price", "price_dear");
        expect(live.call("call_price", 2), 199);
        expect(live.call("tail_price", 2), 198);
        expect(live.call("maybe_price", 11), 1089);
        expect(live.call("maybe_price", 10), -1);
        expect(live.call("both", 2), 198_009);

        live.set("price", "price_sale");
        expect(live.call("call_price", 2), 31); // the call inside of the target reaches the default

        live.patchable("price").set(NativeTarget.zero());
        expect(live.call("call_price", 2), 1);
        expect(live.call("tail_price", 2), 0);
        expect(live.call("maybe_price", 11), 0);
        expect(live.call("maybe_price", 10), -1);

        live.patchable("price").set(NativeTarget.nothing());
        expect(live.call("maybe_price", 10), -1);
        live.call("call_price", 2); // whatever it returns

        live.patchable("price").reset();
        expect(live.call("call_price", 2), 61);
        check(live.patchable("price").isDefault(), "the default");
        check(Library.isSame(before, live.memory()), "every byte is back");
    }

    void java() throws Exception {
        Library live = Library.load(Library.patchable(folder));
        NativeTarget inJava = NativeTarget.java(
                MethodHandles.lookup()
                        .findStatic(LiveFunctions.class, "inJava", MethodType.methodType(int.class, int.class)),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        live.patchable("price").set(inJava);
        for (int i = 0; i < 20_000; i++) {
            expect(live.call("call_price", i % 100), i % 100 - 500 + 1);
        }
        System.gc();
        expect(live.call("tail_price", 3), -497);
        live.patchable("factor").set(inJava);
        expect(live.call("load_factor", 3), -497);
        live.patchable("price").reset();
        live.patchable("price").set(inJava);
        expect(live.call("tail_price", 4), -496);
        refused(
                () -> live.patchable("price")
                        .set(NativeTarget.java(
                                MethodHandles.constant(String.class, ""), FunctionDescriptor.of(JAVA_INT, JAVA_INT))),
                "type");
    }

    private static int inJava(int x) {
        return x - 500;
    }

    /// A page that no branch of the library reaches.
    private static long far(int protection) {
        long far = 0x1000_0000_0000L;
        while (!Memory.mapAt(far, Memory.PAGE, protection)) {
            far += 0x10_0000_0000L;
        }
        return far;
    }

    void far() throws IOException {
        Library live = Library.load(Library.patchable(folder));
        long far = far(Memory.READ | Memory.WRITE);
        Memory.bytes(
                far,
                Machine.IS_ARM
                        ? new byte[] {0, 0x24, 0, 0x11, (byte) 0xc0, 0x03, 0x5f, (byte) 0xd6} // add w0, w0, #9; ret
                        : new byte[] {(byte) 0x8d, 0x47, 0x09, (byte) 0xc3}); // lea 9(%rdi),%eax; ret
        Memory.protect(far, Memory.PAGE, Memory.READ | Memory.EXECUTE);
        NativeTarget target = NativeTarget.code(MemorySegment.ofAddress(far));
        live.patchable("price").set(target);
        expect(live.call("call_price", 2), 12);
        expect(live.call("tail_price", 2), 11);
        expect(live.call("maybe_price", 11), 20);
        live.patchable("factor").set(target);
        expect(live.call("call_factor", 2), 12);
        expect(live.call("tail_factor", 2), 11);
        live.patchable("price").reset();
        expect(live.call("call_price", 2), 61);
    }

    /// No memory is free within reach of the library.
    void noRoom() throws IOException {
        if (Machine.IS_ARM) {
            return; // there is room left in what the handler needed
        }
        Library live = Library.load(Library.patchable(folder));
        NativePatchable price = live.patchable("price");
        NativePatchable stock = live.patchable("stock");
        price.reset(); // brings what every patch needs
        long far = far(Memory.READ | Memory.EXECUTE);
        List<long[]> taken = new ArrayList<>();
        long code = live.module().symbol("call_price").orElseThrow().address();
        long end = 0;
        for (Mapping each : Mappings.now().all()) {
            long low = Math.max(end, code - (3L << 30) & -Memory.PAGE);
            long high = Math.min(each.start(), code + (3L << 30)) & -Memory.PAGE;
            if (low < high && Memory.mapAt(low, high - low, 0)) {
                taken.add(new long[] {low, high - low});
            }
            end = each.end();
        }
        List<byte[]> before = live.memory();
        NativePatchException refused = refused(
                () -> new NativePatch()
                        .set(stock, NativeTarget.symbol("stock_none"))
                        .set(price, NativeTarget.code(MemorySegment.ofAddress(far)))
                        .apply(),
                "no memory is free between");
        check(refused.key().equals("liblive.so: price") && refused.site().contains(" at 0x"), refused.getMessage());
        check(Library.isSame(before, live.memory()), "nothing has changed");
        check(price.isDefault() && stock.isDefault(), "nor is it said to have");
        expect(live.call("both", 2), 60_009);
        live.set("price", "price_dear"); // in reach
        expect(live.call("tail_price", 2), 198);
        taken.forEach(each -> Memory.unmap(each[0], each[1]));
        price.set(NativeTarget.code(MemorySegment.ofAddress(far)));
        check(!price.isDefault(), "it goes on when there is room");
        price.reset();
        check(Library.isSame(before, live.memory()), "every byte is back");
    }

    void override() throws IOException {
        Library live = Library.load(Library.patchable(folder));
        NativePatchable price = live.patchable("price");
        try (NativeOverride outer = price.override(NativeTarget.symbol("price_dear"))) {
            expect(live.call("tail_price", 2), 198);
            try (NativeOverride inner = price.override(NativeTarget.zero())) {
                expect(live.call("tail_price", 2), 0);
                outer.close(); // from under the other one
                expect(live.call("tail_price", 2), 0);
                inner.close();
                expect(live.call("tail_price", 2), 60);
            }
        }
        expect(live.call("tail_price", 2), 60);
        NativeOverride late = price.override(NativeTarget.zero());
        live.set("price", "price_dear");
        late.close();
        expect(live.call("tail_price", 2), 198);
        check(price.changes() == 5, "changes: " + price.changes());
    }

    void several() throws IOException {
        Library live = Library.load(Library.patchable(folder));
        NativePatchable price = live.patchable("price");
        NativePatchable stock = live.patchable("stock");
        new NativePatch()
                .set(price, NativeTarget.symbol("price_dear"))
                .set(stock, NativeTarget.symbol("stock_none"))
                .apply();
        expect(live.call("both", 2), 198_000);
        List<byte[]> before = live.memory();
        refused(
                () -> new NativePatch()
                        .reset(price)
                        .set(stock, NativeTarget.symbol("stock_gone"))
                        .apply(),
                "stock_gone");
        check(Library.isSame(before, live.memory()), "nothing of a patch that fails is made");
        expect(live.call("both", 2), 198_000);
        refused(
                () -> new NativePatch()
                        .reset(price)
                        .set(price, NativeTarget.zero())
                        .apply(),
                "twice");
        new NativePatch().reset(price).reset(stock).apply();
        expect(live.call("both", 2), 60_009);
        new NativePatch().apply();
    }

    /// A patch that names a thing twice, or is applied twice.
    void twice() throws IOException {
        Library live = Library.load(Library.patchable(folder));
        List<byte[]> before = live.memory();
        NativePatchable price = live.patchable("price");
        NativePatchable same = live.patchable("price");
        refused(
                () -> new NativePatch()
                        .set(price, NativeTarget.zero())
                        .set(same, NativeTarget.zero())
                        .apply(),
                "twice");
        check(Library.isSame(before, live.memory()), "nothing has changed");
        NativePatch patch = new NativePatch().set(price, NativeTarget.symbol("price_dear"));
        patch.apply();
        patch.apply();
        expect(live.call("tail_price", 2), 198);
        price.reset();
        price.reset();
        check(Library.isSame(before, live.memory()), "every byte is back");
        NativeOverride outer = price.override(NativeTarget.zero());
        NativeOverride inner = price.override(NativeTarget.symbol("price_dear"));
        outer.close();
        outer.close();
        expect(live.call("tail_price", 2), 198);
        inner.close();
        inner.close();
        expect(live.call("tail_price", 2), 60);
        check(Library.isSame(before, live.memory()), "every byte is back after overrides");
    }
}
