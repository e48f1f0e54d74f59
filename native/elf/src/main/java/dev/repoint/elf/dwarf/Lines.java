package dev.repoint.elf.dwarf;

import dev.repoint.elf.Address;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.ElfFormatException;
import dev.repoint.elf.SectionIndex;
import java.util.Optional;

/// Which line of source code each instruction comes from, as the line number table says (`.debug_line`, DWARF
/// 5, section 6.2). Immutable and thread-safe.
///
/// It is read whole: the time and memory that it takes grow with the table.
public final class Lines {

    private final LineRows rows;

    private Lines(LineRows rows) {
        this.rows = rows;
    }

    /// The lines of a file; none if it has no debug information.
    ///
    /// @throws ElfFormatException if the table is malformed
    public static Lines of(ElfFile file) throws ElfFormatException {
        DebugSections sections = new DebugSections(file);
        LineReader reader = new LineReader(file, new Texts(file, sections));
        for (DebugSection table : sections.all("line")) {
            reader.read(table);
        }
        return new Lines(reader.rows());
    }

    /// Whether there are none.
    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /// The line of the instruction at an address of a linked file.
    public Optional<SourceLine> at(Address address) {
        return rows.find(0, address.value());
    }

    /// The line of the instruction in a section of a relocatable file.
    ///
    /// @param section  the index of the section
    /// @param distance from its start
    public Optional<SourceLine> at(SectionIndex section, Address distance) {
        return rows.find(section.value(), distance.value());
    }
}
