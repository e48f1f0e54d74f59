package dev.repoint.internal.point;

import dev.repoint.PatchException;
import dev.repoint.internal.report.ChangeRecord;
import dev.repoint.internal.report.PatchRefusal;
import dev.repoint.internal.report.PatchReport;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes the changes of a patch, all of them at one moment, so that no thread calls a new target and afterwards
/// an old one of the same patch.
///
/// 1. **Prepare.** Every object that is needed is made. (The targets themselves were found, checked,
///    initialised and spun before this began.)
/// 2. **Close the gate.** Patchable after patchable stops being a constant, and asks the gate. It is closed:
///    all still lead where they led.
/// 3. **Open it.** One volatile write. This is the moment.
/// 4. **Settle.** Patchable after patchable becomes a constant again, now that of its new target.
///
/// A single change goes through the same steps. `MutableCallSite.setTarget` alone would not do even there: code
/// that is interpreted follows it a moment before compiled code has been made invalid, and one thread may run
/// both.
///
/// Nobody waits for a gate. A caller that held it up would wait for as long as the compiled code of all
/// patchables is made invalid, perhaps with a lock that the patching thread needs, and for ever if an error
/// came between. As it is, an error in step 2 leaves a closed gate, which leads where calls led before, and an
/// error in step 4 an open one.
///
/// A field is read and assigned by code that knows of no gate, too. So it gets its value in step 4, before its
/// readers leave the gate, and from step 2 on assignments by woven code wait for the end of the patch. Where a
/// field is all that changes its readers read it meanwhile, and its assignment is the moment for everybody.
///
/// On the memory model: who sees a target of step 4 without having asked the gate is held to see the call sites
/// of step 2 by the specification of [java.lang.invoke.MutableCallSite#syncAll], and on x86-64 by the order of
/// its loads.
///
/// Thread-safe. One patch at a time, under [PatchLock#LOCK].
public final class PatchCommit {

    static {
        // Loaded now, as a class loader may take locks of the application.
        MethodHandles.Lookup here = MethodHandles.lookup();
        try {
            for (Class<?> each : List.of(
                    Gate.class,
                    Gate.Way.class,
                    ChangeRate.class,
                    PointChange.Follow.class,
                    Cycles.class,
                    Unready.class,
                    Decisions.class,
                    Decisions.Listener.class)) {
                Class<?> unused = here.ensureInitialized(each);
            }
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private PatchCommit() {}

    /// Makes changes.
    ///
    /// @param report is told of it
    /// @param changes of different things
    /// @throws PatchException if they close a cycle in which a default cannot be called
    /// @throws StaleChange if one of them is overtaken
    public static void make(@Nullable PatchReport report, PendingChange... changes) {
        PendingChange[] made = makeAll(changes);
        for (PendingChange change : made) {
            change.after();
        }
        if (report != null) {
            report.made(records(made));
        }
    }

    private static List<ChangeRecord> records(PendingChange[] changes) {
        List<ChangeRecord> records = new ArrayList<>();
        for (PendingChange change : changes) {
            ChangeRecord changed = change.changed();
            if (changed != null) {
                records.add(changed);
            }
        }
        return records;
    }

    private static PendingChange[] makeAll(PendingChange[] changes) {
        while (true) {
            try {
                return makeOnce(changes);
            } catch (Unready e) {
                makeReady(e);
            }
        }
    }

    private static PendingChange[] makeOnce(PendingChange[] changes) {
        synchronized (PatchLock.LOCK) {
            PendingChange[] all = Cycles.resolve(changes);
            makeLocked(all);
            return all;
        }
    }

    private static void makeReady(Unready unready) {
        try {
            unready.target().makeAround();
        } catch (PatchException e) {
            throw new PatchRefusal(
                    unready.point().key() + " would come back to itself (" + unready.cycle()
                            + "), and its target cannot call the default instead: " + e.getMessage(),
                    e);
        }
    }

    private static void makeLocked(PendingChange[] changes) {
        boolean shared = leading(changes) > 1;
        Gate gate = new Gate(shared);
        for (PendingChange change : changes) {
            change.prepare(gate);
        }
        boolean made = false;
        PatchLock.underway(shared);
        try {
            for (PendingChange change : changes) {
                change.close();
            }
            gate.open();
            made = true;
        } finally {
            settle(changes, made);
            PatchLock.underway(false);
        }
    }

    private static int leading(PendingChange[] changes) {
        int leading = 0;
        for (PendingChange change : changes) {
            leading += change.leads() ? 1 : 0;
        }
        return leading;
    }

    /// Settles as many as possible. One that cannot be settled, for lack of stack, say, goes on asking its
    /// gate: that is slower and as right, and the next change of it mends it.
    @SuppressWarnings({"CatchingThrowable", "EmptyCatch"}) // what there was to report is thrown or has happened
    private static void settle(PendingChange[] changes, boolean made) {
        for (PendingChange change : changes) {
            try {
                change.settle(made);
            } catch (Throwable e) {
                // It leads where it should, and PatchableState says that it is no constant.
            }
        }
    }
}
