package dev.repoint.machine.plan;

import dev.repoint.elf.ElfFile;
import dev.repoint.elf.function.DebugFiles;
import dev.repoint.elf.function.FunctionName;
import dev.repoint.elf.function.FunctionOrigin;
import dev.repoint.elf.function.FunctionTable;
import dev.repoint.elf.function.NativeFunction;
import dev.repoint.machine.function.FunctionResolver;
import dev.repoint.machine.mangling.Demangler;
import dev.repoint.machine.site.KeyResolver;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.PatchableKind;
import dev.repoint.machine.site.SiteTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All functions of a file by their keys: those that the file and its debug file name, and those that only the table of
/// sites still knows. They are read when they are first asked for.
final class EntryFunctions {

    private final ElfFile file;
    private final SiteTable table;
    private final DebugFiles search;
    private @Nullable FunctionTable functions;
    private @Nullable FunctionResolver resolver;

    EntryFunctions(ElfFile file, SiteTable table, DebugFiles search) {
        this.file = file;
        this.table = table;
        this.search = search;
    }

    FunctionTable functions() {
        FunctionTable known = functions;
        if (known == null) {
            known = FunctionTable.of(file, search);
            functions = known;
        }
        return known;
    }

    FunctionResolver resolver() {
        FunctionResolver known = resolver;
        if (known == null) {
            known = FunctionResolver.of(file, functions());
            resolver = known;
        }
        return known;
    }

    /// The functions that a key means: none, one, or several.
    List<NativeFunction> of(NativeKey key) {
        List<NativeFunction> found = resolver().of(key);
        if (!found.isEmpty()) {
            return found;
        }
        Patchable row = row(key);
        return row == null
                        || row.isImported()
                        || row.kind() != PatchableKind.FUNCTION
                        || row.address().value() == 0
                ? List.of()
                : List.of(functions().at(row.address()).orElseGet(() -> of(row)));
    }

    /// The name of a function, for people: a key that means it, or what was written if only the table of sites knows it
    /// by a name.
    String text(NativeFunction function, NativeKey written) {
        boolean isOfTable = resolver().of(written).isEmpty();
        return isOfTable
                ? Demangler.shown(written.text())
                : resolver().text(resolver().keyOf(function));
    }

    private static NativeFunction of(Patchable row) {
        FunctionName name = new FunctionName(
                row.key().symbol(), row.key().version(), false, row.key().file(), FunctionOrigin.SYMBOL);
        return new NativeFunction(row.address(), row.size(), List.of(name), false, FunctionOrigin.SYMBOL);
    }

    /// The row of the table that a key means; null if there is none, or more than one.
    @Nullable
    Patchable row(NativeKey key) {
        List<NativeKey> keys = KeyResolver.of(file, table, key);
        return keys.size() == 1 ? table.find(keys.getFirst()).orElse(null) : null;
    }
}
