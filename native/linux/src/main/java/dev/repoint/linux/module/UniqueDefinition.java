package dev.repoint.linux.module;

import dev.repoint.elf.ElfFile;
import dev.repoint.elf.Symbol;
import dev.repoint.elf.SymbolTable;
import dev.repoint.machine.site.NativeKey;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Of the functions that a module has by one name, the one that is meant: the default version, or the only one.
public final class UniqueDefinition {

    private UniqueDefinition() {}

    /// The function.
    ///
    /// @param defined by address
    /// @param text    of the target, as it was written
    /// @param failure makes what is thrown of the reason
    /// @return none if there is none
    /// @throws RuntimeException what `failure` makes, if there are several, and none is the default version
    public static List<Symbol> of(
            ElfFile file,
            Map<Long, Symbol> defined,
            NativeKey wanted,
            String text,
            String module,
            Function<String, RuntimeException> failure) {
        if (defined.size() < 2) {
            return List.copyOf(defined.values());
        }
        SymbolTable symbols = file.dynamicSymbols();
        List<Symbol> byDefault = symbols.named(wanted.symbol()).stream()
                .filter(each -> symbols.isDefaultVersion(each.index()))
                .toList();
        if (byDefault.size() == 1 && wanted.file().isEmpty() && wanted.version().isEmpty()) {
            return byDefault;
        }
        List<String> versions = defined.values().stream()
                .filter(each -> !each.version().isEmpty())
                .map(each -> each.name() + "@" + each.version())
                .sorted()
                .toList();
        throw failure.apply("the target " + text + " is defined " + defined.size() + " times in " + module
                + (versions.size() == defined.size()
                        ? "; write " + String.join(" or ", versions)
                        : "; write the source file before it, as in util.c:" + wanted.symbol()));
    }
}
