package dev.repoint.linux;

import static dev.repoint.linux.Verify.check;
import static dev.repoint.linux.Verify.expect;
import static dev.repoint.linux.Verify.refused;

import dev.repoint.linux.call.Loader;
import dev.repoint.machine.site.Safety;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What libraries import leads elsewhere.
final class LiveImports {

    private final Path folder;

    LiveImports(Path folder) {
        this.folder = folder;
    }

    /// What a library imports that was built without anything special, in the three ways in which it can be
    /// bound.
    void imported() throws IOException {
        Library live = Library.load(Library.patchable(folder));
        Path now =
                Library.compile(folder, "user.c", "libnow.so", "-Wl,-z,now", "-Wl,-z,relro", "-L" + folder, "-llive");
        Path noPlt = Library.compile(
                folder, "user.c", "libnoplt.so", "-fno-plt", "-Wl,-z,relro,-z,now", "-L" + folder, "-llive");
        Path lazy = Library.compile(folder, "user.c", "liblazy.so", "-Wl,-z,lazy", "-L" + folder, "-llive");
        List<Path> users = new ArrayList<>(List.of(now, noPlt));
        if (Machine.IS_ARM) {
            users.add(Library.compile(
                    folder,
                    "user.c",
                    "libbti.so",
                    "-mbranch-protection=standard",
                    "-nostartfiles", // which may have no landing pads
                    "-Wl,-z,now,-z,force-bti",
                    "-L" + folder,
                    "-llive"));
            Loader.open(lazy.toString(), 1);
            refused(() -> NativeModule.find("liblazy.so").patchable("price"), "LD_BIND_NOW");
        } else {
            users.add(lazy);
            users.add(Library.compile(
                    folder, "user.c", "libibt.so", "-fcf-protection", "-Wl,-z,ibtplt", "-L" + folder, "-llive"));
        }
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
    void importers() throws IOException {
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
    void libc() throws IOException {
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
        text.set(
                "strlen", "strnlen"); // an indirect function of another library: limit is in a register that holds more
        text.patchable("strlen").reset();
        expect(text.call("length", 12), 12);
    }

    /// The largest library of this process, which was built without anything special and runs while it is
    /// patched.
    void jvm() throws IOException {
        NativeModule jvm = NativeModule.find("libjvm.so");
        check(
                jvm.table().patchables().size() > 100,
                "patchables: " + jvm.table().patchables().size());
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
}
