package dev.repoint.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.repoint.fixtures.Run;
import dev.repoint.linux.call.Loader;
import dev.repoint.linux.call.Memory;
import dev.repoint.linux.memory.Mapping;
import dev.repoint.linux.memory.Mappings;
import dev.repoint.machine.site.Collector;
import dev.repoint.machine.site.Safety;
import dev.repoint.machine.table.TableFile;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// A program: one use of native patchables. Arguments: a folder, and which one. Ends with 0 if all of it holds.
final class Live {

    private final Path folder;

    private Live(Path folder) {
        this.folder = folder;
    }

    static void main(String[] arguments) throws Exception {
        Live live = new Live(Path.of(arguments[0]));
        switch (arguments[1]) {
            case "hook" -> live.hook();
            case "java" -> live.java();
            case "far" -> live.far();
            case "override" -> live.override();
            case "several" -> live.several();
            case "pointer" -> live.pointer();
            case "operations" -> live.operations();
            case "import" -> live.imported();
            case "importers" -> live.importers();
            case "libc" -> live.libc();
            case "unloading" -> live.unloading();
            case "refusals" -> live.refusals();
            case "replaced" -> live.replaced();
            case "changed" -> live.changed();
            case "stripped" -> live.stripped();
            case "no-build-id" -> live.noBuildId();
            case "state" -> live.state();
            case "no-room" -> live.noRoom();
            case "other-machine" -> live.otherMachine();
            case "twice" -> live.twice();
            case "empty" -> live.empty();
            case "storm" -> live.storm();
            case "jvm" -> live.jvm();
            default -> throw new IllegalArgumentException(arguments[1]);
        }
        System.out.println("ok");
    }

    private void hook() throws IOException {
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

    private void java() throws Exception {
        Library live = Library.load(Library.patchable(folder));
        NativeTarget inJava = NativeTarget.java(
                MethodHandles.lookup().findStatic(Live.class, "inJava", MethodType.methodType(int.class, int.class)),
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
        refused(() -> live.patchable("price").set(NativeTarget.java(
                MethodHandles.constant(String.class, ""), FunctionDescriptor.of(JAVA_INT, JAVA_INT))), "type");
    }

    private static int inJava(int x) {
        return x - 500;
    }

    private void far() throws IOException {
        Library live = Library.load(Library.patchable(folder));
        long far = 0x1000_0000_0000L;
        check(Memory.mapAt(far, Memory.PAGE, Memory.READ | Memory.WRITE), "far away is free");
        Memory.bytes(far, new byte[] {(byte) 0x8d, 0x47, 0x09, (byte) 0xc3}); // lea 9(%rdi),%eax; ret
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
    private void noRoom() throws IOException {
        Library live = Library.load(Library.patchable(folder));
        NativePatchable price = live.patchable("price");
        NativePatchable stock = live.patchable("stock");
        price.reset(); // brings what every patch needs
        long far = 0x1000_0000_0000L;
        check(Memory.mapAt(far, Memory.PAGE, Memory.READ | Memory.EXECUTE), "far away is free");
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
        NativePatchException refused = refused(() -> new NativePatch().set(stock, NativeTarget.symbol("stock_none"))
                .set(price, NativeTarget.code(MemorySegment.ofAddress(far))).apply(), "no memory is free between");
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

    private void override() throws IOException {
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

    private void several() throws IOException {
        Library live = Library.load(Library.patchable(folder));
        NativePatchable price = live.patchable("price");
        NativePatchable stock = live.patchable("stock");
        new NativePatch().set(price, NativeTarget.symbol("price_dear")).set(stock, NativeTarget.symbol("stock_none"))
                .apply();
        expect(live.call("both", 2), 198_000);
        List<byte[]> before = live.memory();
        refused(() -> new NativePatch().reset(price).set(stock, NativeTarget.symbol("stock_gone")).apply(),
                "stock_gone");
        check(Library.isSame(before, live.memory()), "nothing of a patch that fails is made");
        expect(live.call("both", 2), 198_000);
        refused(() -> new NativePatch().reset(price).set(price, NativeTarget.zero()).apply(), "twice");
        new NativePatch().reset(price).reset(stock).apply();
        expect(live.call("both", 2), 60_009);
        new NativePatch().apply();
    }

    private void pointer() throws IOException {
        Library live = Library.load(Library.patchable(folder));
        List<byte[]> before = live.memory();
        live.set("factor", "thrice");
        expect(live.call("call_factor", 5), 16);
        expect(live.call("tail_factor", 5), 15);
        expect(live.call("load_factor", 5), 15);
        live.patchable("factor").set(NativeTarget.zero());
        expect(live.call("call_factor", 5), 1);
        expect(live.call("load_factor", 5), 0);
        live.patchable("factor").reset();
        expect(live.call("tail_factor", 5), 10);
        check(Library.isSame(before, live.memory()), "every byte is back");

        live.set("factor", "thrice");
        store(live, 1); // the program points it elsewhere meanwhile: that is the default from now on
        expect(live.call("call_factor", 5), 16);
        live.patchable("factor").reset();
        expect(live.call("call_factor", 5), 36);
        expect(live.call("load_factor", 5), 35);
    }

    private static void store(Library live, int which) {
        live.call("store_factor", which);
    }

    private void operations() throws IOException {
        Library live = Library.load(Library.patchable(folder));
        NativeOperations timer = live.module().operations("timer");
        List<byte[]> before = live.memory();
        expect(timer.members().size(), 3);
        expect(live.call("call_timer", 5), 105);
        expect(live.call("has_unused"), 1);
        timer.set("fake_timer");
        expect(live.call("call_timer", 5), 0x7fff - 5);
        expect(live.call("has_unused"), 0);
        timer.reset();
        expect(live.call("call_timer", 5), 105);
        expect(live.call("has_unused"), 1);
        check(Library.isSame(before, live.memory()), "every byte is back");
        timer.setAll(NativeTarget.zero());
        expect(live.call("call_timer", 5), 0);
        timer.reset();
        live.patchable("timer+8").set(NativeTarget.symbol("fake_add"));
        expect(live.call("call_timer", 5), 95);
        refused(() -> timer.set("small_timer"), "not of one type");
        refused(() -> timer.set("no_timer"), "no variable");
        refused(() -> live.module().operations("a_variable").reset(), "no pointers");
    }

    /// What a library imports that was built without anything special, in the three ways in which it can be bound.
    private void imported() throws IOException {
        Library live = Library.load(Library.patchable(folder));
        Path[] users = {
            Library.compile(folder, "user.c", "liblazy.so", "-Wl,-z,lazy", "-L" + folder, "-llive"),
            Library.compile(folder, "user.c", "libnow.so", "-Wl,-z,now", "-Wl,-z,relro", "-L" + folder, "-llive"),
            Library.compile(folder, "user.c", "libnoplt.so", "-fno-plt", "-Wl,-z,relro", "-L" + folder, "-llive"),
            Library.compile(folder, "user.c", "libibt.so", "-fcf-protection", "-Wl,-z,ibtplt", "-L" + folder,
                    "-llive")};
        for (Path path : users) {
            long handle = Loader.open(path.toString(), 1); // RTLD_LAZY, as System.load does
            NativeModule user = NativeModule.find(String.valueOf(path.getFileName()));
            NativePatchable price = user.patchable("price");
            check(price.safety() == Safety.IMPORT, "an import");
            MemorySegment calls = MemorySegment.ofAddress(Loader.symbol(handle, "user_price"));
            MemorySegment jumps = MemorySegment.ofAddress(Loader.symbol(handle, "user_tail"));
            MemorySegment points = MemorySegment.ofAddress(Loader.symbol(handle, "user_through_pointer"));
            String name = path.getFileName().toString();
            price.set(NativeTarget.symbol("price_dear"));
            expect(Library.call(calls, 2), 200, name);
            expect(Library.call(jumps, 2), 198, name);
            expect(Library.call(points, 2), 201, name);
            expect(live.call("call_price", 2), 61, name); // others are as they were
            price.set(NativeTarget.zero());
            expect(Library.call(calls, 2), 2, name);
            expect(Library.call(jumps, 2), 0, name);
            expect(Library.call(points, 2), 3, name);
            price.reset();
            expect(Library.call(calls, 2), 62, name);
            expect(Library.call(jumps, 2), 60, name);
            expect(Library.call(points, 2), 63, name);
        }
    }

    /// A patchable is set in all modules that import it, also in those that come later.
    private void importers() throws IOException {
        Library live = Library.load(Library.patchable(folder));
        Path early = Library.compile(folder, "user.c", "libearly.so", "-L" + folder, "-llive");
        Path late = Library.compile(folder, "user.c", "liblate.so", "-L" + folder, "-llive");
        Path foreign = Library.compile(folder, "user.c", "libforeign.so", "-L" + folder, "-llive");
        Library user = Library.load(early);
        NativePatchable price = live.patchable("price");
        price.set(NativeTarget.symbol("price_dear"));
        expect(user.call("user_price", 2), 200);
        expect(live.call("tail_price", 2), 198);

        Library later = Library.load(late);
        expect(later.call("user_price", 2), 200);

        long handle = Loader.open(foreign.toString(), 1);
        MemorySegment calls = MemorySegment.ofAddress(Loader.symbol(handle, "user_price"));
        expect(Library.call(calls, 2), 62);
        check(NativeModule.refresh() > 0, "the refresh finds it");
        expect(Library.call(calls, 2), 200);
        check(NativeModule.refresh() == 0, "once is enough");

        NativePatchable own = user.patchable("price");
        own.set(NativeTarget.zero()); // in this module alone, and it stays so
        expect(user.call("user_price", 2), 2);
        price.set(NativeTarget.symbol("price_sale"));
        expect(user.call("user_price", 2), 2);
        expect(later.call("user_price", 2), 32);
        own.reset(); // then it leads where the others do
        expect(user.call("user_price", 2), 32);
        price.reset();
        expect(user.call("user_price", 2), 62);
        expect(later.call("user_price", 2), 62);
        expect(Library.call(calls, 2), 62);
    }

    /// A stock library, and functions that the loader chooses.
    private void libc() throws IOException {
        Path source = folder.resolve("text.c");
        Files.writeString(source, """
                #include <string.h>
                int length(int n) { char text[100]; memset(text, 'x', sizeof text); text[n] = 0; return (int)strlen(text); }
                int fake(const char *text) { return 1000 + text[0]; }
                """);
        Library text = Library.load(Library.compile(folder, "text.c", "libtext.so", "-fno-builtin"));
        expect(text.call("length", 12), 12);
        text.set("strlen", "fake");
        expect(text.call("length", 12), 1000 + 'x');
        text.set("strlen", "strnlen"); // an indirect function of another library: limit is in a register that holds more
        text.patchable("strlen").reset();
        expect(text.call("length", 12), 12);
    }

    private void unloading() throws IOException {
        Path path = Library.patchable(folder);
        long handle = Loader.open(path.toString(), Loader.NOW);
        NativeModule module = NativeModule.find("liblive.so");
        MemorySegment calls = module.symbol("call_price").orElseThrow();
        module.patchable("price").set(NativeTarget.symbol("price_dear"));
        check(close(handle) == 0, "dlclose");
        check(NativeModule.loaded().contains("liblive.so"), "it stays");
        expect(Library.call(calls, 2), 199);
    }

    private static int close(long handle) {
        var dlclose = java.lang.foreign.Linker.nativeLinker().downcallHandle(
                java.lang.foreign.Linker.nativeLinker().defaultLookup().findOrThrow("dlclose"),
                FunctionDescriptor.of(JAVA_INT, java.lang.foreign.ValueLayout.JAVA_LONG));
        try {
            return (int) dlclose.invokeExact(handle);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private void refusals() throws IOException {
        Library live = Library.load(Library.patchable(folder));
        List<byte[]> before = live.memory();
        refused(() -> live.patchable("prize"), "did you mean price");
        refused(() -> live.set("price", "price_deer"), "did you mean price_dear");
        refused(() -> live.set("price", "a_variable"), "a variable");
        refused(() -> live.patchable("price").set(new NativeTarget.Null("nowhere")), "only a pointer");
        refused(() -> NativeModule.find("liblife.so"), "did you mean liblive.so");
        refused(() -> NativeModule.load(folder.resolve("libnone.so")), "libnone.so");
        refused(() -> live.patchable(""), "");
        check(Library.isSame(before, live.memory()), "nothing has changed");
        expect(live.call("call_price", 2), 61);
    }

    /// The file is another one when the library is looked at.
    private void replaced() throws IOException {
        Path path = Library.patchable(folder);
        Loader.open(path.toString(), Loader.NOW);
        Path other = Library.compile(folder, "user.c", "libother.so", "-L" + folder, "-llive");
        Files.move(other, path, StandardCopyOption.REPLACE_EXISTING);
        refused(() -> NativeModule.find("liblive.so"), "deleted or replaced");
    }

    /// Somebody else changes a site.
    private void changed() throws IOException {
        Library live = Library.load(Library.patchable(folder));
        NativePatchable price = live.patchable("price");
        price.set(NativeTarget.symbol("price_dear"));
        long code = live.module().symbol("call_price").orElseThrow().address();
        long site = code;
        while (Memory.u8(site) != 0xe8) {
            site++;
        }
        long page = site & -Memory.PAGE;
        Memory.protect(page, 2 * Memory.PAGE, Memory.READ | Memory.WRITE | Memory.EXECUTE);
        int old = Memory.u8(site + 1);
        Memory.u8(site + 1, old ^ 1);
        List<byte[]> before = live.memory();
        NativePatchException refused = refused(price::reset, "somebody else");
        check(refused.site().startsWith("call at 0x") && refused.site().endsWith("in call_price"), refused.site());
        check(refused.key().equals("liblive.so: price"), refused.key());
        check(Library.isSame(before, live.memory()), "nothing has changed");
        check(!price.isDefault(), "it still leads where it led");
        Memory.u8(site + 1, old);
        price.reset();
        expect(live.call("call_price", 2), 61);
    }

    private void stripped() throws IOException {
        Path path = Library.patchable(folder);
        TableFile.write(Collector.collect(dev.repoint.elf.ElfFile.read(path)), TableFile.beside(path));
        Run.succeeding(folder, List.of("strip", path.toString()));
        Library live = Library.load(path);
        live.set("price", "price_dear");
        expect(live.call("call_price", 2), 199);
        expect(live.call("maybe_price", 11), 1089);
        live.patchable("price").reset();
        expect(live.call("call_price", 2), 61);
    }

    private void noBuildId() throws IOException {
        Library live = Library.load(Library.patchable(folder, "-Wl,--build-id=none"));
        check(live.module().buildId().isEmpty(), "no build id");
        live.set("price", "price_dear");
        expect(live.call("call_price", 2), 199);
    }

    private void state() throws IOException {
        Library live = Library.load(Library.patchable(folder));
        NativePatchable price = live.patchable("price");
        check(NativeModule.states().isEmpty(), "nothing was set");
        price.set(NativeTarget.symbol("price_dear"));
        price.reset();
        NativeState state = price.state();
        expect((int) state.changes(), 2);
        check(state.sites() >= 5, "sites: " + state.sites());
        List<String> targets = new ArrayList<>();
        state.history().forEach(each -> targets.add(each.target()));
        check(targets.equals(List.of("price_dear", "default")), targets.toString());
        check(NativeModule.states().equals(List.of(state)), "all states");
        check(price.toString().equals("liblive.so: price -> default"), price.toString());
        check(live.patchable("factor").unreached().stream().anyMatch(each -> each.contains("load_factor")),
                "unreached: " + live.patchable("factor").unreached());
    }

    /// Where code cannot be changed, libraries can be looked at all the same.
    private void otherMachine() throws IOException {
        System.setProperty("os.arch", "aarch64");
        Library live = Library.load(Library.patchable(folder));
        List<byte[]> before = live.memory();
        NativePatchable price = live.patchable("price");
        check(price.sites() > 0 && price.isDefault(), "it is found");
        refused(() -> price.set(NativeTarget.symbol("price_dear")),
                "live patches need x86-64 Linux, and this is Linux on aarch64; patch the file instead");
        refused(() -> price.override(NativeTarget.zero()), "aarch64");
        refused(price::reset, "aarch64");
        check(price.isDefault() && price.changes() == 0, "nothing has changed");
        check(Library.isSame(before, live.memory()), "no byte either");
        expect(live.call("call_price", 2), 61);
    }

    /// A patch that names a thing twice, or is applied twice.
    private void twice() throws IOException {
        Library live = Library.load(Library.patchable(folder));
        List<byte[]> before = live.memory();
        NativePatchable price = live.patchable("price");
        NativePatchable same = live.patchable("price");
        refused(() -> new NativePatch().set(price, NativeTarget.zero()).set(same, NativeTarget.zero()).apply(),
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

    /// A library without a site.
    private void empty() throws IOException {
        Files.writeString(folder.resolve("empty.c"), "int alone(int x) { return x; }\nint a_number = 3;\n");
        Library empty = Library.load(Library.compile(folder, "empty.c", "libempty.so", "-nostdlib"));
        check(empty.module().patchables("none*").isEmpty(), "no such patchable");
        refused(() -> empty.patchable("nothing"), "nothing");
        refused(() -> empty.module().operations("a_number").reset(), "no pointers");
        NativePatchable alone = empty.patchable("alone");
        expect(alone.sites(), 0);
        alone.set(NativeTarget.zero()); // it is exported, so that others may come that import it
        expect(empty.call("alone", 5), 5);
        check(NativeModule.refresh() == 0, "none came");
        Files.writeString(folder.resolve("caller.c"),
                "int alone(int x); int call_alone(int x) { return alone(x) + 1; }");
        Library caller = Library.load(
                Library.compile(folder, "caller.c", "libcaller.so", "-L" + folder, "-lempty", "-Wl,-rpath," + folder));
        expect(caller.call("call_alone", 5), 1);
        alone.reset();
        expect(caller.call("call_alone", 5), 6);
    }

    /// Sets and resets from many threads, under calls from others.
    private void storm() throws Exception {
        Library live = Library.load(Library.patchable(folder));
        List<byte[]> before = live.memory();
        NativePatchable price = live.patchable("price");
        NativePatchable stock = live.patchable("stock");
        AtomicInteger running = new AtomicInteger(4);
        List<Callable<Long>> work = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int number = i;
            work.add(() -> {
                for (int round = 0; round < 300; round++) {
                    switch ((round + number) % 5) {
                        case 0 -> price.set(NativeTarget.symbol("price_dear"));
                        case 1 -> price.reset();
                        case 2 -> price.override(NativeTarget.zero()).close();
                        case 3 -> stock.set(NativeTarget.symbol("stock_none"));
                        default -> new NativePatch().reset(price).reset(stock).apply();
                    }
                }
                running.decrementAndGet();
                return 0L;
            });
        }
        for (int i = 0; i < 2; i++) {
            work.add(() -> {
                long calls = 0;
                while (running.get() > 0 || calls == 0) {
                    int found = live.call("tail_price", 2);
                    check(found == 60 || found == 198 || found == 0, "price " + found);
                    calls++;
                }
                return calls;
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(work.size())) {
            for (Future<Long> each : threads.invokeAll(work)) {
                each.get();
            }
        }
        new NativePatch().reset(price).reset(stock).apply();
        check(Library.isSame(before, live.memory()), "every byte is back");
        expect(live.call("both", 2), 60_009);
    }

    /// The largest library of this process, which was built without anything special and runs while it is patched.
    private void jvm() throws IOException {
        NativeModule jvm = NativeModule.find("libjvm.so");
        check(jvm.table().patchables().size() > 100, "patchables: " + jvm.table().patchables().size());
        Files.writeString(folder.resolve("dup.c"), """
                #include <stdlib.h>
                long calls;
                void *counted(size_t size) { __atomic_add_fetch(&calls, 1, __ATOMIC_RELAXED); return malloc(size); }
                int number(int unused) { return (int)__atomic_load_n(&calls, __ATOMIC_RELAXED) + 0 * unused; }
                """);
        Library counter = Library.load(Library.compile(folder, "dup.c", "libdup.so"));
        NativePatchable malloc = jvm.patchable("malloc");
        malloc.set(NativeTarget.code(counter.module().symbol("counted").orElseThrow()));
        Thread[] threads = new Thread[20];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = Thread.ofPlatform().start(() -> {}); // the JVM allocates for each
        }
        for (Thread each : threads) {
            try {
                each.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        check(counter.call("number", 0) > 0, "the JVM's calls of malloc are counted");
        malloc.reset();
        int calls = counter.call("number", 0);
        System.gc();
        expect(counter.call("number", 0), calls);
    }

    private static void expect(int found, int expected, String... what) {
        check(found == expected, String.join(" ", what) + " " + found + ", not " + expected);
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    private static NativePatchException refused(Runnable change, String why) {
        try {
            change.run();
        } catch (NativePatchException e) {
            check(e.getMessage().contains(why) && !e.getMessage().contains("\n"), e.getMessage());
            return e;
        }
        throw new AssertionError("it was made");
    }
}
