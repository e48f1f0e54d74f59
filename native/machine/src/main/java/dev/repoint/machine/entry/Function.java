package dev.repoint.machine.entry;

import dev.repoint.elf.ElfException;
import dev.repoint.machine.instruction.BranchListener;
import dev.repoint.machine.instruction.Code;
import dev.repoint.machine.instruction.Mover;
import dev.repoint.machine.instruction.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// A function that was found to be one: plans the patch of its entry, and looks for what forbids it.
final class Function implements BranchListener {

    private static final long NOWHERE = -1;

    private final EntryModule module;
    private final Mover mover;
    private final Code code;
    private final long entry;
    private final long place;
    private final long end;
    private final String name;
    /// The first of its own jumps that leads to its entry.
    private long loop = NOWHERE;
    /// The first of its own branches that leads among the bytes to be overwritten.
    private long inside = NOWHERE;
    /// Where its own jumps leave it.
    private final Set<Long> left = new TreeSet<>();
    /// The end of the bytes to be overwritten or moved.
    private long limit;

    /// @param place where the jump is to stand: the entry, or behind its head
    Function(EntryModule module, Code code, long entry, long place) {
        this.module = module;
        this.mover = module.architecture().mover();
        this.code = code;
        this.entry = entry;
        this.place = place;
        this.end = module.end(entry);
        this.name = EntryNames.of(module.names(entry), entry);
    }

    /// Decodes what the jump overwrites.
    EntryPatch patch() throws Refusal {
        List<Step> steps = new ArrayList<>();
        Code function = code.slice(entry, end - entry);
        long at = place;
        while (at < end && at - place < mover.jumpLength()) {
            Step step = mover.step(function, at);
            if (step == null) {
                throw unknown(at);
            }
            if (mover.movedLength(code, step) == 0) {
                throw new Refusal(
                        RefusalReason.NOT_MOVABLE,
                        "the instruction at 0x%x, in %s, works only where it stands; patch the function's sites"
                                .formatted(at, name));
            }
            steps.add(step);
            at = step.end();
        }
        boolean isLong = at - place >= mover.jumpLength();
        if (!isLong) {
            checkPadding(steps);
        }
        boolean isRewritten = steps.stream().anyMatch(Step::isRelative);
        EntryMeans means = !isLong ? EntryMeans.PADDING : isRewritten ? EntryMeans.REWRITTEN : EntryMeans.AS_IT_IS;
        limit = Math.max(at, place + mover.jumpLength());
        return new EntryPatch(mover, code, means, entry, place, steps, mover.jumpLength());
    }

    /// The function is shorter than the jump.
    private void checkPadding(List<Step> steps) throws Refusal {
        long next = module.nextStart(end - 1);
        boolean fits = next - place >= mover.jumpLength();
        if (steps.isEmpty() || !fits || !module.architecture().isPadding(code.slice(end, next - end))) {
            throw new Refusal(
                    RefusalReason.TOO_SHORT,
                    "%s has %d bytes for a jump of %d, and %s follows at 0x%x; patch the function's sites"
                            .formatted(
                                    name,
                                    end - place,
                                    mover.jumpLength(),
                                    fits ? "what is no padding" : "something else",
                                    fits ? end : next));
        }
        Step last = steps.getLast();
        if (!last.flow().isEnd() && !last.flow().isCall()) {
            throw new Refusal(
                    RefusalReason.RUNS_ON,
                    "%s ends at 0x%x, is shorter than a jump, and runs on into what follows; patch the function's sites"
                            .formatted(name, end));
        }
    }

    /// Looks at everything that may lead among the overwritten bytes.
    void check(EntryPatch patch) throws Refusal, ElfException {
        checkPlaces();
        long unknown = mover.branches(code.slice(entry, end - entry), this);
        if (unknown < end) {
            throw unknown(unknown);
        }
        if (inside != NOWHERE) {
            throw branchInside("the branch at 0x%x".formatted(inside));
        }
        if (loop != NOWHERE) {
            throw new Refusal(
                    RefusalReason.LOOP_TO_ENTRY,
                    "the jump at 0x%x leads to the entry of %s, in which it lies; patch the function's sites"
                            .formatted(loop, name));
        }
        checkParts();
        checkModule();
        checkReach(patch);
        checkUnwinding(patch);
    }

    private void checkPlaces() throws Refusal {
        EntryLabels labels = module.labels();
        int label = labels.from(entry + 1);
        if (label < labels.count() && labels.place(label) < limit) {
            throw new Refusal(
                    RefusalReason.SYMBOL_INSIDE,
                    "the symbol %s stands at 0x%x, among the first bytes of %s; patch the function's sites"
                            .formatted(labels.name(label), labels.place(label), name));
        }
        // Some compilers let an entry begin behind the head.
        int next = module.unwindEntries().from(place + 1);
        int around = module.unwindEntries().containing(place);
        boolean starts =
                next < module.unwindEntries().count() && module.unwindEntries().start(next) < limit;
        boolean ends = around >= 0 && module.unwindEntries().end(around) < Math.min(limit, end);
        if (starts || ends) {
            throw new Refusal(
                    RefusalReason.UNWIND_INSIDE,
                    "an unwind entry %s at 0x%x, among the first bytes of %s; patch the function's sites"
                            .formatted(
                                    starts ? "begins" : "ends",
                                    starts
                                            ? module.unwindEntries().start(next)
                                            : module.unwindEntries().end(around),
                                    name));
        }
        long probe = module.firstProbe(place, limit);
        if (probe != NOWHERE) {
            throw new Refusal(
                    RefusalReason.KEYED_BY_ADDRESS,
                    "tracers put breakpoints at 0x%x, a probe of SystemTap among the first bytes of %s; patch the function's sites"
                            .formatted(probe, name));
        }
        long relocated = module.firstRelocated(place, limit);
        if (relocated != NOWHERE) {
            throw new Refusal(
                    RefusalReason.RELOCATED,
                    "the loader changes the code at 0x%x, among the first bytes of %s; build it with -fPIC"
                            .formatted(relocated, name));
        }
    }

    /// A part that was moved away may jump back to the entry.
    private void checkParts() throws Refusal, ElfException {
        Set<Long> parts = new TreeSet<>();
        for (long destination : left) {
            parts.add(ColdParts.around(module, destination));
        }
        for (long part : parts) {
            Code around = module.code(part);
            if (part == NOWHERE || around == null) {
                continue;
            }
            List<Long> loops = new ArrayList<>();
            mover.branches(around.slice(part, module.end(part) - part), (from, to, isCall) -> {
                if (!isCall && (to == entry || to == place)) {
                    loops.add(from);
                }
            });
            if (!loops.isEmpty()) {
                throw new Refusal(
                        RefusalReason.LOOP_TO_ENTRY,
                        "the jump at 0x%x, in a part that rarely runs, leads back to the entry of %s; patch the function's sites"
                                .formatted(loops.getFirst(), name));
            }
        }
    }

    private void checkModule() throws Refusal {
        long found = module.branches().first(place + 1, limit);
        if (found != NOWHERE) {
            throw branchInside("a branch of another function");
        }
        long perhaps = module.branches().firstPerhaps(place + 1, limit);
        if (perhaps != NOWHERE) {
            throw new Refusal(
                    RefusalReason.PERHAPS_BRANCH_INSIDE,
                    "bytes that are no known code may be a branch to 0x%x, among the first bytes of %s; patch the function's sites"
                            .formatted(perhaps, name));
        }
    }

    private void checkReach(EntryPatch patch) throws Refusal {
        if (patch.lowest() > patch.highest()) {
            throw new Refusal(
                    RefusalReason.OUT_OF_REACH,
                    "the first instructions of %s use places that are too far from each other; patch the function's sites"
                            .formatted(name));
        }
    }

    /// Makes a copy at any place, and how it is unwound.
    private void checkUnwinding(EntryPatch patch) throws Refusal, ElfException {
        if (module.isGo() && patch.moved().stream().anyMatch(step -> step.flow().isCall())) {
            throw new Refusal(
                    RefusalReason.KEYED_BY_ADDRESS,
                    "a call is among the first instructions of %s, and the runtime of Go finds callers by tables of its own; patch the function's sites"
                            .formatted(name));
        }
        long anywhere = patch.lowest() / 2 + patch.highest() / 2 & -16L;
        CopyUnwind.plan(module, patch, patch.copy(anywhere));
    }

    @Override
    public void branch(long from, long to, boolean isCall) {
        if (to > place && to < limit) {
            inside = inside == NOWHERE ? from : inside;
        } else if (!isCall && (to == entry || to == place)) {
            loop = loop == NOWHERE ? from : loop;
        } else if (!isCall && (to < entry || to >= end)) {
            left.add(to);
        }
    }

    private Refusal branchInside(String what) {
        return new Refusal(
                RefusalReason.BRANCH_INSIDE,
                "%s leads among the first bytes of %s; patch the function's sites".formatted(what, name));
    }

    private Refusal unknown(long at) {
        int length = (int) Math.min(8, code.end() - at);
        StringBuilder bytes = new StringBuilder();
        for (byte each : code.copy(at, length)) {
            bytes.append(bytes.isEmpty() ? "" : " ").append("%02x".formatted(each));
        }
        return new Refusal(
                RefusalReason.UNKNOWN_BYTES,
                "%s at 0x%x, in %s, is no instruction that is known; patch the function's sites"
                        .formatted(bytes, at, name));
    }
}
