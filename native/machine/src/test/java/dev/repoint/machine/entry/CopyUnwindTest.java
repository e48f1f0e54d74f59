package dev.repoint.machine.entry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CopyUnwindTest {

    private static final FunctionDescriptor CALL =
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);

    /// What `f` calls first is moved with the call. `call` keeps its own frame.
    private static final String SOURCE = """
        #include <execinfo.h>
        static void *frames[64];
        static int depth;
        extern "C" __attribute__((noinline)) void record(int x) { depth = backtrace(frames, 64); }
        extern "C" __attribute__((noinline)) void thrower(int x) { if (x > 10) throw x; if (x > 5) throw 2.5; }
        struct Guard { int *at; ~Guard() { *at += 1000; } };
        static int cleaned;
        extern "C" {
        int seen(int i) { return i < depth; }
        void *frame(int i) { return frames[i]; }
        int f(int x) { record(x); return x + 1; }
        int pushes(int x) { int y = x * 3; record(x); asm volatile("" : "+r"(x)); return x + y; }
        int passes(int x) { thrower(x); return x + 1; }
        int catches(int x) { try { thrower(x); return 1; } catch (int e) { return e; } catch (...) { return 2; } }
        int catchesAll(int x) { try { thrower(x); return 1; } catch (...) { return 3; } }
        int cleans(int x) { Guard guard{&cleaned}; thrower(x); return x; }
        int call(int (*g)(int), int x) {
          cleaned = 0;
          try { int y = g(x); return y + cleaned; } catch (int e) { return 100 + e + cleaned; } catch (double d) { return 200 + cleaned; }
        }
        }
        """;

    @TempDir
    Path folder;

    /// The witness is `readelf`: it shows the same rows for the copy as for the function.
    @ParameterizedTest
    @ValueSource(strings = {"f", "pushes", "catches"})
    void readelfShowsTheRowsOfTheFunction(String name) throws IOException {
        Tool.READELF.required();
        Assembled library = library();
        EntryPatch patch = library.patch(name);
        MovedCopy copy = patch.copy(0x100_0000);
        CopyUnwind unwind = CopyUnwind.of(library.module(), patch, copy).orElseThrow();
        byte[] frames = unwind.frames(0x100_1000, 0x100_2000);
        assertThat(frames).hasSize(unwind.framesLength());

        List<String> rows = rows(frames, 0x100_1000);
        assertThat(rows).anyMatch(line -> line.contains("pc=%016x..%016x".formatted(copy.address(), copy.end())));
        assertThat(rows).anyMatch(line -> line.startsWith("%016x rsp+8".formatted(copy.address())));
        List<String> originals = Run.succeeding(
                        folder,
                        List.of(
                                "readelf",
                                "--debug-dump=frames-interp",
                                "-w",
                                library.path().toString()))
                .lines();
        for (dev.repoint.machine.instruction.Step step : patch.moved()) {
            String row = originals.stream()
                    .filter(line -> line.startsWith("%016x ".formatted(step.address())))
                    .findFirst()
                    .map(line -> line.substring(17).replaceAll(" +", " ").strip())
                    .orElse("");
            if (!row.isEmpty()) {
                assertThat(rows).contains("%016x %s".formatted(copy.toCopy(step.address()), row));
            }
        }
    }

    private List<String> rows(byte[] frames, long address) throws IOException {
        StringBuilder text = new StringBuilder(".section .eh_frame,\"a\",@progbits\n");
        for (byte each : frames) {
            text.append(".byte ").append(each).append('\n');
        }
        Path source = Files.writeString(folder.resolve("frames.s"), text);
        Run.succeeding(
                folder,
                List.of(
                        "gcc",
                        "-nostdlib",
                        "-static",
                        "-Wl,--no-ld-generated-unwind-info,--section-start=.eh_frame=0x" + Long.toHexString(address),
                        "-Wl,-e,0",
                        "-o",
                        "frames",
                        source.toString()));
        return Run.succeeding(folder, List.of("readelf", "--debug-dump=frames-interp", "frames")).lines().stream()
                .map(line -> line.replaceAll(" +", " ").strip())
                .toList();
    }

    @Test
    void aBacktraceOutOfACopyIsWhole() throws Throwable {
        Assembled library = library();
        for (String name : List.of("f", "pushes")) {
            Registered copy = new Registered(library, name);
            int result = copy.call(20);

            assertThat(result).isEqualTo(name.equals("f") ? 21 : 80);
            MemorySegment frame = (MemorySegment) NearPages.call(
                            copy.pages.function("frame"),
                            FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT))
                    .invokeExact(1);
            boolean isMoved = copy.patch.moved().getLast().flow().isCall();
            assertThat(isMoved).isEqualTo(name.equals("f"));
            if (isMoved) {
                assertThat(frame.address()).isBetween(copy.start, copy.start + copy.copy.bytes().length);
            }
            MemorySegment caller = (MemorySegment) NearPages.call(
                            copy.pages.function("frame"),
                            FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT))
                    .invokeExact(2);
            long call = copy.pages.function("call").address();
            assertThat(caller.address()).isBetween(call, call + 200);
        }
    }

    /// Exceptions that come out of a moved call are handled as in the function itself.
    @ParameterizedTest
    @ValueSource(strings = {"passes", "catches", "catchesAll", "cleans"})
    void anExceptionGoesWhereItGoesWithoutThePatch(String name) throws Throwable {
        Assembled library = library();
        Registered copy = new Registered(library, name);
        assertThat(copy.patch.moved()).anyMatch(step -> step.flow().isCall());
        for (int x : new int[] {1, 7, 20}) {
            int expected =
                    (int) NearPages.call(copy.pages.function("call"), CALL).invokeExact(copy.pages.function(name), x);
            assertThat(copy.call(x)).as("%s(%d)", name, x).isEqualTo(expected);
        }
    }

    private Assembled library() throws IOException {
        return Assembled.of(
                folder,
                Tool.GXX,
                ".cc",
                SOURCE,
                "-O2",
                "-fcf-protection",
                "-Wl,-Bsymbolic",
                "-fno-optimize-sibling-calls",
                "-fno-ipa-ra");
    }

    /// A copy in this process, with its unwind entry.
    private static final class Registered {

        private final NearPages pages;
        private final EntryPatch patch;
        private final MovedCopy copy;
        private final long start;
        private final MemorySegment placed;

        Registered(Assembled library, String name) throws Throwable {
            pages = new NearPages(library, "call");
            patch = library.patch(name);
            copy = patch.copy(pages.next());
            placed = pages.write(copy.bytes());
            start = placed.address();
            CopyUnwind unwind = CopyUnwind.of(library.module(), patch, copy).orElseThrow();
            long exceptions = pages.next();
            if (unwind.exceptionsLength() > 0) {
                byte[] table = unwind.exceptions(exceptions);
                assertThat(table).hasSize(unwind.exceptionsLength());
                pages.write(table);
            }
            MemorySegment frames = pages.write(unwind.frames(pages.next(), exceptions));
            MemorySegment end = pages.write(CopyUnwind.terminator());
            assertThat(end.address() - frames.address()).isEqualTo(unwind.framesLength());
            NearPages.call(
                            SymbolLookup.libraryLookup("libgcc_s.so.1", Arena.global())
                                    .findOrThrow("__register_frame"),
                            FunctionDescriptor.ofVoid(ValueLayout.ADDRESS))
                    .invokeExact(frames);
        }

        int call(int x) throws Throwable {
            return (int) NearPages.call(pages.function("call"), CALL).invokeExact(placed, x);
        }
    }
}
