package dev.repoint.machine.plan;

import dev.repoint.elf.Address;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.PatchableKind;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Finds out which patchables the changes of a patch mean.
///
/// | written | means |
/// | --- | --- |
/// | `crc32=...` | a function |
/// | `log=...` | a variable that is one pointer |
/// | `ops+8=...` | the pointer at that offset |
/// | `ops.flush=...` | the member of that name, where the file has DWARF |
/// | `ops=xen_ops` | every pointer of the variable, each as in the other one |
/// | `ops=default` | every pointer of the variable; `nothing` and `zero` as well |
final class ChangeResolver {

    /// Of larger variables only the start is compared, in bytes.
    private static final long COMPARED = 1 << 20;

    private final LinkedFile linked;
    private final MemberNames members;

    ChangeResolver(LinkedFile linked) {
        this.linked = linked;
        this.members = new MemberNames(linked.file(), linked.table());
    }

    /// @throws PlanException if there is no such patchable or no such target
    List<ResolvedChange> of(Change change) throws PlanException {
        ErrorContext context =
                ErrorContext.of(linked.file().name(), change.key().text());
        change.requireOther(context);
        NativeKey meant = context.one(linked.file(), linked.table(), change.key());
        NativeKey key = members.resolve(meant, context);
        boolean isWord = change.word() || !key.equals(meant);
        Patchable row = linked.table().find(key).orElse(null);
        if (row != null && row.kind() == PatchableKind.FUNCTION) {
            return List.of(resolved(row, change.target()));
        }
        PointerVariables.Variable variable = linked.pointers().variable(key);
        if (variable == null) {
            if (row == null) {
                throw unknown(key, context);
            }
            return List.of(resolved(row, change.target()));
        }
        if (!isWord && variable.size() > RelocatedWords.SIZE) {
            return whole(key, variable, change.target(), context);
        }
        long address = variable.address() + key.offset();
        if (row == null && linked.pointers().at(address) == null) {
            throw context.fails("there is no pointer to a function there, and nothing calls through it");
        }
        return List.of(resolved(row == null ? Patchable.pointer(key, new Address(address)) : row, change.target()));
    }

    private ResolvedChange resolved(Patchable patchable, Target target) throws PlanException {
        ErrorContext context =
                ErrorContext.of(linked.file().name(), patchable.key().text());
        return new ResolvedChange(patchable, linked.targets().of(target, context), context, List.of());
    }

    private List<ResolvedChange> whole(
            NativeKey key, PointerVariables.Variable variable, Target target, ErrorContext context)
            throws PlanException {
        PointerVariables.Variable other =
                target instanceof Target.Symbol(String name) ? instance(key, variable, name, context) : null;
        List<ResolvedChange> resolved = new ArrayList<>();
        SortedSet<Long> offsets = offsets(key, variable, other);
        for (long offset : offsets) {
            NativeKey member = key.at(offset);
            ErrorContext each = ErrorContext.of(context.file(), offset == 0 ? key + "+0" : member.text());
            Patchable row = linked.table().find(member).orElse(null);
            Patchable patchable = row == null || row.kind() != PatchableKind.POINTER
                    ? Patchable.pointer(member, new Address(variable.address() + offset))
                    : row;
            ResolvedTarget resolvedTarget = other == null
                    ? linked.targets().of(target, each)
                    : linked.targets()
                            .copied(linked.words().held(other.address() + offset), target + "+" + offset, each);
            resolved.add(new ResolvedChange(
                    patchable,
                    resolvedTarget,
                    each,
                    resolved.isEmpty() && other != null ? unlike(key, variable, other, offsets, target) : List.of()));
        }
        if (resolved.isEmpty()) {
            throw context.fails("this variable holds no pointers to functions, and nothing calls through it");
        }
        return resolved;
    }

    /// Reports whether the two variables differ in more than their pointers: only pointers are taken over.
    private List<UnchangedSite> unlike(
            NativeKey key,
            PointerVariables.Variable variable,
            PointerVariables.Variable other,
            SortedSet<Long> offsets,
            Target target) {
        int size = (int) Math.min(variable.size(), COMPARED);
        byte[] one = linked.image().bytes(variable.address(), size);
        byte[] another = linked.image().bytes(other.address(), size);
        if (one == null || another == null) {
            return List.of();
        }
        for (int at = 0; at < size; at++) {
            long word = at - at % RelocatedWords.SIZE;
            boolean isPointer = offsets.contains(word);
            boolean isFilled = at == word
                    && !linked.words()
                            .held(variable.address() + word)
                            .equals(linked.words().held(other.address() + word));
            if (!isPointer && (isFilled || one[at] != another[at])) {
                return List.of(new UnchangedSite(
                        key + "+" + at, "it is no pointer to a function, and stays other than that of " + target));
            }
        }
        return List.of();
    }

    private PointerVariables.Variable instance(
            NativeKey key, PointerVariables.Variable variable, String name, ErrorContext context) throws PlanException {
        NativeKey parsed = context.one(linked.file(), linked.table(), NativeKey.parse(name));
        PointerVariables.Variable other = linked.pointers().variable(parsed);
        return MemberNames.requireLike(
                other,
                other == null ? -1 : other.size(),
                name,
                key,
                variable.size(),
                offsets(key, variable, null).size(),
                context);
    }

    /// Where pointers are: those that something calls through, and those that either variable holds.
    private SortedSet<Long> offsets(
            NativeKey key, PointerVariables.Variable variable, PointerVariables.@Nullable Variable other) {
        SortedSet<Long> offsets = new TreeSet<>();
        for (Patchable each : linked.table().patchables()) {
            if (each.kind() == PatchableKind.POINTER && each.key().at(0).equals(key.at(0))) {
                offsets.add(each.key().offset());
            }
        }
        linked.pointers().in(variable).keySet().forEach(address -> offsets.add(address - variable.address()));
        if (other != null) {
            linked.pointers().in(other).keySet().forEach(address -> offsets.add(address - other.address()));
        }
        return offsets;
    }

    private PlanException unknown(NativeKey key, ErrorContext context) {
        List<String> same = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Patchable each : linked.table().patchables()) {
            names.add(each.key().text().replaceFirst(key.version().isEmpty() ? "@[^+]*" : "$", ""));
            if (each.key().symbol().equals(key.symbol())) {
                same.add(each.key().text());
            }
        }
        if (!same.isEmpty()) {
            return context.fails("there are several of that name; write " + String.join(" or ", same));
        }
        boolean isImported =
                linked.file().dynamicSymbols().named(key.symbol()).stream().anyMatch(symbol -> !symbol.isDefined());
        if (isImported) {
            return context.fails("it is imported, and nothing in this file calls it any more; for its default take"
                    + " the original file, or its table");
        }
        return context.fails("there is no such function or pointer in this file"
                + MissingNameAdvice.advice(linked.file(), linked.table(), key.text(), names));
    }
}
