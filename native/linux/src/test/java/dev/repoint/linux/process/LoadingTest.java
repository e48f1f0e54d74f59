package dev.repoint.linux.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.elf.ElfFile;
import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import dev.repoint.linux.NativePatchException;
import dev.repoint.linux.ledger.LedgerEntry;
import dev.repoint.linux.memory.Mapping;
import dev.repoint.linux.memory.Mappings;
import dev.repoint.linux.patcher.LibraryLoad;
import dev.repoint.linux.patcher.ProcessPatch;
import dev.repoint.linux.patcher.ProcessPatcher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A library that a running program never heard of is loaded into it, and its calls are led there.
@Tag("aarch64")
class LoadingTest {

    /// Its constructor starts a thread, allocates, and uses floating-point registers.
    private static final String FIX = """
        #include <math.h>
        #include <pthread.h>
        #include <stdlib.h>
        static void *thread(void *x) { return x; }
        __attribute__((constructor)) static void begin(void) {
            pthread_t id;
            volatile double x = 2;
            x = x * 3 + 1;
            free(malloc(100000));
            pthread_create(&id, 0, thread, 0);
            pthread_join(id, 0);
        }
        int a_fixed(void) { return 64; }
        """;

    @TempDir
    Path folder;

    @BeforeEach
    void needsACompiler() {
        Tool.GCC.required();
    }

    private Path library() throws Exception {
        Path source = Files.writeString(folder.resolve("fix.c"), FIX);
        Path library = folder.toRealPath().resolve("libfix.so");
        Run.succeeding(
                folder,
                List.of("gcc", "-O2", "-shared", "-fPIC", "-pthread", "-o", library.toString(), source.toString()));
        return library;
    }

    @Test
    void callsAreLedIntoALibraryThatIsLoadedForThem() throws Exception {
        Path library = library();
        try (Busy busy = Busy.start(folder, "busy");
                ProcessPatcher patcher = ProcessPatcher.open(busy.pid())) {
            LibraryLoad.Loaded loaded = patcher.load(library);
            assertThat(loaded.path()).isEqualTo(library);
            assertThat(patcher.load(library).handle()).isEqualTo(loaded.handle());
            long start = Mappings.of(busy.pid()).all().stream()
                    .filter(each -> each.path().equals(library.toString()))
                    .mapToLong(Mapping::start)
                    .min()
                    .orElseThrow();
            long fixed = start
                    + ElfFile.read(library)
                            .dynamicSymbols()
                            .named("a_fixed")
                            .getFirst()
                            .value()
                            .value();
            Program program = new Program(busy.pid(), busy.file());
            ProcessPatcher.Applied applied = patcher.apply(new ProcessPatch(List.of(
                    program.change(patcher, "a_000", "libfix.so:a_fixed", fixed),
                    program.change(patcher, "b_000", "libfix.so:a_fixed", fixed))));
            assertThat(applied.sites()).isEqualTo(5);
            assertThat(applied.words()).isOne();
            assertThat(applied.pauseNanos()).isPositive();
            assertThat(patcher.entries()).extracting(LedgerEntry::target).containsOnly("libfix.so:a_fixed");
            program.set(patcher, "a_000", "a_000", "b_000", "b_000");
            assertThat(patcher.entries()).allMatch(LedgerEntry::isDefault);
            assertThat(busy.end()).startsWith("calls 1 seen 1 split 0 older 0 waits 0 epolls 0 vectors 0 lost 0");
        }
    }

    @Test
    void aThreadThatNeverWaitsIsBorrowedWhereItWouldWait() throws Exception {
        Path library = library();
        try (Busy hurried = Busy.start(folder, "hurried");
                ProcessPatcher patcher = ProcessPatcher.open(hurried.pid())) {
            long handle = patcher.load(library).handle();
            for (int i = 0; i < 20; i++) {
                assertThat(patcher.load(library).handle()).isEqualTo(handle);
            }
            assertThat(hurried.end()).isEqualTo("wrong 0");
        }
    }

    @Test
    void theLoadersOwnReasonIsGiven() throws Exception {
        try (Busy busy = Busy.start(folder, "busy");
                ProcessPatcher patcher = ProcessPatcher.open(busy.pid())) {
            assertThatThrownBy(() -> patcher.load(folder.resolve("busy.c")))
                    .isInstanceOf(NativePatchException.class)
                    .hasMessageContaining("busy.c: invalid ELF header");
            assertThatThrownBy(() -> patcher.load(folder.resolve("libnone.so")))
                    .isInstanceOf(NativePatchException.class)
                    .hasMessageContaining("libnone.so is no file that process " + busy.pid() + " sees");
            assertThat(busy.end()).endsWith("split 0 older 0 waits 0 epolls 0 vectors 0 lost 0");
        }
    }

    @Test
    void aProgramWithoutALoaderIsRefused() throws Exception {
        Path library = library();
        try (Busy busy = Busy.start(folder, "busy", "-static");
                ProcessPatcher patcher = ProcessPatcher.open(busy.pid())) {
            assertThatThrownBy(() -> patcher.load(library))
                    .isInstanceOf(NativePatchException.class)
                    .hasMessageContaining("has no dlopen");
        }
    }
}
