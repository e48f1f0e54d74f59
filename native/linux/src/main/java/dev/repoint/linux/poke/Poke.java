package dev.repoint.linux.poke;

import dev.repoint.linux.call.Barrier;
import dev.repoint.linux.call.CallFailedException;
import dev.repoint.linux.call.Memory;
import dev.repoint.linux.memory.CodeAccess;
import dev.repoint.linux.memory.CodeMemory;
import dev.repoint.linux.poke.Batch.Column;
import dev.repoint.linux.processor.EntrySite;
import dev.repoint.linux.processor.LiveCode;
import dev.repoint.machine.trap.Emulation;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// One batch on its way into running code.
///
/// 1. Compare every byte with what is expected, and prepare the records: what a thread that meets the
///    breakpoint of a site does now, and what it will do. So far nothing has changed.
/// 2. Write a breakpoint over the first bytes of every site, and let every pointer hold its gate; barrier. From here on no thread runs a site, or calls through one of the pointers, but the handler sends
///    it on: where it went before.
/// 3. Look once more: if other code has changed a site, a pointer or the handler meanwhile, all is taken
///    back. Flip one word. From here on the handler sends every thread to where it is to go. This is the moment
///    when the whole batch comes into effect.
/// 4. Write all bytes but the first of every site; barrier. Give the pointers their new targets. A processor whose
///    sites are as long as a breakpoint has no such bytes, and no barrier here.
/// 5. Write the first bytes, and so take the breakpoints away; barrier. From here on no thread traps any more.
///    What other code has changed since step 3 is left as it is.
/// 6. Make both emulations of every record the new one, so that the next batch finds them alike.
///
/// The barriers are needed because a processor may have fetched an instruction before it was changed (Intel SDM
/// volume 3, "Handling Self- and Cross-Modifying Code"; Arm ARM, B2.2.5): they make each of them run a serialising
/// instruction, after the caches were cleaned where that is needed ([LiveCode#synchronise]).
/// A breakpoint is `int3`, of one byte, or `brk`, of 4 that are aligned: its store is never seen in parts. While a site
/// begins with one no thread looks at the bytes behind it.
///
/// The first instructions of a function are several. So "first bytes" means the first of each of them
/// ([EntrySite]): a thread that stands behind the first instruction runs into a breakpoint as well, and goes on
/// in the copy. Where a jump stands later, these breakpoints stay, as bytes of its distance: no barrier can tell
/// when the last thread has left that stood among the instructions when they were overwritten.
///
/// What fails before the flip is taken back: the old first bytes are written again. What fails after it is
/// tried once more. If that fails too, breakpoints are left, at which threads go on being sent where they are
/// to go.
final class Poke {

    private final Column code;
    private final Column words;
    private final Batch batch;
    private final LiveCode live;
    private final int trap;
    /// Of a trap, in bytes; so many are stored at once.
    private final int unit;
    /// Traps in all of a word.
    private final long traps;
    private final TrapTable table;
    private final BreakpointStubs stubs;
    private final TrapSignalHandler handler;
    private final Experiment experiment;
    private final long[] records;
    private final long[] wordGates;
    private final long[] gateRecords;
    private int stopped;
    private int stoppedWords;
    /// What other code has changed since the flip.
    private @Nullable PokeException stray;

    /// @param experiment what is left out; nothing but in tests
    Poke(
            LiveCode live,
            Batch batch,
            TrapTable table,
            BreakpointStubs stubs,
            TrapSignalHandler handler,
            Experiment experiment) {
        this.live = live;
        this.trap = live.trap();
        this.unit = live.trapLength();
        this.traps = unit == 1 ? trap * 0x0101_0101_0101_0101L : Integer.toUnsignedLong(trap) * 0x1_0000_0001L;
        this.batch = batch;
        this.code = batch.code;
        this.words = batch.words;
        this.table = table;
        this.stubs = stubs;
        this.handler = handler;
        this.experiment = experiment;
        this.records = new long[code.count];
        this.wordGates = new long[words.count];
        this.gateRecords = new long[words.count];
    }

    /// Runs all steps.
    ///
    /// @param steps called after each
    /// @throws PokeException if the batch is not in effect and everything is as before, or it is and
    ///     breakpoints are left
    void run(CodeMemory memory, Steps steps) {
        boolean inEffect = false;
        try (CodeAccess access = memory.code(code.addresses, code.lengths, code.count);
                CodeMemory.Words _ = memory.words(words.addresses)) {
            verify(access);
            if (experiment == Experiment.PLAIN_WRITES) {
                writePlainly(access);
                return;
            }
            prepare();
            try {
                stop(access);
                steps.after(Step.STOPPED);
                verifyStopped(access);
                handler.requireOurs();
            } catch (Throwable e) {
                takeBack(access, e);
                throw e;
            }
            inEffect = true;
            table.flip();
            VarHandle.fullFence();
            finish(access, steps);
        } catch (PokeException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            throw inEffect
                    ? PokeException.inEffect(
                            0, "the patch is in effect, but protections of memory may be left open: " + why(e), e)
                    : PokeException.of(0, why(e), e);
        }
    }

    /// 4 to 6, and once more what of them fails.
    private void finish(CodeAccess access, Steps steps) {
        try {
            steps.after(Step.FLIPPED);
            writeTails(access);
            steps.after(Step.TAILS);
            writeFirstBytes(access);
            settle();
            steps.after(Step.DONE);
        } catch (RuntimeException | Error e) {
            settle(); // or the next flip would bring back what was before
            try {
                writeTails(access);
                writeFirstBytes(access);
            } catch (RuntimeException | Error again) {
                e.addSuppressed(again);
                throw PokeException.inEffect(
                        0, "the patch is in effect, but breakpoints may be left that make it slow: " + why(e), e);
            }
            throw PokeException.inEffect(0, "the patch is in effect and complete, in spite of: " + why(e), e);
        }
        if (stray != null) {
            throw stray;
        }
    }

    private static String why(Throwable e) {
        return e instanceof CallFailedException ? String.valueOf(e.getMessage()) : e.toString();
    }

    /// 1. The bytes.
    private void verify(CodeAccess access) {
        for (int i = 0; i < code.count; i++) {
            long found = access.read(code.addresses[i], code.lengths[i]);
            if (found != code.expected[i]) {
                throw PokeException.of(
                        code.addresses[i],
                        "the bytes there are %s, not %s: other code has changed them"
                                .formatted(
                                        Batch.text(found, code.lengths[i]),
                                        Batch.text(code.expected[i], code.lengths[i])));
            }
        }
        for (int i = 0; i < words.count; i++) {
            long found = Memory.word(words.addresses[i]);
            if (found != words.expected[i]) {
                throw PokeException.of(
                        words.addresses[i],
                        "the pointer there is 0x%x, not 0x%x: other code has changed it"
                                .formatted(found, words.expected[i]));
            }
        }
    }

    /// 1. The records. A thread that still is in the handler because of an earlier batch reads the emulation
    ///    that counts, and that one is as it was.
    private void prepare() {
        table.reserve(batch.size() + Long.BYTES * batch.entries.size());
        batch.entries.forEach(this::prepareInside);
        int phase = table.phase();
        for (int i = 0; i < code.count; i++) {
            records[i] = table.record(code.addresses[i], code.lengths[i], batch.before[i]);
            table.set(records[i], phase, batch.before[i]);
            table.set(records[i], 1 - phase, batch.after[i]);
        }
        for (int i = 0; i < words.count; i++) {
            if (needsGate(i)) {
                wordGates[i] = stubs.of(words.addresses[i]);
                Emulation before = Emulation.jump(words.expected[i]);
                gateRecords[i] = table.record(wordGates[i] + live.gateTrap(), unit, before);
                table.set(gateRecords[i], phase, before);
                table.set(gateRecords[i], 1 - phase, Emulation.jump(words.replacements[i]));
            }
        }
        VarHandle.fullFence();
    }

    /// Whoever stands behind the first of several instructions goes on in the copy, now and later.
    private void prepareInside(EntrySite entry) {
        int[] starts = entry.starts();
        for (int i = 0; i < starts.length; i++) {
            Emulation copy = Emulation.jump(entry.copies()[i + 1]);
            long record = table.record(entry.address() + starts[i], unit, copy);
            table.set(record, 0, copy);
            table.set(record, 1, copy);
        }
    }

    /// A pointer alone changes at once anyway. A null pointer has to be seen as null.
    private boolean needsGate(int word) {
        return batch.size() > 1 && words.expected[word] != 0 && words.replacements[word] != 0;
    }

    /// 2.
    private void stop(CodeAccess access) {
        while (stopped < code.count) {
            if (experiment == Experiment.WITHOUT_FLIP) {
                table.set(records[stopped], table.phase(), batch.after[stopped]);
            }
            for (int at = 0; at < code.lengths[stopped]; at += unit) {
                if (isBreakpoint(stopped, at) && (at == 0 || unitAt(code.expected[stopped], at) != trap)) {
                    access.write(code.addresses[stopped] + at, trap, unit);
                }
            }
            stopped++;
        }
        for (; stoppedWords < words.count; stoppedWords++) {
            if (wordGates[stoppedWords] != 0) {
                replace(stoppedWords, words.expected[stoppedWords], wordGates[stoppedWords]);
            }
        }
        everywhere();
    }

    /// Stores to a word, unless other code has.
    private void replace(int word, long expected, long value) {
        long found = Memory.exchange(words.addresses[word], expected, value);
        if (found != expected) {
            throw changedMeanwhile(word, found, expected);
        }
    }

    private PokeException changedMeanwhile(int word, long found, long expected) {
        return PokeException.of(
                words.addresses[word],
                "the pointer there is 0x%x, not 0x%x: other code has changed it during the patch"
                        .formatted(found, expected));
    }

    /// From here on every thread sees the code that was stored.
    private void everywhere() {
        live.synchronise(code.addresses, code.count);
        Barrier.everywhere();
    }

    /// Whether there is a breakpoint at bytes of a site meanwhile.
    private boolean isBreakpoint(int site, int at) {
        return unitAt(batch.breakpoints[site], at) != 0;
    }

    /// As many bytes as a trap has.
    private int unitAt(long bytes, int at) {
        return (int) (bytes >>> Byte.SIZE * at & (1L << Byte.SIZE * unit) - 1);
    }

    /// 3. What stands at a stopped site.
    private long stopped(int site, long bytes) {
        long mask = batch.breakpoints[site];
        return bytes & ~mask | traps & mask;
    }

    /// 3.
    private void verifyStopped(CodeAccess access) {
        for (int i = 0; i < code.count; i++) {
            long expected = stopped(i, code.expected[i]);
            long found = access.read(code.addresses[i], code.lengths[i]);
            if (found != expected) {
                throw PokeException.of(
                        code.addresses[i],
                        "the bytes there are %s, not %s: other code has changed them during the patch"
                                .formatted(Batch.text(found, code.lengths[i]), Batch.text(expected, code.lengths[i])));
            }
        }
        for (int i = 0; i < words.count; i++) {
            long expected = wordGates[i] != 0 ? wordGates[i] : words.expected[i];
            long found = Memory.word(words.addresses[i]);
            if (found != expected) {
                throw changedMeanwhile(i, found, expected);
            }
        }
    }

    /// 2, backwards.
    private void takeBack(CodeAccess access, Throwable why) {
        try {
            // The write that failed may have been the one of the site at which it stopped.
            for (int i = Math.min(stopped, code.count - 1); i >= 0; i--) {
                for (int at = lastUnit(i); at >= 0; at -= unit) {
                    if (isBreakpoint(i, at) && (int) access.read(code.addresses[i] + at, unit) == trap) {
                        access.write(code.addresses[i] + at, unitAt(code.expected[i], at), unit);
                    }
                }
            }
            for (int i = 0; i < words.count; i++) {
                if (wordGates[i] != 0) {
                    Memory.exchange(words.addresses[i], wordGates[i], words.expected[i]);
                }
            }
            everywhere();
            int other = 1 - table.phase();
            for (int i = 0; i < code.count; i++) {
                table.set(records[i], other, batch.before[i]);
            }
            for (int i = 0; i < words.count; i++) {
                if (gateRecords[i] != 0) {
                    table.set(gateRecords[i], other, Emulation.jump(words.expected[i]));
                }
            }
        } catch (RuntimeException e) {
            why.addSuppressed(e);
        }
    }

    /// 4.
    private void writeTails(CodeAccess access) {
        boolean hasTails = false;
        for (int i = 0; i < code.count; i++) {
            if (code.lengths[i] > unit) {
                hasTails = true;
                access.write(
                        code.addresses[i] + unit,
                        stopped(i, code.replacements[i]) >>> Byte.SIZE * unit,
                        code.lengths[i] - unit);
            }
        }
        for (int i = 0; i < words.count; i++) {
            long stopped = wordGates[i] != 0 ? wordGates[i] : words.expected[i];
            long found = Memory.exchange(words.addresses[i], stopped, words.replacements[i]);
            if (found != stopped && found != words.replacements[i]) {
                leave(words.addresses[i], "the pointer there is 0x%x, not 0x%x".formatted(found, stopped));
            }
        }
        if (hasTails) {
            everywhere();
        }
    }

    /// 5.
    private void writeFirstBytes(CodeAccess access) {
        for (int i = 0; i < code.count; i++) {
            long expected = stopped(i, code.replacements[i]);
            long found = access.read(code.addresses[i], code.lengths[i]);
            if (isStopped(i, found)) {
                for (int at = lastUnit(i); at >= 0; at -= unit) {
                    if (isBreakpoint(i, at)) {
                        access.write(code.addresses[i] + at, unitAt(code.replacements[i], at), unit);
                    }
                }
            } else if (found != code.replacements[i]) {
                leave(
                        code.addresses[i],
                        "the bytes there are %s, not %s"
                                .formatted(Batch.text(found, code.lengths[i]), Batch.text(expected, code.lengths[i])));
            }
        }
        everywhere();
    }

    /// Where the last trap of a site may begin.
    private int lastUnit(int site) {
        return code.lengths[site] - 1 & -unit;
    }

    /// Whether a site holds its new bytes, but for breakpoints that are left.
    private boolean isStopped(int site, long found) {
        for (int at = 0; at < code.lengths[site]; at += unit) {
            boolean isOurs = isBreakpoint(site, at) && unitAt(found, at) == trap;
            if (!isOurs && unitAt(found, at) != unitAt(code.replacements[site], at)) {
                return false;
            }
        }
        return found != code.replacements[site];
    }

    /// Remembers the first place that other code has changed since the flip.
    private void leave(long address, String what) {
        if (stray == null) {
            String why = what + ": other code has changed this place during the patch, and the patch leaves it so";
            stray = batch.size() == 1 && code.count == 0
                    ? PokeException.of(address, why)
                    : PokeException.inEffect(address, "the patch is in effect, but " + why, null);
        }
    }

    private void writePlainly(CodeAccess access) {
        for (int i = 0; i < code.count; i++) {
            access.write(code.addresses[i], code.replacements[i], code.lengths[i]);
        }
        for (int i = 0; i < words.count; i++) {
            Memory.word(words.addresses[i], words.replacements[i]);
        }
    }

    /// 6.
    private void settle() {
        int other = 1 - table.phase();
        for (int i = 0; i < code.count; i++) {
            table.set(records[i], other, batch.after[i]);
        }
        for (int i = 0; i < words.count; i++) {
            if (gateRecords[i] != 0) {
                table.set(gateRecords[i], other, Emulation.jump(words.replacements[i]));
            }
        }
    }

    /// Follows a batch: for tests that look or fail in between.
    @FunctionalInterface
    interface Steps {
        /// Looks at nothing.
        Steps NONE = step -> {};

        /// A step is done.
        void after(Step step);
    }
}
