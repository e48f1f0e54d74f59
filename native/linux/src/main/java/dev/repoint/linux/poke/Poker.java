package dev.repoint.linux.poke;

import dev.repoint.linux.call.CallFailedException;
import dev.repoint.linux.call.Memory;
import dev.repoint.linux.memory.CodeMemory;
import dev.repoint.linux.memory.NearMemory;
import dev.repoint.linux.platform.Platform;
import dev.repoint.linux.platform.Processors;
import dev.repoint.linux.poke.Poke.Steps;
import dev.repoint.linux.processor.Approach;
import dev.repoint.linux.processor.EntrySite;
import dev.repoint.linux.processor.LiveCode;
import dev.repoint.machine.trap.TrapSignal;
import java.io.UncheckedIOException;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// Changes code of this process under its running threads: the breakpoint protocol, whose steps stand at
/// [Poke].
///
/// There is one, and it applies one batch at a time. The first use installs a handler of SIGTRAP, which stays
/// for ever. Some entries of functions need one of SIGILL as well ([dev.repoint.linux.processor.EntryJumps]).
///
/// A thread in the handler of another signal may run through a site as well. So may the child of a `fork` in
/// the middle of a batch: breakpoints that it inherits are emulated there for as long as it lives.
public final class Poker {

    private static @Nullable Poker instance;

    private final LiveCode live;
    private final TrapTable table = new TrapTable();
    private final Threads threads = new Threads();
    private final CodeMemory memory;
    private final NearMemory near;
    private final BreakpointStubs stubs;
    private final Approaches approaches;
    private final TrapSignalHandler handler;
    private @Nullable TrapSignalHandler illegal;
    /// For tests.
    Steps steps = Steps.NONE;
    private Experiment experiment = Experiment.NONE;

    private Poker(LiveCode live) {
        this.live = live;
        this.memory = new CodeMemory(live);
        this.near = new NearMemory(memory, Memory.READ | Memory.EXECUTE);
        this.stubs = new BreakpointStubs(memory, live);
        this.approaches = new Approaches(memory, live);
        this.handler = TrapSignalHandler.install(TrapSignal.BREAKPOINT, table, memory, live);
    }

    /// The one of this process.
    ///
    /// @throws PokeException if code cannot be changed here; the message says why
    public static synchronized Poker instance() {
        Poker known = instance;
        if (known == null) {
            platform().obstacle().ifPresent(why -> {
                throw PokeException.of(0, why);
            });
            try {
                known = new Poker(Processors.own());
            } catch (CallFailedException e) {
                throw PokeException.of(0, "live patches are not possible here: " + e.getMessage(), e);
            }
            instance = known;
        }
        return known;
    }

    private static Platform platform() {
        try {
            return Platform.own();
        } catch (UncheckedIOException e) {
            throw PokeException.of(0, String.valueOf(e.getMessage()), e);
        }
    }

    /// What the processor contributes.
    public LiveCode live() {
        return live;
    }

    /// Leaves a part of the protocol out, for tests and experiments.
    public synchronized void experiment(Experiment left) {
        experiment = left;
    }

    /// Makes all changes of a batch at one moment.
    ///
    /// @throws PokeException if nothing was changed; unless [PokeException#isInEffect] says otherwise
    public synchronized void apply(Batch batch) {
        if (batch.size() == 0) {
            return;
        }
        handler.requireOurs();
        if (illegal != null) {
            illegal.requireOurs();
        }
        threads.requireNoneBlocksTraps();
        new Poke(live, batch, table, stubs, handler, experiment).run(memory, steps);
    }

    /// Puts code near other code, for ever.
    ///
    /// @return where it begins; 0 if nothing is free between the two addresses
    public synchronized long putNear(byte[] code, long lowest, long highest) {
        return near.put(code, lowest, highest);
    }

    /// Puts code that depends on where it stands near other code, for ever.
    ///
    /// @param length how many bytes it has, up to a page
    /// @param code   makes them, given their address
    /// @return where it begins; 0 if nothing is free between the two addresses
    public synchronized long putNear(int length, LongFunction<byte[]> code, long lowest, long highest) {
        long address = near.take(length, lowest, highest);
        if (address != 0) {
            memory.fill(address, code.apply(address));
        }
        return address;
    }

    /// Makes processors see code that was stored, before any thread runs it.
    public void synchronise(long address, int length) {
        memory.synchronise(address, length);
    }

    /// Makes code that the jump at an entry can lead to, for ever.
    ///
    /// @param undoing what it begins with: instructions that undo those before the jump
    /// @param target  where it leads first
    /// @return null if no memory is free where such a jump can lead
    public synchronized @Nullable Approach approach(EntrySite entry, byte[] undoing, long target) {
        Approach approach = approaches.of(entry, undoing, target);
        if (approach != null && illegal == null && live.entries().endsInIllegalByte(entry, approach.address())) {
            illegal = TrapSignalHandler.install(TrapSignal.ILLEGAL, table, memory, live);
        }
        return approach;
    }

    /// How many batches came into effect.
    public long patches() {
        return table.epoch();
    }

    /// How many times a thread met a breakpoint of ours.
    public long traps() {
        return table.traps();
    }

    /// How many traps were passed on.
    public long foreignTraps() {
        return table.foreignTraps();
    }
}
