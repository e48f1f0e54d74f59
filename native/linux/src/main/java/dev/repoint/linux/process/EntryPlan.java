package dev.repoint.linux.process;

import dev.repoint.linux.call.Memory;
import dev.repoint.linux.ledger.EntryKey;
import dev.repoint.linux.ledger.KeyChange;
import dev.repoint.linux.ledger.LedgerEntry;
import dev.repoint.linux.ledger.LedgerKey;
import dev.repoint.linux.ledger.LedgerRecord;
import dev.repoint.linux.patcher.ProcessPatcher;
import dev.repoint.linux.ptrace.ThreadMoves;
import dev.repoint.linux.refusal.ProcessRefusal;
import dev.repoint.linux.row.PackedBytes;
import dev.repoint.linux.row.ResolvedTarget;
import dev.repoint.machine.entry.EntryPatch;
import dev.repoint.machine.entry.MovedCopy;
import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.instruction.SiteKind;
import dev.repoint.machine.instruction.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The changes of another process that redirect functions at their entry. What is jumped over stands in a copy
/// already when a jump is written; the copy is what the entry of the key leads to by default.
final class EntryPlan {

    /// A site has fewer bytes.
    private static final int LONGEST = 16;
    private static final byte[] SYSCALL = {0x0f, 0x05};

    private final ProcessPatcher patcher;
    private final ProcessModules modules;
    private final Map<LedgerKey, LedgerEntry> ledger;
    /// What is set, by the addresses of its sites.
    private final NavigableMap<Long, List<LedgerEntry>> set = new TreeMap<>();

    EntryPlan(ProcessPatcher patcher, ProcessModules modules, Map<LedgerKey, LedgerEntry> ledger) {
        this.patcher = patcher;
        this.modules = modules;
        this.ledger = ledger;
        for (LedgerEntry each : ledger.values()) {
            for (LedgerRecord.Site site : each.isDefault() ? List.<LedgerRecord.Site>of() : each.sites()) {
                set.computeIfAbsent(site.address(), _ -> new ArrayList<>(1)).add(each);
            }
        }
    }

    /// Checks that no function leads to itself through others: a call of it would never end.
    ///
    /// @param requests what the patch is about
    /// @throws dev.repoint.linux.NativePatchException if one does
    void requireEnds(Map<ProcessKeyResolver.Found, ResolvedTarget> requests) {
        Map<Long, Long> leads = new HashMap<>();
        for (LedgerEntry each : ledger.values()) {
            EntryKey of = EntryKey.parse(each.key().key());
            if (of != null && !each.isDefault()) {
                modules.of(each.key()).ifPresent(module -> leads.put(module.bias() + of.address(), each.value()));
            }
        }
        requests.forEach((key, target) -> {
            if (key.entry() != null) {
                long function = key.module().at(key.row().address());
                leads.remove(function);
                if (target.outcome() instanceof Outcome.To(long address)) {
                    leads.put(function, address);
                }
            }
        });
        requests.forEach((key, target) -> {
            long function = key.module().at(key.row().address());
            Long at = key.entry() == null ? null : leads.get(function);
            for (int i = 0; at != null && i < leads.size(); i++) {
                if (at == function) {
                    throw ProcessRefusal.of(
                            key.text(), "the target " + target.text() + " leads back to it, so a call would never end");
                }
                at = leads.get(at);
            }
        });
    }

    /// What a function becomes.
    ///
    /// @throws dev.repoint.linux.NativePatchException if other code has changed it
    KeyChange change(ProcessKeyResolver.Found key, ResolvedTarget target, String notes) {
        try {
            return planned(key, target, notes);
        } catch (OutOfRange e) {
            throw ProcessRefusal.because(key.text(), "", e);
        }
    }

    private KeyChange planned(ProcessKeyResolver.Found key, ResolvedTarget target, String notes) throws OutOfRange {
        ProcessEntry entry = key.entry();
        if (entry == null) {
            throw new IllegalArgumentException(key.text());
        }
        ProcessModule module = key.module();
        EntryPatch patch = entry.verdict().patch();
        requireFree(key, patch);
        requireOnePage(key, module.bias() + patch.place(), patch.old().length);
        LedgerKey ledgerKey = key.ledgerKey();
        LedgerEntry before = ledger.get(ledgerKey);
        MovedCopy copy = patcher.copy(ledgerKey, entry.module(), patch, module.bias());
        long byDefault = copy.address() + module.bias();
        long[] reach = module.reach();
        long via = patcher.entry(ledgerKey, byDefault, reach[0], reach[1]);
        Jump jump = Jump.of(module, patch, byDefault, patcher);
        long original = PackedBytes.of(patch.old());
        long now = PackedBytes.of(module.bytes(jump.address(), jump.length()));
        long through = jump.to(new Outcome.To(via));
        Outcome outcome = target.outcome();
        long next = outcome == null ? original : jump.to(outcome);
        boolean isKnown = now == original || now == through || now == next || now == jump.before(before);
        if (!isKnown) {
            throw ProcessRefusal.of(
                    key.text(),
                    "its entry at 0x%x holds %s and not %s: other code has changed it; undo that, or restart process %d"
                            .formatted(
                                    patch.place(),
                                    HexFormat.ofDelimiter(" ").formatHex(module.bytes(jump.address(), jump.length())),
                                    HexFormat.ofDelimiter(" ").formatHex(patch.old()),
                                    patcher.pid()));
        }
        List<KeyChange.Site> sites = new ArrayList<>();
        sites.add(new KeyChange.Site(jump.address(), jump.length(), original, now, through, next));
        sites.addAll(OwnCalls.of(modules, key, target, byDefault, patcher.veneers()));
        sites.addAll(left(before, sites));
        return new KeyChange(
                ledgerKey,
                target.text(),
                value(target, byDefault, reach),
                notes,
                sites,
                List.of(),
                now == original ? moves(module, patch, copy) : List.of());
    }

    private long value(ResolvedTarget target, long byDefault, long[] reach) throws OutOfRange {
        return switch (target.outcome()) {
            case null -> byDefault;
            case Outcome.To(long address) -> address;
            case Outcome.Nothing nothing -> patcher.veneers().veneer(nothing, reach[0], reach[1]);
            case Outcome.Zero zero -> patcher.veneers().veneer(zero, reach[0], reach[1]);
        };
    }

    /// The calls in the target before: as they were.
    private List<KeyChange.Site> left(@Nullable LedgerEntry before, List<KeyChange.Site> now) {
        Set<Long> known = new TreeSet<>();
        now.forEach(each -> known.add(each.address()));
        List<KeyChange.Site> left = new ArrayList<>();
        for (LedgerRecord.Site each : before == null ? List.<LedgerRecord.Site>of() : before.sites()) {
            ProcessModule module = modules.containing(each.address()).orElse(null);
            if (module != null && known.add(each.address())) {
                long bytes = PackedBytes.of(module.bytes(each.address(), each.length()));
                left.add(new KeyChange.Site(
                        each.address(), each.length(), each.original(), bytes, bytes, each.original()));
            }
        }
        return left;
    }

    /// Where threads go on that are in the middle of what the jump overwrites. A thread that waits in a system
    /// call is behind it, and before it again if the call is restarted.
    private static List<ThreadMoves.Move> moves(ProcessModule module, EntryPatch patch, MovedCopy copy) {
        List<ThreadMoves.Move> moves = new ArrayList<>();
        long end = patch.place() + patch.old().length;
        for (Step step : patch.moved()) {
            long place = copy.toCopy(step.address());
            if (step.address() > patch.place() && step.address() < end) {
                moves.add(new ThreadMoves.Move(step.address() + module.bias(), place + module.bias(), false));
            }
            boolean isCall = step.length() == SYSCALL.length
                    && Arrays.equals(module.bytes(step.address() + module.bias(), step.length()), SYSCALL);
            if (isCall && step.address() < end && step.end() >= end) {
                moves.add(
                        new ThreadMoves.Move(step.end() + module.bias(), place + step.length() + module.bias(), true));
            }
        }
        return moves;
    }

    /// The kernel writes page by page, and stops between two when the writer is killed.
    private static void requireOnePage(ProcessKeyResolver.Found key, long place, int length) {
        if (place / Memory.PAGE != (place + length - 1) / Memory.PAGE) {
            throw ProcessRefusal.of(
                    key.text(),
                    "the jump at its entry would lie in two pages, and a patcher that is killed could leave half of it;"
                            + " patch its sites");
        }
    }

    /// A copy of instructions that other patches have changed would be one of their targets.
    private void requireFree(ProcessKeyResolver.Found key, EntryPatch patch) {
        long start = key.module().bias() + patch.place();
        long end = key.module().bias() + patch.resume();
        for (List<LedgerEntry> at : set.subMap(start - LONGEST, end).values()) {
            for (LedgerEntry each : at) {
                boolean isOther = !each.key().equals(key.ledgerKey());
                for (LedgerRecord.Site site : isOther ? each.sites() : List.<LedgerRecord.Site>of()) {
                    if (site.address() < end && site.address() + site.length() > start) {
                        EntryKey of = EntryKey.parse(each.key().key());
                        throw ProcessRefusal.of(
                                key.text(),
                                "its first instructions hold a site of "
                                        + (of == null ? each.key().key() : of.name())
                                        + ", which is set; reset that first");
                    }
                }
            }
        }
    }

    /// The jump at the entry of a function.
    ///
    /// @param undoing what runs between it and its target
    private record Jump(
            ProcessModule module, Instruction.Branch instruction, byte[] old, byte[] undoing, ProcessPatcher patcher) {

        private static Jump of(ProcessModule module, EntryPatch patch, long copy, ProcessPatcher patcher) {
            byte[] old = patch.old();
            long address = patch.place() + module.bias();
            return new Jump(
                    module,
                    new Instruction.Branch(SiteKind.JUMP, address, old.length, copy),
                    old,
                    patch.undoing(),
                    patcher);
        }

        private long to(Outcome outcome) throws OutOfRange {
            Outcome to = outcome;
            if (undoing.length > 0) {
                long[] reach = module.reach();
                to = new Outcome.To(patcher.undoing(undoing, outcome, reach[0], reach[1]));
            }
            return PackedBytes.of(module.architecture().encode(instruction, old, to, patcher.veneers()));
        }

        /// What the patch before this one has left.
        private long before(@Nullable LedgerEntry entry) throws OutOfRange {
            if (entry == null || entry.isDefault()) {
                return PackedBytes.of(old);
            }
            return to(
                    switch (entry.target()) {
                        case "nothing" -> new Outcome.Nothing();
                        case "zero" -> new Outcome.Zero();
                        default -> new Outcome.To(entry.value());
                    });
        }

        private long address() {
            return instruction.address();
        }

        private int length() {
            return instruction.length();
        }
    }
}
