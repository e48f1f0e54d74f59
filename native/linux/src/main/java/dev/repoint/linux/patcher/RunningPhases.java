package dev.repoint.linux.patcher;

import dev.repoint.linux.NativePatchException;
import dev.repoint.linux.call.Memory;
import dev.repoint.linux.ledger.KeyChange;
import dev.repoint.linux.ledger.Ledger;
import dev.repoint.linux.memory.Mapping;
import dev.repoint.linux.memory.Mappings;
import dev.repoint.linux.ptrace.ProcessFiles;
import dev.repoint.linux.ptrace.RemoteMemory;
import dev.repoint.linux.ptrace.RemoteSteps;
import dev.repoint.linux.refusal.ProcessRefusal;
import dev.repoint.machine.instruction.OutOfRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The phases of [ProcessPatcher] for one patchable that has only words, such as the slots of an import: a
/// thread of the process makes them with stores that others see at once or not at all, and all other threads
/// run on. Pages that may not be written, as those of full RELRO, may be for that moment. A process with one
/// thread stands still in any case, and for less time if that thread need not run: it is stopped.
public final class RunningPhases {

    private final long pid;
    private final RemoteMemory memory;
    private final RemoteCodeArena codeArena;
    private final Ledger ledger;
    private final KeyChange change;

    RunningPhases(long pid, RemoteMemory memory, RemoteCodeArena codeArena, Ledger ledger, KeyChange change) {
        this.pid = pid;
        this.memory = memory;
        this.codeArena = codeArena;
        this.ledger = ledger;
        this.change = change;
    }

    /// Makes the changes.
    ///
    /// @return for how many nanoseconds a thread was borrowed; empty if they cannot be made in this way, and
    ///     nothing has changed
    /// @throws NativePatchException if a word holds something else; nothing has changed then
    OptionalLong run() {
        if (ProcessFiles.threadCount(pid) == 1) {
            return OptionalLong.empty();
        }
        List<KeyChange.Word> words = change.changingWords();
        long slot = ledger.slotAddress(ledger.slot(change.key()));
        Map<Long, Integer> pages = pages(words, slot);
        if (!isOfWords(words) || pages.isEmpty()) {
            return OptionalLong.empty();
        }
        RemoteSteps steps = new RemoteSteps();
        pages.keySet().forEach(page -> steps.protect(page, Memory.PAGE, Memory.READ | Memory.WRITE));
        words.forEach(each -> steps.store(each.address(), each.now(), each.via())); // 1.
        int flip = steps.count();
        steps.store(slot, memory.word(slot), change.value()); // 2.
        words.forEach(each -> steps.storeIf(each.address(), each.via(), each.next())); // 3.
        pages.forEach((page, protection) -> steps.protect(page, Memory.PAGE, protection));
        if (steps.count() > RemoteSteps.MOST) {
            return OptionalLong.empty();
        }
        long code = code();
        Optional<RemoteSteps.Made> made = steps.run(pid, memory, code);
        if (made.isPresent() && made.get().steps() <= flip) {
            boolean isOpen = made.get().steps() >= pages.size();
            undo(isOpen ? words : List.of(), pages, made.get().steps(), code);
            if (isOpen) {
                throw ProcessRefusal.of(
                        change.key().key(),
                        "one of its slots or pointers does not hold what it held just"
                                + " now: other code has changed it; nothing was changed, try again");
            }
            return OptionalLong.empty();
        }
        return made.map(each -> OptionalLong.of(each.nanos())).orElseGet(OptionalLong::empty);
    }

    /// Whether there is nothing but words, and no thread can see one of them before and another one after the
    /// patch.
    private boolean isOfWords(List<KeyChange.Word> words) {
        return change.sites().stream().allMatch(each -> each.now() == each.via() && each.now() == each.next())
                && (words.size() == 1 || words.stream().noneMatch(each -> each.now() == each.via()));
    }

    /// The pages that are written to, and the protection that they have; none if one of them should not be
    /// writable. Those that may be written already get their own protection again: that fails if they are not
    /// there any more. That of the slot is the last one: some sandboxes let no page be run again, and nothing
    /// is run there.
    private Map<Long, Integer> pages(List<KeyChange.Word> words, long slot) {
        Mappings mappings = mappings();
        Map<Long, Integer> pages = new LinkedHashMap<>();
        for (KeyChange.Word each : words) {
            Mapping mapping = mappings.containing(each.address(), Long.BYTES);
            if (mapping == null || mapping.isExecutable()) {
                return Map.of();
            }
            pages.put(each.address() & -Memory.PAGE, mapping.protection());
        }
        pages.put(
                slot & -Memory.PAGE,
                Memory.READ); // no thread runs it, and where W^X is enforced no page may be run again
        return pages;
    }

    /// As it was. A word that does not hold the entry was not reached.
    ///
    /// @param made how many steps were made; the first ones opened the pages
    private void undo(List<KeyChange.Word> words, Map<Long, Integer> pages, int made, long code) {
        RemoteSteps steps = new RemoteSteps();
        words.forEach(each -> steps.storeIf(each.address(), each.via(), each.now()));
        pages.entrySet().stream()
                .limit(made)
                .forEach(each -> steps.protect(each.getKey(), Memory.PAGE, each.getValue()));
        if (steps.count() == 0) {
            return;
        }
        Optional<RemoteSteps.Made> undone = steps.run(pid, memory, code);
        if (undone.isEmpty() || undone.get().steps() < steps.count()) {
            throw ProcessRefusal.of(
                    change.key().key(),
                    "other code changes it too, and not all of it could be taken"
                            + " back: its target is as before, but pages may be writable still; try again");
        }
    }

    private long code() {
        try {
            return codeArena.code(RemoteSteps.code());
        } catch (OutOfRange e) {
            throw ProcessRefusal.because(change.key().key(), "", e);
        }
    }

    private Mappings mappings() {
        try {
            return Mappings.of(pid);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
