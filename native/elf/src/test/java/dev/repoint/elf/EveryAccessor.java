package dev.repoint.elf;

import dev.repoint.elf.dwarf.Lines;
import dev.repoint.elf.dwarf.Members;

/// Asks a view for everything that it can tell.
final class EveryAccessor {

    private EveryAccessor() {}

    /// @return something that depends on each answer
    static long of(ElfFile file) {
        long all = file.name().length()
                + file.bytes().byteSize()
                + file.type().hashCode()
                + file.machine().hashCode()
                + file.entry().value()
                + (file.isPie() ? 1 : 0)
                + file.toString().length();
        for (Section section : file.sections()) {
            all += section.name().length() + (section.isExecutable() ? 1 : 0) + (section.isWritable() ? 1 : 0);
            all += file.section(section.name()).hashCode()
                    + file.sectionAt(section.address()).hashCode();
            all += file.addressOf(section.offset()).hashCode()
                    + file.patchableFunctionEntries(section).size();
            if (section.hasBytes()) {
                all += file.bytes()
                        .asSlice(section.offset().value(), section.size())
                        .byteSize();
            }
        }
        for (Segment segment : file.segments()) {
            all += file.offsetOf(segment.address()).hashCode()
                    + file.offsetOf(segment.address().plus(-1)).hashCode();
            all += segment.isExecutable() || segment.isWritable() ? 1 : 0;
        }
        all += symbols(file, file.symbols()) + symbols(file, file.dynamicSymbols());
        for (RelocationTable table : file.relocations()) {
            all += table.toString().length() + table.target().hashCode();
            for (int i = 0; i < table.count(); i++) {
                all += table.get(i).hashCode() + table.offsetOfEntry(i).value();
                all += table.symbol(i) == 0
                        ? 0
                        : table.symbols().get(table.symbol(i)).hashCode();
            }
        }
        PackedRelocations packed = file.packedRelocations();
        for (int i = 0; i < packed.count(); i++) {
            all += packed.offset(i) + packed.addend(i) + packed.offsetOfWord(i).value();
        }
        for (Note note : file.notes()) {
            all += note.toString().length() + note.descriptor().byteSize() + note.descriptorBytes().length;
        }
        all += file.buildId().hashCode() + file.patchableFunctionEntries().size();
        if (file.dynamic().isPresent()) {
            Dynamic dynamic = file.dynamic().get();
            all += dynamic.entries().size()
                    + dynamic.needed().hashCode()
                    + dynamic.soname().hashCode()
                    + dynamic.runPath().hashCode()
                    + (dynamic.isBoundNow() || dynamic.isSymbolic() ? 1 : 0);
        }
        return all;
    }

    private static long symbols(ElfFile file, SymbolTable table) {
        long all = table.toString().length() + table.section().hashCode();
        for (int i = 0; i < table.size(); i++) {
            all += table.get(i).hashCode() + (table.isDefaultVersion(i) || table.isHiddenVersion(i) ? 1 : 0);
            all += table.isInSection(i)
                    ? file.sections().get(table.sectionIndex(i)).size()
                    : 0;
        }
        return all
                + (table.size() == 0
                        ? 0
                        : table.named(table.name(table.size() - 1)).size());
    }

    /// Asks for all debug information, too.
    static long ofDebugInformation(ElfFile file) throws ElfFormatException {
        long all = of(file);
        Lines lines = Lines.of(file);
        Members members = Members.of(file);
        for (int i = 0; i < file.symbols().size(); i++) {
            all += lines.at(new Address(file.symbols().value(i))).hashCode();
            all += lines.at(new SectionIndex(file.symbols().sectionIndex(i)), new Address(0))
                    .hashCode();
            all += members.of(file.symbols().name(i)).size();
        }
        return all;
    }
}
