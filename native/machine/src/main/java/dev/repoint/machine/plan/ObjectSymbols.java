package dev.repoint.machine.plan;

import dev.repoint.elf.ElfFile;
import dev.repoint.elf.Section;
import dev.repoint.elf.Symbol;
import dev.repoint.elf.SymbolBinding;
import dev.repoint.elf.SymbolTable;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The symbols of an object file, and those that a patch adds. New ones are global, and so stand behind all
/// others: local symbols come first in a table, and `sh_info` has their number (gABI chapter 4, "Symbol
/// Table"). No index changes, so relocations, groups and `.llvm_addrsig` stay right.
final class ObjectSymbols {

    /// The size of an entry, in bytes.
    static final int ENTRY = 24;

    private static final int GLOBAL_UNTYPED = 0x10;
    private static final int WEAK_FUNCTION = 0x22;
    private static final int HIDDEN = 2;

    private final SymbolTable symbols;
    private final Map<String, Added> added = new LinkedHashMap<>();

    /// @param section that defines it; null if none does
    private record Added(
            int index, int info, int visibility, @Nullable Section section, long value, long size) {}

    ObjectSymbols(ElfFile file) {
        this.symbols = file.symbols();
    }

    /// The symbol of a function, which is added if the file has none of that name.
    ///
    /// @param sourceFile of a local symbol; may be empty
    /// @return its index; -1 if the name is that of something else than a function
    int function(String name, String sourceFile) {
        int found = 0;
        for (Symbol symbol : symbols.named(name)) {
            boolean isMeant = sourceFile.isEmpty() || symbol.sourceFile().equals(sourceFile);
            if (isMeant && (found == 0 || symbol.binding() != SymbolBinding.LOCAL)) {
                found = symbol.index();
            }
        }
        if (found != 0) {
            return switch (symbols.type(found)) {
                case NONE, FUNCTION, INDIRECT_FUNCTION -> found;
                case OBJECT, SECTION, FILE, COMMON, THREAD_LOCAL, OTHER -> -1;
            };
        }
        return add(name, GLOBAL_UNTYPED, 0, null, 0, 0);
    }

    /// A function that the patch itself puts into the file. It is weak and hidden: each object file that needs
    /// one may bring it, and it does not leave what they are linked into.
    int veneer(String name, Section section, long value, long size) {
        return add(name, WEAK_FUNCTION, HIDDEN, section, value, size);
    }

    private int add(String name, int info, int visibility, @Nullable Section section, long value, long size) {
        Added known = added.get(name);
        if (known == null) {
            known = new Added(symbols.size() + added.size(), info, visibility, section, value, size);
            added.put(name, known);
        }
        return known.index();
    }

    boolean isGrown() {
        return !added.isEmpty();
    }

    /// How many are added.
    int additions() {
        return added.size();
    }

    /// What is added to the table of strings.
    byte[] names() {
        ByteArrayOutputStream names = new ByteArrayOutputStream();
        for (String name : added.keySet()) {
            names.writeBytes(name.getBytes(StandardCharsets.UTF_8));
            names.write(0);
        }
        return names.toByteArray();
    }

    /// What is added to the table of symbols.
    ///
    /// @param firstName the offset of the first added name in the table of strings
    byte[] entries(long firstName) {
        ByteBuffer entries = ByteBuffer.allocate(ENTRY * added.size()).order(ByteOrder.LITTLE_ENDIAN);
        long name = firstName;
        for (Map.Entry<String, Added> each : added.entrySet()) {
            Added symbol = each.getValue();
            Section section = symbol.section();
            entries.putInt(Math.toIntExact(name));
            entries.put((byte) symbol.info());
            entries.put((byte) symbol.visibility());
            entries.putShort(section == null ? 0 : index(section));
            entries.putLong(symbol.value());
            entries.putLong(symbol.size());
            name += each.getKey().getBytes(StandardCharsets.UTF_8).length + 1;
        }
        return entries.array();
    }

    /// Sections from here on need a table of their own for the indexes of symbols (`SHT_SYMTAB_SHNDX`).
    private static short index(Section section) {
        int index = section.index().value();
        if (index >= 0xff00) {
            throw new IllegalArgumentException("section " + index + " does not fit into a symbol");
        }
        return (short) index;
    }

    /// The name of a symbol, for people: of a section symbol that of its section.
    static String name(ElfFile file, int index) {
        SymbolTable symbols = file.symbols();
        if (index >= symbols.size()) {
            return "";
        }
        String name = symbols.name(index);
        boolean isSection = name.isEmpty()
                && symbols.isInSection(index)
                && symbols.sectionIndex(index) < file.sections().size();
        return isSection ? file.sections().get(symbols.sectionIndex(index)).name() : name;
    }

    /// The name of an added symbol; empty if the index is none of them.
    String addedName(int index) {
        for (Map.Entry<String, Added> each : added.entrySet()) {
            if (each.getValue().index() == index) {
                return each.getKey();
            }
        }
        return "";
    }
}
