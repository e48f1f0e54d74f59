package dev.repoint.linux;

import static dev.repoint.linux.Verify.check;
import static dev.repoint.linux.Verify.expect;
import static dev.repoint.linux.Verify.refused;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Pointers and tables of operations of a library lead elsewhere.
final class LiveWords {

    private final Path folder;

    LiveWords(Path folder) {
        this.folder = folder;
    }

    void pointer() throws IOException {
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
        // On AArch64 no code is patched for a pointer, but the pointer alone.
        expect(live.call("call_factor", 5), Machine.IS_ARM ? 36 : 16);
        live.patchable("factor").reset();
        expect(live.call("call_factor", 5), 36);
        expect(live.call("load_factor", 5), 35);
    }

    private static void store(Library live, int which) {
        live.call("store_factor", which);
    }

    void operations() throws IOException {
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
}
