package dev.repoint.linux.unwind;

import dev.repoint.elf.ElfException;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.RelocationTable;
import dev.repoint.elf.Segment;
import dev.repoint.elf.Symbol;
import dev.repoint.elf.SymbolTable;
import dev.repoint.linux.memory.FileSource;
import dev.repoint.linux.memory.Mapping;
import dev.repoint.linux.memory.Mappings;
import dev.repoint.machine.Architectures;
import dev.repoint.machine.instruction.RelocationUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What finds the callers of functions in a process, for `backtrace` and for exceptions: the library of the compiler
/// gcc, alone or linked into the program. It can be told of code that no file has.
///
/// @param registerFrame the address of `__register_frame` (`unwind-dw2-fde.c` of gcc)
/// @param findEntry     the address of `_Unwind_Find_FDE`, which finds the unwind entry of an instruction
/// @param slot          the address of the word through which the library calls `_Unwind_Find_FDE`; 0 if it calls it
///     directly, as when it is linked into the program
/// @param start         where the library is mapped
/// @param end           behind it
public record Unwinder(long registerFrame, long findEntry, long slot, long start, long end) {

    /// What glibc loads for `backtrace`.
    public static final String LIBRARY = "libgcc_s.so.1";

    private static final String REGISTER = "__register_frame";
    private static final String FIND = "_Unwind_Find_FDE";

    /// That of a process.
    ///
    /// @return null if it has none yet
    /// @throws ElfException if its file cannot be read
    public static @Nullable Unwinder find(long pid) throws IOException, ElfException {
        Path program = Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "exe"));
        List<Mapping> all = Mappings.of(pid).all();
        Unwinder found = null;
        for (Mapping each : all) {
            Path path = Path.of(each.path().startsWith("/") ? each.path() : "/");
            boolean isLibrary = String.valueOf(path.getFileName()).startsWith("libgcc_s");
            if (each.offset() == 0 && (isLibrary || path.equals(program))) {
                ElfFile file = ElfFile.read(FileSource.of(pid, each));
                long register = address(file, REGISTER);
                long find = address(file, FIND);
                if (register != 0 && find != 0 && (isLibrary || found == null)) {
                    long bias = bias(file, each);
                    long slot = slot(file);
                    found = new Unwinder(
                            bias + register, bias + find, slot == 0 ? 0 : bias + slot, each.start(), bias + end(file));
                }
            }
        }
        return found;
    }

    /// Whether a word is what the library had in its slot before the loader bound it.
    public boolean isUnbound(long word) {
        return word >= start && word < end && word != findEntry;
    }

    private static long bias(ElfFile file, Mapping first) {
        return file.segments().stream()
                .filter(Segment::isLoaded)
                .findFirst()
                .map(each ->
                        first.start() - (each.address().value() - each.offset().value()))
                .orElse(first.start());
    }

    private static long end(ElfFile file) {
        return file.segments().stream()
                .filter(Segment::isLoaded)
                .mapToLong(each -> each.address().value() + each.memorySize())
                .max()
                .orElse(0);
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

    private static long slot(ElfFile file) {
        for (RelocationTable table : file.relocations()) {
            for (int i = 0; i < table.count(); i++) {
                RelocationUse use = Architectures.of(file.machine()).use(table.type(i));
                boolean isSlot = use == RelocationUse.JUMP_SLOT || use == RelocationUse.GLOB_DAT;
                if (isSlot && table.symbols().get(table.symbol(i)).name().equals(FIND)) {
                    return table.offset(i);
                }
            }
        }
        return 0;
    }
}
