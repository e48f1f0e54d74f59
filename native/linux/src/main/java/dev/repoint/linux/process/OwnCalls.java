package dev.repoint.linux.process;

import dev.repoint.linux.ledger.KeyChange;
import dev.repoint.linux.refusal.ProcessRefusal;
import dev.repoint.linux.row.PackedBytes;
import dev.repoint.linux.row.ResolvedTarget;
import dev.repoint.linux.row.TargetCalls;
import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.instruction.VeneerSource;
import java.util.ArrayList;
import java.util.List;

/// The calls of a function in its own target: they lead to the copy, so that the target reaches the default.
/// Also before the target is set and after it was reset that is what they mean.
final class OwnCalls {

    private OwnCalls() {}

    /// The changes of a target.
    ///
    /// @param copy the address of the copy
    /// @return none if the target is no function whose size is known
    static List<KeyChange.Site> of(
            ProcessModules modules,
            ProcessKeyResolver.Found key,
            ResolvedTarget target,
            long copy,
            VeneerSource veneers) {
        ProcessModule module =
                target.size() == 0 ? null : modules.containing(target.start()).orElse(null);
        ProcessEntry entry = key.entry();
        if (module == null || entry == null) {
            return List.of();
        }
        long function = key.module().at(key.row().address());
        List<KeyChange.Site> sites = new ArrayList<>();
        for (Instruction call :
                TargetCalls.of(module, target, function, entry.verdict().names())) {
            sites.add(site(module, key, call, copy, veneers));
        }
        return sites;
    }

    private static KeyChange.Site site(
            ProcessModule module, ProcessKeyResolver.Found key, Instruction call, long copy, VeneerSource veneers) {
        int length = TargetCalls.length(call);
        byte[] original = TargetCalls.original(module, call);
        try {
            long via = PackedBytes.of(module.architecture().encode(call, original, new Outcome.To(copy), veneers));
            byte[] now = module.bytes(call.address(), length);
            if (PackedBytes.of(now) != via && PackedBytes.of(now) != PackedBytes.of(original)) {
                throw ProcessRefusal.of(
                        key.text(),
                        "its call in its own target, at 0x%x in %s, is patched by something else; reset that first"
                                .formatted(call.address() - module.bias(), module.name()));
            }
            return new KeyChange.Site(call.address(), length, PackedBytes.of(original), PackedBytes.of(now), via, via);
        } catch (OutOfRange e) {
            throw ProcessRefusal.because(key.text(), "", e);
        }
    }
}
