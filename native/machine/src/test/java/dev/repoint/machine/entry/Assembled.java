package dev.repoint.machine.entry;

import dev.repoint.elf.ElfException;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.Symbol;
import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A library made of assembly or C, and the planner of its functions.
///
/// @param path    of the library
/// @param file    the library
/// @param module  the same
/// @param planner of its functions
record Assembled(Path path, ElfFile file, EntryModule module, EntryPlanner planner) {

    static Assembled of(Path folder, Tool compiler, String suffix, String source, String... flags) throws IOException {
        Path text = Files.writeString(Files.createTempFile(folder, "source", suffix), source);
        Path library = folder.resolve(text.getFileName() + ".so");
        List<String> command = new ArrayList<>(List.of(
                compiler.command(),
                "-shared",
                "-fPIC",
                "-Wl,-z,noexecstack",
                "-o",
                library.toString(),
                text.toString()));
        command.addAll(List.of(flags));
        Run.succeeding(folder, command);
        return of(library);
    }

    static Assembled of(Path library) throws ElfException {
        ElfFile file = ElfFile.read(library);
        EntryModule module = EntryModule.of(file);
        return new Assembled(library, file, module, new EntryPlanner(module));
    }

    /// Assembly for this machine, without anything else in the library.
    static Assembled x86(Path folder, String source) throws IOException {
        return of(folder, Tool.GCC, ".s", source, "-nostdlib");
    }

    static Assembled arm(Path folder, String source) throws IOException {
        return of(folder, Tool.AARCH64_GCC, ".s", source, "-nostdlib");
    }

    long address(String name) {
        Symbol symbol = file.symbols().named(name).getFirst();
        return symbol.value().value();
    }

    EntryVerdict judge(String name) throws ElfException {
        return planner.judge(address(name));
    }

    EntryPatch patch(String name) throws ElfException {
        if (judge(name) instanceof EntryVerdict.Accepted accepted) {
            return accepted.patch();
        }
        throw new AssertionError(judge(name).toString());
    }

    byte[] bytes(long address, int length) {
        long offset = file.offsetOf(new dev.repoint.elf.Address(address))
                .orElseThrow()
                .value();
        return file.bytes().asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE);
    }
}
