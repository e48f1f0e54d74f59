package dev.repoint.machine.site;

import dev.repoint.elf.Address;
import dev.repoint.machine.instruction.Outcome;

/// Makes values of [Present].
final class Presents {

    private static final Present NOTHING = new Present.Nothing();
    private static final Present ZERO = new Present.Zero();

    private Presents() {}

    static Present of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Nothing() -> NOTHING;
            case Outcome.Zero() -> ZERO;
            case Outcome.To(long address) -> function("", address);
        };
    }

    static Present function(String name, long address) {
        return new Present.Function(name, new Address(address));
    }
}
