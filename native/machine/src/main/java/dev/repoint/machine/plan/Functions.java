package dev.repoint.machine.plan;

import dev.repoint.elf.ElfFile;
import dev.repoint.elf.SymbolTable;
import dev.repoint.elf.SymbolType;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.SiteTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// What stands where in a linked file: the names of addresses, and the room that no symbol claims. Known from
/// both symbol tables, and from the table of sites where the file has lost its symbols.
final class Functions implements LongFunction<@Nullable String> {

    private final TreeMap<Long, Extent> byAddress = new TreeMap<>();

    /// @param name of the symbol; the first one where there are several
    /// @param end  the address after the last byte of the longest one
    /// @param isSized whether the end is known
    private record Extent(String name, long end, boolean isSized) {}

    /// Addresses between two symbols that no symbol claims.
    ///
    /// @param start the end of the lower one
    /// @param end   the start of the higher one
    record Gap(long start, long end) {}

    Functions(ElfFile file, SiteTable table) {
        add(file.symbols());
        add(file.dynamicSymbols());
        for (Patchable each : table.patchables()) {
            if (!each.isImported() && each.address().value() != 0 && each.key().offset() == 0) {
                add(each.key().symbol(), each.address().value(), each.size());
            }
        }
    }

    private void add(SymbolTable symbols) {
        for (int i = 0; i < symbols.size(); i++) {
            SymbolType type = symbols.type(i);
            boolean stands = type == SymbolType.NONE || type == SymbolType.OBJECT || type.isFunction();
            if (stands && symbols.isInSection(i)) {
                String name = symbols.name(i);
                // $x, $d: where code and data begin on AArch64, also inside of functions
                if (!name.isEmpty() && !name.startsWith("$")) {
                    add(name, symbols.value(i), symbols.size(i));
                }
            }
        }
    }

    private void add(String name, long address, long size) {
        Extent old = byAddress.get(address);
        long end = address + size;
        if (old == null) {
            byAddress.put(address, new Extent(name, end, size != 0));
        } else if (Long.compareUnsigned(end, old.end) > 0) {
            byAddress.put(address, new Extent(old.name, end, true));
        }
    }

    /// Whether a symbol stands exactly at an address.
    boolean startsAt(long address) {
        return byAddress.containsKey(address);
    }

    /// How many bytes what starts at an address has, in its longest form; 0 if that is not known.
    long sizeAt(long address) {
        Extent extent = byAddress.get(address);
        return extent == null ? 0 : extent.end() - address;
    }

    /// The name of what stands at an address, as `objdump` shows it: `crc32`, `crc32+0x12`.
    ///
    /// @return null if no symbol claims the address
    @Override
    public @Nullable String apply(long address) {
        Map.Entry<Long, Extent> below = byAddress.floorEntry(address);
        if (below == null) {
            return null;
        }
        long distance = address - below.getKey();
        if (distance == 0) {
            return below.getValue().name();
        }
        boolean inside = Long.compareUnsigned(address, below.getValue().end()) < 0;
        return inside ? below.getValue().name() + "+0x" + Long.toHexString(distance) : null;
    }

    /// Whether a symbol claims the byte at an address.
    boolean isClaimed(long address) {
        return apply(address) != null;
    }

    /// The room between symbols, in the order of addresses. Behind a symbol whose size is not known there is
    /// none.
    List<Gap> gaps() {
        List<Gap> gaps = new ArrayList<>();
        long claimed = 0;
        boolean isKnown = false;
        for (Map.Entry<Long, Extent> entry : byAddress.entrySet()) {
            if (isKnown && Long.compareUnsigned(claimed, entry.getKey()) < 0) {
                gaps.add(new Gap(claimed, entry.getKey()));
            }
            Extent extent = entry.getValue();
            isKnown = extent.isSized() || isKnown && Long.compareUnsigned(entry.getKey(), claimed) < 0;
            claimed = Long.compareUnsigned(extent.end(), claimed) > 0 ? extent.end() : claimed;
        }
        return gaps;
    }
}
