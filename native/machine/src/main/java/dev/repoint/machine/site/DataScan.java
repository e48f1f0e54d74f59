package dev.repoint.machine.site;

import dev.repoint.elf.Address;
import dev.repoint.elf.RelocationTable;
import dev.repoint.elf.Section;
import dev.repoint.machine.instruction.RelocationUse;
import dev.repoint.machine.instruction.SiteKind;
import org.jspecify.annotations.Nullable;

/// Finds the words of data that hold addresses of functions: slots of the global offset table, and pointers in
/// tables and variables.
///
/// A pointer in a position-independent file has two relocations: the one that the linker kept, which names the
/// function, and the one for the loader, which has its address, or its name if another module may define it. It
/// is one site. In a file that was patched before the two differ: the first shows the default, the second the
/// current target.
///
/// A word of a variable that holds the address of a function is also a pointer of its own.
final class DataScan {

    private static final int WORD = 8;

    private final ScanContext scan;
    private final Pointers pointers;
    private final LongMap seen = new LongMap();
    private int lastRegion = Regions.NONE;
    private boolean lastSkipped;

    DataScan(ScanContext scan, Pointers pointers) {
        this.scan = scan;
        this.pointers = pointers;
    }

    void run() {
        for (RelocationTable table : scan.file().relocations()) {
            if (DynamicWords.isDynamic(table)
                    || table.symbols() != scan.symbols().table()) {
                continue;
            }
            Section target = table.target().orElse(null);
            if (target == null || !target.isAllocated() || target.isExecutable() || isBookkeeping(target.name())) {
                continue;
            }
            kept(table, target);
        }
        loaded();
        for (long place : scan.linkage().fixedSlots()) {
            fixed(place);
        }
    }

    /// Sections that describe functions; nothing is called through them.
    private static boolean isBookkeeping(String section) {
        return switch (section) {
            case ".eh_frame", ".eh_frame_hdr", ".sframe", "__patchable_function_entries", "__mcount_loc" -> true;
            default -> section.startsWith(".gcc_except_table") || section.startsWith(".note");
        };
    }

    /// The relocations that the linker kept, or is yet to use.
    private void kept(RelocationTable table, Section target) {
        for (int i = 0; i < table.count(); i++) {
            if (scan.architecture().use(table.type(i)) != RelocationUse.POINTER) {
                continue;
            }
            long place = scan.regions().place(target, table.offset(i));
            int symbol = table.symbol(i);
            int number = named(symbol, table.addend(i));
            if (number == Catalogue.NONE || seen.get(place) != LongMap.ABSENT) {
                continue;
            }
            seen.put(place, number);
            long lead = leadOf(number, place, scan.symbols().place(symbol) + table.addend(i));
            if (scan.isRelocatable()) {
                add(number, place, scan.regions().address(lead), CurrentTarget.DEFAULT);
            } else {
                CurrentTarget current = currentIn(place, number, lead);
                if (current == null) {
                    scan.rejects().add(Rejects.Why.ELSEWHERE, number, place);
                } else {
                    add(number, place, lead, current);
                }
            }
        }
    }

    /// What a word held when it was built. A function that chooses another one is held by its entry in the
    /// linkage table where no loader fills the word.
    private long leadOf(int number, long place, long named) {
        boolean chooses = scan.catalogue().kind(number) == Catalogue.Kind.FUNCTION
                && scan.symbols().isIndirect(scan.catalogue().symbol(number))
                && scan.words().at(place) == DynamicWords.NONE
                && !scan.isRelocatable();
        long entry = chooses ? scan.linkage().entryOf(number) : 0;
        return entry == 0 ? named : entry;
    }

    /// The number of the function that a kept relocation names, or [Catalogue#NONE].
    private int named(int symbol, long addend) {
        Symbols symbols = scan.symbols();
        return switch (symbols.kind(symbol)) {
            case Symbols.FUNCTION -> addend == 0 ? scan.catalogue().function(symbol) : Catalogue.NONE;
            case Symbols.SECTION -> scan.functionAt(symbols.place(symbol) + addend);
            case Symbols.UNDEFINED -> {
                if (addend != 0) {
                    yield Catalogue.NONE;
                }
                if (scan.isRelocatable()) {
                    yield scan.catalogue().knownExternal(symbol);
                }
                int number = scan.catalogue().undefined(symbol);
                boolean function = scan.catalogue().kind(number) == Catalogue.Kind.IMPORT
                        && scan.catalogue().mayBeFunction(scan.catalogue().symbol(number));
                yield function ? number : Catalogue.NONE;
            }
            default -> Catalogue.NONE;
        };
    }

    /// The current target of a word; null if that is no function.
    private @Nullable CurrentTarget currentIn(long place, int number, long lead) {
        int word = scan.words().at(place);
        if (word == DynamicWords.NONE) {
            Long content = scan.regions().word(place);
            if (content == null) {
                return null;
            }
            return content == lead ? CurrentTarget.DEFAULT : scan.currentAt(content);
        }
        int named = scan.words().symbol(word);
        if (named == 0 || scan.words().isPointed(word)) {
            long addend = scan.words().addend(word);
            return addend == lead ? CurrentTarget.DEFAULT : scan.currentAt(addend);
        }
        int owner = scan.linkage().namedBy(word);
        if (owner == number
                || owner != Catalogue.NONE && scan.file().dynamicSymbols().value(named) == lead && lead != 0) {
            return CurrentTarget.DEFAULT;
        }
        return owner == Catalogue.NONE ? null : imported(owner, named);
    }

    private CurrentTarget imported(int owner, int dynamic) {
        return new CurrentTarget.Function(
                scan.catalogue().key(owner).text(),
                new Address(scan.file().dynamicSymbols().value(dynamic)));
    }

    /// The words that the loader fills, but for those that a kept relocation has named.
    private void loaded() {
        DynamicWords words = scan.words();
        for (int word = 0; word < words.count(); word++) {
            long place = words.place(word);
            if (seen.get(place) != LongMap.ABSENT) {
                continue;
            }
            int owner = scan.linkage().ownerOf(word);
            if (owner == Catalogue.NONE || isBookkeeping(place)) {
                continue;
            }
            if (scan.linkage().isOwnSlot(word) && scan.linkage().isClaimed(word)) {
                own(owner, place, words.addend(word));
                continue;
            }
            boolean slot = words.isNamedSlot(word)
                    || words.use(word) == RelocationUse.IRELATIVE
                    || scan.linkage().isInSlots(place);
            int dynamic = words.symbol(word);
            long lead = dynamic == 0
                    ? words.addend(word)
                    : scan.file().dynamicSymbols().value(dynamic);
            int named = scan.linkage().namedBy(word);
            if (words.isPointed(word)) {
                CurrentTarget current = scan.currentAt(words.addend(word));
                if (current == null) {
                    scan.rejects().add(Rejects.Why.ELSEWHERE, owner, place);
                } else {
                    add(slot ? SiteKind.GOT_SLOT : SiteKind.DATA_POINTER, owner, place, lead, current);
                }
            } else if (named == owner || named == Catalogue.NONE) {
                add(slot ? SiteKind.GOT_SLOT : SiteKind.DATA_POINTER, owner, place, lead, CurrentTarget.DEFAULT);
            } else {
                add(SiteKind.GOT_SLOT, owner, place, 0, imported(named, dynamic)); // claimed by its callers
            }
        }
    }

    /// A slot that the linker has filled, in a program at a fixed address.
    private void fixed(long place) {
        Long content = scan.regions().word(place);
        if (content != null && seen.get(place) == LongMap.ABSENT) {
            own(scan.linkage().ownerOfFixed(place), place, content);
        }
    }

    /// The slot of a function of this file.
    private void own(int owner, long place, long content) {
        long lead = scan.symbols().place(scan.catalogue().symbol(owner));
        CurrentTarget current = content == lead ? CurrentTarget.DEFAULT : scan.currentAt(content);
        if (current == null) {
            scan.rejects().add(Rejects.Why.ELSEWHERE, owner, place);
        } else {
            add(SiteKind.GOT_SLOT, owner, place, lead, current);
        }
    }

    private boolean isBookkeeping(long place) {
        int region = scan.regions().at(place);
        if (region != lastRegion) {
            lastRegion = region;
            lastSkipped = region != Regions.NONE
                    && isBookkeeping(scan.regions().get(region).name());
        }
        return lastSkipped;
    }

    private void add(int number, long place, long lead, CurrentTarget current) {
        add(SiteKind.DATA_POINTER, number, place, lead, current);
    }

    private void add(SiteKind kind, int number, long place, long lead, CurrentTarget current) {
        int variable = SiteSink.NOWHERE;
        if (kind == SiteKind.DATA_POINTER) {
            variable = scan.variables().containing(place);
            if (variable != Variables.NONE) {
                pointers.at(place);
            }
        }
        scan.sites().add(number, kind, place, WORD, variable, lead, current);
    }
}
