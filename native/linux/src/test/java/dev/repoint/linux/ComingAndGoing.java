package dev.repoint.linux;

import static dev.repoint.linux.Verify.check;
import static dev.repoint.linux.Verify.expect;

import dev.repoint.linux.call.Loader;
import dev.repoint.linux.call.Memory;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;

/// A program: libraries that are loaded after a patchable was set, or unloaded. Arguments: a folder, and which
/// use. Prints `ok` if all of it holds.
final class ComingAndGoing {

    private static final int LAZY = 1; // RTLD_LAZY, as System.load has it

    private final Path folder;
    private final Path live;

    private ComingAndGoing(Path folder) throws IOException {
        this.folder = folder;
        this.live = Library.patchable(folder);
    }

    static void main(String[] arguments) throws IOException {
        ComingAndGoing modules = new ComingAndGoing(Path.of(arguments[0]));
        switch (arguments[1]) {
            case "loaded-by-us" -> modules.loadedByUs();
            case "loaded-by-java" -> modules.loadedByJava();
            case "refused-refresh" -> modules.refusedRefresh();
            case "patched-stays" -> modules.patchedStays();
            case "target-stays" -> modules.targetStays();
            case "importer-stays" -> modules.importerStays();
            case "handle-stays" -> modules.handleStays();
            case "untouched-goes" -> modules.untouchedGoes();
            case "other-in-its-place" -> modules.otherInItsPlace();
            case "concurrently" -> modules.concurrently();
            default -> throw new IllegalArgumentException(arguments[1]);
        }
        System.out.println("ok");
    }

    /// Its sites lead to what was set when the load returns, of all forms: calls, jumps, pointers in data.
    private void loadedByUs() throws IOException {
        Library library = Library.load(live);
        library.set("price", "price_dear");
        for (String flag : new String[] {"-Wl,-z,lazy", "-Wl,-z,now", "-fno-plt"}) {
            Library user = Library.load(
                    user("lib" + flag.substring(flag.lastIndexOf('-') + 1).replace(",", "") + ".so", flag));
            expect(user.call("user_price", 2), 200);
            expect(user.call("user_tail", 2), 198);
            expect(user.call("user_through_pointer", 2), 201);
        }
        check(NativeModule.refresh() == 0, "nothing is left for a refresh");
        library.patchable("price").reset();
        expect(Library.load(user("liblast.so")).call("user_price", 2), 62);
    }

    /// `System.load` does not tell us: a refresh finds it.
    private void loadedByJava() throws IOException {
        Library library = Library.load(live);
        library.set("price", "price_dear");
        System.load(user("libsystem.so").toString());
        MemorySegment call =
                NativeModule.find("libsystem.so").symbol("user_price").orElseThrow();
        expect(Library.call(call, 2), 62);
        int sites = library.patchable("price").sites();
        int found = NativeModule.refresh();
        check(found > 0, "the refresh finds it");
        check(library.patchable("price").sites() == sites + found, "its sites are known now");
        expect(Library.call(call, 2), 200);
        check(NativeModule.refresh() == 0, "once is enough");
        library.patchable("price").reset();
        expect(Library.call(call, 2), 62);
    }

    /// A refresh that cannot be made as a whole changes nothing, and can be made later.
    private void refusedRefresh() throws IOException {
        Library library = Library.load(live);
        library.set("price", "price_dear");
        MemorySegment one = open("libone.so");
        MemorySegment two = open("libtwo.so");
        long stub = stubOf(two);
        long page = stub & -Memory.PAGE;
        Memory.protect(page, Memory.PAGE, Memory.READ | Memory.WRITE | Memory.EXECUTE);
        int old = Memory.u8(stub + 5);
        Memory.u8(stub + 5, old ^ 1);
        try {
            NativeModule.refresh();
            throw new AssertionError("it was made");
        } catch (NativePatchException e) {
            check(e.key().equals("libtwo.so: price") && e.getMessage().contains("other code"), e.getMessage());
        }
        Memory.u8(stub + 5, old);
        expect(Library.call(one, 2), 62);
        expect(Library.call(two, 2), 62);
        check(NativeModule.refresh() > 0, "it is made later");
        expect(Library.call(one, 2), 200);
        expect(Library.call(two, 2), 200);
    }

    /// The entry of the procedure linkage table that a function calls first, `jmp *slot(%rip)`.
    private static long stubOf(MemorySegment caller) {
        long call = caller.address();
        while (Memory.u8(call) != 0xe8) {
            call++;
        }
        long stub = call + 5 + (int) Memory.bytesAsWord(call + 1, 4);
        check(Memory.bytesAsWord(stub, 2) == 0x25ff, "it is one");
        return stub;
    }

    private void patchedStays() {
        long handle = Loader.open(live.toString(), Loader.NOW);
        NativeModule module = NativeModule.find("liblive.so");
        NativePatchable price = module.patchable("price");
        MemorySegment calls = MemorySegment.ofAddress(Loader.symbol(handle, "call_price"));
        price.set(NativeTarget.symbol("price_dear"));
        Loader.close(handle);
        check(isLoaded("liblive.so"), "it stays");
        expect(Library.call(calls, 2), 199);
        price.reset();
        expect(Library.call(calls, 2), 61);
    }

    private void targetStays() throws IOException {
        Files.writeString(folder.resolve("other.c"), "int price_other(int count) { return count * 7; }");
        Library library = Library.load(live);
        Path other = Library.compile(folder, "other.c", "libother.so");
        long handle = Loader.open(other.toString(), Loader.NOW);
        library.patchable("price")
                .set(NativeTarget.code(MemorySegment.ofAddress(Loader.symbol(handle, "price_other"))));
        Loader.close(handle);
        check(isLoaded("libother.so"), "it stays");
        expect(library.call("tail_price", 2), 14);
    }

    private void importerStays() throws IOException {
        Library library = Library.load(live);
        long handle = Loader.open(user("libuser.so").toString(), LAZY);
        MemorySegment call = MemorySegment.ofAddress(Loader.symbol(handle, "user_price"));
        library.set("price", "price_dear");
        Loader.close(handle);
        check(isLoaded("libuser.so"), "it stays");
        expect(Library.call(call, 2), 200);
        library.patchable("price").reset();
        expect(Library.call(call, 2), 62);
    }

    private void handleStays() throws IOException {
        long handle = Loader.open(live.toString(), Loader.NOW);
        MethodHandle call =
                NativeModule.find("liblive.so").handle("call_price", MethodType.methodType(int.class, int.class));
        Loader.close(handle);
        check(isLoaded("liblive.so"), "it stays");
        try {
            expect((int) call.invokeExact(2), 61);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /// To look at a library is not to hold it.
    private void untouchedGoes() throws IOException {
        Library library = Library.load(live);
        NativePatchable price = library.patchable("price");
        price.set(NativeTarget.symbol("price_dear"));
        price.reset();
        Path path = user("libuser.so");
        long handle = Loader.open(path.toString(), LAZY);
        NativeModule user = NativeModule.find("libuser.so");
        NativePatchable imported = user.patchable("price");
        check(imported.sites() > 0 && imported.isDefault(), imported.toString());
        NativeModule.refresh(); // finds it, and has nothing to change
        Loader.close(handle);
        check(!isLoaded("libuser.so"), "it goes");
        price.set(NativeTarget.symbol("price_dear")); // it is not among the importers any more
        expect(library.call("tail_price", 2), 198);
        refused(() -> imported.set(NativeTarget.zero()), "libuser.so: price", "cannot be kept loaded");
        refused(() -> user.symbol("user_price"), "libuser.so: user_price", "cannot be kept loaded");
        refused(() -> user.handle("user_price", MethodType.methodType(int.class, int.class)), "libuser.so: user_price");
        // It comes again, maybe to the same place.
        expect(Library.load(path).call("user_price", 2), 200);
    }

    /// The loader puts another library of the same name where one was.
    private void otherInItsPlace() throws IOException {
        Path path = folder.resolve("libsame.so");
        for (int round = 1; round <= 3; round++) {
            Path c = folder.resolve("same.c");
            Files.writeString(c, """
                __attribute__((noinline)) int inner(int x) { return x + %d; }
                __attribute__((noinline)) int other(int x) { return x * %d; }
                %s
                int outer(int x) { return inner(x) + 1; }
                """.formatted(round, round + 4, "int fill%d;".formatted(round)));
            Files.deleteIfExists(path);
            Library.compile(folder, "same.c", "libsame.so", "-fno-ipa-ra", "-fPIC", "-Wl,--build-id");
            long handle = Loader.open(path.toString(), Loader.NOW);
            NativeModule module = NativeModule.find("libsame.so");
            check(
                    module.buildId().equals(dev.repoint.elf.ElfFile.read(path).buildId()),
                    "it is the one that is loaded");
            MemorySegment outer = MemorySegment.ofAddress(Loader.symbol(handle, "outer"));
            if (round == 3) {
                module.patchable("inner").set(NativeTarget.symbol("other"));
                expect(Library.call(outer, 10), 71);
            } else {
                expect(Library.call(outer, 10), 11 + round);
                Loader.close(handle);
                check(!isLoaded("libsame.so"), "it goes");
            }
        }
    }

    /// Loads, patches and refreshes from many threads.
    private void concurrently() throws IOException {
        Library library = Library.load(live);
        Path[] users = new Path[8];
        for (int i = 0; i < users.length; i++) {
            users[i] = user("libuser" + i + ".so");
        }
        NativePatchable price = library.patchable("price");
        price.set(NativeTarget.symbol("price_dear"));
        Thread[] threads = new Thread[users.length];
        Throwable[] failures = new Throwable[users.length];
        for (int i = 0; i < threads.length; i++) {
            int number = i;
            threads[i] = Thread.ofPlatform().start(() -> {
                try {
                    Library user = Library.load(users[number]);
                    for (int round = 0; round < 50; round++) {
                        int found = user.call("user_tail", 2);
                        check(found == 198 || found == 0 || found == 60, "neither: " + found);
                        switch ((round + number) % 4) {
                            case 0 -> price.set(NativeTarget.symbol("price_dear"));
                            case 1 -> NativeModule.refresh();
                            case 2 -> price.override(NativeTarget.zero()).close();
                            default ->
                                new NativePatch()
                                        .reset(price)
                                        .reset(library.patchable("stock"))
                                        .apply();
                        }
                    }
                } catch (Throwable e) {
                    failures[number] = e;
                }
            });
        }
        for (int i = 0; i < threads.length; i++) {
            try {
                threads[i].join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            if (failures[i] != null) {
                throw new AssertionError(failures[i]);
            }
        }
        price.set(NativeTarget.symbol("price_dear"));
        for (Path each : users) {
            expect(Library.load(each).call("user_tail", 2), 198);
        }
    }

    private MemorySegment open(String name) throws IOException {
        long handle = Loader.open(user(name, "-Wl,-z,lazy").toString(), LAZY);
        return MemorySegment.ofAddress(Loader.symbol(handle, "user_price"));
    }

    private Path user(String name, String... flags) throws IOException {
        String[] all = new String[flags.length + 2];
        System.arraycopy(flags, 0, all, 0, flags.length);
        all[flags.length] = "-L" + folder;
        all[flags.length + 1] = "-llive";
        return Library.compile(folder, "user.c", name, all);
    }

    private static boolean isLoaded(String name) {
        return NativeModule.loaded().contains(name);
    }

    private static void refused(Runnable change, String... why) {
        try {
            change.run();
        } catch (NativePatchException e) {
            for (String each : why) {
                check(e.getMessage().contains(each) && !e.getMessage().contains("\n"), e.getMessage());
            }
            return;
        }
        throw new AssertionError("it was made");
    }
}
