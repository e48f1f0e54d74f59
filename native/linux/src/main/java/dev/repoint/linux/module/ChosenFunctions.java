package dev.repoint.linux.module;

import dev.repoint.elf.RelocationTable;
import dev.repoint.machine.instruction.RelocationUse;
import java.util.List;

/// Finds the function that an indirect one (`STT_GNU_IFUNC`) has chosen. The loader has asked it, and put the answer into
/// slots. It is not asked again.
public final class ChosenFunctions {

    private ChosenFunctions() {}

    /// The address that a slot of a module holds.
    ///
    /// @param holder   whose slots are looked at
    /// @param module   that has the indirect function
    /// @param resolver the address of the indirect function in the process
    /// @param names    of it
    /// @return 0 if no slot holds it yet
    public static long in(MappedModule holder, MappedModule module, long resolver, List<String> names) {
        for (RelocationTable table : holder.file().relocations()) {
            for (int i = 0; i < table.count(); i++) {
                long slot = holder.bias() + table.offset(i);
                boolean isRead = isSlot(holder, module, resolver, names, table, i) && (slot & Long.BYTES - 1) == 0;
                long value = isRead ? holder.word(slot) : 0;
                if (holder.isBound(value) && value != resolver && module.containsCode(value)) {
                    return value;
                }
            }
        }
        return 0;
    }

    private static boolean isSlot(
            MappedModule holder,
            MappedModule module,
            long resolver,
            List<String> names,
            RelocationTable table,
            int relocation) {
        RelocationUse use = holder.architecture().use(table.type(relocation));
        if (use == RelocationUse.IRELATIVE) {
            return holder == module && table.addend(relocation) + module.bias() == resolver;
        }
        boolean isNamed = use == RelocationUse.JUMP_SLOT || use == RelocationUse.GLOB_DAT;
        return isNamed && names.contains(table.symbols().name(table.symbol(relocation)));
    }
}
