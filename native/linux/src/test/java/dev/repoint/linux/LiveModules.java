package dev.repoint.linux;

import static dev.repoint.linux.Verify.check;
import static dev.repoint.linux.Verify.expect;
import static dev.repoint.linux.Verify.refused;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.repoint.fixtures.Run;
import dev.repoint.linux.call.Loader;
import dev.repoint.linux.call.Memory;
import dev.repoint.machine.site.Collector;
import dev.repoint.machine.table.TableFile;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/// Libraries of every condition.
final class LiveModules {

    private final Path folder;

    LiveModules(Path folder) {
        this.folder = folder;
    }

    void unloading() throws IOException {
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
        var dlclose = java.lang.foreign.Linker.nativeLinker()
                .downcallHandle(
                        java.lang.foreign.Linker.nativeLinker().defaultLookup().findOrThrow("dlclose"),
                        FunctionDescriptor.of(JAVA_INT, java.lang.foreign.ValueLayout.JAVA_LONG));
        try {
            return (int) dlclose.invokeExact(handle);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    void refusals() throws IOException {
        Library live = Library.load(Library.patchable(folder));
        List<byte[]> before = live.memory();
        refused(() -> live.patchable("prize"), "did you mean price");
        refused(() -> live.set("price", "price_deer"), "did you mean price_dear");
        refused(() -> live.set("price", "a_variable"), "a variable");
        refused(() -> live.patchable("price").set(new NativeTarget.Null("nowhere")), "only a pointer");
        refused(() -> NativeModule.find("liblife.so"), "did you mean liblive.so");
        refused(() -> NativeModule.load(folder.resolve("libnone.so")), "libnone.so");
        try {
            live.patchable("");
            throw new AssertionError("a key without a symbol");
        } catch (IllegalArgumentException e) {
            check(e.getMessage().contains("has no symbol"), e.getMessage());
        }
        check(Library.isSame(before, live.memory()), "nothing has changed");
        expect(live.call("call_price", 2), 61);
    }

    /// The file is another one when the library is looked at.
    void replaced() throws IOException {
        Path path = Library.patchable(folder);
        Loader.open(path.toString(), Loader.NOW);
        Path other = Library.compile(folder, "user.c", "libother.so", "-L" + folder, "-llive");
        Files.move(other, path, StandardCopyOption.REPLACE_EXISTING);
        refused(() -> NativeModule.find("liblive.so"), "deleted or replaced");
    }

    /// Somebody else changes a site.
    void changed() throws IOException {
        Library live = Library.load(Library.patchable(folder));
        NativePatchable price = live.patchable("price");
        price.set(NativeTarget.symbol("price_dear"));
        long code = live.module().symbol("call_price").orElseThrow().address();
        long site = code;
        while (!isCall(site)) {
            site += Machine.IS_ARM ? Integer.BYTES : 1;
        }
        long distance = Machine.IS_ARM ? site : site + 1;
        long page = site & -Memory.PAGE;
        Memory.protect(page, 2 * Memory.PAGE, Memory.READ | Memory.WRITE | Memory.EXECUTE);
        int old = Memory.u8(distance);
        Memory.u8(distance, old ^ 1);
        List<byte[]> before = live.memory();
        NativePatchException refused = refused(price::reset, "other code");
        check(refused.site().startsWith("call at 0x") && refused.site().endsWith("in call_price"), refused.site());
        check(refused.key().equals("liblive.so: price"), refused.key());
        check(Library.isSame(before, live.memory()), "nothing has changed");
        check(!price.isDefault(), "it still leads where it led");
        Memory.u8(distance, old);
        price.reset();
        expect(live.call("call_price", 2), 61);
    }

    private static boolean isCall(long site) {
        return Machine.IS_ARM ? (Memory.u8(site + 3) & 0xfc) == 0x94 : Memory.u8(site) == 0xe8;
    }

    void stripped() throws IOException {
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

    void noBuildId() throws IOException {
        Library live = Library.load(Library.patchable(folder, "-Wl,--build-id=none"));
        check(live.module().buildId().isEmpty(), "no build id");
        live.set("price", "price_dear");
        expect(live.call("call_price", 2), 199);
    }

    void state() throws IOException {
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
        check(
                live.patchable("factor").unreached().stream().anyMatch(each -> each.contains("load_factor")),
                "unreached: " + live.patchable("factor").unreached());
    }

    /// Where code cannot be changed, libraries can be looked at all the same.
    void otherMachine() throws IOException {
        System.setProperty("os.arch", "riscv64");
        Library live = Library.load(Library.patchable(folder));
        List<byte[]> before = live.memory();
        NativePatchable price = live.patchable("price");
        check(price.sites() > 0 && price.isDefault(), "it is found");
        refused(
                () -> price.set(NativeTarget.symbol("price_dear")),
                "live patches need Linux on x86-64 or AArch64, and this is Linux on riscv64; patch the file instead");
        refused(() -> price.override(NativeTarget.zero()), "riscv64");
        refused(price::reset, "riscv64");
        check(price.isDefault() && price.changes() == 0, "nothing has changed");
        check(Library.isSame(before, live.memory()), "no byte either");
        expect(live.call("call_price", 2), 61);
    }

    /// A library without a site.
    void empty() throws IOException {
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
        Files.writeString(
                folder.resolve("caller.c"), "int alone(int x); int call_alone(int x) { return alone(x) + 1; }");
        Library caller = Library.load(
                Library.compile(folder, "caller.c", "libcaller.so", "-L" + folder, "-lempty", "-Wl,-rpath," + folder));
        expect(caller.call("call_alone", 5), 1);
        alone.reset();
        expect(caller.call("call_alone", 5), 6);
    }
}
