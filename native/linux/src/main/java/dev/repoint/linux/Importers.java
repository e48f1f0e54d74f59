package dev.repoint.linux;

import dev.repoint.elf.ElfException;
import dev.repoint.elf.Symbol;
import dev.repoint.linux.call.Loader;
import dev.repoint.linux.module.LoadedModule;
import dev.repoint.linux.row.LiveRow;
import dev.repoint.machine.instruction.SiteKind;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.PatchableKind;
import dev.repoint.machine.site.Site;
import java.util.ArrayList;
import java.util.List;

/// Looks for modules that import a function, and that the loader has bound to it.
final class Importers {

    private final LoadedFiles files;
    private final NativePoints points;
    private final LiveRow<LoadedModule> row;
    private final List<String> unknown = new ArrayList<>();

    Importers(LoadedFiles files, NativePoints points, LiveRow<LoadedModule> row) {
        this.files = files;
        this.points = points;
        this.row = row;
    }

    /// Whether other modules can import it.
    static boolean isExported(LoadedModule module, Patchable row) {
        boolean isFunction =
                row.kind() == PatchableKind.FUNCTION && row.address().value() != 0;
        return isFunction
                && module.file().dynamicSymbols().named(row.key().symbol()).stream()
                        .anyMatch(symbol -> symbol.isDefined() && symbol.value().equals(row.address()));
    }

    /// All that are loaded now.
    List<Import> find() {
        List<Import> found = new ArrayList<>();
        if (isExported(row.module(), row.row())) {
            for (Loader.Loaded each : files.all()) {
                try {
                    LoadedModule module = files.open(each);
                    if (module != row.module()) {
                        collect(module, found);
                    }
                } catch (ElfException | NativePatchException e) {
                    unknown.add(e.getMessage());
                }
            }
        }
        return found;
    }

    /// Modules that could not be looked at, one line each.
    List<String> unknown() {
        return unknown;
    }

    private void collect(LoadedModule module, List<Import> found) throws ElfException {
        String name = row.row().key().symbol();
        for (Symbol symbol : module.file().dynamicSymbols().named(name)) {
            if (symbol.isDefined()) {
                continue;
            }
            NativeKey key = new NativeKey(name, symbol.version(), "", 0);
            Patchable imported =
                    module.table().find(key).filter(Patchable::isImported).orElse(null);
            if (imported != null
                    && boundTo(module, imported) == row.module().at(row.row().address())) {
                found.add(new Import(module, imported));
            }
        }
    }

    /// The address of the function that the loader has found, or would find, for an import.
    private long boundTo(LoadedModule module, Patchable imported) {
        for (Site site : imported.sites()) {
            boolean isWord = site.kind() == SiteKind.GOT_SLOT || site.kind() == SiteKind.DATA_POINTER;
            long address = module.at(site.address());
            if (isWord && (address & Long.BYTES - 1) == 0) {
                long bound = points.unpatched(module, address);
                if (module.isBound(bound)) {
                    return bound;
                }
            }
        }
        long found = Loader.symbol(
                Loader.EVERYWHERE, imported.key().symbol(), imported.key().version());
        return found != 0 ? found : module.symbol(imported.key().symbol());
    }
}
