package dev.repoint.elf.function;

import dev.repoint.elf.Address;
import dev.repoint.elf.ElfException;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.Section;
import dev.repoint.elf.SymbolBinding;
import dev.repoint.elf.SymbolTable;
import dev.repoint.elf.SymbolType;
import dev.repoint.elf.dwarf.UnwindEntries;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// Collects the functions of a file from one source after the other.
final class FunctionCollector {

    private final ElfFile file;
    private final TreeMap<Address, Draft> drafts = new TreeMap<>();
    private final List<String> refusals = new ArrayList<>();
    private final List<SymbolTable> moreSymbols = new ArrayList<>();

    /// What was collected.
    ///
    /// @param functions   by their addresses
    /// @param debugFile   that gave names
    /// @param refusals    why others did not
    /// @param moreSymbols tables that are not the file's own
    record Collected(
            NavigableMap<Address, NativeFunction> functions,
            Optional<Path> debugFile,
            List<String> refusals,
            List<SymbolTable> moreSymbols) {}

    /// A function while sources add to it.
    private static final class Draft {
        private final FunctionOrigin origin;
        private final List<FunctionName> names = new ArrayList<>();
        private long size;
        private boolean isIndirect;

        Draft(FunctionOrigin origin) {
            this.origin = origin;
        }

        void add(FunctionName name, long otherSize, boolean otherIsIndirect) {
            boolean isKnown = names.stream()
                    .anyMatch(each -> each.symbol().equals(name.symbol())
                            && each.version().equals(name.version()));
            if (!isKnown) {
                names.add(name);
            }
            size = Math.max(size, otherSize);
            isIndirect |= otherIsIndirect;
        }
    }

    FunctionCollector(ElfFile file) {
        this.file = file;
    }

    Collected collect(DebugFiles search) {
        Optional<Path> debugFile = Optional.empty();
        if (file.type().isLinked()) {
            add(file.dynamicSymbols(), FunctionOrigin.DYNAMIC_SYMBOL);
            add(file.symbols(), FunctionOrigin.SYMBOL);
            if (file.symbols().size() <= 1) {
                addCompressed();
                DebugFiles.Found found = search.find(file);
                refusals.addAll(found.refusals());
                found.file().ifPresent(each -> add(each.symbols(), FunctionOrigin.DEBUG_FILE));
                debugFile = found.file().map(each -> Path.of(each.name()));
            }
            addNameless();
        }
        NavigableMap<Address, NativeFunction> functions = new TreeMap<>();
        for (Map.Entry<Address, Draft> each : drafts.entrySet()) {
            Draft draft = each.getValue();
            functions.put(
                    each.getKey(),
                    new NativeFunction(each.getKey(), draft.size, draft.names, draft.isIndirect, draft.origin));
        }
        return new Collected(functions, debugFile, refusals, moreSymbols);
    }

    private void addCompressed() {
        try {
            CompressedSymbols.of(file).ifPresent(each -> add(each.symbols(), FunctionOrigin.COMPRESSED_SYMBOL));
        } catch (ElfException e) {
            refusals.add(String.valueOf(e.getMessage()));
        }
    }

    private void add(SymbolTable symbols, FunctionOrigin origin) {
        if (symbols != file.symbols() && symbols != file.dynamicSymbols()) {
            moreSymbols.add(symbols);
        }
        for (int i = 1; i < symbols.size(); i++) {
            if (isFunction(symbols, i)) {
                boolean isVersioned = !symbols.version(i).isEmpty();
                FunctionName name = new FunctionName(
                        symbols.name(i),
                        symbols.version(i),
                        isVersioned && symbols.isHiddenVersion(i),
                        symbols.sourceFile(i),
                        origin);
                drafts.computeIfAbsent(new Address(symbols.value(i)), _ -> new Draft(origin))
                        .add(name, Math.max(0, symbols.size(i)), symbols.type(i) == SymbolType.INDIRECT_FUNCTION);
            }
        }
    }

    /// A label of an assembler counts where it is not local, and has no type.
    private boolean isFunction(SymbolTable symbols, int symbol) {
        SymbolType type = symbols.type(symbol);
        boolean isLabel = type == SymbolType.NONE && symbols.binding(symbol) != SymbolBinding.LOCAL;
        return (type.isFunction() || isLabel)
                && symbols.isDefined(symbol)
                && isCode(new Address(symbols.value(symbol)))
                && !symbols.name(symbol).isEmpty();
    }

    /// Sections of a debug file are the file's own, so the file itself is asked.
    private boolean isCode(Address address) {
        Section section = file.sectionAt(address).orElse(null);
        return section != null
                ? section.isExecutable()
                : file.sections().isEmpty()
                        && file.segments().stream()
                                .anyMatch(each -> each.isLoaded() && each.isExecutable() && each.contains(address));
    }

    private void addNameless() {
        try {
            UnwindEntries entries = UnwindEntries.of(file);
            for (int i = 0; i < entries.count(); i++) {
                addNameless(new Address(entries.start(i)), entries.end(i) - entries.start(i));
            }
        } catch (ElfException e) {
            refusals.add(e.getMessage() + "; functions without a name are not known");
        }
    }

    /// An unwind entry that begins inside a function is for a part of it; one for the procedure linkage table is for no
    /// function.
    private void addNameless(Address start, long size) {
        Draft known = drafts.get(start);
        if (known != null) {
            known.size = known.size == 0 ? size : known.size;
            return;
        }
        Map.Entry<Address, Draft> below = drafts.lowerEntry(start);
        boolean isInside = below != null
                && Long.compareUnsigned(start.value() - below.getKey().value(), below.getValue().size) < 0;
        boolean isLinkage = file.sectionAt(start)
                .map(section -> section.name().startsWith(".plt"))
                .orElse(false);
        if (!isInside && !isLinkage && isCode(start)) {
            Draft draft = new Draft(FunctionOrigin.UNWIND_ENTRY);
            draft.size = size;
            drafts.put(start, draft);
        }
    }
}
