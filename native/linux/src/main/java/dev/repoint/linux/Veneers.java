package dev.repoint.linux;

import dev.repoint.linux.poke.Poker;
import dev.repoint.linux.processor.LiveCode;
import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.instruction.VeneerSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Veneers in memory near the code that needs them. They are never freed, and used again. Guarded by the lock
/// of [NativeRegistry].
final class Veneers implements VeneerSource {

    private final Map<Outcome, List<Long>> standing = new HashMap<>();

    @Override
    public long veneer(Outcome outcome, long lowest, long highest) throws OutOfRange {
        List<Long> same = standing.computeIfAbsent(outcome, key -> new ArrayList<>());
        for (long address : same) {
            if (address >= lowest && address <= highest) {
                return address;
            }
        }
        Poker poker = Poker.instance();
        long first = Math.max(lowest, 0);
        if (outcome instanceof Outcome.To(long target)) {
            Optional<String> problem = poker.live().landingProblem(target);
            if (problem.isPresent()) {
                throw new OutOfRange(problem.get());
            }
        }
        byte[] anywhere = poker.live().veneer(outcome, first + 15 & -16);
        long address = poker.putNear(anywhere.length, place -> code(poker.live(), outcome, place), first, highest);
        if (address == 0) {
            throw new OutOfRange(
                    "no memory is free between 0x%x and 0x%x for the veneer that it needs".formatted(lowest, highest));
        }
        same.add(address);
        return address;
    }

    private static byte[] code(LiveCode live, Outcome outcome, long place) {
        try {
            return live.veneer(outcome, place);
        } catch (OutOfRange e) {
            throw new IllegalStateException(e); // it reaches from one end of the range to the other
        }
    }
}
