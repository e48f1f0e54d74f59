package dev.repoint.machine.entry;

import dev.repoint.elf.Address;
import dev.repoint.elf.dwarf.ExceptionTable;
import dev.repoint.elf.dwarf.ExceptionTable.CallSite;
import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.instruction.SiteKind;
import dev.repoint.machine.instruction.Step;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The table of landing pads of a copy. The landing pads are those of the function.
///
/// | bytes | what |
/// | --- | --- |
/// | 1, 4 | encoding, start of landing pads |
/// | 1, 5 | encoding of types; distance to the end of the types |
/// | 1, 5 | encoding of call sites, their length |
/// | 17 each | start, length, landing pad (4 bytes each), number of the first action (5) |
/// | | actions: a filter of 5 bytes, then 1 if another one follows |
/// | 4 each | types, the first one last |
final class CopyExceptions {

    private static final int RELATIVE = 0x1b; // DW_EH_PE_pcrel | DW_EH_PE_sdata4
    private static final int INDIRECT = 0x80; // DW_EH_PE_indirect
    private static final int UDATA4 = 0x03; // DW_EH_PE_udata4
    private static final int OMITTED = 0xff;
    private static final int HEADER = 17;
    /// Numbers in LEB128 are written so long, whatever their value.
    private static final int LEB = 5;
    private static final int SITE = 3 * Integer.BYTES + LEB;
    private static final int ACTION = LEB + 1;

    private final ExceptionTable table;
    private final MovedCopy copy;
    private final List<CallSite> sites;
    private final int actions;

    private CopyExceptions(ExceptionTable table, MovedCopy copy, List<CallSite> sites) {
        this.table = table;
        this.copy = copy;
        this.sites = sites;
        this.actions = sites.stream().mapToInt(each -> each.filters().size()).sum();
    }

    /// @return empty if exceptions pass all moved calls, or if there are none
    static Optional<CopyExceptions> of(ExceptionTable table, EntryPatch patch, MovedCopy copy) throws Refusal {
        List<CallSite> sites = new ArrayList<>();
        boolean isNeeded = false;
        for (Step step : patch.moved()) {
            CallSite site = table.at(new Address(step.address())).orElse(null);
            boolean passes = site != null && site.landing() == 0;
            isNeeded |= step.flow().isCall() && !passes;
            if (site != null) {
                if (site.filters().stream().anyMatch(filter -> filter < 0)) {
                    throw new Refusal(
                            RefusalReason.EXCEPTION_HANDLER,
                            "the call at 0x%x, among the first instructions of the function, lets only some exceptions pass; patch the function's sites"
                                    .formatted(step.address()));
                }
                long start = copy.toCopy(step.address());
                long end = copy.from(step.end());
                sites.add(new CallSite(start, end, site.landing(), site.action(), site.filters()));
            }
        }
        return isNeeded ? Optional.of(new CopyExceptions(table, copy, sites)) : Optional.empty();
    }

    int length() {
        return HEADER
                + sites.size() * SITE
                + padding()
                + actions * ACTION
                + table.types().size() * Integer.BYTES;
    }

    /// Types are aligned.
    private int padding() {
        return -(HEADER + sites.size() * SITE + actions * ACTION) & Integer.BYTES - 1;
    }

    byte[] bytes(long address) throws OutOfRange {
        ByteBuffer out = ByteBuffer.allocate(length()).order(ByteOrder.LITTLE_ENDIAN);
        out.put((byte) RELATIVE);
        out.putInt(distance(address + out.position(), table.landingStart()));
        boolean hasTypes = !table.types().isEmpty();
        int type = RELATIVE | (table.isIndirect() ? INDIRECT : 0);
        out.put((byte) (hasTypes ? type : OMITTED));
        if (hasTypes) {
            leb(out, length() - out.position() - LEB);
        }
        out.put((byte) UDATA4);
        leb(out, sites.size() * SITE);
        int action = 1;
        for (CallSite site : sites) {
            out.putInt((int) (site.start() - copy.address()));
            out.putInt((int) (site.end() - site.start()));
            out.putInt((int) site.landing());
            leb(out, site.filters().isEmpty() ? 0 : action);
            action += site.filters().size() * ACTION;
        }
        for (CallSite site : sites) {
            for (int i = 0; i < site.filters().size(); i++) {
                leb(out, site.filters().get(i).intValue());
                out.put((byte) (i + 1 < site.filters().size() ? 1 : 0));
            }
        }
        out.position(out.limit() - table.types().size() * Integer.BYTES);
        for (int i = table.types().size() - 1; i >= 0; i--) {
            long place = table.types().get(i);
            out.putInt(place == 0 ? 0 : distance(address + out.position(), place));
        }
        return out.array();
    }

    private static int distance(long from, long to) throws OutOfRange {
        long distance = to - from;
        if (distance != (int) distance) {
            throw OutOfRange.of(SiteKind.DATA_POINTER, from, to, "2 GiB");
        }
        return (int) distance;
    }

    /// A number below 2³³, in signed or unsigned LEB128 of a fixed length.
    private static void leb(ByteBuffer out, int number) {
        for (int i = 0; i < LEB; i++) {
            out.put((byte) (number >> 7 * i & 0x7f | (i < LEB - 1 ? 0x80 : 0)));
        }
    }
}
