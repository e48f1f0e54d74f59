package dev.repoint.linux;

import static dev.repoint.linux.Verify.check;
import static dev.repoint.linux.Verify.expect;
import static dev.repoint.linux.Verify.refused;

import dev.repoint.linux.call.Memory;
import dev.repoint.machine.choice.Mechanism;
import dev.repoint.machine.choice.PatchChoice;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A program: what calls of functions reach that are patched at their entries. Arguments: a folder, and one use of
/// them. Ends with 0 if all of it holds.
final class LiveEntries {

    private final EntryLibrary library;

    private LiveEntries(Path folder) throws IOException {
        library = EntryLibrary.load(folder);
    }

    static void main(String[] arguments) throws Exception {
        LiveEntries entries = new LiveEntries(Path.of(arguments[0]));
        switch (arguments[1]) {
            case "classes" -> entries.classes();
            case "swapped" -> entries.swapped();
            case "wrapped" -> entries.wrapped();
            case "indirect" -> entries.indirect();
            case "refusals" -> entries.refusals();
            default -> throw new IllegalArgumentException(arguments[1]);
        }
        System.out.println("ok");
    }

    private void classes() throws IOException {
        List<byte[]> before = library.memory();
        for (String each : EntryLibrary.FUNCTIONS) {
            NativePatchable entry = library.entry(each);
            check(entry.mechanism() == Mechanism.ENTRY, each);
            check(library.module().patchable(each).mechanism() == Mechanism.ENTRY, each + " has no sites");
            int copy = Library.call(entry.defaultCode(), 40);
            expect(copy, 41, each, "copied");
            expect(Library.call(entry.defaultCode(), 0), 1, each, "copied");
            for (int i = 0; i < 3; i++) {
                expect(library.call(each, 4), 5, each);
                entry.set(NativeTarget.symbol("other"));
                expect(library.call(each, 4), 31, each);
                expect(Library.call(entry.defaultCode(), 4), 5, each, "copied");
                entry.set(NativeTarget.zero());
                expect(library.call(each, 4), 0, each);
                entry.reset();
                check(entry.isDefault(), each);
            }
            check(Library.isSame(before, library.memory()), "every byte is back of " + each);
        }
    }

    /// Functions that take each other's place.
    private void swapped() {
        NativePatchable other = library.entry("other");
        NativePatchable frame = library.entry("frame");
        new NativePatch()
                .set(other, NativeTarget.symbol("frame"))
                .set(frame, NativeTarget.symbol("other"))
                .apply();
        expect(library.call("other", 2), 3);
        expect(library.call("frame", 2), 17);
        other.reset();
        expect(library.call("other", 2), 17);
        expect(library.call("frame", 2), 17);
        other.set(NativeTarget.symbol("marked"));
        expect(library.call("other", 2), 3);
        expect(library.call("frame", 2), 17);
        frame.set(NativeTarget.code(library.module().symbol("frame").orElseThrow()));
        expect(library.call("frame", 2), 3);
        frame.reset();
        other.reset();
        expect(library.call("other", 2), 17);
    }

    private void refusals() {
        refused(() -> library.entry("nowhere"), "there is no such function");
        NativePatchable small = library.entry("small");
        refused(() -> small.set(NativeTarget.symbol("small")), "the patchable itself");
        NativeModule libc = NativeModule.find("libc.so.6");
        for (PatchChoice each : List.of(PatchChoice.ENTRY, PatchChoice.BEST)) {
            refused(() -> libc.patchable("malloc", each), "its entry has several names (");
            refused(() -> libc.patchable("malloc", each), "write PatchChoice.ENTRY.withAllNames()");
        }
        if (!Machine.IS_ARM) {
            refused(() -> library.entry("repeated").set(NativeTarget.symbol("other")), "repeats");
        }
        check(small.toString().equals("libentries.so: small -> default"), small.toString());
        small.set(NativeTarget.zero());
        NativeState state = NativeModule.states().getFirst();
        check(state.mechanism() == Mechanism.ENTRY && state.sites() == 1, state.toString());
        long address = library.module().symbol("small").orElseThrow().address();
        byte[] now = Memory.bytes(address, 1);
        write(address, (byte) 0x90);
        refused(small::reset, "other code has changed them");
        write(address, now[0]);
        small.reset();
        expect(library.call("small", 1), 2);
    }

    private static void write(long address, byte value) {
        Memory.protect(address & -Memory.PAGE, Memory.PAGE, Memory.READ | Memory.WRITE | Memory.EXECUTE);
        Memory.u8(address, value);
        Memory.protect(address & -Memory.PAGE, Memory.PAGE, Memory.READ | Memory.EXECUTE);
    }

    /// Functions that choose another one: that is named, and can be patched by the name.
    private void indirect() {
        NativePatchable chosen = library.module().patchable(chosen(library.module(), "indirect"), PatchChoice.ENTRY);
        check(chosen.key().symbol().equals("chosen_one"), chosen.toString());
        expect(library.call("call_indirect", 4), 5);
        chosen.set(NativeTarget.zero());
        expect(library.call("call_indirect", 4), 0);
        chosen.reset();
        expect(library.call("call_indirect", 4), 5);

        NativeModule libc = NativeModule.find("libc.so.6"); // memcpy is called all the time
        MemorySegment wmemset = libc.symbol("wmemset").orElseThrow();
        NativePatchable set = libc.patchable(chosen(libc, "wmemset"), PatchChoice.ENTRY.withAllNames());
        expect(Library.call(wmemset, 0, 0, 0), 0);
        set.set(NativeTarget.code(library.module().symbol("small").orElseThrow()));
        expect(Library.call(wmemset, 0, 0, 0), 1);
        set.reset();
        expect(Library.call(wmemset, 0, 0, 0), 0);
        chosen(libc, "memcpy");
    }

    private static String chosen(NativeModule module, String function) {
        String told = "; in this process that is ";
        NativePatchException refusal =
                refused(() -> module.patchable(function, PatchChoice.ENTRY), "indirect function");
        String text = String.valueOf(refusal.getMessage());
        check(text.contains(told), text);
        return text.substring(text.indexOf(told) + told.length());
    }

    /// Targets that call the function by its name: they reach the default.
    private void wrapped() throws IOException {
        List<byte[]> before = library.memory();
        NativePatchable frame = library.entry("frame");
        Library outside = library.outside();
        Map<NativeTarget, Integer> targets = new HashMap<>(Map.of(
                NativeTarget.symbol("by_linkage"), 10,
                NativeTarget.symbol("tailing"), 105,
                NativeTarget.symbol("by_slot"), 15,
                NativeTarget.symbol("directly"), 25,
                NativeTarget.code(outside.module().symbol("outside").orElseThrow()), 35));
        if (Machine.IS_ARM) {
            targets.remove(NativeTarget.symbol("by_slot")); // a call by a register cannot be changed
        }
        List<byte[]> beforeOutside = outside.memory();
        for (int i = 0; i < 2; i++) {
            targets.forEach((target, expected) -> {
                frame.set(target);
                expect(library.call("frame", 4), expected, target.text());
                expect(Library.call(frame.defaultCode(), 4), 5, target.text());
                expect(library.call("directly", 4), expected == 25 ? 25 : 5 * expected, target.text());
            });
        }
        frame.reset();
        expect(library.call("frame", 4), 5);
        expect(library.call("by_linkage", 4), 10);
        check(Library.isSame(before, library.memory()), "every byte is back");
        check(Library.isSame(beforeOutside, outside.memory()), "every byte is back of the other library");
        if (Machine.IS_ARM) {
            return; // one instruction is moved, and it is none that calls
        }
        frame.set(NativeTarget.symbol("by_slot"));
        NativePatchable target = library.entry("by_slot");
        refused(() -> target.set(NativeTarget.zero()), "is among the first instructions of");
        expect(library.call("frame", 4), 15);
        frame.reset();
        target.set(NativeTarget.zero());
        refused(() -> frame.set(NativeTarget.symbol("by_slot")), "is patched by something else; reset that first");
        target.reset();
    }
}
