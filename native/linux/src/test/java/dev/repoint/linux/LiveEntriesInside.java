package dev.repoint.linux;

import static dev.repoint.linux.Verify.expect;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.repoint.linux.call.Memory;
import dev.repoint.linux.memory.GivenBitsMemory;
import dev.repoint.linux.platform.Processors;
import dev.repoint.linux.poke.Batch;
import dev.repoint.linux.poke.Poker;
import dev.repoint.linux.processor.EntryJumps;
import dev.repoint.linux.processor.EntrySite;
import dev.repoint.machine.choice.PatchChoice;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/// A program: threads stand inside of the first instructions of functions while their entries are patched. Arguments: a
/// folder, and one use of them. Ends with 0 if all of it holds.
final class LiveEntriesInside {

    private static final int DIVIDING = 5;
    private static final int CALLING = 2;

    private final EntryLibrary library;

    private LiveEntriesInside(Path folder) throws IOException {
        library = EntryLibrary.load(folder);
    }

    static void main(String[] arguments) throws Exception {
        LiveEntriesInside entries = new LiveEntriesInside(Path.of(arguments[0]));
        switch (arguments[1]) {
            case "inside" -> entries.inside();
            case "inside-unmarked" -> entries.insideUnmarked();
            case "returning" -> entries.returning();
            case "copies" -> entries.copies();
            case "copies-unknown" -> entries.copiesUnknown();
            case "exceptions" -> entries.exceptions();
            case "throwing" -> throwing(Path.of(arguments[0]));
            default -> throw new IllegalArgumentException(arguments[1]);
        }
        System.out.println("ok");
    }

    /// A thread stands before an instruction at each distance from the entry, while the entry is patched and reset.
    private void inside() {
        for (int n = 0; n < DIVIDING; n++) {
            NativePatchable entry = library.entry("divide" + n);
            for (int changes = 1; changes <= 5; changes++) {
                expect(library.call("stick", n), 0);
                for (int i = 0; i < changes; i++) {
                    if (i % 2 == 0) {
                        entry.set(NativeTarget.symbol("other"));
                        expect(library.call("divide_by_one", n), 38, "patched", entry.toString());
                    } else {
                        entry.reset();
                    }
                }
                // Before its first instruction a call has not begun: it reaches what is set now.
                int expected = n == 0 && changes % 2 == 1 ? 38 : 6;
                expect(library.call("release"), expected, "stuck at " + n + ", changed " + changes + " times:");
                entry.reset();
            }
        }
    }

    /// The same without a breakpoint at the second instruction: what its thread runs next is the middle of a jump.
    private void insideUnmarked() {
        NativePatchable entry = library.entry("divide2");
        long address = library.module().symbol("divide2").orElseThrow().address();
        EntryJumps jumps = Processors.own().entries();
        int length = jumps.length();
        long original = Memory.bytesAsWord(address, length);
        EntrySite site = new EntrySite(address, length, original, new int[0], new long[] {
            entry.defaultCode().address()
        });
        expect(library.call("stick", 2), 0);
        // At distance 2 the jump has 06, which is no instruction.
        GivenBitsMemory.Place target =
                new GivenBitsMemory(Memory.READ | Memory.EXECUTE).take(16, address + length, 0xff00, 0x0600);
        Memory.protect(target.page(), Memory.PAGE, Memory.READ | Memory.WRITE | Memory.EXECUTE);
        Memory.bytes(target.address(), new byte[] {(byte) 0x8d, 0x47, 0x21, (byte) 0xc3}); // lea 33(%rdi),%eax; ret
        Poker.instance()
                .apply(Batch.builder()
                        .entry(site, original, jumps.jump(site, target.address()))
                        .build());
        expect(library.call("divide_by_one", 2), 38);
        expect(library.call("release"), 6);
    }

    /// A thread returns into the bytes that have changed meanwhile.
    private void returning() {
        for (int n = 0; n < CALLING; n++) {
            NativePatchable entry = library.entry("back" + n);
            for (int changes = 1; changes <= 4; changes++) {
                expect(library.call("wait_behind", n), 0);
                for (int i = 0; i < changes; i++) {
                    if (i % 2 == 0) {
                        entry.set(NativeTarget.symbol("other"));
                        expect(library.call("call_back_at_once", n), 38);
                    } else {
                        entry.reset();
                        expect(library.call("call_back_at_once", n), 51);
                    }
                }
                expect(library.call("release"), 51, "waiting behind " + n + ", changed " + changes + " times:");
                entry.reset();
            }
        }
    }

    /// Backtraces out of a copy.
    private void copies() {
        for (int n = 0; n < DIVIDING; n++) {
            NativePatchable entry = library.entry("divide" + n);
            MemorySegment copy = entry.defaultCode();
            watch(copy.address());
            entry.set(NativeTarget.code(copy));
            expect(library.call("stick", n), 0);
            expect(library.call("release"), 6);
            expect(library.call("number_of", 4), n + 1, "signals in copies:");
            expect(library.call("number_of", 3), 0, "backtraces that are cut:");
            entry.reset();
        }
    }

    /// The same of a copy that nobody was told of.
    private void copiesUnknown() {
        NativePatchable entry = library.entry("divide0");
        byte[] code = Memory.bytes(entry.defaultCode().address(), 7);
        long place = Memory.map(Memory.PAGE, Memory.READ | Memory.WRITE);
        Memory.bytes(place, code); // nop; div %cl; lea 1(%rdi),%eax
        Memory.u8(place + code.length - 2, 0x8d);
        Memory.bytes(place, new byte[] {(byte) 0xf6, (byte) 0xf1, (byte) 0x8d, 0x47, 1, (byte) 0xc3});
        Memory.protect(place, Memory.PAGE, Memory.READ | Memory.EXECUTE);
        watch(place);
        entry.set(NativeTarget.code(MemorySegment.ofAddress(place)));
        expect(library.call("stick", 0), 0);
        expect(library.call("release"), 6);
        expect(library.call("number_of", 4), 1, "signals in copies:");
        expect(library.call("number_of", 3), 1, "backtraces that are cut:");
    }

    private void watch(long copy) {
        variable("copy_from").set(JAVA_LONG, 0, copy);
        variable("copy_to").set(JAVA_LONG, 0, copy + 16);
    }

    private MemorySegment variable(String name) {
        return library.module().symbol(name).orElseThrow().reinterpret(Long.BYTES);
    }

    private void exceptions() {
        for (int n = 0; n < CALLING; n++) {
            NativePatchable entry = library.entry("back" + n);
            expect(library.call("throw_through", n), 1, "not patched");
            entry.set(NativeTarget.code(entry.defaultCode()));
            expect(library.call("call_back_at_once", n), 51);
            expect(library.call("throw_through", n), 1, "through the copy");
            entry.reset();
            expect(library.call("throw_through", n), 1, "not patched any more");
        }
    }

    /// A handler makes backtraces of a thread that throws. With `__register_frame` of GCC 12 or earlier the thread waits
    /// for ever, for a lock that it holds itself.
    private static void throwing(Path folder) throws IOException {
        Library library = Library.load(Library.compileCxx(folder, "throwing.cc", "libthrowing.so"));
        expect(library.call("begin"), 0);
        NativePatchable entry = library.module().patchable("passing", PatchChoice.ENTRY.withAllNames());
        for (int i = 0; i < 3; i++) {
            entry.set(NativeTarget.symbol("other"));
            expect(library.call("await_more", 1000), 0, "patched");
            entry.reset();
            expect(library.call("await_more", 1000), 0, "not patched");
        }
        expect(library.call("end"), 0, "backtraces that are cut:");
    }
}
