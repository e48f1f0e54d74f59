package dev.repoint.machine.plan;

import dev.repoint.elf.Address;
import dev.repoint.elf.ElfException;
import dev.repoint.elf.function.NativeFunction;
import dev.repoint.machine.diversion.Diversion;
import dev.repoint.machine.entry.EntryModule;
import dev.repoint.machine.entry.EntryNote;
import dev.repoint.machine.entry.EntryPlanner;
import dev.repoint.machine.entry.EntryVerdict;
import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.PatchableKind;
import dev.repoint.machine.site.Safety;
import dev.repoint.machine.site.Site;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Plans the functions of a patch that are diverted at their entries.
///
/// | asked for | patched |
/// | --- | --- |
/// | an import, a pointer, a variable | its sites |
/// | a function, and the file's relocations tell its calls | its sites |
/// | a function, and they do not; or it is diverted already | its entry |
/// | `--by sites`, `--by entry` | what is said |
final class DiversionPlanner {

    private final LinkedFile linked;
    private final EntryChoice choice;
    private final EntryFunctions functions;
    /// By entry; those of the file first.
    private final Map<Long, DivertedFunction> wanted = new LinkedHashMap<>();
    private final Set<Long> decided = new HashSet<>();
    private @Nullable EntryModule module;

    /// @param present the diversions that the file has
    DiversionPlanner(LinkedFile linked, List<Diversion> present, EntryChoice choice) {
        this.linked = linked;
        this.choice = choice;
        this.functions = new EntryFunctions(linked.file(), linked.table(), choice.search());
        for (Diversion each : present) {
            wanted.put(each.entry(), DivertedFunction.of(each));
        }
    }

    /// Whether a change is one of an entry.
    boolean takes(Change change) {
        Mechanism said = choice.mechanism().orElse(null);
        if (said != null && wanted.isEmpty()) {
            return said == Mechanism.ENTRY;
        }
        Patchable row = functions.row(change.key());
        boolean isOther = row != null && (row.isImported() || row.kind() != PatchableKind.FUNCTION)
                || linked.pointers().variable(change.key()) != null;
        boolean isKnown = row != null && linked.knowsCalls();
        if (said == Mechanism.ENTRY || said == Mechanism.SITES) {
            return said == Mechanism.ENTRY;
        }
        if (isOther || isKnown && wanted.isEmpty()) {
            return false;
        }
        List<NativeFunction> found = functions.of(change.key());
        boolean hasRefusedNames = found.isEmpty()
                && row == null
                && !functions.functions().refusals().isEmpty();
        boolean isDiverted = found.stream()
                .anyMatch(each -> wanted.containsKey(each.address().value()));
        return isDiverted || hasRefusedNames || !found.isEmpty() && !isKnown;
    }

    /// Whether a function that gets its default back has sites that lead elsewhere, too.
    boolean alsoHasSites(Change change) {
        Patchable row = change.target() instanceof Target.Default ? functions.row(change.key()) : null;
        return row != null && row.sites().stream().anyMatch(DiversionPlanner::isElsewhere);
    }

    private static boolean isElsewhere(Site site) {
        return !site.currentTarget().isDefault();
    }

    /// Decides about the entry of one function.
    KeyPlan plan(Change change) throws PlanException {
        ErrorContext context =
                ErrorContext.of(linked.file().name(), functions.resolver().text(change.key()));
        NativeFunction function = one(change.key(), context, "");
        long entry = function.address().value();
        if (!decided.add(entry)) {
            throw context.fails("its entry is to become two things at once; name each function once");
        }
        String key = functions.text(function, change.key());
        DivertedFunction present = wanted.get(entry);
        if (change.target() instanceof Target.Default) {
            wanted.remove(entry);
            return KeyPlan.ofEntry(
                    context.key(), "default", safety(change.key()), present != null, List.of(), List.of());
        }
        ResolvedTarget target = target(change.target(), context);
        Outcome outcome = outcome(target, entry, context);
        EntryVerdict.Accepted verdict = accepted(function, context);
        List<String> warnings = new ArrayList<>();
        boolean isChanged = present == null || !present.outcome().equals(outcome);
        if (isChanged) {
            wanted.put(entry, made(key, target, outcome, verdict, warnings, context));
        }
        List<UnchangedSite> left = new ArrayList<>();
        Safety safety = safety(change.key());
        for (EntryNote note : verdict.notes()) {
            switch (note.kind()) {
                case CLONES, INLINED -> left.add(UnchangedSite.uses(note.text()));
                case RECURSION, UNSEEN_JUMPS -> warnings.add(context.key() + ": " + note.text());
                case KNOWN_BODY -> {
                    if (safety == Safety.PLAIN) {
                        warnings.add(context.key() + " is not safe to patch: " + note.text());
                    }
                }
                case SEVERAL_NAMES -> {} // consent was given
            }
        }
        return KeyPlan.ofEntry(context.key(), target.text(), safety, isChanged, left, warnings);
    }

    /// What the file says of the function; compilers know the body of all others.
    private Safety safety(NativeKey key) {
        Patchable row = functions.row(key);
        return row == null ? Safety.PLAIN : row.safety();
    }

    private DivertedFunction made(
            String key,
            ResolvedTarget target,
            Outcome outcome,
            EntryVerdict.Accepted verdict,
            List<String> warnings,
            ErrorContext context) {
        List<String> names = verdict.names();
        List<Instruction> calls = target instanceof ResolvedTarget.Code code && code.size() > 0
                ? new DefaultCalls(linked).in(code, verdict.address(), names)
                : List.of();
        if (calls == null) {
            warnings.add(context.key() + ": the code of " + target.text() + " cannot be read whole: if it calls "
                    + context.key() + ", the call comes back to it");
        }
        return new DivertedFunction(key, target.text(), outcome, verdict.patch(), calls == null ? List.of() : calls);
    }

    private NativeFunction one(NativeKey key, ErrorContext context, String what) throws PlanException {
        List<NativeFunction> found = functions.of(key);
        if (found.size() > 1) {
            throw context.fails(what + functions.resolver().several(found));
        }
        if (found.isEmpty()) {
            Patchable row = functions.row(key);
            throw context.fails(
                    row != null && row.isImported()
                            ? "it is imported, so its entry is in another file; patch that file, or leave out --by"
                                    + " entry"
                            : what + functions.resolver().missing(key));
        }
        return found.getFirst();
    }

    private ResolvedTarget target(Target target, ErrorContext context) throws PlanException {
        if (target instanceof Target.Symbol(String name)) {
            NativeKey key = parsed(name, context);
            List<NativeFunction> found = functions.of(key);
            if (found.size() > 1) {
                throw context.fails(
                        "the target " + name + " " + functions.resolver().several(found));
            }
            if (found.size() == 1 && !found.getFirst().isIndirect()) {
                NativeFunction function = found.getFirst();
                return new ResolvedTarget.Code(
                        functions.text(function, key), function.address().value(), function.size());
            }
        }
        return linked.targets().of(target, context);
    }

    private static NativeKey parsed(String name, ErrorContext context) throws PlanException {
        try {
            return NativeKey.parse(name);
        } catch (IllegalArgumentException e) {
            throw context.fails("the target '" + name + "' is not the name of a function");
        }
    }

    private static Outcome outcome(ResolvedTarget target, long entry, ErrorContext context) throws PlanException {
        return switch (target) {
            case ResolvedTarget.Code code
            when code.address() == entry ->
                throw context.fails("the target is the function itself; write default to give back its default");
            case ResolvedTarget.Code code -> new Outcome.To(code.address());
            case ResolvedTarget.Empty empty -> empty.outcome();
            case ResolvedTarget.Imported imported ->
                throw context.fails("the imported function " + imported.text()
                        + " has no entry in the procedure linkage table that a jump can lead to");
            case ResolvedTarget.Default() -> throw new IllegalArgumentException("the default is no target of a jump");
        };
    }

    private EntryVerdict.Accepted accepted(NativeFunction function, ErrorContext context) throws PlanException {
        EntryVerdict verdict = judged(function.address().value(), context);
        switch (verdict) {
            case EntryVerdict.Refused refused ->
                throw context.fails(
                        "its entry cannot be patched (" + refused.reason().text() + "): " + refused.text());
            case EntryVerdict.Accepted accepted -> {
                if (accepted.names().size() > 1 && !choice.isAllNames()) {
                    throw context.fails("its entry has several names (" + String.join(", ", accepted.names())
                            + "), and calls of all of them would be redirected; write --all-names if that is meant;"
                            + " to patch calls by name, link the file with -Wl,--emit-relocs, or take the table that"
                            + " was collected before (repoint table, --table)");
                }
                return accepted;
            }
        }
    }

    private EntryVerdict judged(long entry, ErrorContext context) throws PlanException {
        try {
            return new EntryPlanner(module()).judge(entry);
        } catch (ElfException e) {
            throw context.fails(String.valueOf(e.getMessage()));
        }
    }

    EntryModule module() throws ElfException {
        EntryModule known = module;
        if (known == null) {
            known = EntryModule.of(linked.file(), functions.functions().moreSymbols());
            module = known;
        }
        return known;
    }

    /// Whether anything is diverted that was not, or to another target.
    boolean adds() {
        return wanted.values().stream().anyMatch(DivertedFunction::isPlanned);
    }

    /// Whether the function at an address is to be diverted in the new file.
    boolean isWanted(long entry) {
        return wanted.containsKey(entry);
    }

    /// All functions that are to be diverted in the new file, with what diverts them.
    ///
    /// @throws PlanException if one that the file has already cannot be diverted again
    List<DivertedFunction> wanted() throws PlanException {
        List<DivertedFunction> all = new ArrayList<>();
        for (Map.Entry<Long, DivertedFunction> each : wanted.entrySet()) {
            all.add(each.getValue().isPlanned() ? each.getValue() : again(each.getKey(), each.getValue()));
        }
        return all;
    }

    /// Plans a diversion that the file has.
    private DivertedFunction again(long entry, DivertedFunction present) throws PlanException {
        ErrorContext context = ErrorContext.of(linked.file().name(), present.key());
        EntryVerdict verdict = judged(entry, context);
        if (!(verdict instanceof EntryVerdict.Accepted accepted)) {
            throw context.fails("it was diverted, and its entry cannot be patched again: "
                    + ((EntryVerdict.Refused) verdict).text());
        }
        ResolvedTarget target = present.outcome() instanceof Outcome.To(long address)
                ? new ResolvedTarget.Code(
                        present.target(),
                        address,
                        functions
                                .functions()
                                .at(new Address(address))
                                .map(NativeFunction::size)
                                .orElse(0L))
                : new ResolvedTarget.Empty(present.target(), present.outcome());
        return made(present.key(), target, present.outcome(), accepted, new ArrayList<>(), context);
    }

    /// The warnings about debug files that do not fit.
    List<String> warnings() {
        return decided.isEmpty() ? List.of() : functions.functions().refusals();
    }
}
