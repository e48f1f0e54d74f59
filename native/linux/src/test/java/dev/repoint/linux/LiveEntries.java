package dev.repoint.linux;

import static dev.repoint.linux.Verify.check;
import static dev.repoint.linux.Verify.expect;
import static dev.repoint.linux.Verify.refused;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.repoint.fixtures.Run;
import dev.repoint.linux.call.Memory;
import dev.repoint.linux.memory.GivenBitsMemory;
import dev.repoint.linux.platform.Processors;
import dev.repoint.linux.poke.Batch;
import dev.repoint.linux.poke.Poker;
import dev.repoint.linux.processor.EntryJumps;
import dev.repoint.linux.processor.EntrySite;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;

/// A program: functions are patched at their entries. Arguments: a folder, and one use of them. Ends with 0 if all
/// of it holds.
final class LiveEntries {

    private static final List<String> FUNCTIONS = List.of(
            "whole",
            "frame",
            "marked",
            "bytes",
            "relative",
            "conditional",
            "jumping",
            "counted",
            "calling",
            "small",
            "stores");
    private static final LongAdder MALLOCS = new LongAdder();
    private static final int DIVIDING = 5;
    private static final int CALLING = 2;
    private static final int THREADS = 4;

    private final Library library;

    private LiveEntries(Path folder) throws IOException {
        Path source = folder.resolve("entries.cc");
        try (InputStream text = LiveEntries.class.getResourceAsStream("entries.cc")) {
            Files.copy(text, source);
        }
        Path file = folder.resolve("libentries.so");
        Run.succeeding(
                folder,
                List.of("g++", "-O2", "-fPIC", "-shared", "-o", file.toString(), source.toString(), "-pthread"));
        library = Library.load(file);
        library.call("init");
    }

    static void main(String[] arguments) throws Exception {
        LiveEntries entries = new LiveEntries(Path.of(arguments[0]));
        switch (arguments[1]) {
            case "classes" -> entries.classes();
            case "inside" -> entries.inside();
            case "inside-unmarked" -> entries.insideUnmarked();
            case "returning" -> entries.returning();
            case "copies" -> entries.copies();
            case "copies-unknown" -> entries.copiesUnknown();
            case "exceptions" -> entries.exceptions();
            case "java" -> entries.java();
            case "swapped" -> entries.swapped();
            case "load" -> entries.load();
            case "refusals" -> entries.refusals();
            case "stock" -> entries.stock();
            case "malloc" -> entries.malloc();
            default -> throw new IllegalArgumentException(arguments[1]);
        }
        System.out.println("ok");
    }

    private NativePatchable entry(String function) {
        return library.module().patchable(function, PatchedAt.ENTRY);
    }

    private void classes() throws IOException {
        List<byte[]> before = library.memory();
        for (String each : FUNCTIONS) {
            NativePatchable entry = entry(each);
            check(entry.patchedAt() == PatchedAt.ENTRY, each);
            check(library.module().patchable(each).patchedAt() == PatchedAt.ENTRY, each + " has no sites");
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

    /// A thread stands before an instruction at each distance from the entry, while the entry is patched and reset.
    private void inside() {
        for (int n = 0; n < DIVIDING; n++) {
            NativePatchable entry = entry("divide" + n);
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
        NativePatchable entry = entry("divide2");
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
            NativePatchable entry = entry("back" + n);
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
            NativePatchable entry = entry("divide" + n);
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
        NativePatchable entry = entry("divide0");
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
            NativePatchable entry = entry("back" + n);
            expect(library.call("throw_through", n), 1, "not patched");
            entry.set(NativeTarget.code(entry.defaultCode()));
            expect(library.call("call_back_at_once", n), 51);
            expect(library.call("throw_through", n), 1, "through the copy");
            entry.reset();
            expect(library.call("throw_through", n), 1, "not patched any more");
        }
    }

    private void java() throws ReflectiveOperationException {
        MethodHandle half = MethodHandles.lookup()
                .findStatic(LiveEntries.class, "half", MethodType.methodType(int.class, MethodHandle.class, int.class));
        NativeTarget around = NativeTarget.around(half, FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        NativePatch patch = new NativePatch();
        FUNCTIONS.forEach(each -> patch.set(entry(each), around));
        patch.apply();
        for (String each : FUNCTIONS) {
            for (int i = 0; i < 2000; i++) {
                expect(library.call(each, i), (i + 1) / 2, each);
            }
        }
        NativePatch reset = new NativePatch();
        FUNCTIONS.forEach(each -> reset.reset(entry(each)));
        reset.apply();
        expect(library.call("frame", 7), 8);
    }

    private static int half(MethodHandle original, int x) throws Throwable {
        return (int) original.invokeExact(x) / 2;
    }

    /// Functions that take each other's place.
    private void swapped() {
        NativePatchable other = entry("other");
        NativePatchable frame = entry("frame");
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

    /// Threads call all functions, and are interrupted, while they change.
    private void load() {
        NativePatch all = new NativePatch();
        List<List<NativeTarget>> targets = new ArrayList<>();
        MemorySegment wrapped =
                library.module().symbol("wrapped").orElseThrow().reinterpret((long) Long.BYTES * FUNCTIONS.size());
        for (int i = 0; i < FUNCTIONS.size(); i++) {
            NativePatchable entry = entry(FUNCTIONS.get(i));
            wrapped.setAtIndex(JAVA_LONG, i, entry.defaultCode().address());
            targets.add(
                    List.of(NativeTarget.byDefault(), NativeTarget.symbol("other"), NativeTarget.symbol("wrap" + i)));
        }
        expect(library.call("start", THREADS), 0);
        SplittableRandom random = new SplittableRandom(5);
        long traps = Poker.instance().traps();
        int patches = 0;
        while (patches < 3000 || Poker.instance().traps() == traps) {
            NativePatch patch = new NativePatch();
            for (int i = 0; i < FUNCTIONS.size(); i++) {
                if (random.nextInt(3) == 0) {
                    patch.set(entry(FUNCTIONS.get(i)), targets.get(i).get(random.nextInt(3)));
                }
            }
            patch.apply();
            patches++;
        }
        library.call("finish", THREADS);
        System.out.println(Map.of(
                "calls", library.call("number_of", 0),
                "patches", patches,
                "traps", Poker.instance().traps() - traps,
                "wrong", library.call("number_of", 1),
                "samples", library.call("number_of", 2),
                "cut", library.call("number_of", 3)));
        expect(library.call("number_of", 1), 0, "wrong:");
        expect(library.call("number_of", 3), 0, "backtraces that are cut:");
        FUNCTIONS.forEach(each -> entry(each).reset());
        FUNCTIONS.forEach(each -> expect(library.call(each, 1), 2, each));
    }

    private void refusals() {
        refused(() -> entry("nowhere"), "there is no such function");
        NativePatchable small = entry("small");
        refused(() -> small.set(NativeTarget.symbol("small")), "the patchable itself");
        refused(() -> entry("repeated").set(NativeTarget.symbol("other")), "repeats");
        check(small.toString().equals("libentries.so: small -> default"), small.toString());
        small.set(NativeTarget.zero());
        NativeState state = NativeModule.states().getFirst();
        check(state.patchedAt() == PatchedAt.ENTRY && state.sites() == 1, state.toString());
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

    /// A function that the JVM itself calls all the time, also where it must not enter Java.
    private void malloc() throws ReflectiveOperationException {
        NativePatchable malloc = NativeModule.find("libc.so.6").patchable("malloc", PatchedAt.ENTRY);
        MethodHandle counted = MethodHandles.lookup()
                .findStatic(
                        LiveEntries.class,
                        "counted",
                        MethodType.methodType(MemorySegment.class, MethodHandle.class, long.class));
        FunctionDescriptor type = FunctionDescriptor.of(ADDRESS, JAVA_LONG);
        malloc.set(NativeTarget.around(counted, type));
        MethodHandle call = Linker.nativeLinker()
                .downcallHandle(NativeModule.find("libc.so.6").symbol("malloc").orElseThrow(), type);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    for (int n = 1; n <= 20_000; n++) {
                        check(((MemorySegment) call.invokeExact((long) n % 100)).address() != 0, "memory");
                        if (n % 1000 == 0) {
                            System.gc();
                        }
                    }
                } catch (Throwable e) {
                    throw new AssertionError(e);
                }
            }));
        }
        threads.forEach(LiveEntries::join);
        check(MALLOCS.sum() >= 20_000L * THREADS, "counted " + MALLOCS.sum());
        malloc.reset();
        long last = MALLOCS.sum();
        try {
            MemorySegment _ = (MemorySegment) call.invokeExact(8L);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        check(MALLOCS.sum() == last, "not counted any more");
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static MemorySegment counted(MethodHandle original, long size) throws Throwable {
        MALLOCS.increment();
        return (MemorySegment) original.invokeExact(size);
    }

    /// Functions of libraries that come without sites.
    private void stock() {
        NativeModule libc = NativeModule.find("libc.so.6");
        NativePatchable atoi = libc.patchable("atoi", PatchedAt.ENTRY);
        MemorySegment text = java.lang.foreign.Arena.global().allocateFrom("12");
        MethodHandle call = libc.handle("atoi", MethodType.methodType(int.class, MemorySegment.class));
        try {
            expect((int) call.invokeExact(text), 12);
            atoi.set(NativeTarget.zero());
            expect((int) call.invokeExact(text), 0);
            atoi.reset();
            expect((int) call.invokeExact(text), 12);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
