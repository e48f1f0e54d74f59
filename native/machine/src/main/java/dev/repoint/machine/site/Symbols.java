package dev.repoint.machine.site;

import dev.repoint.elf.ElfFile;
import dev.repoint.elf.SymbolBinding;
import dev.repoint.elf.SymbolTable;
import dev.repoint.elf.SymbolType;

/// The symbols that give a file's functions and variables their names, as columns: the table for linking, or
/// the one for the loader where that is all there is.
final class Symbols {

    /// Nothing that is of interest here.
    static final byte OTHER = 0;
    /// The start of a section.
    static final byte SECTION = 1;
    /// A function.
    static final byte FUNCTION = 2;
    /// A place in code without a type.
    static final byte LABEL = 3;
    /// A variable.
    static final byte OBJECT = 4;
    /// A variable that the linker is yet to place.
    static final byte COMMON = 5;
    /// What the file does not define.
    static final byte UNDEFINED = 6;
    /// What it does not define, and that is a variable.
    static final byte UNDEFINED_OBJECT = 7;

    private final SymbolTable table;
    private final byte[] classes;
    private final long[] places;

    private Symbols(SymbolTable table, byte[] classes, long[] places) {
        this.table = table;
        this.classes = classes;
        this.places = places;
    }

    static Symbols of(ElfFile file, Regions regions) {
        SymbolTable table = file.symbols().size() > 1 ? file.symbols() : file.dynamicSymbols();
        Symbols symbols = new Symbols(table, new byte[table.size()], new long[table.size()]);
        for (int i = 1; i < symbols.classes.length; i++) {
            symbols.read(i, regions);
        }
        return symbols;
    }

    // A method of its own, here and at other loops: a cold JVM compiles what is called often sooner than what loops.
    private void read(int symbol, Regions regions) {
        SymbolType type = table.type(symbol);
        if (type == SymbolType.FILE || type == SymbolType.THREAD_LOCAL) {
            return;
        }
        long value = table.value(symbol);
        int section = table.sectionIndex(symbol);
        if (section != SymbolTable.SHN_UNDEF && table.isInSection(symbol)) {
            long place = regions.place(section, value);
            places[symbol] = place;
            classes[symbol] = defined(type, regions.isExecutable(place));
        } else {
            places[symbol] = value;
            classes[symbol] = switch (section) {
                case SymbolTable.SHN_UNDEF -> type == SymbolType.OBJECT ? UNDEFINED_OBJECT : UNDEFINED;
                case SymbolTable.SHN_COMMON -> COMMON;
                case SymbolTable.SHN_ABS -> regions.isExecutable(value) ? defined(type, true) : OTHER;
                default -> OTHER;
            };
        }
    }

    private static byte defined(SymbolType type, boolean executable) {
        return switch (type) {
            case SECTION -> SECTION;
            case FUNCTION, INDIRECT_FUNCTION -> executable ? FUNCTION : OTHER;
            case NONE, OTHER -> executable ? LABEL : OBJECT;
            case OBJECT, COMMON -> OBJECT;
            case FILE, THREAD_LOCAL -> OTHER;
        };
    }

    /// The table that the indexes are of.
    SymbolTable table() {
        return table;
    }

    int size() {
        return classes.length;
    }

    /// [#FUNCTION] and so on.
    byte kind(int symbol) {
        return classes[symbol];
    }

    /// The [place][Regions] of a symbol; for one that is not defined its value.
    long place(int symbol) {
        return places[symbol];
    }

    /// The size in bytes; 0 if it is not known, or greater than anything in a file.
    long size(int symbol) {
        long size = table.size(symbol);
        return size < 0 ? 0 : size;
    }

    String name(int symbol) {
        return table.name(symbol);
    }

    boolean isLocal(int symbol) {
        return table.binding(symbol) == SymbolBinding.LOCAL;
    }

    /// Whether it chooses the function to call when the program starts (`STT_GNU_IFUNC`).
    boolean isIndirect(int symbol) {
        return table.type(symbol) == SymbolType.INDIRECT_FUNCTION;
    }
}
