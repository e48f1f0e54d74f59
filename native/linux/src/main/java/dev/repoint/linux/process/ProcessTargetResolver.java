package dev.repoint.linux.process;

import dev.repoint.elf.Symbol;
import dev.repoint.elf.SymbolTable;
import dev.repoint.elf.SymbolType;
import dev.repoint.linux.NativePatchException;
import dev.repoint.linux.NativeTarget;
import dev.repoint.linux.module.UniqueDefinition;
import dev.repoint.linux.refusal.ProcessRefusal;
import dev.repoint.linux.row.ResolvedTarget;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.mangling.NearNames;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.PatchableKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Finds out what a target is in another process: the address behind a name.
final class ProcessTargetResolver {

    private final ProcessModules modules;
    private final ProcessKeyResolver keys;

    ProcessTargetResolver(ProcessModules modules, ProcessKeyResolver keys) {
        this.modules = modules;
        this.keys = keys;
    }

    /// What a target means.
    ///
    /// @param key    whose target it is
    /// @param loaded the library that was brought along, where the function is looked for first; null if there
    ///     is none
    /// @throws NativePatchException if there is no such function, or the target means nothing in another process
    ResolvedTarget of(NativeTarget target, ProcessKeyResolver.Found key, @Nullable ProcessModule loaded) {
        return switch (target) {
            case NativeTarget.Default() -> ResolvedTarget.DEFAULT;
            case NativeTarget.Nothing() -> ResolvedTarget.of(new Outcome.Nothing(), target.text());
            case NativeTarget.Zero() -> ResolvedTarget.of(new Outcome.Zero(), target.text());
            case NativeTarget.Symbol(String name) -> function(name, key, loaded);
            case NativeTarget.Code _, NativeTarget.Java _, NativeTarget.Around _, NativeTarget.Null _ ->
                throw ProcessRefusal.of(
                        key.text(),
                        "the target " + target.text() + " is of this process and cannot be one of another process;"
                                + " name a function, nothing, zero or default");
        };
    }

    private ResolvedTarget function(String text, ProcessKeyResolver.Found key, @Nullable ProcessModule loaded) {
        ProcessKeyResolver.Named named = keys.named(text);
        NativeKey wanted;
        try {
            wanted = NativeKey.parse(named.rest());
        } catch (IllegalArgumentException e) {
            throw ProcessRefusal.of(key.text(), "the target '" + text + "' is not the name of a function");
        }
        if (named.module().isPresent()) {
            ResolvedTarget found = in(named.module().get(), wanted, text, key.text());
            if (found != null) {
                return found;
            }
            throw missing(text, wanted, key, named.module().get());
        }
        ResolvedTarget found =
                loaded == null ? null : in(loaded, wanted, loaded.name() + ":" + wanted.text(), key.text());
        if (found == null && wanted.equals(key.row().key())) {
            throw ProcessRefusal.of(
                    key.text(),
                    "the target is the patchable itself; write " + wanted.text() + "=default to give back its default");
        }
        if (found == null) {
            found = in(key.module(), wanted, text, key.text());
        }
        if (found == null) {
            Namespaces.Exported exported = exported(wanted, text, key);
            found = exported == null ? null : in(exported.module(), wanted, text, key.text());
        }
        if (found == null) {
            found = elsewhere(wanted, text, key);
        }
        if (found == null) {
            throw missing(text, wanted, key, loaded == null ? key.module() : loaded);
        }
        return found;
    }

    /// A name of C++ or Rust, which no module has as it was written.
    private @Nullable ResolvedTarget elsewhere(NativeKey wanted, String text, ProcessKeyResolver.Found key) {
        for (ProcessModule each : modules.all()) {
            NativeKey meant = each == key.module() ? wanted : ProcessKeyResolver.meant(each, wanted);
            if (!meant.equals(wanted)) {
                return in(each, meant, text, key.text());
            }
        }
        return null;
    }

    /// What the loader finds for the module of a key; else what only one other module has.
    private Namespaces.@Nullable Exported exported(NativeKey wanted, String text, ProcessKeyResolver.Found key) {
        Namespaces namespaces = modules.namespaces();
        Namespaces.Exported found = namespaces.find(key.module(), wanted.symbol(), wanted.version());
        List<Namespaces.Exported> others =
                found != null ? List.of() : namespaces.elsewhere(wanted.symbol(), wanted.version());
        if (others.size() > 1) {
            throw ProcessRefusal.of(
                    key.text(),
                    "the loader finds no target " + text + " for "
                            + key.module().name()
                            + ", and there are several that were loaded later; write "
                            + String.join(
                                    " or ",
                                    others.stream()
                                            .map(each -> each.module().name() + ":" + text)
                                            .toList()));
        }
        return found != null ? found : others.isEmpty() ? null : others.getFirst();
    }

    private NativePatchException missing(
            String text, NativeKey wanted, ProcessKeyResolver.Found key, ProcessModule where) {
        Set<String> names = new TreeSet<>();
        for (SymbolTable symbols : List.of(where.file().symbols(), where.file().dynamicSymbols())) {
            for (int i = 1; i < symbols.size(); i++) {
                if (symbols.type(i).isFunction() && symbols.isInSection(i)) {
                    names.add(symbols.name(i));
                }
            }
        }
        String question = NearNames.question(wanted.symbol(), names);
        return ProcessRefusal.of(
                key.text(),
                "there is no function " + text + " in " + where.name()
                        + " or in what the loader finds for it"
                        + (question.isEmpty()
                                ? "; --load LIB.so brings one along, and nothing, zero and default are always there"
                                : question));
    }

    /// A function of a module; null if it has none of that name.
    private @Nullable ResolvedTarget in(ProcessModule module, NativeKey written, String text, String key) {
        NativeKey wanted = ProcessKeyResolver.meant(module, written);
        Map<Long, Symbol> defined = new HashMap<>();
        for (SymbolTable symbols :
                List.of(module.file().symbols(), module.file().dynamicSymbols())) {
            for (Symbol symbol : symbols.named(wanted.symbol())) {
                boolean isMeant = symbols.isInSection(symbol.index())
                        && (wanted.version().isEmpty() || symbol.version().equals(wanted.version()))
                        && (wanted.file().isEmpty() || symbol.sourceFile().equals(wanted.file()));
                if (isMeant) {
                    defined.putIfAbsent(symbol.value().value(), symbol);
                }
            }
        }
        for (Symbol symbol : UniqueDefinition.of(
                module.file(), defined, wanted, text, module.name(), reason -> ProcessRefusal.of(key, reason))) {
            long address = module.at(symbol.value());
            if (symbol.type() == SymbolType.INDIRECT_FUNCTION) {
                return chosen(module, symbol, text, key);
            }
            if (symbol.type() == SymbolType.OBJECT || !module.containsCode(address)) {
                throw ProcessRefusal.of(key, "the target " + text + " is a variable, not a function");
            }
            return ResolvedTarget.function(address, symbol.size(), text);
        }
        return keys.in(module, wanted)
                .map(ProcessKeyResolver.Found::row)
                .filter(row ->
                        row.kind() == PatchableKind.FUNCTION && row.address().value() != 0)
                .map(row -> ResolvedTarget.function(module.at(row.address()), row.size(), text))
                .orElse(null);
    }

    /// Of a function that chooses another one when the program starts, the one that was chosen: some slot holds
    /// it. The function itself is never called: it is not written to be.
    private ResolvedTarget chosen(ProcessModule module, Symbol symbol, String text, String key) {
        long address = modules.chosen(module, module.at(symbol.value()), List.of(symbol.name()));
        if (address != 0) {
            return ResolvedTarget.of(new Outcome.To(address), text);
        }
        throw ProcessRefusal.of(
                key,
                "the target " + text
                        + " is an indirect function (STT_GNU_IFUNC) that nothing in the process uses yet: it only"
                        + " chooses the function to call; name one of those that it chooses from");
    }
}
