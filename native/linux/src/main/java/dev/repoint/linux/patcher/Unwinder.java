package dev.repoint.linux.patcher;

import dev.repoint.elf.ElfException;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.Segment;
import dev.repoint.elf.Symbol;
import dev.repoint.elf.SymbolTable;
import dev.repoint.linux.memory.FileSource;
import dev.repoint.linux.memory.Mapping;
import dev.repoint.linux.memory.Mappings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What finds the callers of functions in another process, for `backtrace` and for exceptions: the library of
/// the compiler gcc, alone or linked into the program. It can be told of code that no file has.
///
/// @param registerFrame the address of `__register_frame` (`unwind-dw2-fde.c` of gcc)
/// @param findEntry     the address of `_Unwind_Find_FDE`, which finds the unwind entry of an instruction. The first
///     time that it looks at a table it sorts it, and allocates memory: no handler of a signal should have to
record Unwinder(long registerFrame, long findEntry) {

    /// What glibc loads for `backtrace`.
    static final String LIBRARY = "libgcc_s.so.1";

    private static final String REGISTER = "__register_frame";
    private static final String FIND = "_Unwind_Find_FDE";

    /// That of a process.
    ///
    /// @return null if it has none yet
    static @Nullable Unwinder find(long pid) throws IOException, ElfException {
        Path program = Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "exe"));
        Unwinder found = null;
        for (Mapping each : Mappings.of(pid).all()) {
            Path path = Path.of(each.path().startsWith("/") ? each.path() : "/");
            boolean isLibrary = String.valueOf(path.getFileName()).startsWith("libgcc_s");
            if (each.offset() == 0 && (isLibrary || path.equals(program))) {
                ElfFile file = ElfFile.read(FileSource.of(pid, each));
                long register = address(file, REGISTER);
                long find = address(file, FIND);
                if (register != 0 && find != 0 && (isLibrary || found == null)) {
                    found = new Unwinder(bias(file, each) + register, bias(file, each) + find);
                }
            }
        }
        return found;
    }

    private static long bias(ElfFile file, Mapping first) {
        return file.segments().stream()
                .filter(Segment::isLoaded)
                .findFirst()
                .map(each ->
                        first.start() - (each.address().value() - each.offset().value()))
                .orElse(first.start());
    }

    private static long address(ElfFile file, String function) {
        for (SymbolTable symbols : List.of(file.dynamicSymbols(), file.symbols())) {
            for (Symbol each : symbols.named(function)) {
                if (each.isDefined()) {
                    return each.value().value();
                }
            }
        }
        return 0;
    }
}
