package dev.repoint.linux.patcher;

import dev.repoint.elf.ElfException;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.Segment;
import dev.repoint.elf.Symbol;
import dev.repoint.linux.NativePatchException;
import dev.repoint.linux.memory.FileSource;
import dev.repoint.linux.memory.Mapping;
import dev.repoint.linux.memory.Mappings;
import dev.repoint.linux.ptrace.AuxiliaryVector;
import dev.repoint.linux.ptrace.LinkMaps;
import dev.repoint.linux.ptrace.Patience;
import dev.repoint.linux.ptrace.RemoteLoader;
import dev.repoint.linux.ptrace.RemoteMemory;
import dev.repoint.linux.ptrace.RemoteTask;
import dev.repoint.linux.refusal.ProcessRefusal;
import dev.repoint.machine.instruction.OutOfRange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Has another process load a library.
public final class LibraryLoad {

    /// A library that another process has loaded for us.
    ///
    /// @param path   as that process knows it
    /// @param handle that `dlopen` gave it
    public record Loaded(Path path, long handle) {}

    /// Where `dlopen` may be: glibc from 2.34 on, older ones, musl.
    private static final List<String> LIBRARIES =
            List.of("libc.so.6", "libc-", "libdl.so.2", "libdl-", "ld-musl", "libc.so");

    private LibraryLoad() {}

    /// The functions that are needed.
    ///
    /// @param open  the address of `dlopen`
    /// @param error the address of `dlerror`
    private record Loader(long open, long error) {}

    /// Loads it.
    ///
    /// @param library as this process sees it, or that one
    /// @param isForced whether a sandbox that cannot be looked into is trusted
    /// @throws NativePatchException if it cannot be
    static Loaded into(long pid, RemoteMemory memory, RemoteCodeArena codeArena, Path library, boolean isForced) {
        Path absolute = library.toAbsolutePath().normalize();
        Path seen = FileSource.seen(pid, absolute);
        if (seen == null) {
            throw ProcessRefusal.of(
                    "", absolute + " is no file that process " + pid + " sees; give it a path of its own");
        }
        try {
            Loader loader = loader(pid, memory);
            long code = codeArena.code(RemoteLoader.code());
            long handle = RemoteLoader.load(
                    pid,
                    memory,
                    code,
                    loader.open,
                    loader.error,
                    seen.toString(),
                    Patience.LONG,
                    RemoteTask.loading(isForced));
            return new Loaded(absolute, handle);
        } catch (IOException e) {
            throw ProcessRefusal.because("", "", e);
        }
    }

    /// Loads a library that its loader finds by name.
    ///
    /// @param patience with the threads, of which one loads it
    /// @throws dev.repoint.linux.ptrace.TraceException if it cannot be
    static void byName(
            long pid, RemoteMemory memory, RemoteCodeArena codeArena, String name, Patience patience, boolean isForced)
            throws IOException, OutOfRange {
        Loader loader = loader(pid, memory);
        long code = codeArena.code(RemoteLoader.code());
        RemoteLoader.load(pid, memory, code, loader.open, loader.error, name, patience, RemoteTask.loading(isForced));
    }

    /// Other namespaces have a C library of their own; what that loads the program does not see.
    private static Loader loader(long pid, RemoteMemory memory) throws IOException {
        Mappings mappings = Mappings.of(pid);
        LinkMaps maps = LinkMaps.read(memory, LinkMaps.find(AuxiliaryVector.of(pid), memory, mappings));
        for (Mapping each : mappings.all()) {
            Path path = Path.of(each.path().startsWith("/") ? each.path() : "/");
            String name = String.valueOf(path.getFileName());
            if (each.offset() == 0 && LIBRARIES.stream().anyMatch(name::startsWith)) {
                try {
                    ElfFile file = ElfFile.read(FileSource.of(pid, each));
                    long open = symbol(file, "dlopen");
                    long error = symbol(file, "dlerror");
                    if (open != 0 && error != 0 && isOfProgram(each.start(), file, maps)) {
                        return new Loader(each.start() + open, each.start() + error);
                    }
                } catch (ElfException e) {
                    throw ProcessRefusal.because("", "", "the C library of process " + pid + " cannot be read", e);
                }
            }
        }
        throw ProcessRefusal.of(
                "",
                "process " + pid + " has no dlopen: it is linked statically, or its C library is"
                        + " older than 2.34 and libdl.so.2 is not loaded; start it with LD_PRELOAD instead");
    }

    private static boolean isOfProgram(long base, ElfFile file, LinkMaps maps) {
        return maps.namespaces().isEmpty()
                || file.segments().stream()
                        .anyMatch(each -> each.type() == Segment.PT_DYNAMIC
                                && maps.namespaces().getFirst().stream()
                                        .anyMatch(link -> link.dynamic()
                                                == base + each.address().value()));
    }

    private static long symbol(ElfFile file, String name) {
        for (Symbol each : file.dynamicSymbols().named(name)) {
            if (each.isDefined()) {
                return each.value().value();
            }
        }
        return 0;
    }
}
