package dev.repoint.elf;

import dev.repoint.elf.raw.Bytes;
import dev.repoint.elf.raw.SymbolEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The symbols of a file: the table for linking or the one for the loader (gABI chapter 4, "Symbol Table").
///
/// It is a view of the file's bytes: the columns that give numbers and enums allocate nothing, and a name is
/// made each time it is asked for. Immutable and thread-safe. An index outside of 0 to [#size] exclusive is an
/// [IndexOutOfBoundsException]; nothing else is thrown.
public final class SymbolTable {

    /// The section index of what the file does not define.
    public static final int SHN_UNDEF = 0;
    /// The section index of what has a value but no section.
    public static final int SHN_ABS = 0xfff1;
    /// The section index of a variable that the linker is yet to place.
    public static final int SHN_COMMON = 0xfff2;

    private final SymbolLayout layout;
    private final Bytes bytes;
    private final StringTable strings;
    private final SymbolVersions versions;
    private final int[] files;
    private volatile @Nullable SymbolNames names;

    /// @param files the indexes of the symbols of type FILE, ascending
    SymbolTable(SymbolLayout layout, Bytes bytes, StringTable strings, SymbolVersions versions, int[] files) {
        this.layout = layout;
        this.bytes = bytes;
        this.strings = strings;
        this.versions = versions;
        this.files = files;
    }

    /// Whether it is the table for the loader.
    public boolean isDynamic() {
        return layout.dynamic();
    }

    /// The section that holds it; empty if the file has no such table, or no section headers.
    public Optional<Section> section() {
        return Optional.ofNullable(layout.section());
    }

    /// How many symbols there are, with the one at index 0 that stands for none.
    public int size() {
        return layout.count();
    }

    /// A symbol, whole.
    public Symbol get(int index) {
        long at = at(index);
        return new Symbol(
                index,
                name(index),
                new Address(SymbolEntry.value(bytes, at)),
                SymbolEntry.size(bytes, at),
                type(index),
                binding(index),
                visibility(index),
                sectionIndex(index),
                version(index),
                sourceFile(index));
    }

    /// The name, without its version; empty if it has none.
    ///
    /// In the table for linking the linker appends versions to names (`crc32@ZLIB_1.2`); here that is cut off,
    /// so that both tables give the same name. What is not UTF-8 becomes U+FFFD.
    public String name(int index) {
        String whole = wholeName(index);
        int mark = versionMark(whole);
        return mark < 0 ? whole : whole.substring(0, mark);
    }

    /// The address; in a relocatable file the distance from the start of its section, or for a common symbol
    /// its alignment.
    public long value(int index) {
        return SymbolEntry.value(bytes, at(index));
    }

    /// The size in bytes, unsigned; 0 if not known.
    public long size(int index) {
        return SymbolEntry.size(bytes, at(index));
    }

    /// The section that defines it, or [#SHN_UNDEF], [#SHN_ABS], [#SHN_COMMON] or another reserved index.
    ///
    /// A linked file may have lost the section, or all section headers: then [#SHN_ABS], as only the address is
    /// left. In a file with more than 65,279 sections an index can be that of a section or a reserved one: ask
    /// [#isInSection].
    public int sectionIndex(int index) {
        return layout.sectionIndex(bytes, Objects.checkIndex(index, size()));
    }

    /// Whether [#sectionIndex] is the index of one of the file's sections, other than the one that stands for
    /// none.
    public boolean isInSection(int index) {
        return layout.isInSection(bytes, Objects.checkIndex(index, size()));
    }

    /// Whether the file defines it.
    public boolean isDefined(int index) {
        return SymbolEntry.shndx(bytes, at(index)) != SHN_UNDEF;
    }

    /// What it is for.
    public SymbolType type(int index) {
        return SymbolType.of(SymbolEntry.type(bytes, at(index)));
    }

    /// Where it is known.
    public SymbolBinding binding(int index) {
        return SymbolBinding.of(SymbolEntry.binding(bytes, at(index)));
    }

    /// Who may refer to it.
    public SymbolVisibility visibility(int index) {
        return SymbolVisibility.of(SymbolEntry.visibility(bytes, at(index)));
    }

    /// The name of its version, for example `GLIBC_2.2.5`: the one it is defined with, or the one that the file
    /// needs. Empty if it has none.
    public String version(int index) {
        if (layout.dynamic()) {
            return versions.name(bytes, Objects.checkIndex(index, size()));
        }
        String whole = wholeName(index);
        int mark = versionMark(whole);
        return mark < 0 ? "" : whole.substring(whole.charAt(mark + 1) == '@' ? mark + 2 : mark + 1);
    }

    /// Whether the file defines it with the version that a reference without a version gets
    /// (`crc32@@ZLIB_1.2`).
    public boolean isDefaultVersion(int index) {
        if (layout.dynamic()) {
            return isDefined(index) && versions.isDefault(bytes, index);
        }
        String whole = wholeName(index);
        int mark = versionMark(whole);
        return mark >= 0 && isDefined(index) && whole.charAt(mark + 1) == '@';
    }

    /// Whether the file defines it with a version that only references to that version get (`crc32@ZLIB_1.0`).
    public boolean isHiddenVersion(int index) {
        if (layout.dynamic()) {
            return isDefined(index) && versions.isHidden(bytes, index);
        }
        String whole = wholeName(index);
        int mark = versionMark(whole);
        return mark >= 0 && isDefined(index) && whole.charAt(mark + 1) != '@';
    }

    /// The source file of a local symbol: the name of the FILE symbol before it. Empty for others, and if none
    /// is before it.
    public String sourceFile(int index) {
        if (SymbolEntry.binding(bytes, at(index)) != 0) {
            return "";
        }
        int place = Arrays.binarySearch(files, index);
        int before = place >= 0 ? place : -place - 2;
        return before < 0 ? "" : wholeName(files[before]);
    }

    /// All symbols with a name, in the order of the table. The first call costs one pass over all names.
    public List<Symbol> named(String name) {
        SymbolNames index = names;
        if (index == null) {
            index = SymbolNames.of(size(), this::name);
            names = index;
        }
        List<Symbol> found = new ArrayList<>();
        for (int i = index.first(name); i >= 0; i = index.next(i)) {
            if (name(i).equals(name)) {
                found.add(get(i));
            }
        }
        return List.copyOf(found);
    }

    @Override
    public String toString() {
        return (isDynamic() ? "dynamic symbols: " : "symbols: ") + size();
    }

    private String wholeName(int index) {
        return strings.at(SymbolEntry.name(bytes, at(index)));
    }

    /// Where the version begins in a name, with its one or two `@`; -1 if there is none.
    private int versionMark(String whole) {
        if (layout.dynamic()) {
            return -1;
        }
        int mark = whole.indexOf('@');
        return mark > 0 && mark < whole.length() - (whole.startsWith("@@", mark) ? 2 : 1) ? mark : -1;
    }

    private long at(int index) {
        return layout.offset() + (long) Objects.checkIndex(index, layout.count()) * SymbolEntry.SIZE;
    }
}
