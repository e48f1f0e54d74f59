package dev.repoint.machine.plan;

import dev.repoint.elf.Address;
import dev.repoint.elf.Section;
import dev.repoint.machine.instruction.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Room for veneers in the padding that assemblers and linkers put between functions.
///
/// Only runs of equal units are used, a unit being a byte on x86-64 and an instruction on AArch64, and in front
/// of every veneer one unit stays. So the original bytes under a veneer are known from the unit before it, and
/// the padding comes back exactly when the veneer is not needed any more. Runs of zeros may be data, and are
/// left alone, and so are the pads that functions have in front of them for being patched.
final class Padding {

    /// No alignment leaves more.
    private static final int LONGEST = 4096;

    private final int unit;
    private final List<Run> runs = new ArrayList<>();

    /// Equal units.
    ///
    /// @param start of the first unit
    /// @param end   the address after the last one
    private record Run(long start, long end) {}

    Padding(Image image, Functions functions) {
        this.unit = image.architecture().veneerAlignment();
        NavigableSet<Long> pads = new TreeSet<>();
        image.file().patchableFunctionEntries().forEach(entry -> pads.add(entry.value()));
        for (Functions.Gap gap : functions.gaps()) {
            Functions.Gap free = beforePads(gap, pads);
            Code code = image.codeAt(free.start());
            long length = free.end() - free.start();
            boolean isPadding = code != null
                    && length <= LONGEST
                    && code.contains(free.start(), length)
                    && isOneSection(image, free)
                    && image.architecture().isPadding(code.slice(free.start(), length));
            if (isPadding && code != null) {
                collect(code, free);
            }
        }
    }

    /// The part of a gap in front of the pads of the function behind it.
    private static Functions.Gap beforePads(Functions.Gap gap, NavigableSet<Long> pads) {
        Long pad = pads.ceiling(gap.start());
        return pad == null || pad >= gap.end() ? gap : new Functions.Gap(gap.start(), pad);
    }

    private static boolean isOneSection(Image image, Functions.Gap gap) {
        Section section = image.file().sectionAt(new Address(gap.start())).orElse(null);
        return section != null
                && section.isExecutable()
                && Long.compareUnsigned(gap.end() - section.address().value(), section.size()) <= 0;
    }

    private void collect(Code code, Functions.Gap gap) {
        long start = -Math.floorDiv(-gap.start(), unit) * unit;
        while (start + unit <= gap.end()) {
            int first = unitAt(code, start);
            long end = start + unit;
            while (end + unit <= gap.end() && unitAt(code, end) == first) {
                end += unit;
            }
            if (end - start > unit && first != 0) {
                runs.add(new Run(start, end));
            }
            start = end;
        }
    }

    private int unitAt(Code code, long address) {
        return unit == 1 ? code.u8(address) : code.s32(address);
    }

    /// Takes room for a veneer, as near to a place as there is.
    ///
    /// @param length of the veneer, in bytes
    /// @return its address; null if there is no room within reach
    @Nullable
    Long take(int length, long near, long lowest, long highest) {
        Run nearest = null;
        for (Run run : runs) {
            long address = run.start() + unit;
            boolean fits = address + length <= run.end() && address >= lowest && address <= highest;
            if (fits && (nearest == null || Math.abs(address - near) < Math.abs(nearest.start() + unit - near))) {
                nearest = run;
            }
        }
        if (nearest == null) {
            return null;
        }
        long address = nearest.start() + unit;
        runs.remove(nearest);
        long rest = -Math.floorDiv(-(address + length), unit) * unit;
        if (rest < nearest.end()) {
            runs.add(new Run(rest, nearest.end()));
        }
        return address;
    }

    /// What stood under a veneer: the unit before it, again and again.
    static byte[] under(Code code, long veneer, int length, int unit) {
        byte[] before = code.copy(veneer - unit, unit);
        byte[] padding = new byte[length];
        for (int i = 0; i < length; i++) {
            padding[i] = before[i % unit];
        }
        return padding;
    }
}
