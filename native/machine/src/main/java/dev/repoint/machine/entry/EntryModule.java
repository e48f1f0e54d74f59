package dev.repoint.machine.entry;

import dev.repoint.elf.Address;
import dev.repoint.elf.ElfException;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.Note;
import dev.repoint.elf.RelocationTable;
import dev.repoint.elf.SymbolTable;
import dev.repoint.elf.SymbolType;
import dev.repoint.elf.dwarf.InlinedCopies;
import dev.repoint.elf.dwarf.UnwindEntries;
import dev.repoint.elf.dwarf.UnwindEntry;
import dev.repoint.machine.Architectures;
import dev.repoint.machine.instruction.Architecture;
import dev.repoint.machine.instruction.Code;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A linked file with what is known of its functions. Safe for use by several threads.
///
/// The first question about a function whose bytes have to be decoded costs one pass over all code of the file;
/// the result is kept.
public final class EntryModule {

    /// The first word of a note of a probe: its address.
    private static final ValueLayout.OfLong PROBE = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final ElfFile file;
    private final Architecture architecture;
    private final EntryCode code;
    private final EntryLabels labels;
    private final UnwindEntries unwind;
    private final boolean isGo;
    private final NavigableSet<Long> pads = new TreeSet<>();
    private final NavigableSet<Long> probes = new TreeSet<>();
    private final ElfFile debug;
    private volatile @Nullable EntryBranches branches;
    private volatile @Nullable Map<String, List<String>> clones;
    private volatile @Nullable InlinedCopies inlined;
    private volatile long @Nullable [] relocated;

    private EntryModule(ElfFile file, List<SymbolTable> tables, ElfFile debug) throws ElfException {
        this.file = file;
        this.debug = debug;
        this.architecture = Architectures.of(file.machine());
        this.code = new EntryCode(file);
        this.labels = new EntryLabels(code, tables);
        this.unwind = UnwindEntries.of(file);
        this.isGo = file.section(".gopclntab").isPresent()
                || file.section(".go.buildinfo").isPresent();
        for (Address pad : file.patchableFunctionEntries()) {
            pads.add(pad.value());
        }
        for (Note note : file.notes()) {
            if (note.owner().equals("stapsdt") && note.size() >= Long.BYTES) {
                probes.add(note.descriptor().get(PROBE, 0));
            }
        }
    }

    /// A file with its own symbols.
    ///
    /// @throws ElfException if it is not linked, or its unwind entries are malformed
    public static EntryModule of(ElfFile file) throws ElfException {
        return of(file, List.of());
    }

    /// A file with its own symbols and those of other files about it, as debug files are.
    ///
    /// @param more symbols with the addresses of the file
    /// @throws ElfException if it is not linked, or its unwind entries are malformed
    public static EntryModule of(ElfFile file, List<SymbolTable> more) throws ElfException {
        return of(file, more, file);
    }

    /// A file with its own symbols and those of other files about it.
    ///
    /// @param more  symbols with the addresses of the file
    /// @param debug has the debug information of the file, perhaps it does itself
    /// @throws ElfException if it is not linked, or its unwind entries are malformed
    public static EntryModule of(ElfFile file, List<SymbolTable> more, ElfFile debug) throws ElfException {
        if (!file.type().isLinked()) {
            throw new ElfException(file.name()
                    + ": a relocatable file has no entries yet that could be patched; link it, or patch its sites");
        }
        List<SymbolTable> tables = new ArrayList<>(List.of(file.symbols(), file.dynamicSymbols()));
        tables.addAll(more);
        return new EntryModule(file, tables, debug);
    }

    /// The file.
    public ElfFile file() {
        return file;
    }

    /// Its instruction set.
    public Architecture architecture() {
        return architecture;
    }

    /// Its unwind entries.
    public UnwindEntries unwindEntries() {
        return unwind;
    }

    /// The unwind entry of the instruction at an address.
    ///
    /// @throws ElfException if it is malformed
    public Optional<UnwindEntry> unwindEntry(long address) throws ElfException {
        int index = unwind.containing(address);
        return index == UnwindEntries.NONE ? Optional.empty() : Optional.of(unwind.get(index));
    }

    /// The addresses where functions start that have a symbol or an unwind entry, ascending.
    public long[] functions() {
        long[] found = new long[labels.count() + unwind.count()];
        int count = 0;
        for (int i = 0; i < labels.count(); i++) {
            if (labels.type(i).isFunction()) {
                found[count++] = labels.place(i);
            }
        }
        for (int i = 0; i < unwind.count(); i++) {
            if (code.at(unwind.start(i)) != null && !isLinkage(unwind.start(i))) {
                found[count++] = unwind.start(i);
            }
        }
        return distinct(Arrays.copyOf(found, count));
    }

    /// Whether an address lies in a procedure linkage table, which has no functions.
    boolean isLinkage(long address) {
        return file.sectionAt(new Address(address))
                .map(section ->
                        section.name().startsWith(".plt") || section.name().startsWith(".iplt"))
                .orElse(false);
    }

    /// All names of the function at an address.
    public List<String> names(long address) {
        return labels.namesAt(address);
    }

    /// The names that the compiler gave to copies and called parts of a function.
    List<String> clones(String name) {
        Map<String, List<String>> known = clones;
        if (known == null) {
            known = labels.clones();
            clones = known;
        }
        return known.getOrDefault(name, List.of());
    }

    /// How often a function was copied into its callers, as debug information says.
    ///
    /// @throws ElfException if that is malformed
    int inlined(String name) throws ElfException {
        InlinedCopies known = inlined;
        if (known == null) {
            known = InlinedCopies.of(debug);
            inlined = known;
        }
        return known.of(name);
    }

    EntryLabels labels() {
        return labels;
    }

    /// The code around an address; null if there is none.
    @Nullable
    Code code(long address) {
        return code.at(address);
    }

    /// Whether a pad for patching begins at an address, or in front of it and reaches there.
    boolean isPad(long address) {
        Long pad = pads.floor(address);
        Code part = code.at(address);
        return pad != null
                && part != null
                && (pad == address
                        || part.contains(pad, address - pad) && architecture.isPadding(part.slice(pad, address - pad)));
    }

    /// The first place from one address to another, this one exclusive, where tracers put breakpoints: a probe of
    /// SystemTap (`sys/sdt.h`); -1 if there is none.
    long firstProbe(long from, long to) {
        Long probe = probes.ceiling(from);
        return probe != null && probe < to ? probe : -1;
    }

    /// Whether its code is of Go.
    boolean isGo() {
        return isGo;
    }

    /// Whether a function starts at an address, as a symbol or an unwind entry says.
    boolean isStart(long address) {
        int entry = unwind.from(address);
        boolean isDescribed = entry < unwind.count() && unwind.start(entry) == address;
        return code.at(address) != null
                && (isDescribed || !labels.namesAt(address).isEmpty());
    }

    /// The address behind the function at an address, as its symbols or its unwind entry have it, or where the
    /// next one begins.
    long end(long address) {
        Code part = code.at(address);
        long limit = part == null ? address : part.end();
        long size = labels.sizeAt(address);
        if (size > 0 && size <= limit - address) {
            return address + size;
        }
        int entry = unwind.containing(address);
        boolean isDescribed = entry != UnwindEntries.NONE && unwind.end(entry) > address;
        if (isDescribed && Long.compareUnsigned(unwind.end(entry), limit) <= 0) {
            return unwind.end(entry);
        }
        return nextStart(address);
    }

    /// The first address behind another at which a symbol, an unwind entry or a pad begins, or its code ends.
    long nextStart(long address) {
        Code part = code.at(address);
        long next = part == null ? address : part.end();
        int label = labels.from(address + 1);
        if (label < labels.count() && Long.compareUnsigned(labels.place(label), next) < 0) {
            next = labels.place(label);
        }
        int entry = unwind.from(address + 1);
        if (entry < unwind.count() && Long.compareUnsigned(unwind.start(entry), next) < 0) {
            next = unwind.start(entry);
        }
        Long pad = pads.higher(address);
        return pad != null && pad < next ? pad : next;
    }

    EntryBranches branches() {
        EntryBranches known = branches;
        if (known == null) {
            synchronized (this) {
                known = branches;
                if (known == null) {
                    known = EntryBranches.of(architecture, code.parts(), begins());
                    branches = known;
                }
            }
        }
        return known;
    }

    private long[] begins() {
        long[] begins = new long[2 * (labels.count() + unwind.count())];
        int count = 0;
        for (int i = 0; i < labels.count(); i++) {
            begins[count++] = labels.place(i);
            begins[count++] = labels.place(i) + labels.size(i);
        }
        for (int i = 0; i < unwind.count(); i++) {
            begins[count++] = unwind.start(i);
            begins[count++] = unwind.end(i);
        }
        return distinct(begins);
    }

    /// The first address from one to another, this one exclusive, that the loader changes; -1 if there is none.
    long firstRelocated(long from, long to) {
        long[] known = relocated;
        if (known == null) {
            known = relocated();
            relocated = known;
        }
        int at = Arrays.binarySearch(known, from - Long.BYTES + 1);
        at = at < 0 ? -at - 1 : at;
        return at < known.length && known[at] < to ? known[at] : -1;
    }

    private long[] relocated() {
        long[] found = new long[16];
        int count = 0;
        for (RelocationTable table : file.relocations()) {
            boolean isLoaded = table.section().isAllocated() || file.sections().isEmpty();
            for (int i = 0; isLoaded && i < table.count(); i++) {
                if (code.at(table.offset(i)) != null) {
                    found = count == found.length ? Arrays.copyOf(found, 2 * count) : found;
                    found[count++] = table.offset(i);
                }
            }
        }
        return distinct(Arrays.copyOf(found, count));
    }

    private static long[] distinct(long[] numbers) {
        Arrays.sort(numbers);
        int count = 0;
        for (int i = 0; i < numbers.length; i++) {
            if (i == 0 || numbers[i] != numbers[i - 1]) {
                numbers[count++] = numbers[i];
            }
        }
        return Arrays.copyOf(numbers, count);
    }

    @Override
    public String toString() {
        return file + ", " + unwind;
    }

    /// Whether a symbol at an address says that a function there chooses another.
    boolean isIndirect(long address) {
        for (int i = labels.from(address); i < labels.count() && labels.place(i) == address; i++) {
            if (labels.type(i) == SymbolType.INDIRECT_FUNCTION) {
                return true;
            }
        }
        return false;
    }
}
