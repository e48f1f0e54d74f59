package dev.repoint.linux;

import dev.repoint.linux.poke.Poker;
import dev.repoint.machine.instruction.Architecture;
import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.instruction.VeneerSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Veneers in memory near the code that needs them. They are never freed, and used again. Guarded by the lock
/// of [NativeRegistry].
final class Veneers implements VeneerSource {

    private final Architecture architecture;
    private final Map<Outcome, List<Long>> standing = new HashMap<>();

    Veneers(Architecture architecture) {
        this.architecture = architecture;
    }

    @Override
    public long veneer(Outcome outcome, long lowest, long highest) throws OutOfRange {
        List<Long> same = standing.computeIfAbsent(outcome, key -> new ArrayList<>());
        for (long address : same) {
            if (address >= lowest && address <= highest) {
                return address;
            }
        }
        // Code for x86-64 may stand anywhere: where it will is not known yet.
        long address = Poker.instance().putNear(architecture.veneer(outcome, 0), Math.max(lowest, 0), highest);
        if (address == 0) {
            throw new OutOfRange(
                    "no memory is free between 0x%x and 0x%x for the veneer that it needs".formatted(lowest, highest));
        }
        same.add(address);
        return address;
    }
}
