package dev.repoint.linux.process;

import dev.repoint.linux.ledger.KeyChange;
import dev.repoint.linux.ledger.LedgerEntry;
import dev.repoint.linux.ledger.LedgerKey;
import dev.repoint.linux.ledger.LedgerRecord;
import dev.repoint.linux.memory.Mapping;
import dev.repoint.linux.memory.Mappings;
import dev.repoint.linux.patcher.ProcessPatcher;
import dev.repoint.linux.refusal.ProcessRefusal;
import dev.repoint.linux.row.LiveRow;
import dev.repoint.linux.row.LiveWord;
import dev.repoint.linux.row.PackedBytes;
import dev.repoint.linux.row.ResolvedTarget;
import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.instruction.SiteKind;
import dev.repoint.machine.instruction.VeneerSource;
import dev.repoint.machine.site.PatchableKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The changes of another process that redirect rows: for each place the form that was built, the one that
/// stands there, the form through the key's entry, and the new form. What stands at a place
/// must be one of those forms: else other code has changed it, and nothing is done.
final class ProcessPlan {

    private final ProcessPatcher patcher;
    private final VeneerSource veneers;
    private final Map<LedgerKey, LedgerEntry> ledger = new HashMap<>();
    private final List<ProcessKeyResolver.Found> entries;
    private final EntryPlan entryPlan;
    private final List<KeyChange> changes = new ArrayList<>();
    private final Map<Long, String> claims = new HashMap<>();

    /// @param modules of the process
    /// @param ledger  what is remembered there
    /// @param entries what is set there at entries
    ProcessPlan(
            ProcessPatcher patcher,
            ProcessModules modules,
            Map<LedgerKey, LedgerEntry> ledger,
            List<ProcessKeyResolver.Found> entries) {
        this.patcher = patcher;
        this.veneers = patcher.veneers();
        this.ledger.putAll(ledger);
        this.entries = List.copyOf(entries);
        this.entryPlan = new EntryPlan(patcher, modules, ledger);
    }

    /// Checks what a patch is about, before anything is added.
    ///
    /// @throws NativePatchException if functions lead to each other at their entries
    void check(Map<ProcessKeyResolver.Found, ResolvedTarget> requests) {
        entryPlan.requireEnds(requests);
    }

    /// Adds a function that is patched at its entry.
    ///
    /// @param notes to remember
    /// @throws NativePatchException if other code has changed it
    KeyChange add(ProcessKeyResolver.Found key, ResolvedTarget target, String notes) {
        KeyChange change = entryPlan.change(key, target, notes);
        for (KeyChange.Site each : change.sites()) {
            String other = claims.putIfAbsent(each.address(), key.text());
            if (other != null) {
                throw ProcessRefusal.of(key.text(), "is changed by " + other + " as well; leave one of the two out");
            }
        }
        changes.add(change);
        return change;
    }

    /// All there is to change.
    List<KeyChange> changes() {
        return changes;
    }

    /// One row, and the veneers that it needs.
    private record Way(
            LiveRow<ProcessModule> row,
            ResolvedTarget target,
            long entry,
            long value,
            @Nullable LedgerEntry before,
            Outcome throughEntry) {}

    /// Adds a row.
    ///
    /// @param target the new target
    /// @param notes  to remember
    /// @throws NativePatchException if a site cannot do what it is to do, or other code has changed it
    void add(LiveRow<ProcessModule> row, ResolvedTarget target, String notes) {
        ProcessModule module = row.module();
        LedgerKey key = module.key(row.row().key().text());
        LedgerEntry before = ledger.get(key);
        long[] reach = module.reach();
        long byDefault = before == null ? byDefault(row, reach) : before.byDefault();
        long entry = before == null ? patcher.entry(key, byDefault, reach[0], reach[1]) : before.entry();
        Way way = new Way(row, target, entry, value(row, target, byDefault, reach), before, new Outcome.To(entry));
        List<KeyChange.Site> sites = new ArrayList<>();
        Set<Long> kept = new HashSet<>();
        for (int i = 0; i < row.count(); i++) {
            boolean isOwn = row.row().kind() == PatchableKind.FUNCTION && target.contains(row.address(i));
            boolean isThroughSlot = row.kind(i) == SiteKind.POINTER_CALL || row.kind(i) == SiteKind.POINTER_JUMP;
            if (isOwn && isThroughSlot) {
                kept.add(row.leads(i));
            }
            sites.add(site(way, i, isOwn));
        }
        List<KeyChange.Word> words = new ArrayList<>();
        for (LiveRow.Word word : row.words()) {
            boolean isKept = word.owner() == LiveWord.Owner.LOADER
                    && kept.contains(word.word().address());
            KeyChange.Word change = word(way, word, isKept);
            if (change != null) {
                words.add(change);
            }
        }
        changes.add(new KeyChange(key, target.text(), way.value, notes, sites, words));
    }

    /// The target of the key's entry while nothing is set.
    private long byDefault(LiveRow<ProcessModule> row, long[] reach) {
        ProcessModule module = row.module();
        if (row.row().kind() == PatchableKind.POINTER) {
            return through(row, module.at(row.row().address()), reach);
        }
        if (row.row().address().value() != 0) {
            return module.at(row.row().address());
        }
        for (LiveRow.Word word : row.words()) {
            long value = module.word(word.word().address());
            requireFilled(row, word, value);
            if (module.isBound(value)) {
                return value;
            }
        }
        for (int i = 0; i < row.count(); i++) {
            boolean isDirect = row.kind(i) == SiteKind.CALL
                    || row.kind(i) == SiteKind.JUMP
                    || row.kind(i) == SiteKind.CONDITIONAL_JUMP;
            // They call the import's entry in the procedure linkage table.
            return isDirect ? row.leads(i) : through(row, row.leads(i), reach);
        }
        throw ProcessRefusal.of(row.key(), "no use of it is known that could be changed");
    }

    private long through(LiveRow<ProcessModule> row, long pointer, long[] reach) {
        try {
            return patcher.through(pointer, reach[0], reach[1]);
        } catch (OutOfRange e) {
            throw ProcessRefusal.because(row.key(), "", e);
        }
    }

    private long value(LiveRow<ProcessModule> row, ResolvedTarget target, long byDefault, long[] reach) {
        Outcome outcome = target.outcome();
        return switch (outcome) {
            case null -> byDefault;
            case Outcome.To(long address) -> address;
            case Outcome.Nothing(), Outcome.Zero() -> veneer(row, outcome, reach);
        };
    }

    private long veneer(LiveRow<ProcessModule> row, Outcome outcome, long[] reach) {
        try {
            return veneers.veneer(outcome, reach[0], reach[1]);
        } catch (OutOfRange e) {
            throw ProcessRefusal.because(row.key(), "", e);
        }
    }

    private KeyChange.Site site(Way way, int site, boolean isOwn) {
        LiveRow<ProcessModule> row = way.row;
        long address = row.address(site);
        int length = row.length(site);
        String other = claims.putIfAbsent(address, row.key());
        if (other != null) {
            throw ProcessRefusal.at(
                    row.key(), row.place(site), "is changed by " + other + " as well; leave one of the two out");
        }
        requireNotMoved(row, site);
        long original = row.byDefault()[site];
        long via = encode(row, site, way.throughEntry);
        Outcome outcome = isOwn ? null : way.target.outcome();
        long next = outcome == null ? original : encode(row, site, outcome);
        long now = PackedBytes.of(patcher.memory().read(address, length));
        boolean isKnown = now == original || now == via || now == next || now == before(way, site);
        if (!isKnown) {
            throw ProcessRefusal.at(
                    row.key(),
                    row.place(site),
                    "holds " + hex(now, length) + " and not "
                            + hex(original, length)
                            + ": other code has changed it; undo that, or restart process "
                            + patcher.pid());
        }
        return new KeyChange.Site(address, length, original, now, isOwn ? now : via, next);
    }

    /// What stands in a copy is run there.
    private void requireNotMoved(LiveRow<ProcessModule> row, int site) {
        long address = row.address(site);
        for (ProcessKeyResolver.Found each : entries) {
            if (each.entry() != null) {
                long start =
                        each.entry().verdict().patch().place() + each.module().bias();
                long end =
                        each.entry().verdict().patch().resume() + each.module().bias();
                if (address >= start && address < end) {
                    throw ProcessRefusal.at(
                            row.key(),
                            row.place(site),
                            "is among the first instructions of " + each.text()
                                    + ", which is set at its entry; reset that first");
                }
            }
        }
    }

    /// The bytes that the patch before this one has left.
    private long before(Way way, int site) {
        LedgerEntry before = way.before;
        if (before == null || before.isDefault()) {
            return way.row.byDefault()[site];
        }
        return encode(
                way.row,
                site,
                switch (before.target()) {
                    case "nothing" -> new Outcome.Nothing();
                    case "zero" -> new Outcome.Zero();
                    default -> new Outcome.To(before.value());
                });
    }

    private long encode(LiveRow<ProcessModule> row, int site, Outcome outcome) {
        Instruction original = row.original(site);
        try {
            byte[] built = PackedBytes.bytes(row.byDefault()[site], row.length(site));
            return PackedBytes.of(row.module().architecture().encode(original, built, outcome, veneers));
        } catch (OutOfRange e) {
            throw ProcessRefusal.because(row.key(), row.place(site), e);
        }
    }

    private KeyChange.@Nullable Word word(Way way, LiveRow.Word place, boolean isKept) {
        LiveRow<ProcessModule> row = way.row;
        long address = place.word().address();
        if (!place.word().isAligned()) {
            throw ProcessRefusal.at(
                    row.key(),
                    place.place(),
                    "it is not aligned, so it cannot be changed in one step; align the variable");
        }
        long now = row.module().word(address);
        LedgerRecord.Word known = known(way.before, address);
        boolean isOurs = known != null
                && way.before != null
                && (now == known.original() || now == way.entry || now == way.before.value());
        long original = known == null ? now : known.original();
        switch (place.owner()) {
            case LOADER -> {
                if (known != null && !isOurs) {
                    throw ProcessRefusal.at(
                            row.key(),
                            place.place(),
                            "holds 0x" + Long.toHexString(now)
                                    + " and not 0x" + Long.toHexString(original)
                                    + ": other code has changed it; undo that, or restart process "
                                    + patcher.pid());
                }
                if (known == null) {
                    requireFilled(row, place, now);
                }
            }
            case PROGRAM -> original = isOurs ? original : now;
            case COMPILER -> {
                long function = row.row().address().value() == 0
                        ? original
                        : row.module().at(row.row().address());
                if (!isOurs && now != function) {
                    return null; // the program has stored another function there
                }
            }
        }
        boolean isPointer = row.row().kind() == PatchableKind.POINTER;
        long next = isKept || way.target.isDefault() ? original : way.value;
        String other = claims.putIfAbsent(address, row.key());
        if (other != null) {
            throw ProcessRefusal.at(
                    row.key(), place.place(), "is changed by " + other + " as well; leave one of the two out");
        }
        // A pointer's entry may read the pointer itself: that must not hold the entry.
        return new KeyChange.Word(address, original, now, isKept || isPointer ? now : way.entry, next);
    }

    /// The loader would overwrite what we store in a slot that it has still to fill. A weak import that no module
    /// has is 0 for ever.
    private void requireFilled(LiveRow<ProcessModule> row, LiveRow.Word place, long value) {
        try {
            Mapping code = Mappings.of(patcher.pid()).containing(value, 1);
            boolean isFilled = value == 0
                    || code != null && code.isExecutable() && row.module().isBound(value);
            if (place.owner() == LiveWord.Owner.LOADER && !isFilled) {
                throw ProcessRefusal.at(
                        row.key(),
                        place.place(),
                        "holds 0x" + Long.toHexString(value)
                                + ": the loader has not filled it yet; try again when process " + patcher.pid()
                                + " has started, or has loaded " + row.module().name());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LedgerRecord.@Nullable Word known(@Nullable LedgerEntry before, long address) {
        if (before != null) {
            for (LedgerRecord.Word each : before.words()) {
                if (each.address() == address) {
                    return each;
                }
            }
        }
        return null;
    }

    private static String hex(long bytes, int length) {
        return HexFormat.ofDelimiter(" ").formatHex(PackedBytes.bytes(bytes, length));
    }
}
