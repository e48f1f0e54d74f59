package dev.repoint.machine.site;

import dev.repoint.elf.Address;
import dev.repoint.elf.FileOffset;
import dev.repoint.machine.instruction.SiteKind;
import org.jspecify.annotations.Nullable;

/// The sites of a table as columns, grouped by patchable, each group sorted. Immutable once it is made: no code
/// else keeps the arrays.
final class SiteColumns {

    private static final SiteKind[] KINDS = SiteKind.values();

    private final byte[] kinds;
    private final long[] addresses;
    private final long[] offsets;
    private final byte[] lengths;
    private final int[] sections;
    private final int[] ins;
    private final int @Nullable [] lines;
    private final long[] leads;
    private final CurrentTarget @Nullable [] currents;
    private final String[] names;

    /// @param kinds    ordinals of [SiteKind]
    /// @param lengths  in bytes
    /// @param sections indexes of `names`
    /// @param ins      indexes of `names`
    /// @param lines    null if no line is known
    /// @param currents null if all are the default
    /// @param names    of sections and of what contains sites
    SiteColumns(
            byte[] kinds,
            long[] addresses,
            long[] offsets,
            byte[] lengths,
            int[] sections,
            int[] ins,
            int @Nullable [] lines,
            long[] leads,
            CurrentTarget @Nullable [] currents,
            String[] names) {
        this.kinds = kinds;
        this.addresses = addresses;
        this.offsets = offsets;
        this.lengths = lengths;
        this.sections = sections;
        this.ins = ins;
        this.lines = lines;
        this.leads = leads;
        this.currents = currents;
        this.names = names;
    }

    /// The site of a row.
    Site site(int row) {
        return new Site(
                KINDS[kinds[row]],
                new Address(addresses[row]),
                new FileOffset(offsets[row]),
                lengths[row],
                names[sections[row]],
                names[ins[row]],
                lines == null ? -1 : lines[row],
                new Address(leads[row]),
                currents == null ? CurrentTarget.DEFAULT : currents[row]);
    }
}
