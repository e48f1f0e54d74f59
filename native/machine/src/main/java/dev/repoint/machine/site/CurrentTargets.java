package dev.repoint.machine.site;

import dev.repoint.elf.Address;
import dev.repoint.machine.instruction.Outcome;

/// Makes values of [CurrentTarget].
final class CurrentTargets {

    private static final CurrentTarget NOTHING = new CurrentTarget.Nothing();
    private static final CurrentTarget ZERO = new CurrentTarget.Zero();

    private CurrentTargets() {}

    static CurrentTarget of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Nothing() -> NOTHING;
            case Outcome.Zero() -> ZERO;
            case Outcome.To(long address) -> function("", address);
        };
    }

    static CurrentTarget function(String name, long address) {
        return new CurrentTarget.Function(name, new Address(address));
    }
}
