package dev.repoint.linux.process;

import dev.repoint.elf.ElfException;
import dev.repoint.elf.Symbol;
import dev.repoint.elf.SymbolTable;
import dev.repoint.linux.NativePatchException;
import dev.repoint.linux.ledger.EntryKey;
import dev.repoint.linux.ledger.LedgerKey;
import dev.repoint.linux.platform.Processors;
import dev.repoint.linux.refusal.ProcessRefusal;
import dev.repoint.machine.mangling.NearNames;
import dev.repoint.machine.site.KeyResolver;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.SiteTable;
import dev.repoint.machine.table.TableFile;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds the patchable that a key means.
///
/// | written | means |
/// | --- | --- |
/// | `crc32` | the patchable of the program; if it has none, that of the one library that has it |
/// | `libz.so.1:crc32` | that of a module |
/// | `libz.so.1:util.c:crc32` | the one of a source file of a module |
final class ProcessKeyResolver {

    private static final Pattern JAVA = Pattern.compile("[\\w$]+(\\.[\\w$]+)+(\\(.*\\))?");

    private final ProcessModules modules;

    /// A row of a module's table, or a function that is patched at its entry.
    ///
    /// @param entry null if its sites are patched
    record Found(
            ProcessModule module, Patchable row, @Nullable ProcessEntry entry) {

        /// A row.
        Found(ProcessModule module, Patchable row) {
            this(module, row, null);
        }

        /// As messages have it: `libz.so.1: crc32`.
        String text() {
            return module.name() + ": " + row.key().text();
        }

        /// What identifies it in the ledger.
        LedgerKey ledgerKey() {
            String key = row.key().text();
            return module.key(entry == null ? key : new EntryKey(row.address().value(), key).text());
        }
    }

    /// A name, and the module before it.
    ///
    /// @param module empty if none was written
    /// @param rest   what was written behind it
    record Named(Optional<ProcessModule> module, String rest) {}

    ProcessKeyResolver(ProcessModules modules) {
        this.modules = modules;
    }

    /// Splits a name at the colon behind that of a module.
    ///
    /// @throws NativePatchException if what stands before it looks like a module, and none is called so
    Named named(String text) {
        for (int colon = split(text, 0); colon > 0; colon = split(text, colon + 1)) {
            Optional<ProcessModule> module = modules.find(text.substring(0, colon));
            if (module.isPresent()) {
                return new Named(module, text.substring(colon + 1));
            }
        }
        int colon = split(text, 0);
        String before = colon < 0 ? "" : text.substring(0, colon);
        for (String unknown : before.isEmpty() ? List.<String>of() : modules.unknown()) {
            if (unknown.startsWith(before + ": ") || unknown.contains("/" + before + ": ")) {
                throw ProcessRefusal.of(text, unknown);
            }
        }
        if (before.contains(".so") || before.startsWith("/")) {
            List<String> names = modules.all().stream().map(ProcessModule::name).toList();
            throw ProcessRefusal.of(
                    text,
                    "process " + modules.pid() + " has loaded nothing that is called " + before
                            + (NearNames.question(before, names).isEmpty()
                                    ? "; it has " + String.join(", ", names)
                                    : NearNames.question(before, names)));
        }
        return new Named(Optional.empty(), text);
    }

    /// The next colon that is alone: two of them are part of a name.
    private static int split(String text, int from) {
        int colon = text.indexOf(':', from);
        while (colon >= 0 && text.startsWith("::", colon)) {
            colon = text.indexOf(':', colon + 2);
        }
        return colon;
    }

    /// The patchable of a key.
    ///
    /// @throws NativePatchException if there is none, or more than one
    Found find(NativeKey written) {
        String text = written.text();
        if (text.indexOf('*') >= 0) {
            throw ProcessRefusal.of(
                    text,
                    "keys of native code are written without wildcards here; 'repoint sites " + modules.pid()
                            + " --patchable " + text + "' lists those that match");
        }
        Named named = named(text);
        NativeKey key;
        try {
            key = NativeKey.parse(named.rest);
        } catch (IllegalArgumentException e) {
            throw ProcessRefusal.because(text, "", e);
        }
        if (named.module.isPresent()) {
            ProcessModule module = named.module.get();
            return in(module, key).orElseThrow(() -> unknown(text, key, List.of(module)));
        }
        Optional<Found> own = in(modules.program(), key);
        if (own.isPresent()) {
            return own.get();
        }
        requireOne(text, key, modules.program());
        List<Found> found = new ArrayList<>();
        for (ProcessModule module : modules.all().subList(1, modules.all().size())) {
            in(module, key).ifPresent(found::add);
        }
        List<Found> defining =
                found.stream().filter(each -> !each.row.isImported()).toList();
        List<Found> candidates = defining.isEmpty() ? found : defining;
        if (candidates.isEmpty()) {
            throw unknown(text, key, modules.all());
        }
        if (candidates.size() > 1) {
            throw ProcessRefusal.of(
                    text,
                    "there are several of that name; write "
                            + String.join(
                                    " or ",
                                    candidates.stream()
                                            .map(each -> each.module.name() + ":"
                                                    + each.row.key().text())
                                            .toList()));
        }
        return candidates.getFirst();
    }

    /// The patchable of a key in a module.
    ///
    /// @throws NativePatchException if it means several
    Optional<Found> in(ProcessModule module, NativeKey key) {
        NativeKey meant = meant(module, key);
        Optional<Patchable> row = mayHave(module, meant) ? table(module).find(meant) : Optional.empty();
        if (row.isEmpty() && meant.version().isEmpty()) {
            row = defaultImport(module, meant);
        }
        return row.map(each -> new Found(module, each));
    }

    /// What a written key means in a module.
    ///
    /// @throws NativePatchException if that is several
    static NativeKey meant(ProcessModule module, NativeKey written) {
        List<NativeKey> meant = KeyResolver.of(module.file(), null, written);
        if (meant.size() > 1) {
            throw ProcessRefusal.of(module.name() + ": " + written.text(), KeyResolver.several(meant));
        }
        return meant.getFirst();
    }

    /// Of the imports of one name the one whose version is the default of the module that has it.
    private Optional<Patchable> defaultImport(ProcessModule module, NativeKey key) {
        List<Patchable> imports = !mayHave(module, key)
                ? List.of()
                : table(module).patchables().stream()
                        .filter(each -> each.isImported() && each.key().isMeantBy(key))
                        .toList();
        Namespaces.Exported exported =
                imports.size() < 2 ? null : modules.namespaces().find(module, key.symbol(), key.version());
        return exported == null
                ? Optional.empty()
                : imports.stream()
                        .filter(each ->
                                each.key().version().equals(exported.symbol().version()))
                        .findFirst();
    }

    /// The table of a module.
    ///
    /// @throws NativePatchException if the one beside it is malformed
    static SiteTable table(ProcessModule module) {
        try {
            return module.table();
        } catch (ElfException e) {
            throw ProcessRefusal.because(module.name(), "", e);
        }
    }

    /// Collecting a table takes long for a large module: it is not done for one that has no such symbol.
    private static boolean mayHave(ProcessModule module, NativeKey key) {
        return !module.file().symbols().named(key.symbol()).isEmpty()
                || !module.file().dynamicSymbols().named(key.symbol()).isEmpty()
                || Files.isRegularFile(TableFile.beside(module.source()));
    }

    private static void requireOne(String text, NativeKey key, ProcessModule module) {
        List<String> same = mayHave(module, key) ? same(module, key) : List.of();
        if (same.size() > 1) {
            throw ProcessRefusal.of(text, "there are several of that name; write " + String.join(" or ", same));
        }
    }

    private static List<String> same(ProcessModule module, NativeKey key) {
        return table(module).patchables().stream()
                .filter(each -> each.key().symbol().equals(key.symbol()))
                .map(each -> each.key().text())
                .toList();
    }

    private NativePatchException unknown(String text, NativeKey key, List<ProcessModule> where) {
        List<String> same = where.size() == 1 ? same(where.getFirst(), key) : List.of();
        if (!same.isEmpty()) {
            return ProcessRefusal.of(
                    text,
                    "there are several of that name; write "
                            + String.join(
                                    " or ",
                                    same.stream()
                                            .map(each -> where.getFirst().name() + ":" + each)
                                            .toList()));
        }
        if (JAVA.matcher(text).matches()) {
            return ProcessRefusal.of(
                    text,
                    "this is written like the key of a Java method, and in native code"
                            + " nothing is called so; write the name of a function, or libx.so:function");
        }
        if (!modules.foreign().isEmpty() && where.contains(modules.program())) {
            return ProcessRefusal.of(
                    text,
                    "there is no such function or pointer in the emulator "
                            + modules.program().name() + "; what it runs (" + String.join(", ", modules.foreign())
                            + ") is for another machine than "
                            + Processors.remote().machine().text() + " and cannot be patched");
        }
        if (where.size() > 1 && !modules.unknown().isEmpty()) {
            return ProcessRefusal.of(
                    text,
                    "there is no such function or pointer in the readable modules; "
                            + String.join("; ", modules.unknown()));
        }
        Set<String> names = new TreeSet<>();
        for (ProcessModule module : where) {
            collect(module.file().symbols(), names);
            collect(module.file().dynamicSymbols(), names);
        }
        String question = NearNames.question(key.symbol(), names);
        ProcessModule first = where.getFirst();
        boolean isStripped = first.file().symbols().size() <= 1;
        String in = where.size() == 1 ? first.name() : first.name() + " or its libraries";
        String list = "'repoint sites " + modules.pid()
                + (first == modules.program() ? "'" : " --patchable " + first.name() + ":*'");
        return ProcessRefusal.of(
                text,
                "there is no such function or pointer in " + in
                        + (question.isEmpty()
                                ? isStripped
                                        ? ": " + first.name() + " is stripped; " + list
                                                + " lists its imports, and 'repoint sites FILE --entries' its"
                                                + " functions by their addresses"
                                        : "; " + list + " lists all"
                                : question));
    }

    private static void collect(SymbolTable symbols, Set<String> names) {
        for (int i = 1; i < symbols.size(); i++) {
            if (symbols.type(i).isFunction()) {
                names.add(symbols.name(i));
            }
        }
    }

    /// The function that a symbol table has at an address.
    static Optional<Symbol> functionAt(ProcessModule module, long address) {
        for (SymbolTable symbols :
                List.of(module.file().symbols(), module.file().dynamicSymbols())) {
            for (int i = 1; i < symbols.size(); i++) {
                if (module.bias() + symbols.value(i) == address
                        && symbols.isInSection(i)
                        && symbols.type(i).isFunction()) {
                    return Optional.of(symbols.get(i));
                }
            }
        }
        return Optional.empty();
    }
}
