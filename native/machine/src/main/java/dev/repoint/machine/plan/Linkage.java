package dev.repoint.machine.plan;

import dev.repoint.elf.RelocationTable;
import dev.repoint.elf.Section;
import dev.repoint.elf.SymbolTable;
import dev.repoint.machine.instruction.Code;
import dev.repoint.machine.instruction.RelocationUse;
import dev.repoint.machine.site.NativeKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The procedure linkage tables of a file: an entry for each imported function that is called directly, which
/// jumps through a slot.
final class Linkage {

    private static final int STEP = 4;

    private final Image image;
    private final Map<Long, Long> entryOfSlot = new HashMap<>();
    private final Map<Long, JumpSlot> jumpSlots = new HashMap<>();
    private final Map<Long, String> names = new HashMap<>();
    private final List<Section> sections = new ArrayList<>();

    /// A slot that is filled at the first call.
    ///
    /// @param index of its relocation
    private record JumpSlot(RelocationTable table, int index) {}

    Linkage(Image image) {
        this.image = image;
        for (RelocationTable table : image.file().relocations()) {
            for (int i = 0; i < table.count() && RelocatedWords.isForLoader(table); i++) {
                if (image.architecture().use(table.type(i)) == RelocationUse.JUMP_SLOT
                        && RelocatedWords.isRead(image.file(), table, i)) {
                    jumpSlots.put(table.offset(i), new JumpSlot(table, i));
                }
            }
        }
        for (Section section : image.file().sections()) {
            if (section.isExecutable()
                    && (section.name().equals(".plt") || section.name().startsWith(".plt."))) {
                sections.add(section);
                collect(section);
            }
        }
        nameEntries();
    }

    private void nameEntries() {
        for (RelocationTable table : image.file().relocations()) {
            for (int i = 0; i < table.count() && RelocatedWords.isForLoader(table); i++) {
                Long entry = entryOfSlot.get(table.offset(i));
                if (entry != null && table.symbol(i) != 0 && RelocatedWords.isRead(image.file(), table, i)) {
                    names.put(entry, table.symbols().name(table.symbol(i)) + "@plt");
                }
            }
        }
    }

    private void collect(Section section) {
        long start = section.address().value();
        Code code = image.codeAt(start);
        if (code == null || !code.contains(start, section.size())) {
            return;
        }
        Code entries = code.slice(start, section.size());
        for (long at = start; at < entries.end(); at += STEP) {
            Long slot = image.architecture().pltSlot(entries, at);
            if (slot != null) {
                entryOfSlot.putIfAbsent(slot, at);
            }
        }
    }

    /// The entry of an imported function.
    ///
    /// @param key its name, and its version if that was written
    /// @return null if it has none, or one that was patched
    @Nullable
    Long entryOf(NativeKey key) {
        for (RelocationTable table : image.file().relocations()) {
            SymbolTable symbols = table.symbols();
            for (int i = 0; i < table.count() && symbols == image.file().dynamicSymbols(); i++) {
                RelocationUse use = image.architecture().use(table.type(i));
                boolean fills = use == RelocationUse.JUMP_SLOT || use == RelocationUse.GLOB_DAT;
                Long entry = fills ? entryOfSlot.get(table.offset(i)) : null;
                if (entry != null && isNamed(symbols, table.symbol(i), key)) {
                    return entry;
                }
            }
        }
        return null;
    }

    /// The entry that reads a slot; null if none does, or it was patched.
    @Nullable
    Long entryAt(long slot) {
        return entryOfSlot.get(slot);
    }

    /// The name of the imported function whose entry stands at an address; null if none does.
    @Nullable
    String nameAt(long address) {
        return names.get(address);
    }

    private static boolean isNamed(SymbolTable symbols, int index, NativeKey key) {
        return symbols.name(index).equals(key.symbol())
                && (key.version().isEmpty() || symbols.version(index).equals(key.version()));
    }

    /// The jump of the entry that reads a slot, also when it was patched.
    ///
    /// @return null if the slot is not a jump slot, or its entry is of a form that cannot be patched
    @Nullable
    LinkageJump jumpOf(long slot) {
        JumpSlot found = jumpSlots.get(slot);
        Long entry = entryOfSlot.get(slot);
        if (found == null) {
            return null;
        }
        if (entry != null) {
            return LinkageJump.in(image, entry, slot);
        }
        // Entries stand in the order of their relocations, the last one at the end of the section.
        for (Section section : sections) {
            for (int size : LinkageJump.ENTRY_SIZES) {
                long place = section.address().value()
                        + section.size()
                        - (long) size * (found.table().count() - found.index());
                LinkageJump jump = section.contains(section.address()
                                        .plus(place - section.address().value()))
                                && !entryOfSlot.containsValue(place)
                        ? LinkageJump.patched(image, place, slot)
                        : null;
                if (jump != null) {
                    return jump;
                }
            }
        }
        return null;
    }
}
