package dev.repoint.machine.plan;

import dev.repoint.elf.Address;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.Section;
import dev.repoint.elf.Symbol;
import dev.repoint.elf.SymbolType;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.mangling.NearNames;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.PatchableKind;
import dev.repoint.machine.site.SiteTable;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Finds out which patchables of an object file the changes of a patch mean, as [ChangeResolver] does for linked files.
/// A target need not be defined here: the linker finds it.
final class ObjectChangeResolver {

    /// Variables have none before the file is linked.
    private static final Address NO_ADDRESS = new Address(0);

    private final ElfFile file;
    private final SiteTable table;
    private final ObjectRelocations relocations;
    private final ObjectSymbols symbols;
    private final MemberNames members;

    /// A variable of the file.
    ///
    /// @param offset of its first byte in the file
    private record Variable(long offset, long size) {}

    ObjectChangeResolver(ElfFile file, SiteTable table, ObjectRelocations relocations, ObjectSymbols symbols) {
        this.file = file;
        this.table = table;
        this.relocations = relocations;
        this.symbols = symbols;
        this.members = new MemberNames(file, table);
    }

    /// @throws PlanException if there is no such patchable or no such target
    List<ResolvedObjectChange> of(Change change) throws PlanException {
        ErrorContext context = ErrorContext.of(file.name(), change.key().text());
        change.requireOther(context);
        NativeKey meant = context.one(file, table, change.key());
        NativeKey key = members.resolve(meant, context);
        boolean isWord = change.word() || !key.equals(meant);
        Patchable row = table.find(key).orElse(null);
        Variable variable = row != null && row.kind() == PatchableKind.FUNCTION ? null : variable(key);
        if (row == null
                && variable == null
                && !file.symbols().named(key.symbol()).isEmpty()) {
            throw context.fails("nothing in this object file refers to it; if a patch has redirected it before, "
                    + "take the original object file");
        }
        if (row == null && variable == null) {
            throw context.fails("there is no such function or pointer in this file"
                    + NearNames.question(
                            key.text(),
                            table.patchables().stream()
                                    .map(each -> each.key().text())
                                    .toList()));
        }
        if (variable == null || isWord || variable.size() <= RelocatedWords.SIZE) {
            Patchable patchable = row == null ? Patchable.pointer(key, NO_ADDRESS) : row;
            ErrorContext named = ErrorContext.of(file.name(), patchable.key().text());
            long offset = variable == null ? -1 : variable.offset() + key.offset();
            return List.of(new ResolvedObjectChange(patchable, offset, resolvedTarget(change.target(), named), named));
        }
        return whole(key, variable, change.target(), context);
    }

    private List<ResolvedObjectChange> whole(NativeKey key, Variable variable, Target target, ErrorContext context)
            throws PlanException {
        Variable other = target instanceof Target.Symbol(String name) ? instance(key, variable, name, context) : null;
        SortedSet<Long> offsets = offsets(key, variable);
        if (other != null) {
            offsets.addAll(offsets(NativeKey.of(target.toString()), other));
        }
        List<ResolvedObjectChange> resolved = new ArrayList<>();
        for (long offset : offsets) {
            NativeKey member = key.at(offset);
            ErrorContext each = ErrorContext.of(context.file(), offset == 0 ? key + "+0" : member.text());
            Patchable row = table.find(member).orElse(null);
            ResolvedObjectTarget resolvedTarget = other == null
                    ? resolvedTarget(target, each)
                    : copied(other.offset() + offset, target + "+" + offset, each);
            resolved.add(new ResolvedObjectChange(
                    row == null || row.kind() != PatchableKind.POINTER ? Patchable.pointer(member, NO_ADDRESS) : row,
                    variable.offset() + offset,
                    resolvedTarget,
                    each));
        }
        if (resolved.isEmpty()) {
            throw context.fails("this variable holds no pointers to functions, and nothing calls through it");
        }
        return resolved;
    }

    private Variable instance(NativeKey key, Variable variable, String name, ErrorContext context)
            throws PlanException {
        Variable other = variable(context.one(file, table, NativeKey.parse(name)));
        return MemberNames.requireLike(
                other,
                other == null ? -1 : other.size(),
                name,
                key,
                variable.size(),
                offsets(key, variable).size(),
                context);
    }

    private SortedSet<Long> offsets(NativeKey key, Variable variable) {
        SortedSet<Long> offsets = new TreeSet<>();
        for (Patchable each : table.patchables()) {
            if (each.kind() == PatchableKind.POINTER && each.key().at(0).equals(key.at(0))) {
                offsets.add(each.key().offset());
            }
        }
        for (ObjectRelocations.Entry entry : relocations.in(variable.offset(), variable.size())) {
            if (leadsToCode(entry)) {
                offsets.add(entry.field() - variable.offset());
            }
        }
        return offsets;
    }

    private boolean leadsToCode(ObjectRelocations.Entry entry) {
        SymbolType type = file.symbols().type(entry.symbol());
        if (type.isFunction()) {
            return true;
        }
        int section = file.symbols().sectionIndex(entry.symbol());
        return file.symbols().isInSection(entry.symbol())
                && section < file.sections().size()
                && file.sections().get(section).isExecutable();
    }

    private ResolvedObjectTarget resolvedTarget(Target target, ErrorContext context) throws PlanException {
        return switch (target) {
            case Target.Nothing() -> new ResolvedObjectTarget.Empty("nothing", new Outcome.Nothing());
            case Target.Zero() -> new ResolvedObjectTarget.Empty("zero", new Outcome.Zero());
            case Target.Default() -> new ResolvedObjectTarget.Default();
            case Target.Symbol(String name) -> {
                NativeKey key = context.one(file, table, NativeKey.parse(name));
                boolean isPath = key.symbol().contains("::") || key.symbol().indexOf('(') >= 0;
                if (isPath) {
                    throw context.fails(
                            "the target " + name + " is not in this object file; write its mangled name, as nm"
                                    + " shows it, so that the linker finds it");
                }
                int index = symbols.function(key.symbol(), key.file());
                if (index < 0) {
                    throw context.fails("the target " + name + " is a variable, not a function");
                }
                yield new ResolvedObjectTarget.Symbol(name, index, 0);
            }
        };
    }

    private ResolvedObjectTarget copied(long offset, String name, ErrorContext context) throws PlanException {
        ObjectRelocations.Entry entry = relocations.at(offset);
        if (entry == null || !leadsToCode(entry) && file.symbols().isDefined(entry.symbol())) {
            throw context.fails(name + " holds no function in this file; only the program itself can copy it");
        }
        return new ResolvedObjectTarget.Symbol(
                ObjectSymbols.name(file, entry.symbol()), entry.symbol(), entry.addend());
    }

    private @Nullable Variable variable(NativeKey key) {
        for (Symbol symbol : file.symbols().named(key.symbol())) {
            boolean isMeant = symbol.type() == SymbolType.OBJECT
                    && file.symbols().isInSection(symbol.index())
                    && (key.file().isEmpty() || symbol.sourceFile().equals(key.file()));
            if (isMeant && symbol.sectionIndex() < file.sections().size()) {
                Section section = file.sections().get(symbol.sectionIndex());
                return section.hasBytes()
                        ? new Variable(section.offset().value() + symbol.value().value(), symbol.size())
                        : null;
            }
        }
        return null;
    }
}
