package dev.repoint.machine.entry;

import dev.repoint.elf.ElfException;
import dev.repoint.elf.dwarf.UnwindEntry;
import java.util.List;

/// Parts of functions that compilers moved away because they rarely run. Control gets there by jumps of the
/// function, and back by jumps of the part.
final class ColdParts {

    private static final String COLD = ".cold";

    private ColdParts() {}

    /// Whether a name is that of a part: `f.cold`, `f.cold.1`.
    static boolean isName(String name) {
        int at = name.lastIndexOf(COLD);
        return at > 0 && (at + COLD.length() == name.length() || name.charAt(at + COLD.length()) == '.');
    }

    /// The name of the function that a part belongs to.
    static String owner(String name) {
        return name.substring(0, name.lastIndexOf(COLD));
    }

    /// Whether the unwind entry at an address begins with a frame, as that of a part does. It shows what is no
    /// whole function where names are gone.
    static boolean isDescribed(EntryModule module, long address) throws ElfException {
        UnwindEntry entry = module.unwindEntry(address).orElse(null);
        return entry != null
                && entry.start().value() == address
                && FirstFrame.isSetUp(entry, module.file().machine());
    }

    /// The start of the part that holds an address, which a jump of a function leads to.
    ///
    /// @return -1 if it is in none
    static long around(EntryModule module, long address) throws ElfException {
        UnwindEntry entry = module.unwindEntry(address).orElse(null);
        if (entry == null) {
            return -1;
        }
        long start = entry.start().value();
        List<String> names = module.names(start);
        boolean isNamed = names.stream().anyMatch(ColdParts::isName);
        return isNamed || names.isEmpty() && isDescribed(module, start) ? start : -1;
    }
}
