package dev.repoint.bench.process;

import dev.repoint.linux.process.OtherProcess;
import dev.repoint.linux.process.ProcessChange;
import dev.repoint.linux.process.ProcessResult;
import java.util.List;

/// The change as Repoint makes it.
final class Outside implements AutoCloseable {

    private static final List<ProcessChange> CHANGE = List.of(ProcessChange.parse("hook=add_two"));

    private final OtherProcess process;
    private final int sites;

    /// @param pid of the target
    /// @param sites how many its hook has
    Outside(long pid, int sites) {
        this.process = OtherProcess.open(pid);
        this.sites = sites;
    }

    /// Leads all calls to the other function.
    ///
    /// @return the pause that was reported, in nanoseconds
    long set() {
        return pause(process.set(CHANGE));
    }

    /// Leads all calls to the default.
    ///
    /// @return the pause that was reported, in nanoseconds
    long reset() {
        return pause(process.reset(List.of()));
    }

    @Override
    public void close() {
        process.close();
    }

    private long pause(ProcessResult result) {
        if (result.sites() < sites) {
            throw new IllegalStateException(result.sites() + " sites were patched, not " + sites);
        }
        return result.pause();
    }
}
