package dev.repoint.linux;

import dev.repoint.linux.call.Memory;
import dev.repoint.linux.module.LoadedModule;
import dev.repoint.linux.poke.Batch;
import dev.repoint.linux.poke.PokeException;
import dev.repoint.linux.poke.Poker;
import dev.repoint.linux.processor.EntrySite;
import dev.repoint.linux.row.LiveRow;
import dev.repoint.linux.row.LiveWord;
import dev.repoint.linux.row.PackedBytes;
import dev.repoint.linux.row.ResolvedTarget;
import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.instruction.SiteKind;
import dev.repoint.machine.site.PatchableKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongUnaryOperator;

/// The changes of memory that redirect rows: planned whole, applied at one moment, and
/// remembered only when it is in effect. Serves one patch, under the lock of [NativeRegistry].
final class LivePlan {

    private final Veneers veneers;
    private final OwnCalls ownCalls;
    private final Batch.Builder batch = Batch.builder();
    private final List<RowPlan> rows = new ArrayList<>();
    private final List<WordPlan> words = new ArrayList<>();
    private final List<EntryPlan> entries = new ArrayList<>();
    private final Set<LiveRow<LoadedModule>> added = new HashSet<>();
    private final Map<LiveWord, WordPlan> claims = new HashMap<>();

    /// What the instructions of a row become.
    @SuppressWarnings("ArrayRecordComponent") // not shared, and not compared
    private record RowPlan(LiveRow<LoadedModule> row, long[] bytes) {}

    /// What a word becomes.
    ///
    /// @param byDefault what it held before it was ever changed
    /// @param expected  what it holds now
    private record WordPlan(LiveRow<LoadedModule> row, LiveRow.Word word, long byDefault, long expected, long value) {}

    /// What an entry becomes, and which calls in its target lead to the copy.
    private record EntryPlan(LiveEntry entry, ResolvedTarget target, List<OwnCall> calls) {}

    LivePlan(Veneers veneers, OwnCalls ownCalls) {
        this.veneers = veneers;
        this.ownCalls = ownCalls;
    }

    /// Adds a row, unless it was added before.
    ///
    /// @throws NativePatchException if a site cannot do what it is to do
    void add(LiveRow<LoadedModule> row, ResolvedTarget target) {
        if (!added.add(row)) {
            return;
        }
        instructions(row, target);
        Set<Long> kept = keptSlots(row, target);
        for (LiveRow.Word word : row.words()) {
            // A target that calls through a slot reaches the default, as one that calls directly does.
            boolean isKept = word.owner() == LiveWord.Owner.LOADER
                    && kept.contains(word.word().address());
            word(row, word, isKept ? ResolvedTarget.DEFAULT : target);
        }
    }

    private void instructions(LiveRow<LoadedModule> row, ResolvedTarget target) {
        long[] now = row.bytes();
        long[] next = now.clone();
        for (int i = 0; i < next.length; i++) {
            boolean isOwn = row.row().kind() == PatchableKind.FUNCTION && target.contains(row.address(i));
            next[i] = instruction(row, i, now[i], isOwn ? ResolvedTarget.DEFAULT : target);
            if (next[i] != now[i]) {
                batch.code(row.address(i), row.length(i), now[i], next[i]);
            }
        }
        rows.add(new RowPlan(row, next));
    }

    private long instruction(LiveRow<LoadedModule> row, int site, long now, ResolvedTarget target) {
        Outcome outcome = target.outcome();
        if (outcome == null) {
            return row.byDefault()[site];
        }
        try {
            byte[] bytes = PackedBytes.bytes(now, row.length(site));
            return PackedBytes.of(Poker.instance().live().encode(row.original(site), bytes, outcome, veneers));
        } catch (OutOfRange e) {
            throw NativePatchException.because(row.key(), row.place(site), e);
        }
    }

    private static Set<Long> keptSlots(LiveRow<LoadedModule> row, ResolvedTarget target) {
        Set<Long> kept = new HashSet<>();
        for (int i = 0; i < row.count() && target.size() != 0; i++) {
            boolean isThroughSlot = row.kind(i) == SiteKind.POINTER_CALL || row.kind(i) == SiteKind.POINTER_JUMP;
            if (isThroughSlot && row.row().kind() == PatchableKind.FUNCTION && target.contains(row.address(i))) {
                kept.add(row.leads(i));
            }
        }
        return kept;
    }

    private void word(LiveRow<LoadedModule> row, LiveRow.Word place, ResolvedTarget target) {
        LiveWord word = place.word();
        if (!word.isAligned()) {
            throw NativePatchException.at(
                    row.key(),
                    place.place(),
                    "it is not aligned, so it cannot be changed in one step; align the variable");
        }
        long found = row.module().word(word.address());
        long byDefault = word.isKnown() ? word.byDefault() : found;
        long expected = found;
        switch (place.owner()) {
            case LOADER -> expected = word.isKnown() ? word.now() : found;
            case PROGRAM -> byDefault = word.isKnown() && found == word.now() ? byDefault : found;
            case COMPILER -> {
                long function = row.row().address().value() == 0
                        ? byDefault
                        : row.module().at(row.row().address());
                boolean isOurs = word.isKnown() ? found == word.now() : found == function;
                if (!isOurs) {
                    return; // the program has stored another function there
                }
            }
        }
        long value = value(row, place, target, byDefault);
        WordPlan plan = new WordPlan(row, place, byDefault, expected, value);
        WordPlan other = claims.putIfAbsent(word, plan);
        if (other != null && other.value != value) {
            throw NativePatchException.at(
                    row.key(),
                    place.place(),
                    "is changed by " + other.row.key() + " as well; leave one of the two out");
        }
        if (other == null) {
            words.add(plan);
            if (value != expected) {
                batch.word(word.address(), expected, value);
            }
        }
    }

    private long value(LiveRow<LoadedModule> row, LiveRow.Word place, ResolvedTarget target, long byDefault) {
        return switch (target.outcome()) {
            case null -> target.isNull() ? 0 : byDefault;
            case Outcome.To(long address) -> landing(address, row.key(), place.place());
            case Outcome.Nothing(), Outcome.Zero() -> veneer(target, row.module(), row.key(), place.place());
        };
    }

    /// Adds the entry of a function.
    ///
    /// @param asBuilt the address of a function as it was built, given its address: where it is patched at its
    ///     entry, that of the copy
    /// @throws NativePatchException if no memory is free in its reach
    void add(LiveEntry entry, ResolvedTarget target, LongUnaryOperator asBuilt) {
        if (target.isDefault() && !entry.isPatched()) {
            return;
        }
        LiveEntry.Code code = entry.code();
        long jump = code.jump();
        long found = Memory.word(code.approach().word());
        long next = target.isDefault() ? code.byDefault() : destination(entry, target, asBuilt);
        if (next != found) {
            batch.word(code.approach().word(), found, next);
        }
        if (target.isDefault()) {
            batch.entry(code.site(), jump, code.site().original());
        } else if (!entry.isPatched()) {
            batch.entry(code.site(), code.site().original(), jump);
        }
        List<OwnCall> calls = ownCalls.in(target, entry);
        for (OwnCall each : entry.calls()) {
            if (!calls.contains(each)) {
                batch.code(each.address(), each.length(), each.toCopy(), each.original());
            }
        }
        for (OwnCall each : calls) {
            if (!entry.calls().contains(each)) {
                batch.code(each.address(), each.length(), each.original(), each.toCopy());
            }
        }
        entries.add(new EntryPlan(entry, target, calls));
    }

    /// An instruction that is overwritten runs in a copy, where no call of it is changed.
    private void requireApart() {
        for (EntryPlan each : entries) {
            for (EntryPlan other : entries) {
                EntrySite site = other.entry.code().site();
                for (OwnCall call : other.target.isDefault() ? List.<OwnCall>of() : each.calls) {
                    if (call.overlaps(site.address(), site.length())) {
                        throw NativePatchException.of(
                                each.entry.key(),
                                "its call in its own target " + each.target.text()
                                        + " is among the first instructions of " + other.entry.key()
                                        + ", which is set at its entry; reset that first");
                    }
                }
            }
        }
    }

    private long destination(LiveEntry entry, ResolvedTarget target, LongUnaryOperator asBuilt) {
        return target.outcome() instanceof Outcome.To(long address)
                ? landing(asBuilt.applyAsLong(address), entry.key(), entry.place())
                : veneer(target, entry.module(), entry.key(), entry.place());
    }

    /// An address that a pointer may hold.
    private static long landing(long address, String key, String place) {
        Poker.instance().live().landingProblem(address).ifPresent(why -> {
            throw NativePatchException.at(key, place, why);
        });
        return address;
    }

    private long veneer(ResolvedTarget target, LoadedModule module, String key, String place) {
        long[] code = module.codeRange();
        try {
            return veneers.veneer(
                    Objects.requireNonNull(target.outcome()), code[1] + Integer.MIN_VALUE, code[0] + Integer.MAX_VALUE);
        } catch (OutOfRange e) {
            throw NativePatchException.because(key, place, e);
        }
    }

    /// How many places it changes.
    int size() {
        return batch.size();
    }

    /// Makes all changes at one moment.
    ///
    /// @param inEffect run as soon as they are, also if breakpoints were left
    /// @throws NativePatchException if nothing was changed; or if breakpoints were left, as the message then
    ///     says
    void apply(Runnable inEffect) {
        requireApart();
        Batch ready;
        try {
            ready = batch.build();
        } catch (IllegalArgumentException e) {
            throw NativePatchException.because(key(), "", e);
        }
        try {
            Poker.instance().apply(ready);
        } catch (PokeException e) {
            if (e.isInEffect()) {
                remember();
                inEffect.run();
            }
            throw explained(e);
        }
        remember();
        inEffect.run();
    }

    private void remember() {
        for (RowPlan each : rows) {
            each.row.left(each.bytes);
        }
        for (WordPlan each : words) {
            each.word.word().left(each.byDefault, each.value);
        }
        for (EntryPlan each : entries) {
            each.entry.left(each.target, each.calls);
        }
    }

    private NativePatchException explained(PokeException e) {
        for (RowPlan each : rows) {
            for (int i = 0; i < each.bytes.length; i++) {
                if (each.row.address(i) == e.address()) {
                    return NativePatchException.because(each.row.key(), each.row.place(i), e);
                }
            }
        }
        for (WordPlan each : words) {
            if (each.word.word().address() == e.address()) {
                return NativePatchException.because(each.row.key(), each.word.place(), e);
            }
        }
        for (EntryPlan each : entries) {
            if (each.entry.code().site().address() == e.address()) {
                return NativePatchException.because(each.entry.key(), each.entry.place(), e);
            }
        }
        return NativePatchException.because(key(), "", e);
    }

    /// A key for what concerns no place.
    private String key() {
        return rows.isEmpty() ? "" : rows.getFirst().row.key();
    }
}
