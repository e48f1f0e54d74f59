package dev.repoint.machine.plan;

import dev.repoint.elf.Address;
import dev.repoint.elf.Section;
import dev.repoint.elf.Symbol;
import dev.repoint.elf.SymbolTable;
import dev.repoint.elf.SymbolType;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.PatchableKind;
import dev.repoint.machine.site.SiteTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Finds out what the target of a change is: the address behind a name.
final class TargetResolver {

    private final Image image;
    private final SiteTable table;
    private final Linkage linkage;
    private final Functions functions;

    TargetResolver(Image image, SiteTable table, Linkage linkage, Functions functions) {
        this.image = image;
        this.functions = functions;
        this.table = table;
        this.linkage = linkage;
    }

    /// @param context to blame if the target is not there
    ResolvedTarget of(Target target, ErrorContext context) throws PlanException {
        return switch (target) {
            case Target.Nothing() -> new ResolvedTarget.Empty("nothing", new Outcome.Nothing());
            case Target.Zero() -> new ResolvedTarget.Empty("zero", new Outcome.Zero());
            case Target.Default() -> new ResolvedTarget.Default();
            case Target.Symbol(String name) -> function(name, context);
        };
    }

    private ResolvedTarget function(String name, ErrorContext context) throws PlanException {
        NativeKey key = context.one(image.file(), table, key(name, context));
        Patchable row = table.find(key).orElse(null);
        if (row != null && row.kind() == PatchableKind.FUNCTION && !row.isImported()) {
            requireDirect(row.address().value(), key, context);
            return code(name, row.address().value());
        }
        Map<Long, Symbol> defined = new TreeMap<>();
        @Nullable Symbol undefined = null;
        for (SymbolTable symbols : List.of(image.file().symbols(), image.file().dynamicSymbols())) {
            for (Symbol symbol : symbols.named(key.symbol())) {
                if (!isMeant(symbol, key)) {
                    continue;
                }
                if (symbols.isInSection(symbol.index())) {
                    defined.putIfAbsent(symbol.value().value(), symbol);
                } else if (symbols.isDynamic() && !symbol.isDefined()) {
                    undefined = symbol;
                }
            }
        }
        List<Symbol> byDefault = defined.size() < 2
                ? List.of()
                : image.file().dynamicSymbols().named(key.symbol()).stream()
                        .filter(each -> image.file().dynamicSymbols().isDefaultVersion(each.index()))
                        .toList();
        if (byDefault.size() == 1 && key.file().isEmpty()) {
            return defined(byDefault.getFirst(), key, name, context);
        }
        List<String> imports = imports(key);
        if (defined.isEmpty() && imports.size() > 1) {
            throw context.fails(
                    "the target " + name + " is imported in several versions; write " + String.join(" or ", imports));
        }
        if (defined.size() > 1) {
            throw context.fails("the target " + name + " is defined " + defined.size() + " times"
                    + ambiguous(key)
                    + (versions(defined.values()).isEmpty()
                            ? "; write the source file before it"
                            : "; write " + String.join(" or ", versions(defined.values()))));
        }
        if (defined.size() == 1) {
            return defined(defined.values().iterator().next(), key, name, context);
        }
        if (undefined != null || row != null && row.isImported()) {
            return imported(key, undefined, context);
        }
        throw context.fails("there is no function " + name + " in this file"
                + MissingNameAdvice.advice(image.file(), table, name, functionNames()));
    }

    private static NativeKey key(String name, ErrorContext context) throws PlanException {
        try {
            return NativeKey.parse(name);
        } catch (IllegalArgumentException e) {
            throw context.fails("the target '" + name + "' is not the name of a function");
        }
    }

    private static boolean isMeant(Symbol symbol, NativeKey key) {
        return (key.version().isEmpty() || symbol.version().equals(key.version()))
                && (key.file().isEmpty() || symbol.sourceFile().equals(key.file()));
    }

    private ResolvedTarget defined(Symbol symbol, NativeKey key, String name, ErrorContext context)
            throws PlanException {
        long address = symbol.value().value();
        boolean isCode = image.file()
                .sectionAt(symbol.value())
                .map(Section::isExecutable)
                .orElse(image.codeAt(address) != null);
        if (!isCode || symbol.type() == SymbolType.OBJECT) {
            throw context.fails("the target " + name + " is a variable, not a function");
        }
        requireDirect(address, key, context);
        return code(name, address);
    }

    /// A hook has no size of its own; what it stands for at the same address has.
    private ResolvedTarget.Code code(String name, long address) {
        return new ResolvedTarget.Code(name, address, functions.sizeAt(address));
    }

    /// A function that chooses another one when the program starts is not itself what is to be called.
    private void requireDirect(long address, NativeKey key, ErrorContext context) throws PlanException {
        for (SymbolTable symbols : List.of(image.file().symbols(), image.file().dynamicSymbols())) {
            for (Symbol symbol : symbols.named(key.symbol())) {
                if (symbol.type() == SymbolType.INDIRECT_FUNCTION
                        && symbol.value().value() == address) {
                    throw context.fails("the target " + key
                            + " is an indirect function (STT_GNU_IFUNC): it only chooses the function to call;"
                            + " name one of those that it chooses from");
                }
            }
        }
    }

    private ResolvedTarget imported(NativeKey key, @Nullable Symbol symbol, ErrorContext context) throws PlanException {
        Long entry = linkage.entryOf(key);
        if (entry != null) {
            return new ResolvedTarget.Code(key.text(), entry, 0);
        }
        if (symbol == null) {
            throw context.fails(
                    "the imported function " + key + " has no entry in the procedure linkage table that calls can use");
        }
        return new ResolvedTarget.Imported(key.text(), symbol.index());
    }

    /// Its versions, as they are written.
    private static List<String> versions(Collection<Symbol> symbols) {
        return symbols.stream()
                .filter(each -> !each.version().isEmpty())
                .map(each -> each.name() + "@" + each.version())
                .toList();
    }

    /// The imports that a name without version may mean.
    private List<String> imports(NativeKey key) {
        return image.file().dynamicSymbols().named(key.symbol()).stream()
                .filter(each -> !each.isDefined() && isMeant(each, key))
                .map(each -> each.name() + "@" + each.version())
                .distinct()
                .toList();
    }

    private String ambiguous(NativeKey key) {
        List<String> texts = new ArrayList<>();
        for (Patchable each : table.patchables()) {
            if (each.key().symbol().equals(key.symbol()) && !each.key().file().isEmpty()) {
                texts.add(each.key().text());
            }
        }
        return texts.isEmpty() ? "" : " (" + String.join(", ", texts) + ")";
    }

    private List<String> functionNames() {
        List<String> names = new ArrayList<>();
        for (Patchable each : table.patchables()) {
            if (each.kind() == PatchableKind.FUNCTION) {
                names.add(each.key().text());
            }
        }
        return names;
    }

    /// The content of a word of another variable, as a target.
    ///
    /// @param name what people call the word
    ResolvedTarget copied(RelocatedWords.Held held, String name, ErrorContext context) throws PlanException {
        return switch (held) {
            case RelocatedWords.Held.Code(long address) -> {
                if (image.codeAt(address) == null) {
                    throw context.fails(name + " holds " + new Address(address) + ", which is no function");
                }
                String function = functions.apply(address);
                String entry = function == null ? linkage.nameAt(address) : function;
                yield new ResolvedTarget.Code(entry == null ? new Address(address).toString() : entry, address, 0);
            }
            case RelocatedWords.Held.Symbol(int index) -> {
                SymbolTable symbols = image.file().dynamicSymbols();
                yield function(
                        symbols.version(index).isEmpty()
                                ? symbols.name(index)
                                : symbols.name(index) + "@" + symbols.version(index),
                        context);
            }
            case RelocatedWords.Held.Other() ->
                throw context.fails(name + " holds no function in this file; only the program itself can copy it");
        };
    }
}
