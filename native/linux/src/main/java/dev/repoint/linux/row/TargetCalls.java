package dev.repoint.linux.row;

import dev.repoint.elf.Address;
import dev.repoint.elf.ElfMachine;
import dev.repoint.elf.FileOffset;
import dev.repoint.elf.RelocationTable;
import dev.repoint.linux.module.MappedModule;
import dev.repoint.machine.instruction.Code;
import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.SiteKind;
import dev.repoint.machine.instruction.Step;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the calls of a function in its own target: they are meant for the default, and would come back to the target
/// by the function's entry.
///
/// | in the target | is found by |
/// | --- | --- |
/// | call, jump | its destination: the function, or an entry in the procedure linkage table whose slot leads there |
/// | call or jump through a slot | what the loader has put there, or the name that it will look for |
/// | a pointer from elsewhere | nothing |
public final class TargetCalls {

    private static final int LONG_BRANCH = 5;
    private static final int POINTER_BRANCH = 6;

    private final MappedModule module;
    private final long function;
    private final List<String> names;

    private TargetCalls(MappedModule module, long function, List<String> names) {
        this.module = module;
        this.function = function;
        this.names = names;
    }

    /// The calls, at their addresses in the process.
    ///
    /// @param module   that has the target
    /// @param function the address of the function in the process
    /// @param names    of the function
    /// @return those up to code that cannot be decoded; none if the size of the target is not known
    public static List<Instruction> of(MappedModule module, ResolvedTarget target, long function, List<String> names) {
        return target.size() == 0 ? List.of() : new TargetCalls(module, function, names).in(target);
    }

    /// How many bytes a call has.
    public static int length(Instruction call) {
        return call instanceof Instruction.Branch branch ? branch.length() : POINTER_BRANCH;
    }

    /// The bytes of a call in the file of its module.
    public static byte[] original(MappedModule module, Instruction call) {
        FileOffset offset = module.file()
                .offsetOf(new Address(call.address() - module.bias()))
                .orElseThrow();
        return module.file().bytes().asSlice(offset.value(), length(call)).toArray(ValueLayout.JAVA_BYTE);
    }

    private List<Instruction> in(ResolvedTarget target) {
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
        // Not every branch reaches a copy, or may be changed while threads run it.
        boolean isFixed = module.architecture().machine() == ElfMachine.AARCH64
                ? kind == SiteKind.CONDITIONAL_JUMP
                : step.length() < LONG_BRANCH;
        if (isFixed || !(destination + module.bias() == function || leads(slotOf(destination)))) {
            return null;
        }
        return new Instruction.Branch(kind, at, step.length(), destination + module.bias());
    }

    private @Nullable Instruction pointer(SiteKind kind, Step step, long at) {
        boolean isThroughSlot = step.isRelative() && step.length() == POINTER_BRANCH && leads(step.destination());
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
