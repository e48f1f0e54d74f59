package dev.repoint.bench.process;

import dev.repoint.linux.NativeTarget;
import dev.repoint.linux.process.OtherProcess;
import dev.repoint.linux.process.ProcessChange;
import dev.repoint.linux.process.ProcessResult;
import dev.repoint.linux.process.SetOptions;
import dev.repoint.machine.choice.PatchChoice;
import dev.repoint.machine.site.NativeKey;
import java.util.List;

/// The change as Repoint makes it.
final class Outside implements AutoCloseable {

    private final OtherProcess process;
    private final List<ProcessChange> change;
    private final int sites;

    /// @param pid of the target
    /// @param key the patchable
    /// @param sites how many it has
    Outside(long pid, String key, int sites) {
        this.process = OtherProcess.open(pid);
        this.change = List.of(new ProcessChange(NativeKey.parse(key), NativeTarget.symbol("add_two")));
        this.sites = sites;
    }

    /// Redirects all calls to the other function.
    ///
    /// @return the pause that was reported, in nanoseconds
    long set() {
        return pause(process.set(change, SetOptions.DEFAULT.withChoice(PatchChoice.SITES)));
    }

    /// Redirects all calls to the default.
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
        return result.pause().toNanos();
    }
}
