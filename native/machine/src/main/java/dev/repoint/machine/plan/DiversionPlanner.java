package dev.repoint.machine.plan;

import dev.repoint.elf.Address;
import dev.repoint.elf.ElfException;
import dev.repoint.elf.function.DebugFiles;
import dev.repoint.elf.function.NativeFunction;
import dev.repoint.machine.choice.Mechanism;
import dev.repoint.machine.choice.PatchChoice;
import dev.repoint.machine.choice.SiteCoverage;
import dev.repoint.machine.diversion.Diversion;
import dev.repoint.machine.entry.EntryModule;
import dev.repoint.machine.entry.EntryNote;
import dev.repoint.machine.entry.EntryPlanner;
import dev.repoint.machine.entry.EntryVerdict;
import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.Safety;
import dev.repoint.machine.site.Site;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Plans the functions of a patch that are diverted at their entries. [PatchChoice] has the rule.
final class DiversionPlanner {

    private static final String BY_NAME =
            "; to patch calls by name, link the file with -Wl,--emit-relocs, or take the table that was collected"
                    + " before (repoint table, --table)";

    private final LinkedFile linked;
    private final PatchChoice choice;
    private final EntryFunctions functions;
    /// By entry; those of the file first.
    private final Map<Long, DivertedFunction> wanted = new LinkedHashMap<>();
    private final Set<Long> decided = new HashSet<>();
    private final List<String> notes = new ArrayList<>();
    private @Nullable EntryModule module;

    /// @param present the diversions that the file has
    /// @param search  where names of functions are looked for
    DiversionPlanner(LinkedFile linked, List<Diversion> present, PatchChoice choice, DebugFiles search) {
        this.linked = linked;
        this.choice = choice;
        this.functions = new EntryFunctions(linked.file(), linked.table(), search);
        for (Diversion each : present) {
            wanted.put(each.entry(), DivertedFunction.of(each));
        }
    }

    /// Whether a change is one of an entry.
    boolean takes(Change change) throws PlanException {
        Patchable row = functions.row(change.key());
        SiteCoverage coverage = coverage(change.key(), row);
        if (choice.of(coverage, set(change.key(), row)) == Mechanism.SITES) {
            return false;
        }
        if (choice.mechanism().isPresent()) {
            return true;
        }
        List<NativeFunction> found = functions.of(change.key());
        if (found.isEmpty()) {
            return row == null && !functions.functions().refusals().isEmpty(); // which then are told
        }
        boolean isAsked = !(change.target() instanceof Target.Default) && found.size() == 1;
        return !(isAsked && choice.allowsSites(coverage) && isRefused(change.key(), found.getFirst()));
    }

    private SiteCoverage coverage(NativeKey key, @Nullable Patchable row) {
        if (linked.pointers().variable(key) != null) {
            return SiteCoverage.WHOLE;
        }
        return row == null ? SiteCoverage.NONE : SiteCoverage.of(linked.table(), row, false);
    }

    /// By what a function is redirected in the file; null if it has its default.
    private @Nullable Mechanism set(NativeKey key, @Nullable Patchable row) {
        boolean isDiverted = !wanted.isEmpty()
                && functions.of(key).stream()
                        .anyMatch(each -> wanted.containsKey(each.address().value()));
        if (isDiverted) {
            return Mechanism.ENTRY;
        }
        return row != null && row.sites().stream().anyMatch(DiversionPlanner::isElsewhere) ? Mechanism.SITES : null;
    }

    /// Whether sites are patched, because the entry cannot be.
    private boolean isRefused(NativeKey key, NativeFunction function) throws PlanException {
        ErrorContext context =
                ErrorContext.of(linked.file().name(), functions.resolver().text(key));
        EntryVerdict verdict = judged(function.address().value(), context);
        if (verdict instanceof EntryVerdict.Refused refused) {
            notes.add(context.key() + ": some of its callers stay: "
                    + choice.refusal(refused, null, "").orElseThrow());
            return true;
        }
        return false;
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
        Optional<String> refusal = choice.refusal(
                verdict, wanted.containsKey(function.address().value()) ? Mechanism.ENTRY : null, "--all-names");
        if (verdict instanceof EntryVerdict.Accepted accepted && refusal.isEmpty()) {
            return accepted;
        }
        throw context.fails(refusal.orElseThrow() + (verdict instanceof EntryVerdict.Accepted ? BY_NAME : ""));
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

    /// The warnings about callers that stay, and about debug files that do not fit.
    List<String> warnings() {
        List<String> all = new ArrayList<>(notes);
        if (!decided.isEmpty()) {
            all.addAll(functions.functions().refusals());
        }
        return all;
    }
}
