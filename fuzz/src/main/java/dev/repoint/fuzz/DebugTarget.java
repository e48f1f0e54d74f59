package dev.repoint.fuzz;

import dev.repoint.elf.Address;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.ElfFormatException;
import dev.repoint.elf.SectionIndex;
import dev.repoint.elf.SymbolTable;
import dev.repoint.elf.dwarf.Lines;
import dev.repoint.elf.dwarf.Members;
import java.lang.foreign.MemorySegment;

/// The readers of debug information: any contents are a format error, or answers.
public final class DebugTarget {

    private DebugTarget() {}

    /// Reads bytes as a file, and asks for the line and the members of each of its symbols.
    public static void fuzzerTestOneInput(byte[] bytes) {
        try {
            ElfFile file = ElfFile.of("fuzzed", MemorySegment.ofArray(bytes));
            SymbolTable symbols = file.symbols();
            Lines lines = Lines.of(file);
            for (int i = 0; i < symbols.size(); i++) {
                lines.at(new Address(symbols.value(i)));
                lines.at(new SectionIndex(symbols.sectionIndex(i)), new Address(symbols.value(i)));
            }
            Members members = Members.of(file);
            for (int i = 0; i < symbols.size(); i++) {
                members.of(symbols.name(i), symbols.sourceFile(i));
            }
        } catch (ElfFormatException refused) {
            Expect.oneLine(refused);
        }
    }
}
