package dev.repoint.stress;

import dev.repoint.linux.call.Memory;
import dev.repoint.linux.poke.Batch;
import dev.repoint.linux.poke.Poker;
import dev.repoint.linux.processor.Approach;
import dev.repoint.linux.processor.EntrySite;
import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.instruction.Outcome;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// What each site holds in each state, and what state it is in.
final class SiteStates {

    /// How many states there are: the default, another function, a far one or Java, nothing, zero.
    static final int STATES = 5;

    private static final SiteAssembly ASSEMBLY = SiteAssemblies.own();
    /// A word can hold any address; veneers for words and for branches are the same ones if they are near.
    private static final long REACH = 1L << 30;

    private final Poker poker;
    private final Map<Outcome, Long> veneers = new HashMap<>();
    private final long[] addresses;
    private final SiteForm[] forms;
    private final long[][] contents;
    private final int[] states;
    private final Map<Integer, EntrySite> entries;
    private final Approach[] approaches;

    /// @param java the address of the Java target
    /// @param far  the address of the far target
    SiteStates(StressLibrary library, Poker poker, int count, long java, long far) throws OutOfRange {
        this.poker = poker;
        this.addresses = new long[count];
        this.forms = new SiteForm[count];
        this.contents = new long[count][STATES];
        this.states = new int[count];
        this.entries = library.entries();
        this.approaches = new Approach[count];
        long other = library.symbol("stress_other").address();
        for (int i = 0; i < count; i++) {
            addresses[i] = library.address(i);
            forms[i] = SiteSource.form(i);
            boolean isJava = SiteSource.group(i, count) == SiteSource.JAVA_GROUP;
            Outcome[] outcomes = {
                new Outcome.To(other), new Outcome.To(isJava ? java : far), new Outcome.Nothing(), new Outcome.Zero()
            };
            EntrySite entry = entries.get(i);
            if (entry == null) {
                contents[i][0] = Memory.bytesAsWord(addresses[i], ASSEMBLY.length(forms[i]));
            } else {
                contents[i][0] = entry.copies()[0];
                approaches[i] = Objects.requireNonNull(
                        poker.approach(entry, new byte[0], contents[i][0]), "no memory is free where a jump can lead");
            }
            for (int state = 1; state < STATES; state++) {
                contents[i][state] = content(i, outcomes[state - 1]);
            }
        }
    }

    /// Adds the change of a site to another state.
    void change(int site, int state, Batch.Builder batch) {
        long before = contents[site][states[site]];
        long after = contents[site][state];
        states[site] = state;
        if (before == after) {
            return;
        }
        EntrySite entry = entries.get(site);
        if (entry != null) {
            long jump = poker.live().entries().jump(entry, approaches[site].address());
            batch.word(approaches[site].word(), before, after);
            if (before == contents[site][0]) {
                batch.entry(entry, entry.original(), jump);
            } else if (after == contents[site][0]) {
                batch.entry(entry, jump, entry.original());
            }
        } else if (forms[site].isWord()) {
            batch.word(addresses[site], before, after);
        } else {
            batch.code(addresses[site], ASSEMBLY.length(forms[site]), before, after);
        }
    }

    private long content(int site, Outcome outcome) throws OutOfRange {
        long address = addresses[site];
        SiteForm form = forms[site];
        if (form.isWord() || form == SiteForm.FUNCTION) {
            return outcome instanceof Outcome.To(long target)
                    ? target
                    : veneer(outcome, Math.max(0, address - REACH), address + REACH);
        }
        Instruction instruction = form == SiteForm.POINTER_CALL || form == SiteForm.POINTER_JUMP
                ? new Instruction.PointerBranch(form.kind(), address, ASSEMBLY.length(form), 0)
                : new Instruction.Branch(form.kind(), address, ASSEMBLY.length(form), 0);
        byte[] old = Memory.bytes(address, ASSEMBLY.length(form));
        byte[] bytes = poker.live().encode(instruction, old, outcome, this::veneer);
        long content = 0;
        for (int i = bytes.length - 1; i >= 0; i--) {
            content = content << 8 | bytes[i] & 0xff;
        }
        return content;
    }

    private long veneer(Outcome outcome, long lowest, long highest) throws OutOfRange {
        Long known = veneers.get(outcome);
        if (known != null && known >= lowest && known <= highest) {
            return known;
        }
        byte[] code = poker.live().veneer(outcome, 0); // of all processors it may stand anywhere
        long made = poker.putNear(code, lowest, highest);
        if (made == 0) {
            throw new OutOfRange("no memory is free near 0x" + Long.toHexString(lowest));
        }
        veneers.put(outcome, made);
        return made;
    }
}
