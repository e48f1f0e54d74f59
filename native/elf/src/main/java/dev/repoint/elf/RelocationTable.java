package dev.repoint.elf;

import dev.repoint.elf.raw.Bytes;
import dev.repoint.elf.raw.RelaEntry;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Relocation entries with addends (gABI chapter 4, "Relocation").
///
/// It is a view of the file's bytes: columns allocate nothing. Immutable and thread-safe. An index outside of 0
/// to [#count] exclusive is an [IndexOutOfBoundsException]; nothing else is thrown.
public final class RelocationTable {

    private final Bytes bytes;
    private final Section section;
    private final @Nullable Section target;
    private final SymbolTable symbols;
    private final int count;

    RelocationTable(Bytes bytes, Section section, @Nullable Section target, SymbolTable symbols, int count) {
        this.bytes = bytes;
        this.section = section;
        this.target = target;
        this.symbols = symbols;
        this.count = count;
    }

    /// The section that holds it. Without section headers, one that the dynamic section describes: its index is
    /// 0, it is named `.rela.dyn` or `.rela.plt`, and it is not among the sections of the file.
    public Section section() {
        return section;
    }

    /// The section that the entries are about; empty if they are about any, as in `.rela.dyn`.
    public Optional<Section> target() {
        return Optional.ofNullable(target);
    }

    /// The symbols that the entries name; an empty table if they name none.
    public SymbolTable symbols() {
        return symbols;
    }

    /// How many entries there are.
    public int count() {
        return count;
    }

    /// The address that an entry is about; in a relocatable file the distance from the start of the target.
    public long offset(int index) {
        return RelaEntry.offset(bytes, at(index));
    }

    /// The type of an entry, as the psABI of the machine numbers them.
    public int type(int index) {
        return RelaEntry.type(bytes, at(index));
    }

    /// The index of an entry's symbol in [#symbols], 0 if none.
    public int symbol(int index) {
        return RelaEntry.symbol(bytes, at(index));
    }

    /// What an entry adds to its symbol's value.
    public long addend(int index) {
        return RelaEntry.addend(bytes, at(index));
    }

    /// An entry, whole.
    public Relocation get(int index) {
        return new Relocation(index, new Address(offset(index)), type(index), symbol(index), addend(index));
    }

    /// Where an entry starts in the file. It has 24 bytes.
    public FileOffset offsetOfEntry(int index) {
        return new FileOffset(at(index));
    }

    @Override
    public String toString() {
        return section.name() + ": " + count + " relocations";
    }

    private long at(int index) {
        return section.offset().value() + (long) Objects.checkIndex(index, count) * RelaEntry.SIZE;
    }
}
