package dev.repoint.machine.plan;

import dev.repoint.elf.Address;
import dev.repoint.elf.SymbolTable;
import dev.repoint.machine.instruction.Code;
import dev.repoint.machine.instruction.Instruction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the calls of a diverted function inside of its target: they are meant for the default, and would come back to
/// the target by the function's entry.
///
/// | in the target | is found by |
/// | --- | --- |
/// | call, jump | its destination: the entry, or the function's entry in the procedure linkage table |
/// | call or jump through a slot | the function that the loader puts there |
/// | a pointer from elsewhere | nothing |
final class DefaultCalls {

    private static final int SHORTEST = 3;

    private final LinkedFile linked;

    DefaultCalls(LinkedFile linked) {
        this.linked = linked;
    }

    /// The calls.
    ///
    /// @param target with its size
    /// @param entry  the address of the function
    /// @param names  of the function
    /// @return null if the target cannot be read whole, so that its calls are not known
    @Nullable
    List<Instruction> in(ResolvedTarget.Code target, long entry, List<String> names) {
        Code code = linked.image().codeAt(target.address());
        if (code == null || target.size() <= 0 || !code.contains(target.address(), target.size())) {
            return null;
        }
        List<Instruction> found = new ArrayList<>();
        Code body = code.slice(target.address(), target.size());
        boolean isKnown = linked.architecture().sweep(body, each -> {
            if (leadsTo(each, entry, names)) {
                found.add(each);
            }
        });
        return isKnown ? found : null;
    }

    private boolean leadsTo(Instruction instruction, long entry, List<String> names) {
        if (instruction instanceof Instruction.Branch branch) {
            String imported = linked.linkage().nameAt(branch.destination());
            return branch.length() >= SHORTEST
                    && (branch.destination() == entry || imported != null && names.contains(plain(imported)));
        }
        if (instruction instanceof Instruction.PointerBranch branch) {
            return switch (linked.words().held(branch.slot())) {
                case RelocatedWords.Held.Code(long address) -> address == entry;
                case RelocatedWords.Held.Symbol(int index) -> isIt(index, entry, names);
                case RelocatedWords.Held.Other() -> false;
            };
        }
        return false;
    }

    private boolean isIt(int symbol, long entry, List<String> names) {
        SymbolTable symbols = linked.file().dynamicSymbols();
        return symbols.isDefined(symbol)
                ? new Address(symbols.value(symbol)).equals(new Address(entry))
                : names.contains(symbols.name(symbol));
    }

    private static String plain(String name) {
        int version = name.indexOf('@');
        int plt = version < 0 ? name.length() : version;
        return name.substring(0, plt);
    }
}
