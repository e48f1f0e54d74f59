package dev.repoint.linux;

import dev.repoint.elf.Symbol;
import dev.repoint.elf.SymbolTable;
import dev.repoint.elf.SymbolType;
import dev.repoint.linux.call.Loader;
import dev.repoint.linux.module.LoadedModule;
import dev.repoint.linux.row.LiveRow;
import dev.repoint.linux.row.LiveWord;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.PatchableKind;
import java.util.List;

/// Finds the function that a patchable calls while nothing is set. Guarded by the lock of [NativeRegistry].
final class NativeDefault {

    private NativeDefault() {}

    /// Its address. The module of one that is patched at its entry has to stay loaded.
    ///
    /// @throws NativePatchException if there is none now
    static long address(NativePoint point) {
        LiveEntry entry = point.entry();
        return entry == null ? address(point.row()) : entry.code().copy();
    }

    private static long address(LiveRow<LoadedModule> row) {
        long address = row.row().kind() == PatchableKind.POINTER
                ? ofWords(row, LiveWord.Owner.PROGRAM)
                : row.row().address().value() == 0 || isIndirect(row)
                        ? ofImport(row)
                        : row.module().at(row.row().address());
        if (address == 0) {
            throw NativePatchException.of(
                    row.key(),
                    row.row().kind() == PatchableKind.POINTER
                            ? "it holds no function now, so there is no default to call"
                            : "the loader finds no function of that name, so there is no default to call");
        }
        return address;
    }

    /// The slots know best: they hold what the loader has found for this module.
    private static long ofImport(LiveRow<LoadedModule> row) {
        long bound = ofWords(row, LiveWord.Owner.LOADER);
        if (bound != 0 && row.module().isBound(bound)) {
            return bound;
        }
        NativeKey key = row.row().key();
        long found = Loader.symbol(Loader.EVERYWHERE, key.symbol(), key.version());
        return found != 0 ? found : row.module().symbol(key.symbol());
    }

    /// What the words of an owner hold while nothing is set; 0 if there are none.
    private static long ofWords(LiveRow<LoadedModule> row, LiveWord.Owner owner) {
        for (LiveRow.Word each : row.words()) {
            LiveWord word = each.word();
            if (each.owner() == owner && word.isAligned()) {
                long found = row.module().word(word.address());
                return word.isKnown() && found == word.now() ? word.byDefault() : found;
            }
        }
        return 0;
    }

    /// Whether the function only chooses another one (`STT_GNU_IFUNC`).
    private static boolean isIndirect(LiveRow<LoadedModule> row) {
        for (SymbolTable symbols :
                List.of(row.module().file().symbols(), row.module().file().dynamicSymbols())) {
            for (Symbol each : symbols.named(row.row().key().symbol())) {
                if (each.type() == SymbolType.INDIRECT_FUNCTION
                        && each.value().equals(row.row().address())) {
                    return true;
                }
            }
        }
        return false;
    }
}
