package dev.repoint.linux;

import static dev.repoint.linux.Verify.check;
import static dev.repoint.linux.Verify.expect;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.repoint.linux.poke.Poker;
import dev.repoint.machine.choice.PatchChoice;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;

/// A program: functions that everybody calls, also the JVM, are patched at their entries. Arguments: a folder, and one use
/// of them. Ends with 0 if all of it holds.
final class LiveEntriesOfAll {

    private static final LongAdder MALLOCS = new LongAdder();
    private static final int PATCHES = 700;
    private static final int THREADS = 4;

    private final EntryLibrary library;

    private LiveEntriesOfAll(Path folder) throws IOException {
        library = EntryLibrary.load(folder);
    }

    static void main(String[] arguments) throws Exception {
        LiveEntriesOfAll entries = new LiveEntriesOfAll(Path.of(arguments[0]));
        switch (arguments[1]) {
            case "java" -> entries.java();
            case "load" -> entries.load();
            case "stock" -> entries.stock();
            case "malloc" -> entries.malloc();
            default -> throw new IllegalArgumentException(arguments[1]);
        }
        System.out.println("ok");
    }

    private void java() throws ReflectiveOperationException {
        MethodHandle half = MethodHandles.lookup()
                .findStatic(
                        LiveEntriesOfAll.class,
                        "half",
                        MethodType.methodType(int.class, MethodHandle.class, int.class));
        NativeTarget around = NativeTarget.around(half, FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        NativePatch patch = new NativePatch();
        EntryLibrary.FUNCTIONS.forEach(each -> patch.set(library.entry(each), around));
        patch.apply();
        for (String each : EntryLibrary.FUNCTIONS) {
            for (int i = 0; i < 2000; i++) {
                expect(library.call(each, i), (i + 1) / 2, each);
            }
        }
        NativePatch reset = new NativePatch();
        EntryLibrary.FUNCTIONS.forEach(each -> reset.reset(library.entry(each)));
        reset.apply();
        expect(library.call("frame", 7), 8);
    }

    private static int half(MethodHandle original, int x) throws Throwable {
        return (int) original.invokeExact(x) / 2;
    }

    /// Threads call all functions, and are interrupted, while they change. `repoint stress` goes on for as long as one likes.
    private void load() {
        NativePatch all = new NativePatch();
        List<List<NativeTarget>> targets = new ArrayList<>();
        MemorySegment wrapped = library.module()
                .symbol("wrapped")
                .orElseThrow()
                .reinterpret((long) Long.BYTES * EntryLibrary.FUNCTIONS.size());
        for (int i = 0; i < EntryLibrary.FUNCTIONS.size(); i++) {
            NativePatchable entry = library.entry(EntryLibrary.FUNCTIONS.get(i));
            wrapped.setAtIndex(JAVA_LONG, i, entry.defaultCode().address());
            targets.add(
                    List.of(NativeTarget.byDefault(), NativeTarget.symbol("other"), NativeTarget.symbol("wrap" + i)));
        }
        expect(library.call("start", THREADS), 0);
        SplittableRandom random = new SplittableRandom(5);
        long traps = Poker.instance().traps();
        int patches = 0;
        while (patches < PATCHES || Poker.instance().traps() == traps) {
            NativePatch patch = new NativePatch();
            for (int i = 0; i < EntryLibrary.FUNCTIONS.size(); i++) {
                if (random.nextInt(3) == 0) {
                    patch.set(
                            library.entry(EntryLibrary.FUNCTIONS.get(i)),
                            targets.get(i).get(random.nextInt(3)));
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
        EntryLibrary.FUNCTIONS.forEach(each -> library.entry(each).reset());
        EntryLibrary.FUNCTIONS.forEach(each -> expect(library.call(each, 1), 2, each));
    }

    /// A function that the JVM itself calls all the time, also where it must not enter Java.
    private void malloc() throws ReflectiveOperationException {
        NativePatchable malloc = NativeModule.find("libc.so.6").patchable("malloc", PatchChoice.ENTRY.withAllNames());
        MethodHandle counted = MethodHandles.lookup()
                .findStatic(
                        LiveEntriesOfAll.class,
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
        threads.forEach(LiveEntriesOfAll::join);
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
        NativePatchable atoi = libc.patchable("atoi", PatchChoice.ENTRY.withAllNames());
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
