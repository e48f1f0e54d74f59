package dev.repoint.fuzz;

import dev.repoint.elf.ElfFile;
import dev.repoint.machine.site.Collector;
import dev.repoint.machine.site.SiteTable;
import dev.repoint.machine.table.TableFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/// What is fuzzed. A new target is a class with a method `fuzzerTestOneInput`, and a line here.
enum Target {
    /// The reader of ELF files.
    ELF(ElfTarget.class, ElfTarget::fuzzerTestOneInput),
    /// The readers of debug information.
    DEBUG(DebugTarget.class, DebugTarget::fuzzerTestOneInput),
    /// The planner of entries.
    ENTRIES(EntriesTarget.class, EntriesTarget::fuzzerTestOneInput),
    /// The collector of sites.
    COLLECTOR(CollectorTarget.class, CollectorTarget::fuzzerTestOneInput),
    /// The readers of mangled names.
    NAMES(NamesTarget.class, NamesTarget::fuzzerTestOneInput) {
        @Override
        Optional<byte[]> seed(byte[] file) {
            return Optional.of(NamesTarget.SEED.getBytes(StandardCharsets.UTF_8));
        }
    },
    /// The weaver of class files.
    WEAVER(WeaverTarget.class, WeaverTarget::fuzzerTestOneInput) {
        @Override
        boolean isOfClassFiles() {
            return true;
        }
    },
    /// Direct mode, which points calls in class files elsewhere.
    DIRECT(DirectTarget.class, DirectTarget::fuzzerTestOneInput) {
        @Override
        boolean isOfClassFiles() {
            return true;
        }
    },
    /// The reader of tables.
    TABLE(TableTarget.class, TableTarget::fuzzerTestOneInput) {
        @Override
        Optional<byte[]> seed(byte[] file) throws IOException {
            SiteTable table = Collector.collect(ElfFile.of("seed", MemorySegment.ofArray(file)));
            return table.buildId().isEmpty() ? Optional.empty() : Optional.of(TableFile.bytes(table));
        }
    };

    private final Class<?> type;
    private final Consumer<byte[]> run;

    Target(Class<?> type, Consumer<byte[]> run) {
        this.type = type;
        this.run = run;
    }

    /// What people type.
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The name of the class that Jazzer is given.
    String className() {
        return type.getName();
    }

    /// Feeds it.
    void run(byte[] bytes) {
        run.accept(bytes);
    }

    /// Whether it begins with class files, and not with what compilers make of C.
    boolean isOfClassFiles() {
        return false;
    }

    /// What the target begins with, made of a small ELF file; empty if nothing can be made of it.
    Optional<byte[]> seed(byte[] file) throws IOException {
        return Optional.of(file);
    }
}
