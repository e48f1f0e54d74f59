package dev.repoint.linux.process;

import dev.repoint.elf.Symbol;
import dev.repoint.machine.instruction.SiteKind;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.PatchableKind;
import dev.repoint.machine.site.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Looks for modules of another process that import a function, and that the loader has bound to it.
final class ProcessImporters {

    private final ProcessModules modules;
    private final ProcessKeyResolver keys;

    ProcessImporters(ProcessModules modules, ProcessKeyResolver keys) {
        this.modules = modules;
        this.keys = keys;
    }

    /// The rows of other modules that a patch of a function concerns too.
    ///
    /// @param isPatched whether a word was changed by us, so that its content means nothing
    List<ProcessKeyResolver.Found> of(ProcessKeyResolver.Found key, Predicate<ProcessKeyResolver.Found> isPatched) {
        List<ProcessKeyResolver.Found> found = new ArrayList<>();
        boolean isFunction = key.row().kind() == PatchableKind.FUNCTION
                && key.row().address().value() != 0;
        String name = key.row().key().symbol();
        boolean isExported = isFunction
                && key.module().file().dynamicSymbols().named(name).stream()
                        .anyMatch(each -> each.isDefined()
                                && each.value().equals(key.row().address()));
        if (!isExported) {
            return found;
        }
        for (ProcessModule module : modules.all()) {
            if (module == key.module()) {
                continue;
            }
            for (Symbol symbol : module.file().dynamicSymbols().named(name)) {
                Optional<ProcessKeyResolver.Found> row = symbol.isDefined()
                        ? Optional.empty()
                        : keys.in(module, new NativeKey(name, symbol.version(), "", 0))
                                .filter(each -> each.row().isImported());
                if (row.isPresent()
                        && (isPatched.test(row.get())
                                || boundTo(module, row.get().row())
                                        == key.module().at(key.row().address()))) {
                    found.add(row.get());
                }
            }
        }
        return found;
    }

    /// The address of the function that the loader has found, or would find, for an import; 0 if none.
    private long boundTo(ProcessModule module, Patchable imported) {
        for (Site site : imported.sites()) {
            boolean isWord = site.kind() == SiteKind.GOT_SLOT || site.kind() == SiteKind.DATA_POINTER;
            long address = module.at(site.address());
            if (isWord && (address & Long.BYTES - 1) == 0 && module.isBound(module.word(address))) {
                return module.word(address);
            }
        }
        Namespaces.Exported exported = modules.namespaces()
                .find(module, imported.key().symbol(), imported.key().version());
        return exported == null ? 0 : exported.address();
    }
}
