package dev.repoint.linux.process;

import dev.repoint.elf.Address;
import dev.repoint.elf.FileOffset;
import dev.repoint.elf.RelocationTable;
import dev.repoint.linux.ledger.KeyChange;
import dev.repoint.linux.refusal.ProcessRefusal;
import dev.repoint.linux.row.PackedBytes;
import dev.repoint.linux.row.ResolvedTarget;
import dev.repoint.machine.instruction.Code;
import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.instruction.SiteKind;
import dev.repoint.machine.instruction.Step;
import dev.repoint.machine.instruction.VeneerSource;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The calls of a function in its own target: they lead to the copy, so that the target reaches the default.
/// Also before the target is set and after it was reset that is what they mean.
final class OwnCalls {

    private final ProcessModule module;
    private final long function;
    private final List<String> names;

    /// @param module   that has the target
    /// @param function the address of the function
    /// @param names    of the function
    private OwnCalls(ProcessModule module, long function, List<String> names) {
        this.module = module;
        this.function = function;
        this.names = names;
    }

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
        OwnCalls calls = new OwnCalls(module, function, entry.verdict().names());
        List<KeyChange.Site> sites = new ArrayList<>();
        for (Instruction call : calls.calls(target)) {
            sites.add(calls.site(key, call, copy, veneers));
        }
        return sites;
    }

    private KeyChange.Site site(ProcessKeyResolver.Found key, Instruction call, long copy, VeneerSource veneers) {
        int length = call instanceof Instruction.Branch branch ? branch.length() : 6;
        byte[] original = bytes(call.address() - module.bias(), length);
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

    private byte[] bytes(long address, int length) {
        FileOffset offset = module.file().offsetOf(new Address(address)).orElseThrow();
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = module.file().bytes().get(ValueLayout.JAVA_BYTE, offset.value() + i);
        }
        return bytes;
    }

    /// With addresses of the process.
    private List<Instruction> calls(ResolvedTarget target) {
        List<Instruction> found = new ArrayList<>();
        long start = target.start() - module.bias();
        FileOffset offset = module.file().offsetOf(new Address(start)).orElse(null);
        if (offset == null) {
            return found;
        }
        Code code = new Code(module.file().bytes().asSlice(offset.value(), target.size()), start);
        for (long at = start; at < code.end(); ) {
            Step step = module.architecture().mover().step(code, at);
            if (step == null) {
                return found; // what is behind it is not known
            }
            Instruction call = call(step);
            if (call != null) {
                found.add(call);
            }
            at = step.end();
        }
        return found;
    }

    private @Nullable Instruction call(Step step) {
        long at = step.address() + module.bias();
        return switch (step.flow()) {
            case CALL -> branch(SiteKind.CALL, step, at);
            case JUMP -> branch(SiteKind.JUMP, step, at);
            case CONDITIONAL_JUMP -> branch(SiteKind.CONDITIONAL_JUMP, step, at);
            case POINTER_CALL -> pointer(SiteKind.POINTER_CALL, step, at);
            case POINTER_JUMP -> pointer(SiteKind.POINTER_JUMP, step, at);
            case NEXT, END -> null;
        };
    }

    private @Nullable Instruction branch(SiteKind kind, Step step, long at) {
        long destination = step.destination();
        boolean isNear = step.length() < Integer.BYTES + 1;
        if (isNear || !(destination + module.bias() == function || leads(slotOf(destination)))) {
            return null;
        }
        return new Instruction.Branch(kind, at, step.length(), destination + module.bias());
    }

    private @Nullable Instruction pointer(SiteKind kind, Step step, long at) {
        boolean isThroughSlot = step.isRelative() && step.length() == 6 && leads(step.destination());
        return isThroughSlot
                ? new Instruction.PointerBranch(kind, at, step.length(), step.destination() + module.bias())
                : null;
    }

    /// The slot that an entry of the procedure linkage table jumps through; 0 if an address is none.
    private long slotOf(long address) {
        return module.jumps().slotOf(address);
    }

    /// Whether the loader has filled a slot with the function, or will.
    private boolean leads(long slot) {
        if (slot == 0) {
            return false;
        }
        for (RelocationTable table : module.file().relocations()) {
            for (int i = 0; i < table.count(); i++) {
                if (table.offset(i) == slot) {
                    long value = module.word(slot + module.bias());
                    return module.isBound(value)
                            ? value == function
                            : names.contains(table.symbols().name(table.symbol(i)));
                }
            }
        }
        return false;
    }
}
